import * as z from "zod";
import { audienceMoveOf } from "#domain/audience/audience-day.ts";
import { type Cause, consentEventOf } from "#domain/audience/consent/consent-event.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { SHARDS } from "#domain/delivery/pace/size.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";
import { getAll } from "../get-all.ts";
import { inParallel } from "../in-parallel.ts";
import { inPartition, queryAll, queryPages } from "../query.ts";
import { deleteItem, getItem, isNew, putItem, updateItem } from "../requests.ts";
import { fromItem, type Keys, type Table } from "../table.ts";
import { countMoves, readDays } from "./audience-days.ts";
import { putConsentEvent } from "./consent.ts";
import { fromSubscriberItem, shardKey, subscriberKeys, toSubscriberItem } from "./subscriber-item.ts";

/** Parallel requests when many items are written or many shards are read. */
const AT_ONCE = 16;

/** A subscriber before a change (undefined: there was none) and after it, with who changed it and why. */
type SubscriberChange = { before: Subscriber | undefined; after: Subscriber; cause?: Cause | undefined };

const shardName = (shard: number) => shard.toString(16).padStart(2, "0");
const countKeys = (newsletter: string): Keys => ({ PK: `COUNT#${newsletter}`, SK: "#" });
const active = (subscriber: Subscriber | undefined) => (subscriber?.status === "active" ? 1 : 0);

/**
 * Subscribers, spread over 256 partitions by the first byte of their id, so an audience is read in parallel. Their
 * counter is approximate: a crash between a write and its count loses that count.
 */
export function dynamoSubscribers(table: Table) {
  return {
    /** Strongly consistent, so a reader who has just left is seen as such. */
    get: (newsletter: string, id: string) => getOne(table, newsletter, id),
    getMany: (newsletter: string, ids: readonly string[], consistent: boolean) =>
      getMany(table, newsletter, ids, consistent),
    /** The same, strongly consistent, by a query of each shard from the first of these ids to the last. */
    getSpan: (newsletter: string, ids: readonly string[]) => getSpan(table, newsletter, ids),
    /**
     * Writes each change unless its subscriber changed since it was read. The result says which were written, in order.
     * Counters are updated for readers who became active or inactive, and events of consent are stored
     * (adapters/dynamo/audience/consent.ts).
     */
    write: (newsletter: string, changes: readonly SubscriberChange[]) => writeAll(table, newsletter, changes),
    /** All subscribers of a shard (0 to 255), ordered by id, whatever their status, strongly consistent. */
    walkShard: (newsletter: string, shard: number) => walkShard(table, newsletter, shard),
    /** Up to `limit` subscribers after an id, ordered by id; `next` is where to continue, null at the end. */
    page: (newsletter: string, after: string | undefined, limit: number) => page(table, newsletter, after, limit),
    /** Whether there is anyone to mail. Exact, unlike the counter; usually the first query answers it. */
    anyActive: (newsletter: string) => anyActive(table, newsletter),
    count: (newsletter: string) => count(table, newsletter),
    audienceDays: (newsletter: string, from: LocalDate) => readDays(table, newsletter, from),
  };
}
export type DynamoSubscribers = ReturnType<typeof dynamoSubscribers>;

/** Separate, because few functions may delete. */
export function dynamoErasure(table: Table) {
  return {
    erase: (newsletter: string, before: Subscriber, at: Instant) => eraseOne(table, newsletter, before, at),
  };
}
export type DynamoErasure = ReturnType<typeof dynamoErasure>;

async function getOne(table: Table, newsletter: string, id: string): Promise<Subscriber | undefined> {
  const item = await getItem(table, subscriberKeys(newsletter, id));
  return item && fromSubscriberItem(item);
}

async function getMany(table: Table, newsletter: string, ids: readonly string[], consistent: boolean) {
  const keys = [...new Set(ids)].map((id) => subscriberKeys(newsletter, id));
  const subscribers = (await getAll(table, keys, consistent)).map(fromSubscriberItem);
  return new Map(subscribers.map((subscriber) => [subscriber.id, subscriber]));
}

async function getSpan(table: Table, newsletter: string, ids: readonly string[]) {
  const wanted = new Set(ids);
  const found = new Map<string, Subscriber>();
  const shards = Map.groupBy([...wanted].sort(), (id) => id.slice(0, 2));
  await inParallel([...shards], AT_ONCE, async ([shard, own]) => {
    const [from = "", to = from] = [own[0], own.at(-1)];
    const between = inPartition(shardKey(newsletter, shard), { from, to });
    for await (const items of queryPages(table, between)) {
      for (const item of items) {
        // Items of other subscribers in the range are ignored.
        if (typeof item.SK === "string" && wanted.has(item.SK)) found.set(item.SK, fromSubscriberItem(item));
      }
    }
  });
  return found;
}

