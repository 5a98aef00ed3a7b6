import type { Article } from "../article.ts";

/** Number of words at the beginning of a paragraph that can't be the same by chance. */
const runLength = 14;
const letter = "\\p{L}\\p{N}";
/** Characters in which these words are searched. */
const beginningLength = 250;

/**
 * Finds articles with the same text, such as wire copy under different headlines. It compares the beginning of the
 * first paragraphs, without the dateline ("PORT ELLEN (Wire) — …"). Text that one source repeats under several
 * headlines is boilerplate and ignored. @returns the articles' positions in the list, grouped by copy.
 */
export function copies(articles: readonly Article[]): number[][] {
  return alike(articles, beginnings).map((own) => withoutBoilerplate(own, articles));
}

/** Articles that share a key with another, by position: one ascending list for each key. */
export function alike(articles: readonly Article[], keysOf: (article: Article) => readonly string[]): number[][] {
  const first = new Map<string, number>();
  // Most keys occur once; only the others get a list.
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
    if (hasFewWords(text)) return [];
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

/** Whether the beginning of a text is ASCII and has too few words, which is seen before any expression is tried. */
function hasFewWords(text: string): boolean {
  let words = 0;
  let isInside = false;
  for (let at = 0; at < text.length && at < beginningLength; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 127) return false;
    const isWord = (code > 96 && code < 123) || (code > 64 && code < 91) || (code > 47 && code < 58);
    if (isWord && !isInside) words += 1;
    if (words === runLength) return false;
    isInside = isWord;
  }
  return true;
}

const firstWords = new RegExp(`^[^${letter}]*[${letter}]+(?:[^${letter}]+[${letter}]+){${runLength - 1}}`, "u");

const withoutDateline = (text: string): string =>
  // bounded: 80 characters, counted in the pattern
  text.replace(/^[\p{Lu}\p{M}\s.,’'/-]{3,40}(?:\([^)]{2,40}\))?\s*[-–—:]\s+/u, "");
