import * as z from "zod";
import type { Edition } from "../../edition/edition.ts";
import { fromInstant, Instant, toInstant } from "../../time/instant.ts";
import { History, sumHistories } from "./quota.ts";
import { elapsedSince, LEASE_FRESH_PART, type Reading } from "./reading.ts";
import { MOST_SENDERS, Shares } from "./shares.ts";

/** The account's pricing plan in SES (GetAccount). none: pay as you go. */
export const SesPlan = z.enum(["none", "essentials", "pro", "enterprise"]);
export type SesPlan = z.infer<typeof SesPlan>;

/** What a sender's current run mailed of an edition. */
const Mailed = z.strictObject({
  newsletter: z.string(),
  date: z.string(),
  accepted: z.number().int(),
  refused: z.number().int(),
});
export type Mailed = z.infer<typeof Mailed>;

/** A sender's item: who holds its lease; the first one's also has what is known about the SES account. */
export const Sender = z.strictObject({
  /** Absent: the first sender. Others exist only while several share the rate. */
  index: z
    .number()
    .int()
    .min(1)
    .max(MOST_SENDERS - 1)
    .optional(),
  /** The run that has the lease, or had it last. */
  holder: z.string(),
  until: Instant,
  /**
   * Number of this write; absent: not numbered yet. It identifies a late copy of an older write that the SDK repeated,
   * which would end the lease of a live sender.
   */
  writeNumber: z.number().int().positive().optional(),
  /** SES's rate, daily quota and count of the last 24 hours; null: not read yet. */
  rate: z.number().positive().nullable(),
  /** null: no limit. */
  quota: z.number().min(0).nullable(),
  sent24: z.number().min(0).nullable(),
  /** Absent: not given by SES. */
  plan: SesPlan.optional(),
  readAt: Instant.nullable(),
  /** Pace after throttling. */
  slow: z.strictObject({ factor: z.number().positive().max(1), since: z.number() }),
  /**
   * Departures of the last 24 hours, counted in advance until the next renewal, so a sender that dies has counted too
   * much, never too little. Absent: none yet.
   */
  hist: History.optional(),
  /** How much of SES's count belongs to others, as far as known. */
  foreign: z.number().min(0).optional(),
  /** While SES's daily quota is used up: when to check again. */
  wakeAt: Instant.nullable(),
  /** How the first sender divides the rate; absent: it sends alone. */
  shares: Shares.optional(),
  /** While several send: what this run mailed, for the others, because bounces are judged over all mailed readers. */
  mailed: z.array(Mailed).optional(),
});
export type Sender = z.infer<typeof Sender>;

/** The account as all senders' items show it together: the first one's, with the departures of all. */
export function accountOf(senders: readonly Sender[]): Sender | undefined {
  const first = senders.find(({ index }) => index === undefined);
  if (first === undefined || senders.length === 1) return first;
  return { ...first, ...withHistory(senders.flatMap(({ hist }) => hist ?? [])) };
}

const withHistory = (histories: readonly History[]) => {
  const hist = sumHistories(histories);
  return hist && { hist };
};

/** The plan that is assumed until SES's is known: a new account's. */
export const planOf = (sender: Sender | undefined): SesPlan => sender?.plan ?? "essentials";

/** An edition that the sender has to check (`SENDING`). */
export const SendingPointer = z.strictObject({ dueAt: Instant, newsletter: z.string(), date: z.string() });
export type SendingPointer = z.infer<typeof SendingPointer>;

/** The pointer's sort time; frozenAt, unlike dueAt, never changes. */
export const pointerOf = ({ newsletter, date, frozenAt }: Edition): SendingPointer => ({
  newsletter,
  date,
  dueAt: frozenAt ?? toInstant(0),
});

/** SES's limits of the account (GetAccount). */
export type Account = {
  readonly rate: number;
  /** Recipients in 24 h; null: no limit. */
  readonly quota: number | null;
  readonly sent24: number;
  /** Absent: not given by SES. */
  readonly plan?: SesPlan;
};

/** No call leaves when its claim began this long ago: the answer must be recorded while the claim holds. */
const CLAIM_FRESH_MS = 5_000;
/** Clocks are assumed to be within 2 s; beyond 5 s, nothing that depends on time is safe. */
export const SKEW_LIMIT_MS = 5_000;
/**
 * Wait after taking the lease: longer than the window in which the last holder's departures count, at a rate of 1 or
 * more.
 */
export const FIRST_DEPARTURE_MS = 1_100;

export const claimIsFresh = (began: Reading, now: Reading): boolean => elapsedSince(began, now) < CLAIM_FRESH_MS;
export const leaseIsFresh = (renewal: Reading, now: Reading, leaseSeconds: number): boolean =>
  elapsedSince(renewal, now) < leaseSeconds * 1000 * LEASE_FRESH_PART;

/** A sender's item for a new holder. */
export function takeSender(
  before: Sender | undefined,
  holder: string,
  now: Instant,
  leaseSeconds: number,
  index = 0,
): Sender {
  const until = toInstant(fromInstant(now) + leaseSeconds * 1000);
  const unread = { rate: null, quota: null, sent24: null, readAt: null, slow: { factor: 1, since: 0 }, wakeAt: null };
  const { mailed: _, ...kept } = before ?? {};
  return nextWrite({ ...unread, ...kept, ...(index > 0 && { index }), holder, until });
}

/** The same item with the next write's number. */
export const nextWrite = (sender: Sender): Sender => ({ ...sender, writeNumber: (sender.writeNumber ?? 0) + 1 });
