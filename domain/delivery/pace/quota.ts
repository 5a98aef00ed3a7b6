import * as z from "zod";
import { fromInstant, type Instant, toInstant } from "../../time/instant.ts";
import type { Account, Sender } from "./sender.ts";

/**
 * SES's quota counts the last 24 hours, at any moment. What we sent is kept in counters of 15 minutes; one of them is
 * free again when all of it is older than a day, so we never think that there is more room than there is.
 */
const BUCKET_MS = 15 * 60_000;
const BUCKETS_A_DAY = 96;
/** The day's, and the one that has begun: a day's older part and its newer part lie in one each. */
const KEPT = BUCKETS_A_DAY + 1;
/** SES's own count of the last 24 hours may lag behind by so much. */
const LAG_MS = 120_000;

export const History = z.strictObject({
  /** Which 15 minutes since 1970 the newest counter is of. */
  at: z.number().int(),
  /** Recipients, the newest counter first. */
  n: z.array(z.number().min(0)).max(KEPT),
});
export type History = z.infer<typeof History>;

const bucketAt = (ms: number) => Math.floor(ms / BUCKET_MS);
const freesAt = (bucket: number) => (bucket + KEPT) * BUCKET_MS;

/** The history as it is now: counters of before a day are dropped. A clock that goes back opens no room. */
function currentHistory(history: History | undefined, ms: number): History {
  const at = Math.max(bucketAt(ms), history?.at ?? 0);
  const gap = history === undefined ? 0 : Math.min(KEPT, at - history.at);
  const n = [...Array<number>(gap).fill(0), ...(history?.n ?? [])].slice(0, KEPT);
  return { at, n: n.length === 0 ? [0] : n };
}

/** The history with `n` recipients more, departed at `ms`. */
export function addDepartures(history: History | undefined, ms: number, n: number): History {
  const { at, n: counters } = currentHistory(history, ms);
  const [newest = 0, ...older] = counters;
  return { at, n: [newest + n, ...older] };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

/** Recipients of the last 24 hours, up to 15 minutes' more. */
export const ownAt = (history: History | undefined, ms: number): number => sum(currentHistory(history, ms).n);

/** Of them those that SES's count may not have in it yet. */
function recentAt(history: History | undefined, ms: number): number {
  const { n } = currentHistory(history, ms);
  const begun = ms - bucketAt(ms) * BUCKET_MS;
  return sum(n.slice(0, begun < LAG_MS ? 2 : 1));
}

/**
 * How much others use of the quota: tests, confirmations, other applications. SES's count has our own recipients in it,
 * except for the newest of them perhaps; between the two bounds that this gives, what was known before is kept.
 */
function foreignAt(before: number | undefined, sent24: number, history: History | undefined, ms: number): number {
  const own = ownAt(history, ms);
  const least = Math.max(0, sent24 - own);
  const most = Math.max(0, sent24 - (own - recentAt(history, ms)));
  return Math.min(most, Math.max(least, before ?? 0));
}

/** What the sender's item says after SES said what it allows. */
export function applyAccount(before: Pick<Sender, "hist" | "foreign">, account: Account, ms: number) {
  const foreign = foreignAt(before.foreign, account.sent24, before.hist, ms);
  return { ...account, foreign, readAt: toInstant(ms) } satisfies Partial<Sender>;
}

/** A part of the daily quota is left alone: what others send between two looks at SES's count. */
const QUOTA_USED = 0.95;

/** The most that may go out in 24 hours. */
export const dailyCeiling = (quota: number | null): number =>
  quota === null ? Number.POSITIVE_INFINITY : Math.floor(quota * QUOTA_USED);

export type Budget = Pick<Sender, "quota" | "hist" | "foreign">;

/** Recipients the quota allows now. */
export const remainingQuota = ({ quota, hist, foreign = 0 }: Budget, ms: number): number =>
  Math.max(0, dailyCeiling(quota) - ownAt(hist, ms) - foreign);

/** How long to sleep at most: others use the quota and may stop, and AWS may raise it. A look costs a moment. */
const LONGEST_SLEEP_MS = 15 * 60_000;

/** When there is room for `need` recipients, by our own that leave the last 24 hours; at the latest in a quarter of an hour. */
export function wakeAt(budget: Budget, need: number, ms: number): Instant {
  const { at, n } = currentHistory(budget.hist, ms);
  let room = dailyCeiling(budget.quota) - sum(n) - (budget.foreign ?? 0);
  for (let age = n.length - 1; age >= 0 && room < need; age--) {
    room += n[age] ?? 0;
    if (room >= need) return toInstant(Math.min(freesAt(at - age), ms + LONGEST_SLEEP_MS));
  }
  return toInstant(ms + LONGEST_SLEEP_MS);
}

/** When an edition would be through. */
export type Forecast =
  | { readonly is: "through"; readonly at: Instant; readonly waitsForQuota: boolean }
  /** More readers than SES allows in a day. */
  | { readonly is: "too-many"; readonly ceiling: number }
  /** Others use so much of the quota that it is not through in two days. */
  | { readonly is: "never" };

/**
 * When `readers` would have it, beginning now and alone: at `rate` recipients a second, and no faster than yesterday's
 * leave the quota. Others' use is taken to stay as it is.
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
