import type { Instant } from "../../time/instant.ts";
import { preferencesOf } from "../preferences.ts";
import { laterThan, type Subscriber } from "../subscriber.ts";
import { subscriberAdded } from "./consent.ts";

type Who = { newsletter: string; id: string; address: string };

/**
 * Moves a subscription to another address of its reader, or to another newsletter. The new item is written first, so
 * after a crash in between the reader has two until the next press of the button, never none.
 */
export function addedFrom(
  before: Subscriber | undefined,
  who: Who,
  { from, consent, at }: { from: Subscriber; consent: string; at: Instant },
): Subscriber | undefined {
  // A reader who is already subscribed there isn't changed, and doesn't become the successor.
  if (before?.status === "active") return undefined;
  const now = before === undefined ? at : laterThan(before, at);
  return { ...subscriberAdded(who, `${consent}, ${at.slice(0, 10)}`, now), ...preferencesOf(from) };
}

/** The item under the new address. Undefined: it is already subscribed. */
export function movedHere(
  before: Subscriber | undefined,
  who: Who,
  from: Subscriber,
  at: Instant,
): Subscriber | undefined {
  if (before?.status === "active") return admittedSooner(before, from, at);
  const added = addedFrom(before, who, { from, consent: "moved from another address", at });
  return added && { ...added, origin: from.id, ...(from.rank !== undefined && { rank: from.rank }) };
}

/** A reader who already gets editions must not have to wait because the new address was imported. */
function admittedSooner(before: Subscriber, { rank }: Subscriber, at: Instant): Subscriber | undefined {
  if (before.rank === undefined || (rank !== undefined && rank >= before.rank)) return undefined;
  const { rank: _, ...rest } = before;
  return { ...rest, ...(rank !== undefined && { rank }), changedAt: laterThan(before, at) };
}

/** The item under the old address; editions being sent follow to the new one. */
export function movedAway(before: Subscriber, to: string, at: Instant): Subscriber {
  const changedAt = laterThan(before, at);
  return { ...before, status: "moved", movedTo: to, movedAt: changedAt, changedAt };
}
