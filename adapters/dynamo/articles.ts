import { BatchGetCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Article } from "#domain/article/article.ts";
import { Instant } from "#domain/time/instant.ts";
import { queryPages } from "./query.ts";
import { fromItem, type Keys, type Table, toItem, writeIf } from "./table.ts";

const TYPE = "article";
const ALIAS = "alias";
const VERSION = 1;
/** BatchGetItem takes at most 100 keys. */
const BATCH = 100;
const AT_ONCE = 8;

/** Where an article is kept: the instant it was first seen, and its id. */
const StoredPlace = z.strictObject({ seenAt: Instant, id: z.string() });
type StoredPlace = z.infer<typeof StoredPlace>;
type KnownPlace = StoredPlace & { keptUntil?: number };

const dayOf = (seenAt: string) => seenAt.slice(0, 10);
const articleKeys = (place: StoredPlace): Keys => ({
  PK: `A#${dayOf(place.seenAt)}`,
  SK: `${place.seenAt}#${place.id}`,
});
const aliasKeys = (hash: string): Keys => ({ PK: `AL#${hash}`, SK: "#" });
const readArticle = (item: Record<string, unknown>) => fromItem(Article, TYPE, VERSION, item);
const readPlace = (item: Record<string, unknown>): KnownPlace => ({
  ...fromItem(StoredPlace, ALIAS, VERSION, item),
  ...(typeof item.ttl === "number" ? { keptUntil: item.ttl } : {}),
});

/**
 * Articles by the day they were first seen, and the aliases that lead to them. Every write is conditional; an article
 * keeps its place for good, since its place holds the instant it was first seen.
 */
export function dynamoArticles(table: Table) {
  return {
    /** The places that aliases lead to, strongly consistent; unknown aliases are missing. */
    places: (hashes: readonly string[]) => places(table, hashes),
    /** Makes an alias lead to a place unless it leads somewhere already: the place it leads to now. */
    claim: (hash: string, place: StoredPlace, keptUntil: number) => claim(table, hash, place, keptUntil),
    /** Makes an alias lead from one place to another. False: it led elsewhere. */
    redirect: (hash: string, from: StoredPlace, to: StoredPlace) => redirect(table, hash, from, to),
    /** The articles at these places by id, strongly consistent. */
    read: async (places: readonly StoredPlace[]) => {
      const items = await getAll(table, places.map(articleKeys));
      return new Map(items.map(readArticle).map((article) => [article.id, article]));
    },
    /** Keeps a new article. False: its place is taken. */
    add: (article: Article, keptUntil: number) =>
      writeIf(
        table.document.send(
          new PutCommand({
            TableName: table.name,
            Item: toItem(TYPE, VERSION, articleKeys(article), article, keptUntil),
            ConditionExpression: "attribute_not_exists(PK)",
          }),
        ),
      ),
    /** Replaces an article unless it changed since `before`. */
    replace: (before: Article, after: Article, keptUntil: number) =>
      writeIf(
        table.document.send(
          new PutCommand({
            TableName: table.name,
            Item: toItem(TYPE, VERSION, articleKeys(before), after, keptUntil),
            ConditionExpression: "changedAt = :before",
            ExpressionAttributeValues: { ":before": before.changedAt },
          }),
        ),
      ),
    /** Keeps an article and these aliases until then, in epoch seconds. What has expired meanwhile stays away. */
    keep: (place: StoredPlace, hashes: readonly string[], keptUntil: number) =>
      keepUntil(table, place, hashes, keptUntil),
    /** Articles first seen after `from` and up to `to`, oldest first, strongly consistent. */
    seenBetween: (from: string, to: string) => seenBetween(table, from, to),
  };
}
export type DynamoArticles = ReturnType<typeof dynamoArticles>;

async function places(table: Table, hashes: readonly string[]): Promise<Map<string, KnownPlace>> {
  const items = await getAll(table, [...new Set(hashes)].map(aliasKeys));
  return new Map(items.map((item) => [String(item.PK).slice(3), readPlace(item)]));
}

