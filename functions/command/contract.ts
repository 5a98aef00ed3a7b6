import * as z from "zod";
import { PageFacts } from "#domain/article/page-facts.ts";
import { ConsentEvent } from "#domain/audience/consent-event.ts";
import { ImportOutcome, ListLine } from "#domain/audience/import/import-row.ts";
import { keyUses } from "#domain/audience/keys.ts";
import { ExportedSubscriber, SubscriberStatus } from "#domain/audience/subscriber.ts";
import { LogEntry } from "#domain/audit.ts";
import { DeliverySettingsText } from "#domain/config.ts";
import { OutcomeKind } from "#domain/delivery/ledger/delivery-outcome.ts";
import { DeadLetter, DeadQueue } from "#domain/delivery/resolving/dead-letter.ts";
import { DeliveryReport, DeliveryState } from "#domain/delivery/resolving/report.ts";
import { TableIdentity } from "#domain/delivery/table-identity.ts";
import { Board } from "#domain/edition/board.ts";
import { KEPT_CANDIDATES } from "#domain/edition/choosing/candidates-record.ts";
import { Explanation } from "#domain/edition/choosing/explanation.ts";
import { DecisionInput } from "#domain/edition/decisions/decision-input.ts";
import { Counts, EditionState, EditionView, RenderedEmail } from "#domain/edition/edition.ts";
import { EditionOutlook } from "#domain/edition/outlook.ts";
import { Due, Plan } from "#domain/edition/plan.ts";
import { Check, Finding } from "#domain/edition/preflight/finding.ts";
import { StoryDetail } from "#domain/edition/story-detail.ts";
import { WeightsReport } from "#domain/edition/weighing/learn.ts";
import { Other, Workbench } from "#domain/edition/workbench.ts";
import { WorthCounts } from "#domain/edition/worth.ts";
import { Fault } from "#domain/outcome.ts";
import { Source } from "#domain/source/source.ts";
import { Instant, LocalDate } from "#domain/time/instant.ts";
import { IngestResponse } from "../ingest/contract.ts";

/** command is the door for editors and operators: typed commands, invoked with IAM. */
export const name = "command";

/** Invoked by the CLI, by `aws lambda invoke`, from the console, and by the desk. */
export const trigger = { invoked: true } as const;

/** Seconds: longer than any function it waits for. */
export const timeout = 720;

/** The function's name in a deployment: the CLI finds it by the stack's name alone. */
export const functionName = (stack: string) => `${stack}-${name}`;

/** Megabytes: a whole vCPU, because a decision makes the edition again while an editor waits. */
export const memory = 1769;

/** What commands about editions and sources need. */
export const EditorialEnvironment = z.object({
  TABLE_NAME: z.string(),
  SITE_URL: z.url(),
  CONFIGURATION_SET: z.string(),
  INGEST_FUNCTION: z.string(),
  ASSEMBLE_FUNCTION: z.string(),
  DISPATCH_FUNCTION: z.string(),
  /** Empty: editions have no pictures. */
  PICTURES_FUNCTION: z.string(),
  DELIVERY_SETTINGS: DeliverySettingsText.optional(),
  KICKS_QUEUE_URL: z.url(),
  KICKS_DEAD_QUEUE_URL: z.url(),
  FEEDBACK_QUEUE_URL: z.url(),
  FEEDBACK_DEAD_QUEUE_URL: z.url(),
  CLOCK_DEAD_QUEUE_URL: z.url(),
  /** Comma-separated origins that feeds may be added from besides the config's, as ingest has them. */
  ALLOW_ORIGINS: z.string().default(""),
});
export type EditorialEnvironment = z.infer<typeof EditorialEnvironment>;

export const Environment = EditorialEnvironment.extend({
  KEYS_SECRET: z.string(),
  /** Where requests wait that are answered by mail, such as an import's to confirm. */
  REQUESTS_QUEUE_URL: z.url(),
});

