import * as z from "zod";
import { Instant } from "../../time/instant.ts";
import { RecordedOutcome } from "./recorded-outcome.ts";

/**
 * A batch's state. ready: can be claimed. calling: a call to SES may be in flight. unknown: a call ended without an
 * answer. mixed: SES accepted some of the call, and it isn't known which. done: nothing is left to do. held: a person
 * decides.
 */
export const BatchState = z.enum(["ready", "calling", "unknown", "mixed", "done", "held"]);
export type BatchState = z.infer<typeof BatchState>;

/** A batch's place in the table; it never changes. `group` is two hex digits. */
export const BatchKey = z.strictObject({
  newsletter: z.string(),
  date: z.string(),
  group: z.string(),
  /** The walker that wrote it; only the run in the group's commit is ever read. */
  run: z.string(),
  due: Instant,
  /** Id of its first reader. */
  first: z.string(),
});
export type BatchKey = z.infer<typeof BatchKey>;

/** The last attempt: who claimed what, when, and until when it waits for an answer. */
export const Call = z.strictObject({
  at: Instant,
  until: Instant,
  /** Positions of the batch in this call. */
  positions: z.array(z.number().int().min(0)),
  /** The revision of the content it sends. */
  rev: z.number().int().min(1),
  /** The sender's run that made the claim, to recognise its own write. */
  run: z.string(),
});
export type Call = z.infer<typeof Call>;

/** A call before the last one: who got, or may have got, which revision, and when. */
export const EarlierCall = z.strictObject({
  attempt: z.number().int().min(1),
  at: Instant,
  rev: z.number().int().min(1),
  /** The positions of it that were accepted, or are held. */
  positions: z.array(z.number().int().min(0)),
});
export type EarlierCall = z.infer<typeof EarlierCall>;

export const LogEntry = z.strictObject({
  attempt: z.number().int(),
  rev: z.number().int(),
  at: Instant,
  /** What happened, in words. */
  what: z.string(),
});
export type LogEntry = z.infer<typeof LogEntry>;

/** At most 50 readers of the audience, sent by one call to SES. */
export const Batch = z.strictObject({
  key: BatchKey,
  /** Subscriber ids in the order of positions. */
  ids: z.array(z.string()).min(1),
  /**
   * Number of stored subscribers of any status from its first reader to its last when the audience was frozen. Absent
   * for a welcome, and for batches frozen by an earlier version.
   */
  span: z.number().int().min(1).optional(),
  state: BatchState,
  /** Attempts claimed so far. */
  attempts: z.number().int().min(0),
  /** By position. */
  outcomes: z.array(RecordedOutcome).min(1),
  notBefore: Instant.nullable(),
  call: Call.nullable(),
  /** Absent if all accepted and held positions were in the last call, as nearly always. */
  earlier: z.array(EarlierCall).optional(),
  /** For a mixed answer: how many of its call SES accepted. */
  taken: z.number().int().min(1).optional(),
  /** Its message ids by position, assuming that results are in the order of the call; "" for a failure. */
  answered: z.array(z.string()).optional(),
  /** Limit of readers a call, after SES refused a call because of one of them; null: all at once. */
  single: z.boolean(),
  /** Limit of the next call while searching for the reader who makes calls fail; absent: no limit. */
  most: z.number().int().min(1).optional(),
  /** Consecutive transient failures of every entry. */
  failures: z.number().int().min(0),
  /** Since when SES or the network has refused all its calls; null: the last one had a result. */
  refusedSince: Instant.nullable(),
  /** SES message ids by position, "" where none is known. */
  messageIds: z.array(z.string()),
  log: z.array(LogEntry),
  resends: z.number().int().min(0),
});
export type Batch = z.infer<typeof Batch>;

/** A batch as dispatch writes it, with no one mailed yet. */
export const freshBatch = (key: BatchKey, ids: readonly string[], span?: number): Batch => ({
  key,
  ids: [...ids],
  ...(span !== undefined && { span }),
  state: "ready",
  attempts: 0,
  outcomes: ids.map(() => "waiting"),
  notBefore: null,
  call: null,
  single: false,
  failures: 0,
  refusedSince: null,
  messageIds: [],
  log: [],
  resends: 0,
});
