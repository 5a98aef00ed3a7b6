import type { Article } from "../article.ts";

/** A run of so many words from the beginning of a paragraph is no one's coincidence. */
const runLength = 14;
const letter = "\\p{L}\\p{N}";
/** The run is looked for in so many characters. */
const beginningLength = 250;

/**
 * Which articles have the same text: wire copy, which outlets print under their own headlines. What is compared is the
 * beginning of the first paragraphs, without the dateline ("PORT ELLEN (Wire) — …"). What one source repeats under
 * several headlines is its boilerplate and tells nothing. @returns the articles' places in the list, copies together.
 */
export function copies(articles: readonly Article[]): number[][] {
  return alike(articles, beginnings).map((own) => withoutBoilerplate(own, articles));
}

/** The articles that share a key with another, by their places in the list: one list for each key, ascending. */
export function alike(articles: readonly Article[], keysOf: (article: Article) => readonly string[]): number[][] {
  const first = new Map<string, number>();
  // Most keys aren't one else's: only the others get a list.
  const shared = new Map<string, number[]>();
  for (const [index, article] of articles.entries()) {
    for (const key of keysOf(article)) {
      const before = first.get(key);
      if (before === undefined) first.set(key, index);
      else if (before !== index) {
        const own = shared.get(key) ?? [before];
        if (own.at(-1) !== index) own.push(index);
        shared.set(key, own);
      }
    }
  }
  return [...shared.values()];
}

function withoutBoilerplate(holders: readonly number[], articles: readonly Article[]): number[] {
  const bySource = Map.groupBy(holders, (index) => articles[index]?.sourceId);
  return [...bySource.values()].flatMap((own) =>
    new Set(own.map((index) => articles[index]?.title)).size === 1 ? own : [],
  );
}

function beginnings({ paragraphs, summary, language }: Article): string[] {
  const texts = paragraphs.length > 0 ? paragraphs.slice(0, 3) : [summary];
  return texts.flatMap((text) => {
    const [run] = firstWords.exec(withoutDateline(text.slice(0, beginningLength))) ?? [];
    return run === undefined
      ? []
      : [
          `${language ?? ""} ${run
            .toLowerCase()
            .replace(/[^\p{L}\p{N}]+/gu, " ")
            .trim()}`,
        ];
  });
}

const firstWords = new RegExp(`^[^${letter}]*[${letter}]+(?:[^${letter}]+[${letter}]+){${runLength - 1}}`, "u");

const withoutDateline = (text: string): string =>
  // bounded: 80 characters, counted in the pattern
  text.replace(/^[\p{Lu}\p{M}\s.,’'/-]{3,40}(?:\([^)]{2,40}\))?\s*[-–—:]\s+/u, "");
