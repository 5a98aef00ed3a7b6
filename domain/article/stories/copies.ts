import type { Article } from "../article.ts";

/** A run of so many words from the beginning of a paragraph is nobody's coincidence. */
const runLength = 14;

/**
 * Keys that articles with the same text share: wire copy, which outlets print under their own headlines. A key is the
 * beginning of one of the first paragraphs, without the dateline ("PORT ELLEN (Wire) — …"). What one source repeats
 * under several headlines is its boilerplate and no key.
 */
export function textKeys(articles: readonly Article[]): Map<Article, string[]> {
  const titles = new Map<string, Set<string>>();
  const keys = new Map(articles.map((article) => [article, beginnings(article)]));
  for (const [{ sourceId, title }, own] of keys) {
    for (const key of own) add(titles, `${sourceId}\n${key}`, title);
  }
  for (const [article, own] of keys) {
    const told = own.filter((key) => titles.get(`${article.sourceId}\n${key}`)?.size === 1);
    keys.set(article, told);
  }
  return keys;
}

function beginnings({ paragraphs, summary, language }: Article): string[] {
  const texts = paragraphs.length > 0 ? paragraphs.slice(0, 3) : [summary];
  return texts.flatMap((text) => {
    const words =
      withoutDateline(text)
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? [];
    return words.length < runLength ? [] : [`text ${language ?? ""} ${words.slice(0, runLength).join(" ")}`];
  });
}

const withoutDateline = (text: string): string =>
  text.replace(/^[\p{Lu}\p{M}\s.,’'/-]{3,40}(?:\([^)]{2,40}\))?\s*[-–—:]\s+/u, "");

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(value));
}
