import * as z from "zod";
import { fromInstant, type Instant, toInstant } from "../../time/instant.ts";
import type { Account, Sender } from "./sender.ts";

/**
 * SES's quota covers the last 24 hours at any moment. Our departures are counted in counters of 15 minutes; a counter
 * is cleared when all of it is older than a day, so the remaining room is never overestimated.
 */
const BUCKET_MS = 15 * 60_000;
const BUCKETS_A_DAY = 96;
/** The counters of a day, plus the current one, because a day usually starts within one. */
const KEPT = BUCKETS_A_DAY + 1;
/** How much SES's own count may lag. */
const LAG_MS = 120_000;

export const History = z.strictObject({
  /** Number of the newest counter, in 15 minutes since 1970. */
  at: z.number().int(),
  /** Recipients, the newest counter first. */
  n: z.array(z.number().min(0)).max(KEPT),
});
export type History = z.infer<typeof History>;

const bucketAt = (ms: number) => Math.floor(ms / BUCKET_MS);
const freesAt = (bucket: number) => (bucket + KEPT) * BUCKET_MS;

/** The current history, without counters older than a day. A clock that is set back doesn't add room. */
function currentHistory(history: History | undefined, ms: number): History {
  const at = Math.max(bucketAt(ms), history?.at ?? 0);
  const gap = history === undefined ? 0 : Math.min(KEPT, at - history.at);
  const n = [...Array<number>(gap).fill(0), ...(history?.n ?? [])].slice(0, KEPT);
  return { at, n: n.length === 0 ? [0] : n };
}

/** The history with `n` more recipients, departed at `ms`. */
export function addDepartures(history: History | undefined, ms: number, n: number): History {
  const { at, n: counters } = currentHistory(history, ms);
  const [newest = 0, ...older] = counters;
  return { at, n: [newest + n, ...older] };
}

/** The departures of several senders together. */
export function sumHistories(histories: readonly History[]): History | undefined {
  if (histories.length === 0) return undefined;
  const at = Math.max(...histories.map((history) => history.at));
  const length = Math.max(...histories.map((history) => at - history.at + history.n.length));
  const n = Array.from({ length: Math.min(KEPT, length) }, (_, age) =>
    sum(histories.map((history) => history.n[age - (at - history.at)] ?? 0)),
  );
  return { at, n };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

/** Recipients of the last 24 hours, or up to 15 minutes more. */
export const ownAt = (history: History | undefined, ms: number): number => sum(currentHistory(history, ms).n);

/** Recipients that SES's count may not include yet. */
function recentAt(history: History | undefined, ms: number): number {
  const { n } = currentHistory(history, ms);
  const begun = ms - bucketAt(ms) * BUCKET_MS;
  return sum(n.slice(0, begun < LAG_MS ? 2 : 1));
}

/**
 * How much of the quota others use: tests, confirmations, other applications. SES's count includes our own recipients,
 * perhaps without the newest; within the two bounds this gives, the last known figure is kept.
 */
function foreignAt(before: number | undefined, sent24: number, history: History | undefined, ms: number): number {
  const own = ownAt(history, ms);
  const least = Math.max(0, sent24 - own);
  const most = Math.max(0, sent24 - (own - recentAt(history, ms)));
  return Math.min(most, Math.max(least, before ?? 0));
}

/** The sender's item after reading SES's limits. */
export function applyAccount(before: Pick<Sender, "hist" | "foreign">, account: Account, ms: number) {
  const foreign = foreignAt(before.foreign, account.sent24, before.hist, ms);
  return { ...account, foreign, readAt: toInstant(ms) } satisfies Partial<Sender>;
}

/** The share of the daily quota that we use; the rest is for what others send between two readings of SES's count. */
const QUOTA_USED = 0.95;

/** Most recipients in 24 hours. */
export const dailyCeiling = (quota: number | null): number =>
  quota === null ? Number.POSITIVE_INFINITY : Math.floor(quota * QUOTA_USED);

export type Budget = Pick<Sender, "quota" | "hist" | "foreign">;

/** Recipients the quota allows now. */
export const remainingQuota = ({ quota, hist, foreign = 0 }: Budget, ms: number): number =>
  Math.max(0, dailyCeiling(quota) - ownAt(hist, ms) - foreign);

/** Longest sleep: others may stop using the quota, and AWS may raise it. */
const LONGEST_SLEEP_MS = 15 * 60_000;

/** When there is room for `need` recipients, as our own departures expire; in a quarter of an hour at the latest. */
export function wakeAt(budget: Budget, need: number, ms: number): Instant {
  const { at, n } = currentHistory(budget.hist, ms);
  let room = dailyCeiling(budget.quota) - sum(n) - (budget.foreign ?? 0);
  for (let age = n.length - 1; age >= 0 && room < need; age--) {
    room += n[age] ?? 0;
    if (room >= need) return toInstant(Math.min(freesAt(at - age), ms + LONGEST_SLEEP_MS));
  }
  return toInstant(ms + LONGEST_SLEEP_MS);
}

/** When an edition would finish. */
export type Forecast =
  | { readonly is: "through"; readonly at: Instant; readonly waitsForQuota: boolean }
  /** More readers than SES allows in a day. */
  | { readonly is: "too-many"; readonly ceiling: number }
  /** Others use so much of the quota that it wouldn't finish in two days. */
  | { readonly is: "never" };

/**
 * When sending to `readers` would finish, starting now and alone: at `rate` recipients a second, and no faster than
 * yesterday's departures expire. Others' use is assumed to stay the same.
 */
export function forecast(readers: number, rate: number, budget: Budget, now: Instant): Forecast {
  const ceiling = dailyCeiling(budget.quota);
  if (readers > ceiling) return { is: "too-many", ceiling };
  let left = readers;
  let history = budget.hist;
  let waitsForQuota = false;
  const from = fromInstant(now);
  for (let ms = from; ms < from + 2 * BUCKETS_A_DAY * BUCKET_MS; ms = (bucketAt(ms) + 1) * BUCKET_MS) {
    const span = (bucketAt(ms) + 1) * BUCKET_MS - ms;
    const room = remainingQuota({ ...budget, hist: history }, ms);
    const able = Math.min((rate * span) / 1000, room);
    if (left <= able) return { is: "through", at: toInstant(ms + (left / rate) * 1000), waitsForQuota };
    waitsForQuota ||= room < (rate * span) / 1000;
    history = addDepartures(history, ms, able);
    left -= able;
  }
  return { is: "never" };
}