const edition = { newsletter: z.string(), date: LocalDate.optional() };
/** Recipients in calls that are under way. */
const onTheirWay = z.number().int().default(0);
/** Changes after the decision of this number are listed by themselves. */
const since = z.number().int().min(0).optional();
const by = z.string().default("operator");
/** Of someone at the desk: the subject by which their identity provider knows them. */
const byId = z.string().optional();
const hash = z.string().optional();
/** Waives what a check finds against it, except for what the law or SES would not have. */
const anyway = z.boolean().default(false);
/** Sends it although its date is more than one day from the day on which it goes out. */
const dateFar = z.boolean().default(false);
/** What its check found, waived blockers first; empty from a system that does not check yet. */
const findings = z.array(Finding).default([]);

/** What each command takes and gives; one table, so the CLI, the function and its docs cannot differ. */
const KeyNote = z.object({
  use: z.enum(keyUses),
  /** Of the key that signs. */
  id: z.string(),
  /** Null: the deployment's first key, which also makes subscribers' ids. */
  since: Instant.nullable(),
  /** When a newer key begins to sign. */
  next: Instant.nullable(),
  /** How many there are, old ones among them. */
  keys: z.number().int(),
  isOwn: z.boolean(),
});

const SessionNote = z.object({ id: z.string(), name: z.string(), email: z.string().nullable(), signedInAt: Instant });

