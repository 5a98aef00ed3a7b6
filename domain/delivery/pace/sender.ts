import * as z from "zod";
import type { Edition } from "../../edition/edition.ts";
import { fromInstant, Instant, toInstant } from "../../time/instant.ts";
import { History } from "./quota.ts";

/** What SES charges the account by (GetAccount). none: pay as you go. */
export const SesPlan = z.enum(["none", "essentials", "pro", "enterprise"]);
export type SesPlan = z.infer<typeof SesPlan>;

/** The one sender's item: who holds the lease, and what is known of the SES account. */
export const Sender = z.strictObject({
  /** The run that holds the lease, or held it last. */
  holder: z.string(),
  until: Instant,
  /**
   * The number of this write; absent: none was numbered yet. A copy of an older one that arrives late, because the SDK
   * repeated it, is recognised by it: it would end the lease of a sender that is alive.
   */
  writeNumber: z.number().int().positive().optional(),
  /** Recipients a second and a day that SES allows, and what it counted as sent in 24 h; null: not read yet. */
  rate: z.number().positive().nullable(),
  /** null: no limit. */
  quota: z.number().min(0).nullable(),
  sent24: z.number().min(0).nullable(),
  /** Absent: SES didn't say. */
  plan: SesPlan.optional(),
  readAt: Instant.nullable(),
  /** Pace after throttling. */
  slow: z.strictObject({ factor: z.number().positive().max(1), since: z.number() }),
  /**
   * What departed in the last 24 hours; written down ahead for the seconds up to the next renewal, so a sender that
   * dies has counted too much and never too little. Absent: nothing yet.
   */
  hist: History.optional(),
  /** How much of the 24 hours' count is not ours, as far as known. */
  foreign: z.number().min(0).optional(),
  /** While SES's daily quota is used up: when to look again. */
  wakeAt: Instant.nullable(),
});
export type Sender = z.infer<typeof Sender>;

/** What SES charges by, where it was not asked yet: a new account's plan. */
export const planOf = (sender: Sender | undefined): SesPlan => sender?.plan ?? "essentials";

/** An edition that the sender has to look at (`SENDING`). */
export const SendingPointer = z.strictObject({ dueAt: Instant, newsletter: z.string(), date: z.string() });
export type SendingPointer = z.infer<typeof SendingPointer>;

/** Where the sender finds the edition; frozenAt, unlike dueAt, never changes. */
export const pointerOf = ({ newsletter, date, frozenAt }: Edition): SendingPointer => ({
  newsletter,
  date,
  dueAt: frozenAt ?? toInstant(0),
});

/** What SES says of the account (GetAccount). */
export type Account = {
  readonly rate: number;
  /** Recipients in 24 h; null: no limit. */
  readonly quota: number | null;
  readonly sent24: number;
  /** Absent: SES didn't say. */
  readonly plan?: SesPlan;
};

/** Two readings of now: a wall clock may be set, and a monotonic one may stand still while a process is paused. */
export type Reading = { readonly wall: number; readonly mono: number };

/** Milliseconds since a reading, by whichever clock says more. */
export const elapsedSince = (since: Reading, now: Reading): number =>
  Math.max(Math.abs(now.wall - since.wall), now.mono - since.mono);

/** No call leaves when its claim began this long ago: the answer must be recorded while the claim holds. */
const CLAIM_FRESH_MS = 5_000;
/** No call leaves when the last good renewal began this long ago. */
export const LEASE_FRESH_PART = 8 / 15;
/** Clocks are held to be within 2 s; beyond 5 s nothing that rests on time can be trusted. */
export const SKEW_LIMIT_MS = 5_000;
/**
 * After taking the lease: longer than the window in which the last holder's departures count, at a rate of 1 or more.
 */
export const FIRST_DEPARTURE_MS = 1_100;

export const claimIsFresh = (began: Reading, now: Reading): boolean => elapsedSince(began, now) < CLAIM_FRESH_MS;
export const leaseIsFresh = (renewal: Reading, now: Reading, leaseSeconds: number): boolean =>
  elapsedSince(renewal, now) < leaseSeconds * 1000 * LEASE_FRESH_PART;

/** The sender's item as a new holder takes it. */
export function takeSender(before: Sender | undefined, holder: string, now: Instant, leaseSeconds: number): Sender {
  const until = toInstant(fromInstant(now) + leaseSeconds * 1000);
  const unread = { rate: null, quota: null, sent24: null, readAt: null, slow: { factor: 1, since: 0 }, wakeAt: null };
  return nextWrite({ ...unread, ...before, holder, until });
}

/** The same item, as the write after it. */
export const nextWrite = (sender: Sender): Sender => ({ ...sender, writeNumber: (sender.writeNumber ?? 0) + 1 });
