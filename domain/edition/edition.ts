import * as z from "zod";
import { ArticleImage } from "../article/article.ts";
import { Admission } from "../audience/warm-up.ts";
import { Instant, LocalDate } from "../time/instant.ts";

/** The states in docs/glossary.md; only delivery leads to sending and finished. */
export const EditionState = z.enum([
  "draft",
  "approved",
  "freezing",
  "sending",
  "paused",
  "finished",
  "skipped",
  "held",
  "halted",
  "cancelled",
]);
export type EditionState = z.infer<typeof EditionState>;

/** One newsletter on one local date. */
export const EditionKey = z.strictObject({ newsletter: z.string(), date: LocalDate });
export type EditionKey = z.infer<typeof EditionKey>;

/** The point of a picture that matters most, in percent of its width and height from its top left corner. */
export const Focus = z.strictObject({ x: z.number().int().min(0).max(100), y: z.number().int().min(0).max(100) });
export type Focus = z.infer<typeof Focus>;

/** A story's picture. `from`: the source's address, if our own copy is shown. */
export const StoryImage = ArticleImage.extend({
  from: z.string().optional(),
  /** Set by an editor; absent: automatic. */
  focus: Focus.optional(),
});
export type StoryImage = z.infer<typeof StoryImage>;

/** The earlier edition of the newsletter that had the story. */
const Earlier = z.strictObject({ date: LocalDate, hasLed: z.boolean() });

