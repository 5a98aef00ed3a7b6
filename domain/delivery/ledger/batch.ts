import * as z from "zod";
import { Instant } from "../../time/instant.ts";
import { RecordedOutcome } from "./recorded-outcome.ts";

/**
 * What a batch waits for. ready: to be claimed. calling: an SES call may be under way. unknown: a call died without an
 * answer. mixed: SES took some of the call and not others, and did not say which. done: nothing is left to do.
 * held: a person decides.
 */
export const BatchState = z.enum(["ready", "calling", "unknown", "mixed", "done", "held"]);
export type BatchState = z.infer<typeof BatchState>;

/** A batch's place in the table; it never changes. `group` is two hex digits. */
export const BatchKey = z.strictObject({
  newsletter: z.string(),
  date: z.string(),
  group: z.string(),
  /** The walker that wrote it; only the run named in the group's commit is ever read. */
  run: z.string(),
  due: Instant,
  /** Id of its first reader. */
  first: z.string(),
});
export type BatchKey = z.infer<typeof BatchKey>;

/** The last attempt: who claimed what, when, and until when an answer is awaited. */
export const Call = z.strictObject({
  at: Instant,
  until: Instant,
  /** Positions of the batch in this call. */
  positions: z.array(z.number().int().min(0)),
  /** The revision of the content it sends. */
  rev: z.number().int().min(1),
  /** The sender's run that made the claim; tells its own write from another's. */
  run: z.string(),
});
export type Call = z.infer<typeof Call>;

/** A call before the last one: who got which revision by it, or may have got it, and when. */
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
  /** What came of it, in words. */
  what: z.string(),
});
export type LogEntry = z.infer<typeof LogEntry>;

/** At most 50 of the audience, sent by one SES call. */
export const Batch = z.strictObject({
  key: BatchKey,
  /** Subscriber ids in the order of positions. */
  ids: z.array(z.string()).min(1),
  /**
   * How many subscribers, whatever their status, were stored from its first reader to its last when the audience was
   * frozen. Absent of a welcome, and of what an earlier version froze.
   */
  span: z.number().int().min(1).optional(),
  state: BatchState,
  /** Attempts claimed so far. */
  attempts: z.number().int().min(0),
  /** By position. */
  outcomes: z.array(RecordedOutcome).min(1),
  notBefore: Instant.nullable(),
  call: Call.nullable(),
  /** Absent where all that was accepted or is held was in the last call, as nearly always. */
  earlier: z.array(EarlierCall).optional(),
  /** Of the last mixed answer: how many of its call SES took. */
  taken: z.number().int().min(1).optional(),
  /** Its message ids by position, if its results are in the order of the call; "" where one says that it failed. */
  answered: z.array(z.string()).optional(),
  /** Fewer readers a call than the batch holds, after SES refused the whole for one of them; null: all at once. */
  single: z.boolean(),
  /** At most so many readers in the next call, while the one that spoils a call is looked for; absent: no limit. */
  most: z.number().int().min(1).optional(),
  /** Passing failures of every entry, in a row. */
  failures: z.number().int().min(0),
  /** Since when SES, or the way to it, has refused every call of it; null: the last one came to something. */
  refusedSince: Instant.nullable(),
  /** SES message ids by position, "" where none is known. */
  messageIds: z.array(z.string()),
  log: z.array(LogEntry),
  resends: z.number().int().min(0),
});
export type Batch = z.infer<typeof Batch>;

/** A batch as dispatch writes it: no one sent yet. */
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
