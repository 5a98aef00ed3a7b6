import { fromInstant } from "../../time/instant.ts";
import type { Article } from "../article.ts";
import { agglomerate } from "./agglomerate.ts";
import { withoutBridges } from "./bridges.ts";
import { alike, copies } from "./copies.ts";
import { firmGroup, product, raisedBy, subset } from "./firm.ts";
import { growGroups } from "./grow.ts";
import { divideOpposites } from "./opposites.ts";
import { type DisjointSets, disjointSets } from "./sets.ts";
import { readHeadlines } from "./terms.ts";
import { type Vectors, vectorsOf } from "./vectors.ts";

/** The articles about the same news, oldest first. */
export type Story = {
  /** The id of the oldest article, which doesn't change when others join. */
  id: string;
  /** The article that represents the story: the one with the most content. */
  representative: Article;
  articles: Article[];
  /** Number of articles with their own wording; wire copy counts once. */
  tellings: number;
};

/**
 * Least similarity (cosine) of the centres of two groups that tell one story. Chosen for precision: a wrong "also in"
 * is worse for an editor than a story shown twice, which choosing notices again. `npm run corpora` prints the results.
 */
const sameStory = 0.3;

/**
 * Finds the stories among articles, within a language and across sources and hours. Articles belong together if they
 * have the same address, the same text, or similar headlines. The order of the input doesn't matter; stories are
 * ordered by their oldest article.
 */
export function cluster(articles: readonly Article[]): Story[] {
  const ordered = inOrder(articles);
  const [stories, tellings] = [disjointSets(ordered.length), disjointSets(ordered.length)];
  const samePage = alike(ordered, ({ url }) => (url ? [url] : []));
  joinAll(stories, samePage);
  const copied = copies(ordered);
  for (const sets of [stories, tellings]) joinAll(sets, copied);
  const languages = byLanguage(ordered).map((indexes) => ({ indexes, ...headlinesOf(ordered, indexes) }));
  for (const { indexes, vectors, titleOf } of languages) {
    const groups = groupsOf(vectors, titleOf);
    joinAll(
      stories,
      groups.map((members) => members.map((member) => indexes[member] ?? 0)),
    );
  }
  const areAlike = likenessOf(ordered.length, [...samePage, ...copied], languages);
  return withoutBridges(membersOf(stories, ordered.length), ordered, areAlike)
    .toSorted(([a = 0], [b = 0]) => a - b)
    .map((indexes) => storyOf(indexes, ordered, tellings));
}

/** Headlines of one story are at least this similar (cosine), or are connected by others that are. */
const LIKE = 0.2;

type Language = { indexes: readonly number[]; vectors: Vectors };

/** Whether two articles alone have what joins articles: an address, a text, or words of their headlines. */
function likenessOf(
  count: number,
  shared: readonly (readonly number[])[],
  languages: readonly Language[],
): (one: number, other: number) => boolean {
  const keys = new Map<number, number[]>();
  for (const [key, holders] of shared.entries())
    for (const holder of holders) keys.set(holder, [...(keys.get(holder) ?? []), key]);
  const [languageAt, memberAt] = [new Int32Array(count), new Int32Array(count)];
  for (const [language, { indexes }] of languages.entries()) {
    for (const [member, index] of indexes.entries()) {
      languageAt[index] = language;
      memberAt[index] = member;
    }
  }
  return (one, other) => {
    if (keys.get(one)?.some((key) => keys.get(other)?.includes(key))) return true;
    const vectors = languages[languageAt[one] ?? 0]?.vectors;
    if (vectors === undefined || languageAt[one] !== languageAt[other]) return false;
    const [a, b] = [memberAt[one] ?? 0, memberAt[other] ?? 0];
    return product(vectors, a, vectors, b) >= LIKE;
  };
}

function storyOf(indexes: readonly number[], ordered: readonly Article[], tellings: DisjointSets): Story {
  const articles = at(ordered, indexes);
  const representative = representativeOf(articles);
  const sources = indexes.length === 1 ? 1 : new Set(indexes.map((index) => tellings.find(index))).size;
  return { id: articles[0]?.id ?? representative.id, representative, articles, tellings: sources };
}

/** One story of these articles, joined by a person. */
export function storyOfAll(articles: readonly Article[]): Story {
  const ordered = inOrder(articles);
  const tellings = disjointSets(ordered.length);
  joinAll(tellings, copies(ordered));
  return storyOf([...ordered.keys()], ordered, tellings);
}

/**
 * The article with the most content: a title and an address first, then paragraphs (up to eight), a summary, a picture,
 * and a title that isn't in capitals; ties: the oldest. `articles` must not be empty.
 */
export function representativeOf(articles: readonly Article[]): Article {
  return tellers(articles).reduce((best, one) =>
    (richness(one) - richness(best) || byAge(best, one)) > 0 ? one : best,
  );
}

