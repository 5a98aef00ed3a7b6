import type { Article } from "#domain/article/article.ts";
import { excerptOf } from "#domain/article/excerpt.ts";
import type { DynamoArticles } from "../../dynamo/articles/articles.ts";

type StoredPlace = { readonly seenAt: string; readonly id: string };

/** In-memory version of adapters/dynamo/articles/articles.ts. */
export function memoryArticles(): DynamoArticles {
  const articles = new Map<string, Article>();
  const aliases = new Map<string, StoredPlace & { keptUntil: number }>();
  const key = (place: StoredPlace) => `${place.seenAt}#${place.id}`;
  const found = <K, V>(wanted: readonly K[], get: (key: K) => V | undefined) =>
    wanted.flatMap((one) => {
      const value = get(one);
      return value === undefined ? [] : [[one, structuredClone(value)] as const];
    });
  const excerpt = (article: Article) => structuredClone(excerptOf(article));
  return {
    places: async (hashes) => new Map(found(hashes, (hash) => aliases.get(hash))),
    claim: async (hash, { seenAt, id }, keptUntil) => {
      const led = aliases.get(hash) ?? { seenAt, id, keptUntil };
      aliases.set(hash, led);
      return { ...led };
    },
    redirect: async (hash, from, to) => {
      const led = aliases.get(hash);
      if (led === undefined || key(led) !== key(from)) return false;
      aliases.set(hash, { ...led, seenAt: to.seenAt, id: to.id });
      return true;
    },
    read: async (places) =>
      new Map(found(places, (place) => articles.get(key(place))).map(([, article]) => [article.id, excerpt(article)])),
    texts: async (places) => {
      const whole = found(places, (place) => articles.get(key(place)));
      return new Map(
        whole.flatMap(([{ text }, one]) => (excerptOf(one).text === text ? [[one.id, one.paragraphs]] : [])),
      );
    },
    add: async (article) => {
      if (articles.has(key(article))) return false;
      articles.set(key(article), structuredClone(article));
      return true;
    },
    replace: async (before, after) => {
      if (articles.get(key(before))?.changedAt !== before.changedAt) return false;
      articles.set(key(before), structuredClone(after));
      return true;
    },
    keep: async (_article, hashes, keptUntil) => {
      for (const hash of hashes) {
        const led = aliases.get(hash);
        if (led !== undefined) aliases.set(hash, { ...led, keptUntil });
      }
    },
    seenBetween: async (from, to) =>
      [...articles.values()]
        .filter((article) => article.seenAt > from && article.seenAt <= to)
        .sort((a, b) => (key(a) < key(b) ? -1 : 1))
        .map(excerpt),
  };
}
