import { commonWords } from "./common-words.ts";
import { withoutDates } from "./dates-in-headlines.ts";
import { isOutcome } from "./opposites.ts";
import { latin, stem, tokensOf } from "./tokens.ts";

/**
 * Headlines as weighted terms: their words, and further words of their addresses. Works for any script that separates
 * words; others use pairs of characters. All terms are in two long arrays, for speed: headline n has those from
 * `starts[n]` up to `starts[n + 1]`, each once, in any order.
 */
export type Headlines = {
  starts: readonly number[];
  /** Terms by number; there are `lexicon` different ones. */
  terms: readonly number[];
  weights: readonly number[];
  lexicon: number;
  /**
   * By term: 1 if a headline or a first sentence has it in lower case, so it isn't a name. In scripts without capitals,
   * all terms count as names.
   */
  ordinary: Uint8Array;
  /** By headline: whether it may tell an outcome, such as a rise or a defeat. */
  tellsOutcome: readonly boolean[];
};

/** Weight of words of the address, compared with words of the headline. */
const addressWeight = 0.7;
/** Weight of words of the text's first sentence, which names people and places that a headline leaves out. */
const sentenceWeight = 0.3;
/** Weight of common words: "how to" distinguishes guides from news. */
const commonWeight = 0.15;
/** Headlines with fewer informative words aren't compared: "Weather forecast" from two places isn't one story. */
const fewest = 3;

type Telling = {
  readonly title: string;
  readonly url: string | null;
  readonly summary: string;
  readonly language: string | null;
};

/** Reads headlines into terms; those with too few words get none. */
export function readHeadlines(all: readonly Telling[]): Headlines {
  const lexicon = openLexicon();
  const [starts, terms, weights]: [number[], number[], number[]] = [[0], [], []];
  /** By term: the last headline that had it, counted from 1. */
  const holder: number[] = [];
  /** By term: 1 if it was in lower case. */
  const ordinary: number[] = [];
  const tellsOutcome: boolean[] = [];
  let [telling, outcomes] = [0, 0];
  // The first weight counts, so a word of the headline isn't weakened by being in the address too.
  const take = (entry: number, factor: number, isOrdinary: boolean): void => {
    for (let at = entry >> FLAGS; (lexicon.terms[at] ?? END) !== END; at += 1) {
      const term = lexicon.terms[at] ?? 0;
      const number = term >> 1;
      if (isOrdinary) ordinary[number] = 1;
      if (holder[number] === starts.length) continue;
      holder[number] = starts.length;
      const weight = (term & 1) === 1 ? commonWeight * factor : factor;
      if (weight === 1) telling += 1;
      terms.push(number);
      weights.push(weight);
    }
  };
  const takeWords = (tokens: readonly string[], text: string, factor: number): void => {
    // A text all in lower case doesn't show names.
    const tellsNames = hasCapital.test(text);
    for (const token of tokens) {
      const entry = lexicon.read(token);
      outcomes += entry & OUTCOME;
      take(entry, factor, tellsNames && (entry & SMALL) !== 0);
    }
  };
  for (const { title, url, summary, language } of all) {
    const start = terms.length;
    telling = 0;
    outcomes = 0;
    takeWords(wordsOf(title, language), title, 1);
    tellsOutcome.push(outcomes > 0);
    for (const part of url ? addressParts(url) : []) take(lexicon.readPart(part), addressWeight, false);
    const sentence = firstSentence(summary);
    takeWords(tokensOf(sentence), sentence, sentenceWeight);
    if (telling < fewest) {
      terms.length = start;
      weights.length = start;
    }
    starts.push(terms.length);
  }
  return { starts, terms, weights, lexicon: lexicon.size(), ordinary: Uint8Array.from(ordinary), tellsOutcome };
}

/** What is known of a token beside its terms: whether it begins with a lower-case letter, and may be an outcome. */
const [OUTCOME, SMALL, FLAGS] = [1, 2, 2];
/** The end of a token's terms. */
const END = -1;

