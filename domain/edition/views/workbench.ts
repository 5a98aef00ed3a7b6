import * as z from "zod";
import { Instant, LocalDate } from "../../time/instant.ts";
import { EditionView } from "../edition.ts";
import { Changes } from "../history/changes.ts";
import { Entry } from "../history/history.ts";
import { EditionOutlook } from "../timing/outlook.ts";

/** An earlier appearance of a story: the edition's date, and its position (0 is the lead). */
export const Ran = z.object({ date: LocalDate, place: z.number().int() });
export type Ran = z.infer<typeof Ran>;

/** A story of the edition on the workbench: its texts, and its source's. */
export const Row = z.object({
  storyId: z.string(),
  /** 0 is the lead. */
  place: z.number().int(),
  title: z.string(),
  url: z.string().nullable(),
  source: z.string().nullable(),
  alsoIn: z.array(z.string()),
  /** Publication time of its newest article; null: unknown. */
  at: Instant.nullable(),
  section: z.string().nullable(),
  /** Address of its picture, from its source. */
  picture: z.string().nullable(),
  developing: z.boolean(),
  reasons: z.array(z.string()),
  /** The lead's paragraphs; for a headline, only an editor's text. */
  paragraphs: z.array(z.string()),
  /** The source's own words; the text only for the lead. */
  own: z.object({
    title: z.string(),
    url: z.string().nullable(),
    paragraphs: z.array(z.string()),
    summary: z.string().nullable(),
  }),
  /** The sentence under its headline, shown now or after it moves up; null: none. */
  summary: z.string().nullable(),
  rewritten: z.array(z.enum(["title", "url", "paragraphs", "summary", "picture"])),
  /** When the source changed after the rewrite; null: it didn't. */
  changedSince: Instant.nullable(),
  ran: Ran.nullable(),
  /** An editor placed it, so it always stays in. */
  placed: z.boolean(),
});
export type Row = z.infer<typeof Row>;

/** A story that isn't in the edition. */
export const Other = z.object({
  storyId: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  source: z.string(),
  sources: z.number().int(),
  /** Null: it wasn't scored. */
  score: z.number().nullable(),
  reasons: z.array(z.string()),
  /** Publication time of its newest article. */
  at: Instant,
  section: z.string().nullable(),
  picture: z.string().nullable(),
  ran: Ran.nullable(),
});
export type Other = z.infer<typeof Other>;

const Step = z.object({ n: z.number().int(), by: z.string(), text: z.string() });

/** Everything an editor sees while working on an edition. */
export const Workbench = z.object({
  edition: EditionView,
  /** False: there is no draft yet, and this is what it would be now. */
  drafted: z.boolean(),
  /** It was drafted from a file with its own stories. */
  fromFile: z.boolean(),
  now: Instant,
  cutoff: Instant.nullable(),
  mode: z.enum(["auto", "approve"]),
  timeZone: z.string(),
  language: z.string(),
  title: z.string(),
  /** Number of first headlines with a summary and a picture. */
  summaries: z.number().int(),
  /** What happens to it next, and when. */
  outlook: EditionOutlook,
  /** Subject and preheader without editors' changes; null: there are none. */
  own: z.object({ subject: z.string().nullable(), preheader: z.string().nullable() }),
  rows: z.array(Row),
  removed: z.array(Other.extend({ by: z.string(), removedAt: Instant })),
  candidates: z.array(Other),
  /** Newest first. */
  log: z.array(Entry),
  /** Number of decisions, which is the newest one's number. */
  decisions: z.number().int(),
  undo: Step.nullable(),
  redo: Step.nullable(),
  /** Who approved it, and whether the approval is in force. */
  approval: z.object({ n: z.number().int(), by: z.string(), at: Instant, holds: z.boolean() }).nullable(),
  /** Stories that were also in the previous edition. */
  again: z.number().int(),
  /** The previous edition's date; null: none. */
  previous: LocalDate.nullable(),
  /** Whether it is being sent, so edits can still reach waiting readers. */
  isCorrectable: z.boolean().default(false),
  /** What a correction would change for waiting readers; null: not being sent, or nothing. */
  pending: Changes.nullable().default(null),
  /** Changes since the requested decision, or null. */
  since: z.object({ n: z.number().int(), changes: Changes }).nullable(),
});
export type Workbench = z.infer<typeof Workbench>;