async function claim(
  { document, name }: Table,
  hash: string,
  place: StoredPlace,
  keptUntil: number,
): Promise<KnownPlace> {
  const Item = toItem(ALIAS, VERSION, aliasKeys(hash), { seenAt: place.seenAt, id: place.id }, keptUntil);
  const put = new PutCommand({ TableName: name, Item, ConditionExpression: "attribute_not_exists(PK)" });
  if (await writeIf(document.send(put))) return { ...place, keptUntil };
  const read = await document.send(new GetCommand({ TableName: name, Key: aliasKeys(hash), ConsistentRead: true }));
  return read.Item === undefined ? place : readPlace(read.Item);
}

const redirect = ({ document, name }: Table, hash: string, from: StoredPlace, to: StoredPlace): Promise<boolean> =>
  writeIf(
    document.send(
      new UpdateCommand({
        TableName: name,
        Key: aliasKeys(hash),
        UpdateExpression: "SET seenAt = :toSeen, id = :toId",
        ConditionExpression: "seenAt = :fromSeen AND id = :fromId",
        ExpressionAttributeValues: {
          ":toSeen": to.seenAt,
          ":toId": to.id,
          ":fromSeen": from.seenAt,
          ":fromId": from.id,
        },
      }),
    ),
  );

async function keepUntil(
  { document, name }: Table,
  place: StoredPlace,
  hashes: readonly string[],
  keptUntil: number,
): Promise<void> {
  const move = (key: Keys) =>
    new UpdateCommand({
      TableName: name,
      Key: key,
      UpdateExpression: "SET #ttl = :until",
      ConditionExpression: "attribute_exists(PK)",
      ExpressionAttributeNames: { "#ttl": "ttl" },
      ExpressionAttributeValues: { ":until": keptUntil },
    });
  const keys = [articleKeys(place), ...hashes.map(aliasKeys)];
  await Promise.all(keys.map((key) => writeIf(document.send(move(key)))));
}

/** Day partitions are read side by side: an article is never looked for outside the days asked for. */
async function seenBetween(table: Table, from: string, to: string): Promise<Article[]> {
  const days = daysBetween(from, to);
  const found = await Promise.all(days.map((day) => seenOn(table, day, from, to)));
  return found.flat();
}

async function seenOn(table: Table, day: string, from: string, to: string): Promise<Article[]> {
  const articles: Article[] = [];
  const pages = queryPages(table, {
    KeyConditionExpression: "PK = :day AND SK BETWEEN :from AND :to",
    // After `from` itself and up to and including `to`: ids are hexadecimal, and "~" sorts behind all of them.
    ExpressionAttributeValues: { ":day": `A#${day}`, ":from": `${from}#~`, ":to": `${to}#~` },
  });
  for await (const page of pages) articles.push(...page.map(readArticle));
  return articles;
}

/** Every UTC day from one instant to another. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  const last = dayOf(to);
  for (let at = Date.parse(`${dayOf(from)}T00:00:00.000Z`); ; at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (day > last) return days;
    days.push(day);
  }
}

async function getAll(table: Table, keys: readonly Keys[]): Promise<Record<string, unknown>[]> {
  const batches: Keys[][] = [];
  for (let from = 0; from < keys.length; from += BATCH) batches.push(keys.slice(from, from + BATCH));
  const found: Record<string, unknown>[] = [];
  for (let from = 0; from < batches.length; from += AT_ONCE) {
    const some = await Promise.all(batches.slice(from, from + AT_ONCE).map((batch) => getBatch(table, batch)));
    found.push(...some.flat());
  }
  return found;
}

/** Asks again until nothing is unprocessed: an alias that was only throttled must never pass for an unknown one. */
async function getBatch({ document, name }: Table, batch: readonly Keys[]): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  let keys: Record<string, unknown>[] = [...batch];
  for (let attempt = 0; keys.length > 0; attempt += 1) {
    if (attempt > 0) await new Promise((wake) => setTimeout(wake, Math.min(1000, 25 * 2 ** attempt)));
    const answer = await document.send(
      new BatchGetCommand({ RequestItems: { [name]: { Keys: keys, ConsistentRead: true } } }),
    );
    found.push(...(answer.Responses?.[name] ?? []));
    keys = answer.UnprocessedKeys?.[name]?.Keys ?? [];
  }
  return found;
}
