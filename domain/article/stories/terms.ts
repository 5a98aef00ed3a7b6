import { commonWords } from "./common-words.ts";

/**
 * What a headline says, as weighted terms: its words, and the words of its address that the headline leaves out. Works on any script that separates words; others fall back to whole runs of characters.
 */
export type Terms = ReadonlyMap<string, number>;

/** Words of the address count less than words of the headline. */
const addressWeight = 0.7;
/** Common words still count a little: "how to" tells guides from news. */
const commonWeight = 0.15;
/** Words are compared by their beginning: "resign", "resigns", "resignation" are one term. */
const stemLength = 5;

export function termsOf(title: string, url: string | null): Terms {
  const terms = new Map<string, number>();
  for (const word of wordsOf(withoutPublisher(title))) put(terms, stem(word), weightOf(word));
  for (const word of url ? addressWords(url) : []) put(terms, stem(word), addressWeight * weightOf(word));
  return terms;
}

/** Whether the terms say enough to be compared: "Weather forecast" from two places is not one story. */
export function isTelling(terms: Terms): boolean {
  let telling = 0;
  for (const weight of terms.values()) if (weight === 1) telling += 1;
  return telling >= 3;
}

/** The first weight stays: a word of the headline is not weakened by standing in the address too. */
function put(terms: Map<string, number>, term: string, weight: number): void {
  if (!terms.has(term)) terms.set(term, weight);
}

function wordsOf(text: string): string[] {
  const folded = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  return [...folded.matchAll(/[\p{L}\p{N}]+(?:[’'.&][\p{L}\p{N}]+)*/gu)]
    .map(([word]) => word.replace(/[’']s$/u, "").replace(/[’'.&]/gu, ""))
    .flatMap((word) => (unspaced.test(word) ? twoByTwo(word) : word))
    .filter((word) => word.length > 1 || /\p{N}/u.test(word));
}

/** Scripts that do not put spaces between words: there, two neighbouring characters stand for a word. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function twoByTwo(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** "Mayor resigns over bridge - Harbour Gazette" says who prints it in its tail; the news is what stands before. */
function withoutPublisher(title: string): string {
  const [tail] = /\s+[-–—|]\s+[^-–—|]{2,40}$/u.exec(title) ?? [];
  if (!tail || tail.trim().split(/\s+/u).length > 5 || title.length - tail.length < 25) return title;
  return title.slice(0, -tail.length);
}

/** The words of the longest part of the path that reads like a headline: "/2026/11/mayor-resigns-over-bridge.html". */
function addressWords(url: string): string[] {
  const parts = URL.parse(url)?.pathname.split("/") ?? [];
  const [slug = ""] = parts
    .map((part) => part.replace(/\.\w{2,5}$/u, ""))
    .filter((part) => /[-_+]/u.test(part))
    .toSorted((a, b) => b.length - a.length);
  return slug
    .split(/[-_+]+/u)
    .filter((word) => word.length > 1 && !/\d{3,}|%/u.test(word))
    .flatMap(wordsOf);
}

const weightOf = (word: string): number => (commonWords.has(word) ? commonWeight : 1);

function stem(word: string): string {
  if (/\p{N}/u.test(word)) return word;
  const singular = word.length > 4 ? word.replace(/ies$/u, "y").replace(/es$|s$/u, "") : word;
  return singular.slice(0, stemLength);
}