export const Lead = z.strictObject({
  storyId: z.string().nullable(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  /** One of the config's sections; absent: none. */
  section: z.string().optional(),
  /** When it was in the newsletter from which this one is made; absent: made from sources. */
  day: LocalDate.optional(),
  /** The last edition that had the story, if there is something new; absent: none. */
  earlier: Earlier.optional(),
  paragraphs: z.array(z.string()),
  source: z.string().nullable(),
  image: StoryImage.nullable(),
  reasons: z.array(z.string()),
});
export type Lead = z.infer<typeof Lead>;

export const Headline = z.strictObject({
  storyId: z.string().nullable(),
  title: z.string(),
  url: z.string().nullable(),
  source: z.string().nullable(),
  /** Titles of the story's other sources. */
  alsoIn: z.array(z.string()),
  /** True if the story ran before and there is something new. */
  developing: z.boolean(),
  /** One of the config's sections; absent: none. */
  section: z.string().optional(),
  /** When it was in the newsletter from which this one is made; absent: made from sources. */
  day: LocalDate.optional(),
  /** The last edition that had the story, if there is something new; absent: none. */
  earlier: Earlier.optional(),
  /** One sentence under the headline; absent: none. */
  summary: z.string().optional(),
  /** A small picture next to headline and summary; absent: none. */
  image: StoryImage.optional(),
  reasons: z.array(z.string()),
});
export type Headline = z.infer<typeof Headline>;

/** An edition's content: the input of the templates. */
export const EditionContent = z.strictObject({
  newsletter: z.string(),
  date: LocalDate,
  subject: z.string(),
  preheader: z.string(),
  lead: Lead,
  headlines: z.array(Headline),
  /** The source of each shown article, once for each. Absent: it comes from a file. */
  sourceIds: z.array(z.string()).optional(),
});
export type EditionContent = z.infer<typeof EditionContent>;

/**
 * An email with SES's `{{placeholders}}`. Content can't contain a placeholder, because each of its braces is replaced
 * by the placeholder `{{b}}` or `{{e}}` (docs/decisions/placeholders.md).
 */
export const RenderedEmail = z.strictObject({ subject: z.string(), html: z.string(), text: z.string() });
export type RenderedEmail = z.infer<typeof RenderedEmail>;

/** One immutable version of an edition's content (`R#n`). */
export const Revision = z.strictObject({
  rev: z.number().int().min(1),
  at: Instant,
  content: EditionContent,
  email: RenderedEmail,
});
export type Revision = z.infer<typeof Revision>;

/** Deliveries by outcome. Once an edition is frozen, audience is the sum of the others. */
export const Counts = z.strictObject({
  audience: z.number().int(),
  accepted: z.number().int(),
  refused: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
  held: z.number().int(),
  unknown: z.number().int(),
  waiting: z.number().int(),
});
export type Counts = z.infer<typeof Counts>;

/** Longest note in UTF-16 units, and most notes of an edition, so its page stays small. */
export const LONGEST_NOTE = 600;
export const MOST_NOTES = 5;

/** A note that an editor adds to an edition on the web after it was sent, such as a correction. */
export const EditionNote = z.strictObject({ at: Instant, text: z.string().min(1).max(LONGEST_NOTE) });
export type EditionNote = z.infer<typeof EditionNote>;

/** Readers who get an edition in local time at the same moment. */
export const Cohort = z.strictObject({ due: Instant, readers: z.number().int().min(1) });
export type Cohort = z.infer<typeof Cohort>;

/** Settings of an edition in local time. */
export const LocalTime = z.strictObject({
  /** HH:MM. */
  time: z.string(),
  /** IANA name of the newsletter's zone, for readers without their own. */
  timeZone: z.string(),
  /** Hours after their own time within which readers may still get it. */
  lateHours: z.number().positive(),
  /**
   * Whether readers whose window had passed when the audience was frozen are left out; otherwise they get it at once.
   */
  skipLate: z.boolean(),
});
export type LocalTime = z.infer<typeof LocalTime>;

/** The edition item (`E#newsletter#date`, `#`). */
export const Edition = z.strictObject({
  newsletter: z.string(),
  date: LocalDate,
  state: EditionState,
  /** The reason if it is skipped, held, halted or cancelled, as a sentence; null otherwise. */
  reason: z.string().nullable(),
  stage: z.enum(["canary", "full"]).nullable(),
  /** The newest revision; 0 before the first. */
  rev: z.number().int().min(0),
  /** Candidates were articles seen up to this instant. */
  cutoff: Instant.nullable(),
  createdAt: Instant,
  approvedAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  /** No claim is made after this; null: no limit (sent by hand). */
  latest: Instant.nullable(),
  frozenAt: Instant.nullable(),
  /** Groups of the freeze, recipients a call, and readers frozen; null before. */
  groups: z.number().int().min(1).nullable(),
  size: z.number().int().min(1).nullable(),
  frozen: z.number().int().min(0).nullable(),
  /** Absent or null: all readers get it at once. */
  localTime: LocalTime.nullable().optional(),
  /** Numbers of readers by due time, earliest first; absent: not frozen, or without local time. */
  cohorts: z.array(Cohort).optional(),
  /** Its newsletter's List-Id (domain/delivery/calls/list-id.ts). Absent: not drafted yet. */
  listId: z.string().optional(),
  /** When a person last paused it. Absent: never. */
  pausedAt: Instant.optional(),
  /** True: a person overrode canary, forecast and events. Absent: no. */
  anyway: z.boolean().optional(),
  /** Hard bounces, complaints, and rejections after SES's acceptance; absent: 0. */
  bounced: z.number().int().min(0).optional(),
  complained: z.number().int().min(0).optional(),
  rejected: z.number().int().min(0).optional(),
  /** Whether it is public on the web: true once sending begins. Absent: it hasn't begun. */
  published: z.boolean().optional(),
  /** Notes shown above it on the web, oldest first, copied from its log. Absent: none. */
  notes: z.array(EditionNote).max(MOST_NOTES).optional(),
  /** Dates of the previous and next published editions; absent: not published, or none. */
  previous: LocalDate.nullable().optional(),
  next: LocalDate.nullable().optional(),
  /** The imported readers in its audience; absent: none were imported, or not frozen yet. */
  warmUp: Admission.optional(),
});
export type Edition = z.infer<typeof Edition>;

/** The output of `edition show --json`, and edition.json. */
export const EditionView = z.object({
  newsletter: z.string(),
  date: LocalDate,
  state: EditionState,
  reason: z.string().nullable(),
  rev: z.number().int(),
  subject: z.string(),
  preheader: z.string(),
  lead: Lead,
  headlines: z.array(Headline),
  counts: Counts,
  bytes: z.object({ html: z.number().int(), text: z.number().int() }),
  /** Hash of the email with SES's placeholders (domain/edition/content/hash.ts); null: no email yet. */
  hash: z.string().nullable(),
  /** Absent: there is none. */
  notes: z.array(EditionNote).optional(),
});
export type EditionView = z.infer<typeof EditionView>;

/** The start of a sentence: `The edition of daily for 2026-11-23`. */
export const editionName = ({ newsletter, date }: EditionKey): string => `The edition of ${newsletter} for ${date}`;

/** `daily 2026-11-23`, in logs and as a key in memory. */
export const editionLabel = ({ newsletter, date }: EditionKey): string => `${newsletter} ${date}`;

/** Only the edition's key. */
export const editionKeyOf = ({ newsletter, date }: EditionKey): EditionKey => ({ newsletter, date });
