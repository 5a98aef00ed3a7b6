import type { Article } from "../article.ts";

/** The articles that tell the same news, oldest first. */
export type Story = {
  /** The id of the oldest article: it stays as others join. */
  id: string;
  /** The article that stands for the story: the one with most to show. */
  representative: Article;
  articles: Article[];
};

/** Joins articles that have one address or, in one language, one title. Stories come in the order of their oldest. */
export function cluster(articles: readonly Article[]): Story[] {
  const groups = new Map<string, Article[]>();
  const groupOfKey = new Map<string, string>();
  const rootOf = roots();
  for (const article of articles.toSorted(byAge)) {
    const known = keysOf(article).flatMap((key) => groupOfKey.get(key) ?? []);
    const root = known.reduce((joined, other) => rootOf.join(joined, other), known[0] ?? article.id);
    for (const key of keysOf(article)) groupOfKey.set(key, root);
    rootOf.join(root, article.id);
  }
  for (const article of articles.toSorted(byAge)) {
    const root = rootOf.find(article.id);
    groups.set(root, [...(groups.get(root) ?? []), article]);
  }
  return [...groups.values()].flatMap((members) => {
    const [oldest] = members;
    return oldest ? [{ id: oldest.id, representative: representativeOf(members), articles: members }] : [];
  });
}

/** The article with most to show: body, summary, picture; of equals the oldest. `articles` must not be empty. */
export function representativeOf(articles: readonly Article[]): Article {
  const [best] = articles.toSorted((a, b) => richness(b) - richness(a) || byAge(a, b));
  if (!best) throw new Error("a story has at least one article");
  return best;
}

const richness = (article: Article): number =>
  (article.title && article.url ? 100 : 0) +
  Math.min(article.paragraphs.length, 8) * 2 +
  (article.summary ? 2 : 0) +
  (article.image ? 1 : 0);

const byAge = (a: Article, b: Article): number => compare(a.seenAt, b.seenAt) || compare(a.id, b.id);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function keysOf(article: Article): string[] {
  const words = fingerprint(article.title);
  return [
    ...(article.url ? [`url ${article.url}`] : []),
    ...(words.length >= 3 ? [`title ${primary(article.language)} ${words.join(" ")}`] : []),
  ];
}

const primary = (language: string | null): string => language?.split("-")[0]?.toLowerCase() ?? "";

const fingerprint = (title: string): string[] =>
  title
    .normalize("NFKD")
    .replace(/\p{M}|['’]/gu, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Disjoint sets with path compression; the root is the first one joined, so the oldest article's. */
function roots() {
  const parents = new Map<string, string>();
  const find = (id: string): string => {
    const parent = parents.get(id);
    if (parent === undefined || parent === id) return id;
    const root = find(parent);
    parents.set(id, root);
    return root;
  };
  const join = (a: string, b: string): string => {
    const [left, right] = [find(a), find(b)];
    if (left !== right) parents.set(right, left);
    return left;
  };
  return { find, join };
}