/**
 * Numbers the terms, and processes each token and each part of an address once, however many headlines have it. A token
 * is read to one number, its entry: where its terms begin in `terms`, and its flags. A term there is its number, doubled,
 * and one more for a common word. Lists of numbers are read much faster than objects, which are all over the memory.
 */
function openLexicon() {
  const stems = new Map<string, number>();
  const terms: number[] = [END];
  const termOf = (word: string): number => {
    const own = stem(word);
    const number = stems.get(own) ?? stems.size;
    stems.set(own, number);
    return 2 * number + Number(commonWords.has(word));
  };
  const tokens = new Map<string, number>();
  const read = (token: string): number => {
    const known = tokens.get(token);
    if (known !== undefined) return known;
    const lower = token.toLowerCase();
    const entry = terms.length << FLAGS;
    terms.push(...(latin.test(lower) ? [lower] : wordsIn(lower)).map(termOf), END);
    const found = entry + (startsSmall.test(token) ? SMALL : 0) + (isOutcome(lower) ? OUTCOME : 0);
    tokens.set(token, found);
    return found;
  };
  const parts = new Map<string, number>();
  const readPart = (part: string): number => {
    const known = parts.get(part);
    if (known !== undefined) return known;
    const isWord = part.length > 1 && !/\d{3,}|%/.test(part);
    const entries = isWord ? tokensOf(part).map(read) : [];
    let [found = 0] = entries;
    if (entries.length > 1) {
      found = terms.length << FLAGS;
      for (const entry of entries)
        for (let at = entry >> FLAGS; terms[at] !== END; at += 1) terms.push(terms[at] ?? END);
      terms.push(END);
    }
    parts.set(part, found);
    return found;
  };
  return { read, readPart, terms, size: () => stems.size };
}

const startsSmall = /^\p{Ll}/u;
const hasCapital = /\p{Lu}/u;

/** The informative words of a headline. */
export function wordsOf(title: string, language: string | null): readonly string[] {
  const words = tokensOf(withoutPublisher(title));
  return /\d/.test(title) ? withoutDates(words, language) : words;
}

/** The words of a token, without genitive and inner punctuation: "u.s.'s" is "us". */
export function wordsIn(token: string): string[] {
  const word = token.replace(/[’']s$/u, "").replace(/[’'.&]/gu, "");
  const words = unspaced.test(word) ? twoByTwo(word) : [word];
  return words.filter((one) => one.length > 1 || /\p{N}/u.test(one));
}

/** Scripts without spaces between words, for which pairs of neighbouring characters are used. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function twoByTwo(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

const tailMark = /\s[-–—|]\s/u;

/** "Mayor resigns over bridge - Harbour Gazette" ends with the publisher, which is removed. */
function withoutPublisher(title: string): string {
  if (!tailMark.test(title)) return title;
  // bounded: a title, at most 300 characters
  const [tail] = /\s+[-–—|]\s+[^-–—|]{2,40}$/u.exec(title) ?? [];
  if (!tail || tail.trim().split(/\s+/u).length > 5 || title.length - tail.length < 25) return title;
  return title.slice(0, -tail.length);
}

/** The words in the longest part of an address that looks like a headline: "/2026/11/mayor-resigns.html". */
export function addressParts(url: string): string[] {
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/[?#].*$/s, "");
  let slug = "";
  for (const folder of path.split("/")) {
    if (folder.length <= slug.length || !/[-_+]/.test(folder)) continue;
    const name = folder.replace(/\.\w{2,5}$/, "");
    if (name.length > slug.length && /[-_+]/.test(name)) slug = name;
  }
  return slug === "" ? [] : slug.split(/[-_+]+/);
}

/** The beginning of a text up to its first full stop, without a dateline. */
function firstSentence(text: string): string {
  const start = text.slice(0, 160);
  const end = /[.!?…]["”’)]?\s+\p{Lu}/u.exec(start);
  return end === null ? start : start.slice(0, end.index);
}
