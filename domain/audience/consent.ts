import { fromInstant, type Instant, toInstant } from "../instant.ts";
import type { Subscriber } from "./subscriber.ts";

/**
 * How a subscriber's consent begins and ends. Each transition takes the subscriber as stored (undefined: unknown) and
 * gives what to store, or says that nothing changes.
 */
export type Vouched =
  | { change: "added"; after: Subscriber }
  | { change: "already" }
  | { change: "refused"; why: string };

type Who = { newsletter: string; id: string; address: string };

/**
 * An operator vouches for an address's consent. Whom an operator removed can come back so; who left cannot: their own
 * word is newer than the list, and an old file imported again must not bring them back.
 */
export function vouch(before: Subscriber | undefined, who: Who, by: string, at: Instant): Vouched {
  const consent = `vouched for by ${by}, ${at.slice(0, 10)}`;
  if (before === undefined) return { change: "added", after: active(who, consent, at) };
  if (before.status === "active") return { change: "already" };
  if (before.status !== "left") return { change: "added", after: active(who, consent, laterThan(before, at)) };
  const when = before.changedAt.slice(0, 10);
  return { change: "refused", why: `unsubscribed on ${when}; only the reader can subscribe again` };
}

/** The reader unsubscribes. Undefined: they already have, or the operator removed them. */
export function leave(before: Subscriber, at: Instant): Subscriber | undefined {
  const leaving = before.status === "active" || before.status === "pending";
  return leaving ? { ...before, status: "left", changedAt: laterThan(before, at) } : undefined;
}

/** The operator takes an address off the list. Undefined: it is on it no more. */
export function remove(before: Subscriber, at: Instant): Subscriber | undefined {
  const subscribed = before.status === "active" || before.status === "pending";
  return subscribed ? { ...before, status: "removed", changedAt: laterThan(before, at) } : undefined;
}

const active = (who: Who, consent: string, at: Instant): Subscriber => ({
  ...who,
  status: "active",
  consent,
  addedAt: at,
  changedAt: at,
  origin: null,
  movedTo: null,
  movedAt: null,
});

/** The instant, or a millisecond after the last change where the clock did not go on: writes are conditional on it. */
const laterThan = (before: Subscriber, at: Instant): Instant =>
  at > before.changedAt ? at : toInstant(fromInstant(before.changedAt) + 1);
