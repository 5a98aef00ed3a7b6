import type { Article } from "../article.ts";
import { agglomerate } from "./agglomerate.ts";
import { textKeys } from "./copies.ts";
import { isTelling, termsOf } from "./terms.ts";
import { vectorsOf } from "./vectors.ts";

/** The articles that tell the same news, oldest first. */
export type Story = {
  /** The id of the oldest article: it stays as others join. */
  id: string;
  /** The article that stands for the story: the one with most to show. */
  representative: Article;
  articles: Article[];
  /** How many of them tell it in words of their own; wire copy counts once. */
  tellings: number;
};

/**
 * Two groups of headlines tell one story when their centres are at least so alike (cosine). Set for precision: a wrong
 * "also in" costs an editor more than a story shown twice, which the choice notices again. `npm run corpora` prints
 * what it gives.
 */
export const sameStory = 0.31;

/**
 * Finds the stories among articles: within a language, across sources and hours. Articles belong together when they
 * have one address, one text, or headlines that are alike enough. The same articles in any order give the same
 * stories, which come in the order of their oldest article.
 */
export function cluster(articles: readonly Article[]): Story[] {
  const ordered = articles.toSorted(byAge);
  const sets = disjointSets();
  const texts = textKeys(ordered);
  joinByKeys(sets, ordered, (article) => (article.url ? [`url ${article.url}`] : []));
  const tellings = disjointSets();
  for (const { a, b } of keyedPairs(ordered, (article) => texts.get(article) ?? [])) {
    sets.join(a.id, b.id);
    tellings.join(a.id, b.id);
  }
  for (const sameLanguage of byLanguage(ordered)) joinByHeadlines(sets, sameLanguage);
  const stories = Map.groupBy(ordered, ({ id }) => sets.find(id));
  return [...stories.values()].flatMap((members) => {
    const [oldest] = members;
    if (!oldest) return [];
    const told = new Set(members.map(({ id }) => tellings.find(id))).size;
    return [{ id: oldest.id, representative: representativeOf(members), articles: members, tellings: told }];
  });
}

/**
 * The article with most to show: a title and an address first, then paragraphs (up to eight), a summary, a picture,
 * and a title that is not shouted; of equals the oldest. `articles` must not be empty.
 */
export function representativeOf(articles: readonly Article[]): Article {
  const [best] = articles.toSorted((a, b) => richness(b) - richness(a) || byAge(a, b));
  if (!best) throw new Error("a story has at least one article");
  return best;
}

const richness = (article: Article): number =>
  (article.title && article.url ? 100 : 0) +
  Math.min(article.paragraphs.length, 8) * 2 +
  (article.summary ? 2 : 0) +
  (article.image ? 1 : 0) -
  (article.title === article.title.toUpperCase() && article.title !== article.title.toLowerCase() ? 3 : 0);

function joinByHeadlines(sets: DisjointSets, articles: readonly Article[]): void {
  const telling = articles
    .map((article) => ({ article, terms: termsOf(article.title, article.url) }))
    .filter(({ terms }) => isTelling(terms));
  for (const members of agglomerate(vectorsOf(telling.map(({ terms }) => terms)), sameStory)) {
    const [first, ...others] = members.flatMap((index) => telling[index]?.article ?? []);
    for (const other of others) if (first) sets.join(first.id, other.id);
  }
}

function joinByKeys(sets: DisjointSets, articles: readonly Article[], keysOf: (article: Article) => string[]): void {
  for (const { a, b } of keyedPairs(articles, keysOf)) sets.join(a.id, b.id);
}

/** Each article with the first one that has the same key. */
function keyedPairs(
  articles: readonly Article[],
  keysOf: (article: Article) => string[],
): { a: Article; b: Article }[] {
  const first = new Map<string, Article>();
  return articles.flatMap((b) =>
    keysOf(b).flatMap((key) => {
      const a = first.get(key);
      if (!a) first.set(key, b);
      return a ? [{ a, b }] : [];
    }),
  );
}

/** An article whose language nobody knows is compared with the most frequent one's. */
function byLanguage(articles: readonly Article[]): Article[][] {
  const primary = ({ language }: Article) => language?.split("-")[0]?.toLowerCase();
  const known = Map.groupBy(
    articles.filter((article) => primary(article)),
    (article) => primary(article),
  );
  const [usual] = [...known].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
  return [...Map.groupBy(articles, (article) => primary(article) ?? usual).values()];
}

const byAge = (a: Article, b: Article): number => compare(a.seenAt, b.seenAt) || compare(a.id, b.id);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type DisjointSets = ReturnType<typeof disjointSets>;

/** Disjoint sets with path compression. */
function disjointSets() {
  const parents = new Map<string, string>();
  const find = (id: string): string => {
    const parent = parents.get(id) ?? id;
    if (parent === id) return id;
    const root = find(parent);
    parents.set(id, root);
    return root;
  };
  const join = (a: string, b: string): void => {
    const [left, right] = [find(a), find(b)];
    if (left !== right) parents.set(right, left);
  };
  return { find, join };
}
