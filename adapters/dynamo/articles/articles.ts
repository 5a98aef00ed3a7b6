import * as z from "zod";
import { Article } from "#domain/article/article.ts";
import { excerptOf, type TextPlace } from "#domain/article/excerpt.ts";
import { DAY } from "#domain/time/durations.ts";
import { Instant } from "#domain/time/instant.ts";
import { getAll } from "../get-all.ts";
import { inPartition, queryPages } from "../query.ts";
import { getItem, isKnown, isNew, putItem, updateItem } from "../requests.ts";
import { fromItem, type Keys, type Table, toItem } from "../table.ts";
import { dropText, putText, readTexts, textKeys } from "./article-texts.ts";

const TYPE = "article";
const ALIAS = "alias";
const VERSION = 1;
/** An article whose text is a separate item. Short texts, and those of older versions, are part of the article. */
const EXCERPT = 2;

/** Where an article is stored: the time it was first seen, and its id. */
const StoredPlace = z.strictObject({ seenAt: Instant, id: z.string() });
type StoredPlace = z.infer<typeof StoredPlace>;
type KnownPlace = StoredPlace & { keptUntil?: number };

const dayOf = (seenAt: string) => seenAt.slice(0, 10);
const articleKeys = (place: StoredPlace): Keys => ({
  PK: `A#${dayOf(place.seenAt)}`,
  SK: `${place.seenAt}#${place.id}`,
});
const aliasKeys = (hash: string): Keys => ({ PK: `AL#${hash}`, SK: "#" });
const readArticle = (item: Record<string, unknown>) =>
  fromItem(Article, TYPE, item.v === EXCERPT ? EXCERPT : VERSION, item);
const toArticleItem = (keys: Keys, article: Article, keptUntil: number) =>
  toItem(TYPE, article.text === undefined ? VERSION : EXCERPT, keys, article, keptUntil);
const readPlace = (item: Record<string, unknown>): KnownPlace => ({
  ...fromItem(StoredPlace, ALIAS, VERSION, item),
  ...(typeof item.ttl === "number" ? { keptUntil: item.ttl } : {}),
});

/**
 * Articles by the day they were first seen, and the aliases that lead to them. Every write is conditional. An article
 * never changes its place, which contains the time it was first seen. Long texts are items of their own
 * (docs/decisions/article-texts.md).
 */
export function dynamoArticles(table: Table) {
  return {
    places: (hashes: readonly string[]) => places(table, hashes),
    claim: (hash: string, place: StoredPlace, keptUntil: number) => claim(table, hash, place, keptUntil),
    redirect: (hash: string, from: StoredPlace, to: StoredPlace) => redirect(table, hash, from, to),
    read: async (places: readonly StoredPlace[]) => {
      const items = await getAll(table, places.map(articleKeys));
      return new Map(items.map(readArticle).map((article) => [article.id, article]));
    },
    texts: (places: readonly TextPlace[]) => readTexts(table, places),
    add: async (article: Article, keptUntil: number) => {
      const kept = await keepText(table, article, undefined, keptUntil);
      return putItem(table, toArticleItem(articleKeys(article), kept, keptUntil), isNew);
    },
    replace: (before: Article, after: Article, keptUntil: number) => replace(table, before, after, keptUntil),
    keep: (article: Article, hashes: readonly string[], keptUntil: number) =>
      keepUntil(table, article, hashes, keptUntil),
    seenBetween: (from: string, to: string) => seenBetween(table, from, to),
  };
}
export type DynamoArticles = ReturnType<typeof dynamoArticles>;

async function places(table: Table, hashes: readonly string[]): Promise<Map<string, KnownPlace>> {
  const items = await getAll(table, [...new Set(hashes)].map(aliasKeys));
  return new Map(items.map((item) => [String(item.PK).slice(3), readPlace(item)]));
}

async function claim(table: Table, hash: string, place: StoredPlace, keptUntil: number): Promise<KnownPlace> {
  const keys = aliasKeys(hash);
  const item = toItem(ALIAS, VERSION, keys, { seenAt: place.seenAt, id: place.id }, keptUntil);
  if (await putItem(table, item, isNew)) return { ...place, keptUntil };
  const known = await getItem(table, keys);
  return known === undefined ? place : readPlace(known);
}

const redirect = (table: Table, hash: string, from: StoredPlace, to: StoredPlace): Promise<boolean> =>
  updateItem(table, aliasKeys(hash), {
    update: "SET seenAt = :toSeen, id = :toId",
    if: "seenAt = :fromSeen AND id = :fromId",
    values: { toSeen: to.seenAt, toId: to.id, fromSeen: from.seenAt, fromId: from.id },
  });

/** Stores an article's separate text before the article refers to it. Returns the article as it is stored. */
async function keepText(table: Table, article: Article, known: string | undefined, until: number): Promise<Article> {
  const kept = excerptOf(article);
  const place = textPlace(kept);
  if (place !== null && place.text !== known) await putText(table, place, article.paragraphs, until);
  return kept;
}

const textPlace = ({ seenAt, id, text }: Article): TextPlace | null =>
  text === undefined ? null : { seenAt, id, text };

async function replace(table: Table, before: Article, after: Article, keptUntil: number): Promise<boolean> {
  const kept = await keepText(table, after, before.text, keptUntil);
  const item = toArticleItem(articleKeys(before), kept, keptUntil);
  const isAsRead = { if: "changedAt = :before", values: { before: before.changedAt } };
  if (!(await putItem(table, item, isAsRead))) return false;
  const old = textPlace(before);
  if (old !== null && old.text !== kept.text) await dropText(table, old, keptUntil, Date.parse(after.changedAt));
  return true;
}

async function keepUntil(table: Table, article: Article, hashes: readonly string[], until: number): Promise<void> {
  const extension = { update: "SET #ttl = :until", ...isKnown, values: { until } };
  const place = textPlace(article);
  const keys = [articleKeys(article), ...(place === null ? [] : [textKeys(place)]), ...hashes.map(aliasKeys)];
  await Promise.all(keys.map((key) => updateItem(table, key, extension)));
}

/** Reads the partitions of these days in parallel. */
async function seenBetween(table: Table, from: string, to: string): Promise<Article[]> {
  const days = daysBetween(from, to);
  const found = await Promise.all(days.map((day) => seenOn(table, day, from, to)));
  return found.flat();
}

async function seenOn(table: Table, day: string, from: string, to: string): Promise<Article[]> {
  const articles: Article[] = [];
  // After `from`, up to and including `to`: ids are hexadecimal, and "~" sorts after all of them.
  const pages = queryPages(table, inPartition(`A#${day}`, { from: `${from}#~`, to: `${to}#~` }));
  for await (const page of pages) articles.push(...page.map(readArticle));
  return articles;
}

/** Every UTC day between two times. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  const last = dayOf(to);
  for (let at = Date.parse(`${dayOf(from)}T00:00:00.000Z`); ; at += DAY) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (day > last) return days;
    days.push(day);
  }
}
