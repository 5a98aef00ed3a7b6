import type { Instant } from "../time/instant.ts";
import { subscriberAdded } from "./consent.ts";
import { preferencesOf } from "./preferences.ts";
import { laterThan, type Subscriber } from "./subscriber.ts";

type Who = { newsletter: string; id: string; address: string };

/**
 * A subscription goes to another address of its reader, or from one newsletter to another. The new item is written
 * first: a crash in between leaves a reader with two, which the next press of the button ends, and never with none.
 */
export function addedFrom(
  before: Subscriber | undefined,
  who: Who,
  { from, consent, at }: { from: Subscriber; consent: string; at: Instant },
): Subscriber | undefined {
  // A reader who is subscribed there already is not changed by it, and is no one's successor.
  if (before?.status === "active") return undefined;
  const now = before === undefined ? at : laterThan(before, at);
  return { ...subscriberAdded(who, `${consent}, ${at.slice(0, 10)}`, now), ...preferencesOf(from) };
}

/** Under the new address. Undefined: it is subscribed already. */
export function movedHere(
  before: Subscriber | undefined,
  who: Who,
  from: Subscriber,
  at: Instant,
): Subscriber | undefined {
  const added = addedFrom(before, who, { from, consent: "moved from another address", at });
  return added && { ...added, origin: from.id };
}

/** Under the old address. What is on its way to it follows. */
export function movedAway(before: Subscriber, to: string, at: Instant): Subscriber {
  const changedAt = laterThan(before, at);
  return { ...before, status: "moved", movedTo: to, movedAt: changedAt, changedAt };
}
