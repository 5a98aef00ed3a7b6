import * as z from "zod";
import { fromInstant, Instant, toInstant } from "../../time/instant.ts";
import { elapsedSince, LEASE_FRESH_PART, type Reading } from "./reading.ts";

/**
 * Several senders: the first one divides the rate into equal shares and says until when they hold (`SENDER`). One
 * division is in force at a time: another one may begin only when the one before has ended by every clock.
 */
export const MOST_SENDERS = 8;
/** About what one sender with a whole processor sends, in recipients a second (docs/scale.md). */
export const ONE_SENDER_RATE = 5_000;

export const Shares = z.strictObject({
  /** How many senders share the rate, the first one included. */
  senders: z.number().int().min(2).max(MOST_SENDERS),
  /** Recipients a second of each. */
  rate: z.number().positive(),
  /** When this division began, which tells it from others with as many senders. */
  since: Instant,
  until: Instant,
});
export type Shares = z.infer<typeof Shares>;

/** Below this many recipients a second for each, fewer senders share, because calls would get too small. */
const LEAST_SHARE = 10;
/** Shares are given only if the quota lasts for so many leases: what others use meanwhile is counted later. */
const LEASES_OF_QUOTA = 4;

/** Which of the senders sends a group's batches: 0 is the first. Welcomes and late joiners are the first one's. */
export function senderOfGroup(group: string, senders: number): number {
  const index = Number.parseInt(group, 16);
  return /^[0-9a-f]{2}$/.test(group) ? index % senders : 0;
}

/** What the first sender knows when it divides the rate. */
export type Means = {
  /** Recipients a second of all senders together. */
  readonly rate: number;
  /** What the daily quota leaves. */
  readonly free: number;
  readonly leaseSeconds: number;
};

/** How many senders may share the rate, at most `most`. */
export function sendersFor(most: number, { rate, free, leaseSeconds }: Means): number {
  if (free < rate * leaseSeconds * LEASES_OF_QUOTA) return 1;
  return sendersAt(rate, most);
}

/** How many senders share this rate while the quota lasts, at most `most`. */
export const sendersAt = (rate: number, most: number): number =>
  Math.max(1, Math.min(most, Math.floor(rate / LEAST_SHARE)));

/** Below one a second, a departure counts for longer than a second. */
const countsFor = (rate: number) => 1_100 / Math.min(1, rate);

/** By how many the first sender divides the rate, at that time of its clock. */
export const divisorAt = (shares: Shares | undefined, rate: number, now: number): number =>
  shares !== undefined && now <= fromInstant(shares.until) + countsFor(rate) ? shares.senders : 1;

/**
 * The shares to store with the first sender's next renewal; undefined: none. While another division is in force, it is
 * not renewed, and ends.
 * @param senders how many should share; 1: no division is needed
 */
export function nextShares(
  before: Shares | undefined,
  senders: number,
  { rate, leaseSeconds }: Means,
  now: number,
): Shares | undefined {
  const until = toInstant(now + leaseSeconds * 1000);
  const inForce = divisorAt(before, rate, now) > 1 ? before : undefined;
  if (inForce === undefined) {
    return senders > 1 ? { senders, rate: rate / senders, since: toInstant(now), until } : undefined;
  }
  const own = rate / inForce.senders;
  if (senders === inForce.senders) return { ...inForce, rate: own, until };
  return { ...inForce, rate: Math.min(inForce.rate, own) };
}

/**
 * Whether a sender other than the first may use its share now.
 * @param read when it began to read the shares
 */
export function isShareUsable(shares: Shares, read: Reading, now: Reading, leaseSeconds: number): boolean {
  // Less than one a second: several of them could leave in the same second.
  if (shares.rate < 1) return false;
  const usable = leaseSeconds * 1000 * LEASE_FRESH_PART;
  const left = fromInstant(shares.until) - (leaseSeconds * 1000 - usable) - read.wall;
  return elapsedSince(read, now) < Math.min(usable, left);
}