async function writeAll(table: Table, newsletter: string, changes: readonly SubscriberChange[]): Promise<boolean[]> {
  const written: boolean[] = [];
  await inParallel([...changes.entries()], AT_ONCE, async ([at, change]) => {
    written[at] = await writeOne(table, change);
    const event = written[at] && consentEventOf(change.before, change.after, change.cause);
    if (event) await putConsentEvent(table, newsletter, change.after.id, event);
  });
  const done = changes.filter((_, at) => written[at]);
  const difference = done.reduce((sum, { before, after }) => sum + active(after) - active(before), 0);
  if (difference !== 0) await addToCount(table, newsletter, difference);
  const moves = done.flatMap(({ before, after }) => {
    const move = audienceMoveOf(before, after);
    return move === undefined ? [] : [{ move, at: after.changedAt }];
  });
  await countMoves(table, newsletter, moves);
  return written;
}

const writeOne = (table: Table, { before, after }: SubscriberChange): Promise<boolean> =>
  putItem(table, toSubscriberItem(after), before === undefined ? isNew : isAsRead(before));

async function eraseOne(table: Table, newsletter: string, before: Subscriber, at: Instant): Promise<boolean> {
  const erased = await deleteItem(table, subscriberKeys(newsletter, before.id), isAsRead(before));
  if (erased && active(before) === 1) {
    await addToCount(table, newsletter, -1);
    await countMoves(table, newsletter, [{ move: "left", at }]);
  }
  return erased;
}

const isAsRead = ({ status, changedAt }: Subscriber) => ({
  if: "#status = :status AND changedAt = :changedAt",
  values: { status, changedAt },
});

async function addToCount(table: Table, newsletter: string, difference: number): Promise<void> {
  const update = "SET #type = :type, v = :v ADD active :difference";
  await updateItem(table, countKeys(newsletter), { update, values: { type: "count", v: 1, difference } });
}

async function count(table: Table, newsletter: string): Promise<number> {
  const item = await getItem(table, countKeys(newsletter), false);
  if (item === undefined) return 0;
  return Math.max(0, fromItem(z.strictObject({ active: z.number().int() }), "count", 1, item).active);
}

async function* walkShard(table: Table, newsletter: string, shard: number): AsyncGenerator<Subscriber> {
  for await (const items of queryPages(table, inShard(newsletter, shard))) yield* items.map(fromSubscriberItem);
}

async function page(table: Table, newsletter: string, after: string | undefined, limit: number) {
  const found: Subscriber[] = [];
  const first = after === undefined ? 0 : Number.parseInt(after.slice(0, 2), 16);
  for (let shard = first; shard < SHARDS && found.length <= limit; shard += AT_ONCE) {
    const wave = shardsFrom(shard).map((one) => queryAll(table, inShard(newsletter, one, after), { limit: limit + 1 }));
    for (const items of await Promise.all(wave)) found.push(...items.map(fromSubscriberItem));
  }
  const subscribers = found.slice(0, limit);
  return { subscribers, next: found.length > limit ? (subscribers.at(-1)?.id ?? null) : null };
}

/** A shard's subscribers after an id; a space sorts before every id, and a key value cannot be empty. */
const inShard = (newsletter: string, shard: number, after = " ") => ({
  KeyConditionExpression: "PK = :pk AND SK > :after",
  ExpressionAttributeValues: { ":pk": shardKey(newsletter, shardName(shard)), ":after": after },
});

async function anyActive(table: Table, newsletter: string): Promise<boolean> {
  for (let shard = 0; shard < SHARDS; shard += AT_ONCE) {
    const wave = shardsFrom(shard).map((one) => hasActive(walkShard(table, newsletter, one)));
    if ((await Promise.all(wave)).includes(true)) return true;
  }
  return false;
}

async function hasActive(shard: AsyncIterable<Subscriber>): Promise<boolean> {
  for await (const subscriber of shard) if (active(subscriber)) return true;
  return false;
}

const shardsFrom = (first: number) =>
  Array.from({ length: Math.min(AT_ONCE, SHARDS - first) }, (_, offset) => first + offset);
