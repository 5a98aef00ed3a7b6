import * as z from "zod";
import { ArticleImage } from "../article/article.ts";
import { Instant, LocalDate } from "../time/instant.ts";

/** The states of docs/architecture.md; sending and finished are reached by delivery alone. */
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

/** A story's picture. `from` is where its source has it, when what is shown is our own copy. */
export const StoryImage = ArticleImage.extend({
  from: z.string().optional(),
  /** An editor's; absent: a crop keeps what the eye goes to. */
  focus: Focus.optional(),
});
export type StoryImage = z.infer<typeof StoryImage>;

/** Where an earlier edition of the newsletter carried the story. */
const Earlier = z.strictObject({ date: LocalDate, hasLed: z.boolean() });

export const Lead = z.strictObject({
  storyId: z.string().nullable(),
  title: z.string().nullable(),
  url: z.string().nullable(),
  /** One of the config's sections, as it is written there; absent where the story belongs to none. */
  section: z.string().optional(),
  /** When the newsletter that this one is made from had it; absent where it is made from sources. */
  day: LocalDate.optional(),
  /** The last edition that carried the story, which has moved on since; absent where none did. */
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
  /** Titles of the other sources that tell the story. */
  alsoIn: z.array(z.string()),
  /** True when the story ran before and moved on. */
  developing: z.boolean(),
  /** One of the config's sections, as it is written there; absent where the story belongs to none. */
  section: z.string().optional(),
  /** When the newsletter that this one is made from had it; absent where it is made from sources. */
  day: LocalDate.optional(),
  /** The last edition that carried the story, which has moved on since; absent where none did. */
  earlier: Earlier.optional(),
  /** One sentence under the headline; absent where it has none. */
  summary: z.string().optional(),
  /** A small picture beside headline and summary; absent where it has none. */
  image: StoryImage.optional(),
  reasons: z.array(z.string()),
});
export type Headline = z.infer<typeof Headline>;

/** What an edition says: the input of the templates. */
export const EditionContent = z.strictObject({
  newsletter: z.string(),
  date: LocalDate,
  subject: z.string(),
  preheader: z.string(),
  lead: Lead,
  headlines: z.array(Headline),
  /** The source of each article it shows, a source once for each. Absent where it came from a file. */
  sourceIds: z.array(z.string()).optional(),
});
export type EditionContent = z.infer<typeof EditionContent>;

/**
 * An email with SES's `{{placeholders}}` in it. Content cannot contain a placeholder: every brace of it is itself the
 * placeholder `{{b}}` or `{{e}}` (docs/decisions/placeholders.md).
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

/** Deliveries by outcome. audience is the sum of the others once an edition is frozen. */
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

/** The longest note, in UTF-16 units, and how many an edition can have: its page stays small. */
export const LONGEST_NOTE = 600;
export const MOST_NOTES = 5;

/** What an editor adds to an edition on the web after it was sent, such as a correction. */
export const EditionNote = z.strictObject({ at: Instant, text: z.string().min(1).max(LONGEST_NOTE) });
export type EditionNote = z.infer<typeof EditionNote>;

/** Readers who get an edition in local time at the same moment. */
export const Cohort = z.strictObject({ due: Instant, readers: z.number().int().min(1) });
export type Cohort = z.infer<typeof Cohort>;

/** An edition that each reader gets at its time of day where they are. */
export const LocalTime = z.strictObject({
  /** HH:MM. */
  time: z.string(),
  /** IANA name of the zone of those who chose none: the newsletter's. */
  timeZone: z.string(),
  /** Hours after their time within which readers may still get it. */
  lateHours: z.number().positive(),
  /** Whether readers whose time was longer ago than that when the audience was frozen are left out; else they get it at once. */
  skipLate: z.boolean(),
});
export type LocalTime = z.infer<typeof LocalTime>;

/** The edition item (`E#newsletter#date`, `#`). */
export const Edition = z.strictObject({
  newsletter: z.string(),
  date: LocalDate,
  state: EditionState,
  /** Why it is skipped, held, halted or cancelled, as a sentence; null otherwise. */
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
  /** How many readers are due when, the first first; absent: the audience is not frozen, or was without local time. */
  cohorts: z.array(Cohort).optional(),
  /** Its newsletter's List-Id (domain/delivery/calls/list-id.ts). Absent: it was made before that was stored. */
  listId: z.string().optional(),
  /** When a person paused it last. Absent: no one did. */
  pausedAt: Instant.optional(),
  /** True: a person sends it on whatever canary, forecast and events say. Absent: no one did. */
  anyway: z.boolean().optional(),
  /** Deliveries that bounced for good, were called spam, or were rejected by SES after it had taken them; absent: 0. */
  bounced: z.number().int().min(0).optional(),
  complained: z.number().int().min(0).optional(),
  rejected: z.number().int().min(0).optional(),
  /** Whether anyone may see it on the web: true from the moment sending begins. Absent: frozen by an earlier version. */
  published: z.boolean().optional(),
  /** Shown above it on the web, the oldest first: the notes of its log of decisions. Absent: there is none. */
  notes: z.array(EditionNote).max(MOST_NOTES).optional(),
  /** The dates of the published editions before and after it; absent: not published, or none known. */
  previous: LocalDate.nullable().optional(),
  next: LocalDate.nullable().optional(),
});
export type Edition = z.infer<typeof Edition>;

/** What `edition show --json` and edition.json hold. */
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
  /** Of the email with SES's placeholders in it (domain/edition/content/hash.ts); null before there is one. */
  hash: z.string().nullable(),
  /** Absent: there is none. */
  notes: z.array(EditionNote).optional(),
});
export type EditionView = z.infer<typeof EditionView>;

/** As it begins a sentence: `The edition of daily for 2026-11-23`. */
export const editionName = ({ newsletter, date }: EditionKey): string => `The edition of ${newsletter} for ${date}`;

/** Only what names the edition. */
export const editionKeyOf = ({ newsletter, date }: EditionKey): EditionKey => ({ newsletter, date });
