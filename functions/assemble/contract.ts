import * as z from "zod";
import { Explanation } from "#domain/edition/choosing/explanation.ts";
import { Field } from "#domain/edition/decisions/decisions.ts";
import { EditionView } from "#domain/edition/edition.ts";
import { Check } from "#domain/edition/preflight/finding.ts";
import { Other, Workbench } from "#domain/edition/workbench.ts";
import { outcomeOf } from "#domain/outcome.ts";
import { LocalDate } from "#domain/time/instant.ts";

/** assemble makes an edition of the candidates and the editors' decisions, and renders it. */
export const name = "assemble";

/** Woken by one Scheduler schedule a newsletter, in its time zone; invoked by command. */
export const trigger = { schedule: "newsletter" } as const;

/** Seconds: as long as dispatch, which it waits for, and the making of an edition. */
export const timeout = 660;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  SITE_URL: z.url(),
  DISPATCH_FUNCTION: z.string(),
  /** Empty: editions have no pictures. */
  PICTURES_FUNCTION: z.string(),
  CONFIGURATION_SET: z.string(),
  /** More origins that links may be tried at, comma-separated, besides the config's. */
  ALLOW_ORIGINS: z.string().default(""),
});

/** One thing an editor did. Stories are named by id or by their number in the list (0 is the lead). */
export const DecisionInput = z.discriminatedUnion("do", [
  z.object({ do: z.literal("pin"), story: z.string(), at: z.number().int().min(0).optional() }),
  z.object({ do: z.literal("remove"), story: z.string() }),
  z.object({ do: z.literal("move"), story: z.string(), to: z.number().int().min(0) }),
  /** It leads; what led becomes the first headline. */
  z.object({ do: z.literal("lead"), story: z.string() }),
  /** Back from among the removed, to the place it had. */
  z.object({ do: z.literal("restore"), story: z.string() }),
  /**
   * A story by its address or id, also one that is no candidate. What no source has brought needs a title. Without `at`
   * it stands where its score puts it.
   */
  z.object({
    do: z.literal("add"),
    story: z.string(),
    title: z.string().optional(),
    at: z.number().int().min(0).optional(),
  }),
  z.object({
    do: z.literal("rewrite"),
    story: z.string().optional(),
    title: z.string().optional(),
    url: z.url().optional(),
    paragraphs: z.array(z.string()).optional(),
    subject: z.string().optional(),
    preheader: z.string().optional(),
    /**
     * What the editor saw in each field, paragraphs with an empty line between them. Where somebody wrote something
     * else meanwhile, the rewrite is a conflict. It is not stored.
     */
    was: z
      .object({
        title: z.string().optional(),
        url: z.string().optional(),
        paragraphs: z.string().optional(),
        subject: z.string().optional(),
        preheader: z.string().optional(),
      })
      .optional(),
  }),
  /** The sentence under a headline; null: none. */
  z.object({ do: z.literal("summary"), story: z.string(), text: z.string().nullable() }),
  /** Back to the source's words: of a story, or without one of the edition. Without fields, all of them. */
  z.object({ do: z.literal("reset"), story: z.string().optional(), fields: z.array(Field).optional() }),
  z.object({ do: z.literal("skip"), reason: z.string().optional() }),
  /** Takes back the decision of that number; without one, the latest that stands. */
  z.object({ do: z.literal("undo"), of: z.number().int().min(1).optional() }),
  /** Takes back the latest undo, unless something was decided since. */
  z.object({ do: z.literal("redo") }),
]);
export type DecisionInput = z.infer<typeof DecisionInput>;

const edition = { newsletter: z.string(), date: LocalDate.optional() };

export const AssembleRequest = z.discriminatedUnion("do", [
  /** Drafts the edition, or drafts it again from today's candidates with the decisions kept. */
  z.object({ do: z.literal("build"), ...edition, by: z.string() }),
  /** An edition from a plain-text digest. */
  z.object({
    do: z.literal("draft"),
    ...edition,
    text: z.string(),
    subject: z.string().optional(),
    replace: z.boolean().default(false),
    by: z.string(),
  }),
  z.object({
    do: z.literal("decide"),
    ...edition,
    decision: DecisionInput,
    by: z.string(),
    key: z.string().optional(),
  }),
  /** A new revision of an edition on its way: from a text, or without one from its log of decisions. */
  z.object({
    do: z.literal("correct"),
    ...edition,
    text: z.string().optional(),
    subject: z.string().optional(),
    by: z.string(),
  }),
  /** What the schedule sends: build, and in mode auto approve and dispatch. `scheduledFor` is EventBridge's time. */
  z.object({ do: z.literal("scheduled"), newsletter: z.string(), scheduledFor: z.iso.datetime({ offset: true }) }),
]);
export type AssembleRequest = z.infer<typeof AssembleRequest>;

/**
 * Why a story is in an edition or not. Without `story`, all of the edition and the best of the others. A story is named
 * by its number in the list, its id or the start of it, its address, or words of its title.
 */
export const WhyRequest = z.object({ do: z.literal("why"), ...edition, story: z.string().optional() });
export type WhyRequest = z.infer<typeof WhyRequest>;

export const Why = z.object({ newsletter: z.string(), date: LocalDate, stories: z.array(Explanation) });
export type Why = z.infer<typeof Why>;
export const WhyResponse = outcomeOf(Why);
export type WhyResponse = z.infer<typeof WhyResponse>;

/** All that an editor sees of an edition at work; with `since` what changed after the decision of that number. */
export const WorkbenchRequest = z.object({
  do: z.literal("workbench"),
  ...edition,
  since: z.number().int().min(0).optional(),
});
export type WorkbenchRequest = z.infer<typeof WorkbenchRequest>;
export const WorkbenchResponse = outcomeOf(Workbench);
export type WorkbenchResponse = z.infer<typeof WorkbenchResponse>;

/** Stories that are no candidates any more, by words of their title, newest first. */
export const FindRequest = z.object({ do: z.literal("find"), ...edition, words: z.string() });
export type FindRequest = z.infer<typeof FindRequest>;
export const Found = z.object({ stories: z.array(Other) });
export type Found = z.infer<typeof Found>;
export const FindResponse = outcomeOf(Found);
export type FindResponse = z.infer<typeof FindResponse>;
/** A complete message as an inbox gives it (RFC 5322), each byte a character: is it this edition? */
const message = z.string().max(2_000_000).optional();
/** Checks the edition's bytes as they would be sent. `links`: tries each of its links too, at most 20 seconds. */
export const CheckRequest = z.object({
  do: z.literal("check"),
  ...edition,
  links: z.boolean().default(true),
  message,
});
export type CheckRequest = z.infer<typeof CheckRequest>;
export const CheckResponse = outcomeOf(Check);
export type CheckResponse = z.infer<typeof CheckResponse>;

export const AssembleResponse = outcomeOf(EditionView);
export type AssembleResponse = z.infer<typeof AssembleResponse>;
