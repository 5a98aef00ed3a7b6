import { significantWords } from "../content/words.ts";

/** A subject is named by two neighbouring words that at least so many titles share. */
const ENOUGH = 3;
/** A pair of words in more than this part of the titles is a way of speaking, not a subject. */
const TOO_COMMON = 0.25;

export type Subject = { key: string; name: string; articles: number };

/**
 * Counts in how many articles' titles each pair of words stands, and gives the finder of the subject of one of these
 * titles: the pair that most of them share. Pairs are compared, because single words ("year", "police") join what has nothing to do
 * with each other. Linear in the number of titles.
 */
export function subjectFinder(titles: readonly string[]): (title: string) => Subject | null {
  const lexicon = openLexicon();
  const covered = new Map<string, Covered>();
  for (const title of titles) {
    const known = covered.get(title);
    if (known) known.times += 1;
    else covered.set(title, { words: significantWords(title).map(lexicon.numberOf), times: 1 });
  }
  const pairs = countPairs([...covered.values()], lexicon.words.length);
  const most = Math.max(titles.length * TOO_COMMON, 12);
  return (title) => {
    let best: { first: number; second: number; count: number } | null = null;
    const words = covered.get(title)?.words ?? [];
    for (let at = 1; at < words.length; at += 1) {
      const [first, second] = [words[at - 1] ?? 0, words[at] ?? 0];
      const count = pairs.count(first, second);
      if (count >= ENOUGH && count <= most && (best === null || count > best.count)) best = { first, second, count };
    }
    if (best === null) return null;
    const [first = "", second = ""] = [lexicon.words[best.first], lexicon.words[best.second]];
    return { key: `${first} ${second}`, name: asWritten(title, first, second), articles: best.count };
  };
}

/** Words by number: numbers are compared much faster than words. */
function openLexicon() {
  const numbers = new Map<string, number>();
  const words: string[] = [];
  const numberOf = (word: string): number => {
    const known = numbers.get(word);
    if (known !== undefined) return known;
    numbers.set(word, words.length);
    return words.push(word) - 1;
  };
  return { numberOf, words };
}

/** The words of a title, and in how many articles it stands. */
type Covered = { words: readonly number[]; times: number };

/** In how many titles each pair stands. Only pairs of words that are in enough titles themselves are counted. */
function countPairs(all: readonly Covered[], lexicon: number) {
  const uses = new Int32Array(lexicon);
  for (const { words, times } of all) for (const word of words) uses[word] = (uses[word] ?? 0) + times;
  const pairs = openPairs(all.reduce((sum, { words }) => sum + words.length, 0));
  for (const [title, { words, times }] of all.entries()) {
    for (let at = 1; at < words.length; at += 1) {
      const [first, second] = [words[at - 1] ?? 0, words[at] ?? 0];
      if ((uses[first] ?? 0) >= ENOUGH && (uses[second] ?? 0) >= ENOUGH) pairs.add(first, second, title, times);
    }
  }
  return pairs;
}

/**
 * A table of at most so many pairs of numbers, in three lists: a pair is at the place its numbers give, or the next
 * free one. Maps of tens of thousands of small objects take most of their time in collecting garbage.
 */
function openPairs(most: number) {
  const size = 2 ** Math.ceil(Math.log2(2 * most + 2));
  const [keys, counts, last] = [new Float64Array(size).fill(-1), new Int32Array(size), new Int32Array(size).fill(-1)];
  const placeOf = (first: number, second: number): number => {
    const key = first * 2 ** 26 + second;
    let place = (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> 0;
    for (place = (place ^ (place >>> 15)) & (size - 1); ; place = (place + 1) & (size - 1)) {
      if (keys[place] === key || keys[place] === -1) break;
    }
    return place;
  };
  return {
    /** Counts a pair of a title so many times; where the title has it twice, once. */
    add(first: number, second: number, title: number, times: number): void {
      const place = placeOf(first, second);
      if (last[place] === title) return;
      keys[place] = first * 2 ** 26 + second;
      last[place] = title;
      counts[place] = (counts[place] ?? 0) + times;
    },
    count: (first: number, second: number): number => counts[placeOf(first, second)] ?? 0,
  };
}

const ascii = /^[\0-\x7f]*$/;

/** The stretch of the title that holds the pair, as it is written there. */
function asWritten(title: string, first: string, second: string): string {
  const words = title.split(/\s+/);
  // Looking whether it could be spares most words the reading; beyond ASCII only the reading tells.
  const is = (word: string, plain: string) =>
    (!ascii.test(word) || word.replaceAll("'", "").toLowerCase().includes(plain)) &&
    significantWords(word).includes(plain);
  for (const [start, word] of words.entries()) {
    if (!is(word, first)) continue;
    const length = words.slice(start + 1, start + 5).findIndex((next) => is(next, second));
    if (length >= 0) return trimmed(words.slice(start, start + length + 2).join(" "));
  }
  return `${first} ${second}`;
}

const trimmed = (text: string): string =>
  text.replace(/^[\s\p{P}]+|(?<![\s\p{P}])[\s\p{P}]+$/gu, "").replace(/['’]s$/u, "");
