import { PENDING_KEPT_MS } from "#domain/audience/consent/subscription.ts";
import { Subscriber } from "#domain/audience/subscriber.ts";
import { fromInstant } from "#domain/time/instant.ts";
import { fromItem, type Keys, toItem } from "../table.ts";

const TYPE = "subscriber";
const VERSION = 1;

export const shardKey = (newsletter: string, shard: string): string => `S#${newsletter}#${shard}`;
export const subscriberKeys = (newsletter: string, id: string): Keys => ({
  PK: shardKey(newsletter, id.slice(0, 2)),
  SK: id,
});

/**
 * A subscriber's stored form, without null fields and without what its keys contain; `r` is the rank. Sending reads
 * every item of an audience, so each is at most 400 bytes (docs/data.md).
 */
export function toSubscriberItem(subscriber: Subscriber): Record<string, unknown> {
  const { id, newsletter, rank, ...body } = subscriber;
  const known = Object.fromEntries(Object.entries({ ...body, r: rank }).filter(([, value]) => value != null));
  return toItem(TYPE, VERSION, subscriberKeys(newsletter, id), known, expiryOf(subscriber));
}

/** Epoch seconds after which an unconfirmed address is deleted. */
const expiryOf = ({ status, changedAt }: Subscriber): number | undefined =>
  status === "pending" ? Math.ceil((fromInstant(changedAt) + PENDING_KEPT_MS) / 1000) : undefined;

/** @throws UnreadableItem */
export function fromSubscriberItem(item: Record<string, unknown>): Subscriber {
  const { r: rank, ...rest } = item;
  const newsletter = typeof item.PK === "string" ? item.PK.split("#")[1] : undefined;
  return fromItem(Subscriber, TYPE, VERSION, {
    ...{ id: item.SK, newsletter, origin: null, movedTo: null, movedAt: null },
    ...rest,
    ...(rank !== undefined && { rank }),
  });
}
