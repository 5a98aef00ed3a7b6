import { commonWords } from "./common-words.ts";
import { withoutDates } from "./dates-in-headlines.ts";
import { isOutcome } from "./opposites.ts";
import { CAPITAL, DIGIT, openTokenTable, TAIL_MARK } from "./token-table.ts";
import { latin, latinStem, stem, tokensOf } from "./tokens.ts";
import { openNumbers } from "./word-numbers.ts";

/**
 * Headlines as weighted terms: their words, and further words of their addresses. Works for any script that separates
 * words; others use pairs of characters. All terms are in one long array, for speed: headline n has those from
 * `starts[n]` up to `starts[n + 1]`, each once, in any order.
 */
export type Headlines = {
  starts: readonly number[];
  /** Terms by number; there are `lexicon` different ones. */
  terms: readonly number[];
  /** The weight of each, by its number in `weightsOfKind`. */
  kinds: readonly number[];
  lexicon: number;
  /**
   * By term: 1 if a headline or a first sentence has it in lower case, so it isn't a name. In scripts without capitals,
   * all terms count as names.
   */
  ordinary: Uint8Array;
  /** By headline: whether it may tell an outcome, such as a rise or a defeat. */
  tellsOutcome: readonly boolean[];
};

/** Where a word comes from. */
const [TITLE, ADDRESS, SENTENCE] = [0, 1, 2];
/** The kind of a common word is that of its origin and this. */
const COMMON = 3;
/**
 * Weights of words of the headline, of the address, and of the text's first sentence, which names people and places that
 * a headline leaves out.
 */
const weights = [1, 0.7, 0.3];
/** Weight of common words: "how to" distinguishes guides from news. */
const commonWeight = 0.15;
/** By kind of term: its weight. */
export const weightsOfKind: readonly number[] = [...weights, ...weights.map((weight) => commonWeight * weight)];
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
  const { table } = lexicon;
  const [starts, terms, kinds]: [number[], number[], number[]] = [[0], [], []];
  /** By term: the last headline that had it, counted from 1. */
  const holder: number[] = [];
  /** By term: 1 if it was in lower case. */
  const ordinary: number[] = [];
  const tellsOutcome: boolean[] = [];
  let [telling, outcomes] = [0, 0];
  // The first kind counts, so a word of the headline isn't weakened by being in the address too.
  const take = (entry: number, origin: number, isOrdinary: boolean): void => {
    for (let at = entry >> FLAGS; (lexicon.terms[at] ?? END) !== END; at += 1) {
      const term = lexicon.terms[at] ?? 0;
      const number = term >> 1;
      if (isOrdinary) ordinary[number] = 1;
      if (holder[number] === starts.length) continue;
      holder[number] = starts.length;
      const kind = (term & 1) === 1 ? origin + COMMON : origin;
      if (kind === TITLE) telling += 1;
      terms.push(number);
      kinds.push(kind);
    }
  };
  const takeWords = (origin: number): void => {
    // A text all in lower case doesn't show names.
    const tellsNames = (table.last.seen & CAPITAL) !== 0;
    for (let at = 0; at < table.last.count; at += 1) {
      const entry = lexicon.entryOf(table.last.tokens[at] ?? 0);
      outcomes += entry & OUTCOME;
      take(entry, origin, tellsNames && (entry & SMALL) !== 0);
    }
  };
  for (const { title, url, summary, language } of all) {
    const start = terms.length;
    telling = 0;
    outcomes = 0;
    if (!table.scan(title) || mayBeCut(title, table.last.seen)) table.take(wordsOf(title, language));
    takeWords(TITLE);
    tellsOutcome.push(outcomes > 0);
    for (const part of url ? addressParts(url) : []) take(lexicon.readPart(part), ADDRESS, false);
    const sentence = firstSentence(summary);
    if (!table.scan(sentence)) table.take(tokensOf(sentence));
    takeWords(SENTENCE);
    if (telling < fewest) {
      terms.length = start;
      kinds.length = start;
    }
    starts.push(terms.length);
  }
  return { starts, terms, kinds, lexicon: lexicon.size(), ordinary: Uint8Array.from(ordinary), tellsOutcome };
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
  const table = openTokenTable();
  const stems = openNumbers();
  const terms: number[] = [END];
  const addTerm = (word: string, own: string): void => {
    terms.push(2 * stems.numberOf(own) + Number(commonWords.has(word)));
  };
  /** By token; 0: it wasn't read. */
  const entries: number[] = [];
  const entryOf = (token: number): number => {
    const known = entries[token] ?? 0;
    if (known !== 0) return known;
    const text = table.textOf(token);
    const lower = text.toLowerCase();
    const entry = terms.length << FLAGS;
    if (latin.test(lower)) addTerm(lower, latinStem(lower));
    else for (const word of wordsIn(lower)) addTerm(word, stem(word));
    terms.push(END);
    const found = entry + (startsSmall(text) ? SMALL : 0) + (isOutcome(lower) ? OUTCOME : 0);
    while (entries.length <= token) entries.push(0);
    entries[token] = found;
    return found;
  };
  const parts = openNumbers();
  /** By part of an address; absent: it wasn't read. */
  const partEntries: number[] = [];
  const readPart = (part: string): number => {
    const number = parts.numberOf(part);
    const known = partEntries[number];
    if (known !== undefined) return known;
    const isWord = part.length > 1 && !/\d{3,}|%/.test(part);
    const entries = isWord ? tokensOf(part).map((token) => entryOf(table.numberOf(token))) : [];
    let [found = 0] = entries;
    if (entries.length > 1) {
      found = terms.length << FLAGS;
      for (const entry of entries)
        for (let at = entry >> FLAGS; terms[at] !== END; at += 1) terms.push(terms[at] ?? END);
      terms.push(END);
    }
    partEntries[number] = found;
    return found;
  };
  return { table, entryOf, readPart, terms, size: stems.count };
}

const startsSmall = (text: string): boolean => (text.charCodeAt(0) < 128 ? /^[a-z]/ : /^\p{Ll}/u).test(text);

/** Whether a headline of scanned characters may have a publisher's name or a date, which `wordsOf` leaves out. */
const mayBeCut = (title: string, seen: number): boolean =>
  ((seen & TAIL_MARK) !== 0 && tailMark.test(title)) || ((seen & DIGIT) !== 0 && dayNumber.test(title));

const dayNumber = /(?<![a-z\d])\d{1,2}(?:st|nd|rd|th|er)?(?![a-z\d])/i;

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
  const path = pathOf.exec(url)?.[1] ?? "";
  let slug = "";
  for (let [start, end] = [0, 0]; start < path.length; start = end + 1) {
    const slash = path.indexOf("/", start);
    end = slash < 0 ? path.length : slash;
    if (end - start <= slug.length) continue;
    const folder = path.slice(start, end);
    if (!hasJoint.test(folder)) continue;
    const name = folder.replace(/\.\w{2,5}$/, "");
    if (name.length > slug.length && hasJoint.test(name)) slug = name;
  }
  return slug === "" ? [] : slug.split(/[-_+]+/);
}

const pathOf = /^(?:[a-z]+:\/\/[^/?#]*)?([^?#]*)/i;
const hasJoint = /[-_+]/;

/** The beginning of a text up to its first full stop, without a dateline. */
function firstSentence(text: string): string {
  const start = text.slice(0, 160);
  const end = /[.!?…]["”’)]?\s+\p{Lu}/u.exec(start);
  return end === null ? start : start.slice(0, end.index);
}
