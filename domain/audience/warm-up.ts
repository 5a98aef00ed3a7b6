import * as z from "zod";
import { Instant, LocalDate } from "../time/instant.ts";
import type { Subscriber } from "./subscriber.ts";

/**
 * Warm-up: after a large import, editions admit its readers on a rising curve, so mailbox providers see a list that
 * grows instead of one that multiplies overnight (docs/decisions/warm-up.md). Imported readers are in one queue per
 * newsletter, in the order of their files; an edition's audience has those whose rank is below a limit that never falls.
 */
export const WarmUp = z.strictObject({
  /** Ranks that were given out, from 0. */
  queued: z.number().int().min(0),
  /** Ranks below this one are in the audience. */
  admitted: z.number().int().min(0),
  /** The first rank of the warm-up that is under way, or was last. */
  from: z.number().int().min(0),
  /** Its curve: so many readers at first, and so many times as many with each edition. */
  first: z.number().int().min(1),
  factor: z.number().gt(1),
  /** How often the limit rose so far, and for which edition last. */
  rises: z.number().int().min(0),
  raisedFor: LocalDate.nullable(),
  startedAt: Instant,
  /** Why the newest edition admitted no one new, as a sentence; null: it did. */
  braked: z.string().nullable(),
  /** Counts the changes: each is stored only if there was none since it was read. */
  changes: z.number().int().min(1),
});
export type WarmUp = z.infer<typeof WarmUp>;

/** Of a newsletter's config: how its warm-ups rise. */
type WarmUpSettings = { readonly first: number; readonly part: number; readonly factor: number };

/** What an edition's freeze decided about imported readers. */
export const Admission = z.strictObject({
  /** Readers of this rank and above wait for a later edition. */
  below: z.number().int().min(0),
  /** The first rank of the warm-up that was under way: readers below it were admitted by an earlier one. */
  from: z.number().int().min(0),
  /** So many of that warm-up are in the audience, and so many wait; absent: not frozen yet. */
  admitted: z.number().int().min(0).optional(),
  waiting: z.number().int().min(0).optional(),
});
export type Admission = z.infer<typeof Admission>;

/** Whether a reader waits for a later edition. One without a rank was not imported, and never does. */
export const isWaiting = ({ rank }: Pick<Subscriber, "rank">, below: number): boolean =>
  rank !== undefined && rank >= below;

export const isOver = ({ queued, admitted }: WarmUp): boolean => admitted >= queued;

/**
 * Gives the next ranks to readers who are about to be imported. Where no warm-up is under way, one begins.
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

/** The limit after so many rises: none of them at all, then `first` readers, then `factor` times as many each time. */
const limitAfter = ({ from, first, factor, queued }: WarmUp, rises: number): number =>
  rises === 0 ? from : Math.min(queued, from + Math.ceil(first * factor ** (rises - 1)));

/** How the edition was taken in which the limit rose last: well; not sent to most of its readers yet; or badly, and how. */
export type Reception = { readonly is: "well" | "unsent" } | { readonly is: "bad"; readonly why: string };

/**
 * Which imported readers the edition of a date admits. Decided once, when its freeze begins: the edition keeps the answer. The limit rises
 * at most once an edition, and only if the one before was sent and taken well.
 */
export function admit(
  before: WarmUp,
  { date, reception }: { date: LocalDate; reception: Reception },
): { admission: Admission; after: WarmUp } {
  // Its readers are as all others then.
  if (isOver(before)) return { admission: { below: before.admitted, from: before.admitted }, after: before };
  const isDecided = before.raisedFor !== null && before.raisedFor >= date;
  const after = isDecided ? before : changed(before, { date, reception });
  return { admission: { below: after.admitted, from: after.from }, after };
}

function changed(before: WarmUp, { date, reception }: { date: LocalDate; reception: Reception }): WarmUp {
  const changes = before.changes + 1;
  if (reception.is === "bad")
    return reception.why === before.braked ? before : { ...before, braked: reception.why, changes };
  // The first rise waits for no edition: none was to admit anyone yet.
  if (reception.is === "unsent" && before.rises > 0) return before;
  const rises = before.rises + 1;
  const admitted = Math.max(before.admitted, limitAfter(before, rises));
  return { ...before, admitted, rises, raisedFor: date, braked: null, changes };
}

/** All who wait are admitted by the next edition that is frozen. */
export const endWarmUp = (before: WarmUp): WarmUp => ({
  ...before,
  admitted: before.queued,
  braked: null,
  changes: before.changes + 1,
});

/** How many editions it takes until all are admitted, if each is taken well; 0: they are. */
export function editionsLeft(warmUp: WarmUp): number {
  if (isOver(warmUp)) return 0;
  let rises = warmUp.rises + 1;
  while (limitAfter(warmUp, rises) < warmUp.queued) rises += 1;
  return rises - warmUp.rises;
}

/** The limit after so many more editions, if each is taken well. */
export const limitAhead = (warmUp: WarmUp, editions: number): number =>
  isOver(warmUp) ? warmUp.admitted : Math.max(warmUp.admitted, limitAfter(warmUp, warmUp.rises + editions));