/** Without what other sources say of a page that its own outlet tells. */
export function tellers(articles: readonly Article[]): readonly Article[] {
  if (articles.every(({ elsewhere }) => elsewhere === undefined)) return articles;
  const ownPages = new Set(
    articles.flatMap(({ elsewhere, url }) => (elsewhere === undefined && url !== null ? [url] : [])),
  );
  return articles.filter(({ elsewhere, url }) => elsewhere === undefined || url === null || !ownPages.has(url));
}

/** Those of the articles with as much content as the representative. */
export function richestOf(articles: readonly Article[]): Article[] {
  const most = Math.max(...articles.map(richness));
  return articles.filter((article) => richness(article) === most);
}

const richness = (article: Article): number =>
  (article.title && article.url ? 100 : 0) +
  Math.min(article.paragraphs.length, 8) * 2 +
  (article.summary ? 2 : 0) +
  (article.image ? 1 : 0) -
  (article.title === article.title.toUpperCase() && article.title !== article.title.toLowerCase() ? 3 : 0);

/** The members of each set, ascending; sets are ordered by their first members. */
function membersOf(sets: DisjointSets, count: number): number[][] {
  const lists: number[][] = [];
  const byRoot: (number[] | undefined)[] = new Array(count);
  for (let index = 0; index < count; index += 1) {
    const root = sets.find(index);
    const own = byRoot[root];
    if (own) own.push(index);
    else {
      const list = [index];
      byRoot[root] = list;
      lists.push(list);
    }
  }
  return lists;
}

/** Lists of articles that belong together, by position. */
function joinAll(sets: DisjointSets, lists: Iterable<readonly number[]>): void {
  for (const [first, ...others] of lists) for (const other of others) if (first !== undefined) sets.join(first, other);
}

function headlinesOf(articles: readonly Article[], indexes: readonly number[]) {
  const headlines = readHeadlines(at(articles, indexes));
  const titleOf = (member: number): string | null =>
    headlines.tellsOutcome[member] === true ? (articles[indexes[member] ?? 0]?.title ?? null) : null;
  return { vectors: vectorsOf(headlines), titleOf };
}

/** Groups in which all headlines belong. Removed headlines may be a story of their own, so they are grouped again. */
function groupsOf(vectors: Vectors, titleOf: (member: number) => string | null): number[][] {
  const raised = raisedBy(vectors);
  const threshold = sameStory + raised;
  const first = agglomerate(vectors, threshold).map((group) => firmGroup(vectors, group, raised));
  const loose = first.flatMap((group) => group.loose).toSorted((a, b) => a - b);
  const again = agglomerate(subset(vectors, loose), threshold).map((group) =>
    group.map((member) => loose[member] ?? 0),
  );
  const second = again.map((group) => firmGroup(vectors, group, raised));
  const firm = [...first, ...second].flatMap(({ kept }) => (kept.length > 1 ? [kept] : []));
  return growGroups(vectors, firm, raised).flatMap((group) => {
    const parts = divideOpposites(group, titleOf);
    return parts.length === 1 ? parts : parts.map((part) => firmGroup(vectors, part, raised).kept);
  });
}

/** An article with unknown language is compared with those of the most frequent one. */
function byLanguage(articles: readonly Article[]): number[][] {
  const languages = articles.map(({ language }) => language?.split("-")[0]?.toLowerCase() || null);
  const known = Map.groupBy(
    languages.filter((language) => language !== null),
    (language) => language,
  );
  const [usual = null] = [...known].toSorted(([, a], [, b]) => b.length - a.length)[0] ?? [];
  return [...Map.groupBy(articles.keys(), (index) => languages[index] ?? usual).values()];
}

/** Articles by first-seen time, then by id, which is the order of stories. */
export function inOrder(articles: readonly Article[]): Article[] {
  if (isInOrder(articles)) return [...articles];
  // Times are parsed once into an array; comparing tens of thousands of strings takes ten times longer.
  const times = Float64Array.from(articles, ({ seenAt }) => fromInstant(seenAt));
  // An array's sort, unlike a typed array's, costs little for articles that are nearly in order already.
  const order = [...articles.keys()].sort(
    (a, b) => (times[a] ?? 0) - (times[b] ?? 0) || compare(articles[a]?.id ?? "", articles[b]?.id ?? ""),
  );
  return at(articles, order);
}

const isInOrder = (articles: readonly Article[]): boolean =>
  articles.every((one, at) => at === 0 || byAge(articles[at - 1] ?? one, one) <= 0);

/** The articles at these positions. */
function at(articles: readonly Article[], indexes: Iterable<number>): Article[] {
  const found: Article[] = [];
  for (const index of indexes) {
    const article = articles[index];
    if (article) found.push(article);
  }
  return found;
}

const byAge = (a: Article, b: Article): number => compare(a.seenAt, b.seenAt) || compare(a.id, b.id);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
