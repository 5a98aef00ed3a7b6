import { significantWords } from "./words.ts";

/** A subject is named by two neighbouring words that at least so many titles share. */
const ENOUGH = 3;
/** A pair of words in more than this part of the titles is a way of speaking, not a subject. */
const TOO_COMMON = 0.25;

export type Subject = { key: string; name: string; articles: number };

/**
 * Counts in how many articles' titles each pair of words stands, and gives the finder of a title's subject: the pair
 * that most of them share. Pairs are compared, because single words ("year", "police") join what has nothing to do
 * with each other. Linear in the number of titles.
 */
export function subjectFinder(titles: readonly string[]): (title: string) => Subject | null {
  const counts = new Map<string, number>();
  const pairs = new Map(titles.map((title) => [title, pairsOf(title)]));
  for (const title of titles) for (const pair of pairs.get(title) ?? []) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  const most = Math.max(titles.length * TOO_COMMON, 12);
  return (title) => {
    let best: { pair: string; count: number } | null = null;
    for (const pair of pairs.get(title) ?? pairsOf(title)) {
      const count = counts.get(pair) ?? 0;
      if (count >= ENOUGH && count <= most && (best === null || count > best.count)) best = { pair, count };
    }
    return best && { key: best.pair, name: asWritten(title, best.pair), articles: best.count };
  };
}

function pairsOf(title: string): Set<string> {
  const words = significantWords(title);
  return new Set(words.slice(1).map((word, index) => `${words[index]} ${word}`));
}

/** The stretch of the title that holds the pair, as it is written there. */
function asWritten(title: string, pair: string): string {
  const [first, second] = pair.split(" ");
  const words = title.split(/\s+/);
  const is = (word: string | undefined, plain: string | undefined) =>
    word !== undefined && plain !== undefined && significantWords(word).includes(plain);
  for (let start = 0; start < words.length; start++) {
    if (!is(words[start], first)) continue;
    const length = words.slice(start + 1, start + 5).findIndex((word) => is(word, second));
    if (length >= 0) return trimmed(words.slice(start, start + length + 2).join(" "));
  }
  return pair;
}

const trimmed = (text: string): string => text.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, "").replace(/['’]s$/u, "");
