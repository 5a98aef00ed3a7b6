import * as z from "zod";
import { Instant, LocalDate } from "../time/instant.ts";
import type { Subscriber } from "./subscriber.ts";

/**
 * Warm-up: after a large import, editions admit its readers on a rising curve, so mailbox providers see a growing list
 * instead of a sudden jump (docs/decisions/warm-up.md). Each newsletter has one queue of imported readers, in the order
 * of their files; an edition's audience includes those whose rank is below a limit that never falls.
 */
export const WarmUp = z.strictObject({
  /** Number of assigned ranks, which start at 0. */
  queued: z.number().int().min(0),
  /** Ranks below this one are in the audience. */
  admitted: z.number().int().min(0),
  /** The first rank of the current or last warm-up. */
  from: z.number().int().min(0),
  /** Its curve: readers at first, and the factor for each edition. */
  first: z.number().int().min(1),
  factor: z.number().gt(1),
  /** How often the limit has risen, and for which edition last. */
  rises: z.number().int().min(0),
  raisedFor: LocalDate.nullable(),
  startedAt: Instant,
  /** Why the newest edition admitted no further readers, as a sentence; null: it did. */
  braked: z.string().nullable(),
  /** Version number; writes are conditional on it. */
  changes: z.number().int().min(1),
});
export type WarmUp = z.infer<typeof WarmUp>;

/** The newsletter's settings for warm-ups. */
type WarmUpSettings = { readonly first: number; readonly part: number; readonly factor: number };

/** The decision about imported readers for an edition. */
export const Admission = z.strictObject({
  /** Readers of this rank and above wait for a later edition. */
  below: z.number().int().min(0),
  /** The first rank of the warm-up at that time; readers below it were admitted by an earlier one. */
  from: z.number().int().min(0),
  /** Numbers of that warm-up's readers in the audience, and of waiting ones; absent: not frozen yet. */
  admitted: z.number().int().min(0).optional(),
  waiting: z.number().int().min(0).optional(),
});
export type Admission = z.infer<typeof Admission>;

/** Whether a reader waits for a later edition; a reader without a rank wasn't imported and never waits. */
export const isWaiting = ({ rank }: Pick<Subscriber, "rank">, below: number): boolean =>
  rank !== undefined && rank >= below;

export const isOver = ({ queued, admitted }: WarmUp): boolean => admitted >= queued;

/**
 * Assigns the next ranks to readers who are about to be imported, and starts a warm-up if there is none.
 * @param readers how many the newsletter has already
 */
export function queueReaders(
  before: WarmUp | undefined,
  newcomers: number,
  { settings, readers, at }: { settings: WarmUpSettings; readers: number; at: Instant },
): { rank: number; after: WarmUp } {
  const rank = before?.queued ?? 0;
  const queued = rank + newcomers;
  const changes = (before?.changes ?? 0) + 1;
  if (before && !isOver(before)) return { rank, after: { ...before, queued, changes } };
  const first = Math.max(settings.first, Math.floor(readers * settings.part));
  const curve = { from: rank, first, factor: settings.factor, rises: 0, raisedFor: null };
  return { rank, after: { queued, admitted: rank, ...curve, startedAt: at, braked: null, changes } };
}

/** The limit after a number of rises: none at first, then `first` readers, then `factor` times as many each time. */
const limitAfter = ({ from, first, factor, queued }: WarmUp, rises: number): number =>
  rises === 0 ? from : Math.min(queued, from + Math.ceil(first * factor ** (rises - 1)));

/**
 * The result of the edition in which the limit last rose: good; not sent to most of its readers yet; or bad, with the
 * reason.
 */
export type Reception = { readonly is: "well" | "unsent" } | { readonly is: "bad"; readonly why: string };

/**
 * The imported readers that a date's edition admits. Decided once, when its freeze begins, and stored with the edition.
 * The limit rises at most once for each edition, and only if the last one was sent with good results.
 */
export function admit(
  before: WarmUp,
  { date, reception }: { date: LocalDate; reception: Reception },
): { admission: Admission; after: WarmUp } {
  // Its readers are then like all others.
  if (isOver(before)) return { admission: { below: before.admitted, from: before.admitted }, after: before };
  const isDecided = before.raisedFor !== null && before.raisedFor >= date;
  const after = isDecided ? before : changed(before, { date, reception });
  return { admission: { below: after.admitted, from: after.from }, after };
}

function changed(before: WarmUp, { date, reception }: { date: LocalDate; reception: Reception }): WarmUp {
  const changes = before.changes + 1;
  if (reception.is === "bad")
    return reception.why === before.braked ? before : { ...before, braked: reception.why, changes };
  // The first rise doesn't wait for an edition.
  if (reception.is === "unsent" && before.rises > 0) return before;
  const rises = before.rises + 1;
  const admitted = Math.max(before.admitted, limitAfter(before, rises));
  return { ...before, admitted, rises, raisedFor: date, braked: null, changes };
}

/** The next frozen edition admits all waiting readers. */
export const endWarmUp = (before: WarmUp): WarmUp => ({
  ...before,
  admitted: before.queued,
  braked: null,
  changes: before.changes + 1,
});

/** Number of editions until all are admitted, if all have good results; 0: all are. */
export function editionsLeft(warmUp: WarmUp): number {
  if (isOver(warmUp)) return 0;
  let rises = warmUp.rises + 1;
  while (limitAfter(warmUp, rises) < warmUp.queued) rises += 1;
  return rises - warmUp.rises;
}

/** The limit after a number of further editions, if all have good results. */
export const limitAhead = (warmUp: WarmUp, editions: number): number =>
  isOver(warmUp) ? warmUp.admitted : Math.max(warmUp.admitted, limitAfter(warmUp, warmUp.rises + editions));
