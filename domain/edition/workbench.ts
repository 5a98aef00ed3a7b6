import * as z from "zod";
import { Instant, LocalDate } from "../time/instant.ts";
import { EditionView } from "./edition.ts";
import { Changes } from "./history/changes.ts";
import { Entry } from "./history/history.ts";
import { EditionOutlook } from "./outlook.ts";

/** Where a story ran before: in the edition of that date, at that place (0 is the lead). */
export const Ran = z.object({ date: LocalDate, place: z.number().int() });
export type Ran = z.infer<typeof Ran>;

/** A story of the edition as it is worked on: what it says, and what its source says beside it. */
export const Row = z.object({
  storyId: z.string(),
  /** 0 is the lead. */
  place: z.number().int(),
  title: z.string(),
  url: z.string().nullable(),
  source: z.string().nullable(),
  alsoIn: z.array(z.string()),
  /** When its newest article came out; null where that isn't known. */
  at: Instant.nullable(),
  section: z.string().nullable(),
  /** Address of a picture of it, as its source gave it. */
  picture: z.string().nullable(),
  developing: z.boolean(),
  reasons: z.array(z.string()),
  /** What it shows as the lead; of a headline only what an editor wrote. */
  paragraphs: z.array(z.string()),
  /** The same in the source's own words. Its text only of the lead. */
  own: z.object({
    title: z.string(),
    url: z.string().nullable(),
    paragraphs: z.array(z.string()),
    summary: z.string().nullable(),
  }),
  /** The sentence under its headline, shown or ready for when it moves up; null: none. */
  summary: z.string().nullable(),
  rewritten: z.array(z.enum(["title", "url", "paragraphs", "summary", "picture"])),
  /** When the source changed after the rewriting; null: it did not. */
  changedSince: Instant.nullable(),
  ran: Ran.nullable(),
  /** An editor placed it: it stays in whatever comes. */
  placed: z.boolean(),
});
export type Row = z.infer<typeof Row>;

/** A story that is not in the edition. */
export const Other = z.object({
  storyId: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  source: z.string(),
  sources: z.number().int(),
  /** Null where it was never scored. */
  score: z.number().nullable(),
  reasons: z.array(z.string()),
  /** When its newest article came out. */
  at: Instant,
  section: z.string().nullable(),
  picture: z.string().nullable(),
  ran: Ran.nullable(),
});
export type Other = z.infer<typeof Other>;

const Step = z.object({ n: z.number().int(), by: z.string(), text: z.string() });

/** All that an editor sees of an edition at work. */
export const Workbench = z.object({
  edition: EditionView,
  /** False: there is none yet, and this is what it would be if it were drafted now. */
  drafted: z.boolean(),
  /** It was drafted from a file, which names its own stories. */
  fromFile: z.boolean(),
  now: Instant,
  cutoff: Instant.nullable(),
  mode: z.enum(["auto", "approve"]),
  timeZone: z.string(),
  language: z.string(),
  title: z.string(),
  /** So many of the first headlines have a summary and a picture. */
  summaries: z.number().int(),
  /** What happens to it next, and when. */
  outlook: EditionOutlook,
  /** What subject and preheader would be without an editor's words; null where there are none of theirs. */
  own: z.object({ subject: z.string().nullable(), preheader: z.string().nullable() }),
  rows: z.array(Row),
  removed: z.array(Other.extend({ by: z.string(), removedAt: Instant })),
  candidates: z.array(Other),
  /** Newest first. */
  log: z.array(Entry),
  /** How many decisions there are; the newest has this number. */
  decisions: z.number().int(),
  undo: Step.nullable(),
  redo: Step.nullable(),
  /** Who approved it, and whether that holds. */
  approval: z.object({ n: z.number().int(), by: z.string(), at: Instant, holds: z.boolean() }).nullable(),
  /** Stories that ran in the edition before, too. */
  again: z.number().int(),
  /** The date of the edition before; null: there is none. */
  previous: LocalDate.nullable(),
  /** Whether it is on its way, and edits can still reach those who wait. */
  isCorrectable: z.boolean().default(false),
  /** What a correction would change for those who are still waiting; null: it isn't on its way, or nothing. */
  pending: Changes.nullable().default(null),
  /** What changed since a decision: with the one asked for, or null. */
  since: z.object({ n: z.number().int(), changes: Changes }).nullable(),
});
export type Workbench = z.infer<typeof Workbench>;
