import type { Instant, LocalDate } from "../../time/instant.ts";
import { laterThan, type Subscriber, type SubscriberStatus } from "../subscriber.ts";

/**
 * How a subscriber's consent begins and ends. Each transition takes the stored subscriber (undefined: unknown) and
 * returns what to store, or that nothing changes.
 */
type AddByOperatorResult =
  | { change: "added"; after: Subscriber }
  | { change: "already" }
  | { change: "refused"; why: string };

type Who = { newsletter: string; id: string; address: string };

/**
 * An operator vouches for an address's consent. This restores readers that an operator removed, but not readers who
 * left: their own decision is newer than the list, and importing an old file must not bring them back.
 */
export function addByOperator(before: Subscriber | undefined, who: Who, by: string, at: Instant): AddByOperatorResult {
  const consent = `vouched for by ${by}, ${at.slice(0, 10)}`;
  if (before === undefined) return { change: "added", after: subscriberAdded(who, consent, at) };
  if (before.status === "active") return { change: "already" };
  const when = before.changedAt.slice(0, 10);
  const why = whyNotByList[before.status];
  if (why === undefined) return { change: "added", after: subscriberAdded(who, consent, laterThan(before, at)) };
  return { change: "refused", why: `${why} on ${when}; only the reader can subscribe again` };
}

/** Readers that no import brings back, with the reason. */
const whyNotByList: Partial<Record<SubscriberStatus, string>> = {
  left: "unsubscribed",
  bounced: "its mail server refused it for good",
  complained: "called a mail spam",
  moved: "moved to another address",
};

/** The reader unsubscribes. Undefined: they already have, or the operator removed them. */
export function leave(before: Subscriber, at: Instant): Subscriber | undefined {
  const isSubscribed = before.status === "active" || before.status === "pending";
  return isSubscribed ? { ...before, status: "left", changedAt: laterThan(before, at) } : undefined;
}

/** The operator removes an address from the list. Undefined: it isn't on it any more. */
export function remove(before: Subscriber, at: Instant): Subscriber | undefined {
  const isSubscribed = before.status === "active" || before.status === "pending";
  return isSubscribed ? { ...before, status: "removed", changedAt: laterThan(before, at) } : undefined;
}

/**
 * Ends mail to an address that bounced permanently or whose reader complained; a complaint overrides a bounce.
 * Undefined: it ended before, or consent was given after the event (`happenedAt`).
 */
export function stopMail(
  before: Subscriber,
  status: "bounced" | "complained",
  happenedAt: Instant,
  now: Instant,
): Subscriber | undefined {
  const { status: was, addedAt } = before;
  const canStop = was === "active" || was === "pending" || (was === "bounced" && status === "complained");
  return canStop && happenedAt >= addedAt ? { ...before, status, changedAt: laterThan(before, now) } : undefined;
}

/** Number of dates of soft bounces that are kept; more than are needed. */
const MAX_SOFT_BOUNCES = 10;

/**
 * Applies a soft bounce. `run`: the consecutive editions, including this one, that must all have bounced to end mail;
 * undefined: there weren't enough editions yet.
 */
export function addSoftBounce(
  before: Subscriber,
  date: LocalDate,
  run: readonly LocalDate[] | undefined,
  happenedAt: Instant,
  now: Instant,
): Subscriber | undefined {
  if (before.status !== "active") return undefined;
  const known = before.softBounces ?? [];
  const dates = [...new Set([...known, date])].sort().slice(-MAX_SOFT_BOUNCES);
  const after = { ...before, softBounces: dates };
  if (run?.every((each) => dates.includes(each))) return stopMail(after, "bounced", happenedAt, now);
  return known.includes(date) ? undefined : after;
}

/** A new subscriber with known consent. */
export const subscriberAdded = (who: Who, consent: string, at: Instant): Subscriber => ({
  ...who,
  status: "active",
  consent,
  addedAt: at,
  changedAt: at,
  origin: null,
  movedTo: null,
  movedAt: null,
});
