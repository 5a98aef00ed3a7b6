import type { Instant, LocalDate } from "../time/instant.ts";
import { laterThan, type Subscriber, type SubscriberStatus } from "./subscriber.ts";

/**
 * How a subscriber's consent begins and ends. Each transition takes the subscriber as stored (undefined: unknown) and
 * gives what to store, or says that nothing changes.
 */
type AddByOperatorResult =
  | { change: "added"; after: Subscriber }
  | { change: "already" }
  | { change: "refused"; why: string };

type Who = { newsletter: string; id: string; address: string };

/**
 * An operator vouches for an address's consent. Those that an operator removed can come back so; who left cannot: their own
 * word is newer than the list, and an old file imported again must not bring them back.
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

/** Those that no list brings back, and why. */
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

/** The operator takes an address off the list. Undefined: it is on it no more. */
export function remove(before: Subscriber, at: Instant): Subscriber | undefined {
  const isSubscribed = before.status === "active" || before.status === "pending";
  return isSubscribed ? { ...before, status: "removed", changedAt: laterThan(before, at) } : undefined;
}

/**
 * Mail to the address ends, because it bounced for good or its reader called it spam; a complaint outweighs a bounce.
 * Undefined: it ended before, or consent was given after it happened (`happenedAt`): then the event is an old one.
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

/** How many dates of soft bounces are kept: more than make a run. */
const MAX_SOFT_BOUNCES = 10;

/**
 * An edition bounced for a passing reason. `run`: the editions that must all have done so, this one among them, for the
 * mail to end; undefined: there were not so many yet.
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

/** A subscriber whose consent is known at once. */
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