export const commands = {
  "source add": {
    input: z.object({
      url: z.string(),
      id: z.string().optional(),
      title: z.string().optional(),
      weight: z.number().positive().max(10).optional(),
      /** Adds it even if it can't be fetched or read now. */
      anyway,
      by,
      byId,
    }),
    output: z.object({ source: Source }),
  },
  /** Adds a source that articles are pushed to. `key` is null where it has one already: it is shown only once. */
  "source push": {
    input: z.object({
      name: z.string(),
      title: z.string().optional(),
      weight: z.number().positive().max(10).optional(),
      by,
      byId,
    }),
    output: z.object({ source: Source, key: z.string().nullable(), endpoint: z.string() }),
  },
  /** Gives such a source a new key; the old one is worth nothing from then on. */
  "source key": {
    input: z.object({ source: z.string(), by, byId }),
    output: z.object({ source: Source, key: z.string(), endpoint: z.string() }),
  },
  "source list": { input: z.object({}), output: z.object({ sources: z.array(Source) }) },
  "source rename": {
    input: z.object({ source: z.string(), title: z.string(), by, byId }),
    output: z.object({ source: Source }),
  },
  /** Brings back a removed source. */
  "source restore": { input: z.object({ source: z.string(), by, byId }), output: z.object({ source: Source }) },
  "source remove": { input: z.object({ source: z.string(), by, byId }), output: z.object({ source: Source }) },
  ingest: { input: z.object({ source: z.string().optional(), by, byId }), output: IngestResponse },
  build: {
    input: z.object({ ...edition, since, by, byId }),
    output: z.object({ edition: EditionView, workbench: Workbench }),
  },
  draft: {
    input: z.object({
      ...edition,
      text: z.string(),
      subject: z.string().optional(),
      replace: z.boolean().default(false),
      by,
      byId,
    }),
    output: z.object({ edition: EditionView }),
  },
  /**
   * Applies one decision, and drafts the edition first if there is none. `key` names the request: the same again, because
   * its answer was lost, decides nothing twice.
   */
  decide: {
    input: z.object({
      ...edition,
      decision: DecisionInput,
      key: z.string().max(100).optional(),
      since,
      by,
      byId,
    }),
    output: z.object({ edition: EditionView, workbench: Workbench }),
  },
  /** Why a story is in the edition or not; without one, all that are in it and the best that are not. */
  why: {
    input: z.object({ ...edition, story: z.string().optional() }),
    output: z.object({ newsletter: z.string(), date: LocalDate, stories: z.array(Explanation) }),
  },
  /** What the last editions' leads and lists would be under other weights, beside what editors decided. */
  weights: {
    input: z.object({
      newsletter: z.string(),
      editions: z.number().int().min(1).max(KEPT_CANDIDATES).default(KEPT_CANDIDATES),
    }),
    output: WeightsReport,
  },
  /** One story with its articles and pictures; of an edition that isn't drafted, as it would be now. */
  story: {
    input: z.object({ ...edition, story: z.string() }),
    output: z.object({ story: StoryDetail }),
  },
  /** What a web page says about itself: fetched now, stored nowhere. */
  page: { input: z.object({ url: z.string().max(4000) }), output: z.object({ page: PageFacts }) },
  /** All that an editor sees of an edition at work; null where it is still as `unless` says. */
  workbench: {
    input: z.object({
      ...edition,
      since,
      unless: z.object({ decisions: z.number().int(), rev: z.number().int(), state: EditionState }).optional(),
    }),
    output: z.object({ workbench: Workbench.nullable() }),
  },
  /** Articles of the last fortnight by words of their title. */
  find: { input: z.object({ ...edition, words: z.string() }), output: z.object({ stories: z.array(Other) }) },
  show: {
    input: z.object({
      ...edition,
      email: z.boolean().default(false),
      /** Of an edition that isn't drafted: what it would be now. */
      undrafted: z.boolean().default(false),
    }),
    /**
     * email: the very bytes a reader gets, except for the personal links. outlook: what happens next; null from a system
     * that does not say it yet.
     */
    output: z.object({
      edition: EditionView,
      outlook: EditionOutlook.nullable().default(null),
      email: RenderedEmail.nullable(),
    }),
  },
  /** Looks for what would embarrass or break in the bytes as they would be sent; links: tries each of its links too. */
  check: {
    input: z.object({
      ...edition,
      links: z.boolean().default(true),
      /** A complete message as an inbox gives it, each byte a character: is it this edition? */
      message: z.string().max(2_000_000).optional(),
    }),
    output: z.object({ check: Check }),
  },
  /** Everything a newsroom looks at first: today, tomorrow, the last 14 days, the days ahead, and what fails. */
  board: { input: z.object({}), output: Board },
  list: {
    input: z.object({ newsletter: z.string() }),
    output: z.object({
      editions: z.array(
        z.object({
          date: LocalDate,
          state: EditionState,
          subject: z.string(),
          audience: z.number().int(),
          accepted: z.number().int(),
          worth: WorthCounts.nullable(),
        }),
      ),
    }),
  },
  test: { input: z.object({ ...edition, to: z.string(), by, byId }), output: z.object({ messageId: z.string() }) },
  /**
   * Approves and sends. Without an edition for the date, builds one first. `after`: seconds in which it can still be
   * withdrawn. `hash`: of what was looked at; anything else is not sent.
   */
  send: {
    input: z.object({
      ...edition,
      after: z.number().int().min(0).max(600).default(0),
      hash,
      anyway,
      dateFar,
      by,
      byId,
    }),
    output: z.object({ edition: EditionView, findings }),
  },
  /** Lets it go out at its newsletter's own time. */
  approve: {
    input: z.object({ ...edition, hash, anyway, by, byId }),
    output: z.object({ edition: EditionView, due: Due, findings }),
  },
  /**
   * Approves it for another time. `at`: HH:MM on the edition's date, or YYYY-MM-DDTHH:MM, as clocks show it where the
   * newsletter is at home. `second`: of a time that comes twice, the second.
   */
  schedule: {
    input: z.object({
      ...edition,
      at: z.string(),
      second: z.boolean().default(false),
      hash,
      anyway,
      dateFar,
      by,
      byId,
    }),
    output: z.object({ edition: EditionView, due: Due, findings }),
  },
  /** Takes an approval back before anything was sent: it is a draft again. */
  withdraw: { input: z.object({ ...edition, by, byId }), output: z.object({ edition: EditionView }) },
  /** When it goes out, to how many, in how long and for how much; with `at`: if it were scheduled for then. */
  plan: {
    input: z.object({
      ...edition,
      at: z.string().optional(),
      second: z.boolean().default(false),
      /** As if it were sent at once. */
      now: z.boolean().default(false),
    }),
    output: Plan,
  },
  /** What an edition costs, by the newsletter's own readers and SES's rate, or by those given. US dollars. */
  cost: {
    input: z.object({
      newsletter: z.string(),
      readers: z.number().int().min(0).optional(),
      rate: z.number().positive().optional(),
    }),
    output: z.object({
      newsletter: z.string(),
      readers: z.number().int(),
      rate: z.number(),
      /** False: SES has not been asked yet, and a new account's rate is taken. */
      isRateKnown: z.boolean(),
      /** Recipients a call to SES. */
      size: z.number().int(),
      confirmations: z.boolean(),
      parts: z.array(z.object({ what: z.string(), units: z.number(), dollars: z.number() })),
      dollars: z.number(),
      prices: z.object({ date: LocalDate, region: z.string() }),
    }),
  },
  /** Who did what: to one edition, or without a date in the last `days`. Newest first, and no reader's address. */
  log: {
    input: z.object({
      newsletter: z.string().optional(),
      date: LocalDate.optional(),
      days: z.number().int().min(1).max(31).default(7),
    }),
    output: z.object({ entries: z.array(LogEntry) }),
  },
  /** How far its delivery is, and why nothing moves where nothing does. */
  follow: {
    input: z.object(edition),
    output: z.object({
      newsletter: z.string(),
      date: LocalDate,
      state: EditionState,
      reason: z.string().nullable(),
      stage: z.enum(["canary", "full"]).nullable(),
      rev: z.number().int(),
      counts: Counts,
      onTheirWay: z.number().int(),
      rate: z.number().nullable(),
      finishAt: Instant.nullable(),
      notice: z.string().nullable(),
      /** Batches of a call that no one answered, and from when a person may send them again. */
      unknown: z.array(z.object({ batch: z.string(), resendFrom: Instant })),
    }),
  },
  /** When the newsletter's next editions are due, skipped dates with the reason. Without `from`, from today. */
  calendar: {
    input: z.object({
      newsletter: z.string(),
      from: LocalDate.optional(),
      days: z.number().int().min(1).max(60).default(14),
    }),
    output: z.object({
      timeZone: z.string(),
      days: z.array(
        z.object({
          date: LocalDate,
          draftAt: Instant.nullable(),
          gateAt: Instant.nullable(),
          dueAt: Instant.nullable(),
          local: z.string().nullable(),
          note: z.string().nullable(),
          skipped: z.boolean(),
          /** What happens to the date's edition next: one can be cancelled, or scheduled for another time. */
          outlook: EditionOutlook,
        }),
      ),
    }),
  },
  /** Ends it for good. At most `onTheirWay` readers are mailed after it: the calls that are under way. */
  cancel: { input: z.object({ ...edition, by, byId }), output: z.object({ edition: EditionView, onTheirWay }) },
  /** Stops it until it is resumed; `onTheirWay` as for cancel. */
  pause: { input: z.object({ ...edition, by, byId }), output: z.object({ edition: EditionView, onTheirWay }) },
  /** Goes on with what is paused, held or halted. `anyway`: also if late, halted by its canary or forecast too late. */
  resume: {
    input: z.object({ ...edition, anyway: z.boolean().default(false), by, byId }),
    output: z.object({ edition: EditionView }),
  },
  /** Decides on held deliveries and unknown batches: of one batch, or of all. */
  resolve: {
    input: z.object({
      ...edition,
      batch: z.string().optional(),
      all: z.boolean().default(false),
      as: z.enum(["delivered", "resend"]),
      by,
      byId,
    }),
    output: z.object({
      edition: EditionView,
      /** Deliveries decided on, and their batches. */
      resolved: z.number().int(),
      batches: z.array(z.string()),
      /** What may not be sent again yet, and from when it may. */
      later: z.array(z.object({ batch: z.string(), from: Instant })),
    }),
  },
  /** Tries again deliveries that SES rejected three times with a transient error, and no one else. */
  retry: {
    input: z.object({ ...edition, by, byId }),
    output: z.object({ edition: EditionView, retried: z.number().int() }),
  },
  /** A new revision for those who were not mailed yet: from a text, or without one from the log of decisions. */
  correct: {
    input: z.object({
      ...edition,
      text: z.string().optional(),
      subject: z.string().optional(),
      /** The newest decision that was looked at: with a later one, nothing is applied. */
      decisions: z.number().int().optional(),
      by,
      byId,
    }),
    output: z.object({ edition: EditionView }),
  },
  /** Each reader's delivery, a page at a time; with addresses only where they are asked for. */
  deliveries: {
    input: z.object({
      ...edition,
      state: z.enum([...DeliveryState.options, ...OutcomeKind.options]).optional(),
      addresses: z.boolean().default(false),
      after: z.string().optional(),
    }),
    output: z.object({
      deliveries: z.array(DeliveryReport.extend({ address: z.string().nullable() })),
      next: z.string().nullable(),
    }),
  },
  /** What each signing key is for, and since when. Never a key. */
  "keys list": { input: z.object({}), output: z.object({ keys: z.array(KeyNote) }) },
  /** Gives a use a new key, beside the old ones, which go on verifying. */
  "keys rotate": {
    input: z.object({ use: z.enum([...keyUses, "all"]), by, byId }),
    output: z.object({ keys: z.array(KeyNote) }),
  },
  /** Who is signed in at the desk. */
  "desk sessions list": { input: z.object({}), output: z.object({ sessions: z.array(SessionNote) }) },
  /** Ends all of one person's sessions, named by address, id or name. */
  "desk sessions end": {
    input: z.object({ person: z.string().min(1).max(320), by, byId }),
    output: z.object({ ended: z.array(SessionNote) }),
  },
  /** Says that a restored table may be sent from again. */
  "restore accept": {
    input: z.object({ by, byId }),
    output: z.object({ accepted: z.boolean(), table: TableIdentity }),
  },
  "subscriber add": {
    /** Addresses whose consent the operator vouches for; at most 500 a call. */
    input: z.object({ newsletter: z.string(), addresses: z.array(z.string()).min(1).max(500), by, byId }),
    output: z.object({
      added: z.number().int(),
      already: z.number().int(),
      refused: z.array(z.object({ at: z.number().int(), why: z.string() })),
    }),
  },
  "subscriber list": {
    input: z.object({
      newsletter: z.string(),
      after: z.string().optional(),
      limit: z.number().int().min(1).max(1000).default(1000),
    }),
    output: z.object({
      subscribers: z.array(z.object({ address: z.string(), status: SubscriberStatus, addedAt: Instant })),
      next: z.string().nullable(),
    }),
  },
  "subscriber show": {
    input: z.object({ newsletter: z.string(), address: z.string() }),
    output: z.object({
      subscriber: z.object({
        address: z.string(),
        status: SubscriberStatus,
        consent: z.string(),
        addedAt: Instant,
        changedAt: Instant,
      }),
      /** The outcome of each edition that was meant for this reader, newest first, as long as it is kept (90 days). */
      deliveries: z.array(DeliveryReport.omit({ reader: true, note: true }).extend({ date: LocalDate })).default([]),
    }),
  },
  /** A part of a list from elsewhere; nothing is written with dryRun. */
  "subscriber import": {
    input: z.object({
      newsletter: z.string(),
      /** The names of the columns; null: the file has none. */
      header: z.array(z.string()).nullable(),
      rows: z.array(ListLine).min(1).max(500),
      file: z.string(),
      /** Default: recognised by the columns. */
      format: z.string().optional(),
      /** Columns that the operator names: email, status, time. */
      map: z.record(z.string(), z.string()).default({}),
      ask: z.boolean().default(false),
      dryRun: z.boolean().default(false),
      by,
    }),
    output: z.object({
      format: z.string(),
      rows: z.array(
        z.object({
          line: z.number().int(),
          address: z.string(),
          outcome: ImportOutcome,
          reason: z.string().nullable(),
        }),
      ),
    }),
  },
  /** A part of the list with all that a file of it has, whatever the status. */
  "subscriber export": {
    input: z.object({
      newsletter: z.string(),
      after: z.string().optional(),
      limit: z.number().int().min(1).max(1000).default(1000),
    }),
    output: z.object({ subscribers: z.array(ExportedSubscriber), next: z.string().nullable() }),
  },
  /** Every event of one reader's consent, oldest first. */
  "subscriber history": {
    input: z.object({ newsletter: z.string(), address: z.string() }),
    output: z.object({ events: z.array(ConsentEvent), erased: z.boolean() }),
  },
  /** Deletes all that is stored about a reader of the newsletter, except for the mark that they were erased. */
  "subscriber erase": {
    input: z.object({ newsletter: z.string(), address: z.string(), by }),
    output: z.object({ erased: z.boolean() }),
  },
  /** Brings back readers who were stopped by a fault of ours in some editions; nothing is written with dryRun. */
  "subscriber restore": {
    input: z.object({
      newsletter: z.string(),
      /** One edition; or those that began to be sent between two moments. */
      edition: LocalDate.optional(),
      from: Instant.optional(),
      until: Instant.optional(),
      after: z.string().optional(),
      dryRun: z.boolean().default(false),
      by,
      byId,
    }),
    output: z.object({
      readers: z.array(
        z.object({
          edition: LocalDate,
          /** null: erased. */
          address: z.string().nullable(),
          /** cleared: still mailed, and taken off SES's suppression list. */
          outcome: z.enum(["restored", "cleared", "leftAlone"]),
          why: z.string().nullable(),
        }),
      ),
      next: z.string().nullable(),
    }),
  },
  "subscriber remove": {
    input: z.object({ newsletter: z.string(), address: z.string(), by, byId }),
    output: z.object({ removed: z.boolean() }),
  },
  /** What could not be taken in; without a queue, of all of them. At most 50 of each. */
  "dlq list": {
    input: z.object({ queue: DeadQueue.optional() }),
    output: z.object({
      letters: z.array(DeadLetter),
      counts: z.array(z.object({ queue: DeadQueue, dead: z.number().int() })),
    }),
  },
  /** Brings them back, at most 1000 a call. */
  "dlq redrive": {
    input: z.object({ queue: DeadQueue, by, byId }),
    output: z.object({ moved: z.number().int(), left: z.number().int() }),
  },
  /** Readers that SES accepted twice. `resends`: batches are sent again on evidence. */
  "double list": {
    input: z.object({}),
    output: z.object({
      doubles: z.array(
        z.object({
          newsletter: z.string(),
          date: LocalDate,
          batch: z.string(),
          attempt: z.number().int(),
          readers: z.number().int(),
          noticedAt: Instant,
        }),
      ),
      allowedAt: Instant.nullable(),
      resends: z.boolean(),
    }),
  },
  "double accept": {
    input: z.object({ by, byId }),
    output: z.object({ accepted: z.number().int(), allowedAt: Instant.nullable() }),
  },
} as const;

export type Commands = typeof commands;
export type CommandName = keyof Commands;
export type CommandInput<C extends CommandName> = z.input<Commands[C]["input"]>;
export type CommandOutput<C extends CommandName> = z.output<Commands[C]["output"]>;

/** The envelope on the wire: `{"do":"send","newsletter":"daily"}` and `{"ok":true,…}` or `{"ok":false,"fault":…}`. */
export const CommandRequest = z.looseObject({ do: z.enum(Object.keys(commands) as [CommandName, ...CommandName[]]) });
export const CommandFailure = z.object({ ok: z.literal(false), fault: Fault });
