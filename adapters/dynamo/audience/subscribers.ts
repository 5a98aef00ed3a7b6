import { BatchGetCommand, DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { audienceMoveOf } from "#domain/audience/audience-day.ts";
import { type Cause, consentEventOf } from "#domain/audience/consent/consent-event.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";
import { inParallel } from "../in-parallel.ts";
import { queryAll, queryPages } from "../query.ts";
import { fromItem, type Keys, type Table, writeIf } from "../table.ts";
import { countMoves, readDays } from "./audience-days.ts";
import { putConsentEvent } from "./consent.ts";
import { fromSubscriberItem, shardKey, subscriberKeys, toSubscriberItem } from "./subscriber-item.ts";

/** DynamoDB's limit of keys in a BatchGetItem. */
const BATCH = 100;
/** Parallel requests when many items are written or many shards are read. */
const AT_ONCE = 16;
const SHARDS = 256;

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
    /** The existing ones, by id. An id that is missing from the result doesn't exist. */
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
    /** Approximate number of active subscribers. */
    count: (newsletter: string) => count(table, newsletter),
    /** Changes of the audience by UTC day, since a date. */
    audienceDays: (newsletter: string, from: LocalDate) => readDays(table, newsletter, from),
  };
}
export type DynamoSubscribers = ReturnType<typeof dynamoSubscribers>;

/** Separate, because few functions may delete. */
export function dynamoErasure(table: Table) {
  return {
    /** Deletes a subscriber that is still as it was read. False: it changed. */
    erase: (newsletter: string, before: Subscriber, at: Instant) => eraseOne(table, newsletter, before, at),
  };
}
export type DynamoErasure = ReturnType<typeof dynamoErasure>;

async function getOne({ document, name }: Table, newsletter: string, id: string): Promise<Subscriber | undefined> {
  const { Item } = await document.send(
    new GetCommand({ TableName: name, Key: subscriberKeys(newsletter, id), ConsistentRead: true }),
  );
  return Item === undefined ? undefined : fromSubscriberItem(Item);
}

async function getMany(table: Table, newsletter: string, ids: readonly string[], consistent: boolean) {
  const found = new Map<string, Subscriber>();
  const unique = [...new Set(ids)];
  const batches: string[][] = [];
  for (let from = 0; from < unique.length; from += BATCH) batches.push(unique.slice(from, from + BATCH));
  await inParallel(batches, AT_ONCE, async (batch) => {
    for (const subscriber of await getBatch(table, newsletter, batch, consistent)) found.set(subscriber.id, subscriber);
  });
  return found;
}

/** Repeats until nothing is unprocessed, so a throttled key is never taken for an erased reader. */
async function getBatch({ document, name }: Table, newsletter: string, ids: string[], ConsistentRead: boolean) {
  const found: Subscriber[] = [];
  let keys: Record<string, unknown>[] = ids.map((id) => subscriberKeys(newsletter, id));
  for (let attempt = 0; keys.length > 0; attempt += 1) {
    if (attempt > 0) await pause(Math.min(1000, 25 * 2 ** attempt));
    const answer = await document.send(
      new BatchGetCommand({ RequestItems: { [name]: { Keys: keys, ConsistentRead } } }),
    );
    for (const item of answer.Responses?.[name] ?? []) found.push(fromSubscriberItem(item));
    keys = answer.UnprocessedKeys?.[name]?.Keys ?? [];
  }
  return found;
}

async function getSpan(table: Table, newsletter: string, ids: readonly string[]) {
  const wanted = new Set(ids);
  const found = new Map<string, Subscriber>();
  const shards = Map.groupBy([...wanted].sort(), (id) => id.slice(0, 2));
  await inParallel([...shards], AT_ONCE, async ([shard, own]) => {
    const [from, to] = [own[0], own.at(-1)];
    const between = {
      KeyConditionExpression: "PK = :pk AND SK BETWEEN :from AND :to",
      ExpressionAttributeValues: { ":pk": shardKey(newsletter, shard), ":from": from, ":to": to },
    };
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

function writeOne({ document, name }: Table, { before, after }: SubscriberChange): Promise<boolean> {
  const Item = toSubscriberItem(after);
  const asRead = before === undefined ? { ConditionExpression: "attribute_not_exists(PK)" } : isAsRead(before);
  return writeIf(document.send(new PutCommand({ TableName: name, Item, ...asRead })));
}

async function eraseOne(table: Table, newsletter: string, before: Subscriber, at: Instant): Promise<boolean> {
  const { document, name } = table;
  const command = new DeleteCommand({
    TableName: name,
    Key: subscriberKeys(newsletter, before.id),
    ...isAsRead(before),
  });
  const erased = await writeIf(document.send(command));
  if (erased && active(before) === 1) {
    await addToCount(table, newsletter, -1);
    await countMoves(table, newsletter, [{ move: "left", at }]);
  }
  return erased;
}

const isAsRead = ({ status, changedAt }: Subscriber) => ({
  ConditionExpression: "#status = :status AND changedAt = :changedAt",
  ExpressionAttributeNames: { "#status": "status" },
  ExpressionAttributeValues: { ":status": status, ":changedAt": changedAt },
});

async function addToCount({ document, name }: Table, newsletter: string, difference: number): Promise<void> {
  await document.send(
    new UpdateCommand({
      TableName: name,
      Key: countKeys(newsletter),
      UpdateExpression: "SET #type = :type, v = :v ADD active :difference",
      ExpressionAttributeNames: { "#type": "type" },
      ExpressionAttributeValues: { ":type": "count", ":v": 1, ":difference": difference },
    }),
  );
}

async function count({ document, name }: Table, newsletter: string): Promise<number> {
  const { Item } = await document.send(new GetCommand({ TableName: name, Key: countKeys(newsletter) }));
  if (Item === undefined) return 0;
  return Math.max(0, fromItem(z.strictObject({ active: z.number().int() }), "count", 1, Item).active);
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

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
