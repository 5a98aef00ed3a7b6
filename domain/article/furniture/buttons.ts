import { BUTTON_WORDS, type ButtonWords, NETWORK_WORDS, PREFIXES } from "./button-words.ts";

/** Longest button: a plea of one or two sentences. */
const LONGEST = { characters: 200, words: 30 };
/** Words before what a publisher offers under its own name: "Sign up for our evening letter". */
const OUR = new Set(
  "our unser unsere unseren unserem unserer notre nos nuestro nuestra nuestros nuestras nosso nossa nossos nossas".split(
    " ",
  ),
);
/** Most words after them. */
const LONGEST_OFFER = 3;
/** Words of a name after "on" or "at". */
const LONGEST_NAME = 5;
/** An address or a handle: what a button leads to. */
// bounded: LONGEST.characters, 200
const ADDRESS = /(?:https?:\/\/|www\.)\S+|@[\w.-]+|[\w.-]+\.[a-z]{2,10}(?:\/\S*)?/giu;
/** In place of an address and of a known name. */
export const [LINKED, NAMED] = ["§", "¶"];

/** For comparison: lower case without Arabic's vowel signs and varieties of alef. */
export const plain = (word: string): string =>
  word
    .toLowerCase()
    .replace(/[\u064b-\u0652\u0640]/gu, "")
    .replace(/[أإآ]/gu, "ا");

export const languages: readonly ButtonWords[] = BUTTON_WORDS.map((words) => ({
  acts: new Set([...words.acts].map(plain)),
  sure: new Set([...words.sure].map(plain)),
  things: new Set([...words.things].map(plain)),
  small: new Set([...words.small].map(plain)),
  beforeNames: new Set([...words.beforeNames].map(plain)),
}));
export const networks: ReadonlySet<string> = new Set([...NETWORK_WORDS].map(plain));

/**
 * Whether a text is a button or a plea: it has nothing but such words of one language, with an act and what it leads
 * to, or with an act that is enough.
 * @param names of the article, its publisher and its author, which may be a part of it
 */
export function isButton(paragraph: string, names: readonly string[]): boolean {
  if (paragraph.length > LONGEST.characters) return false;
  const words = wordsOf(paragraph, names);
  if (words.length < 2 || words.length > LONGEST.words) return false;
  const forms = words.map(formsOf);
  return languages.some((language) => isCovered(forms, language));
}

/**
 * Whether a text has words of buttons, as one that belongs to a publication and not to an article: an act that only
 * buttons ask for, or an act and a thing, or a question about a thing. Weaker than `isButton`, for lines that are
 * suspected for another reason.
 */
export function namesButtons(paragraph: string): boolean {
  const words = wordsOf(paragraph, []).map(plain);
  return languages.some(({ acts, sure, things }) => {
    const count = (set: ReadonlySet<string>) =>
      words.filter((word) => set.has(word) || set.has(withoutPrefix(word))).length;
    const named = count(things);
    return count(sure) > 0 || (count(acts) > 0 && named > 0) || named > 1 || (named > 0 && /[?؟]/u.test(paragraph));
  });
}

export function wordsOf(paragraph: string, names: readonly string[]): string[] {
  let text = paragraph.replace(ADDRESS, ` ${LINKED} `);
  for (const name of names) if (name.length > 2) text = text.replaceAll(name, ` ${NAMED} `);
  return text.match(/\p{L}[\p{L}\p{M}]*|\p{Nd}+|[§¶]/gu) ?? [];
}

/** A word as written, for comparison, and without the letters that Hebrew and Arabic write before it. */
type Forms = { readonly raw: string; readonly word: string; readonly bare: string };

export function formsOf(raw: string): Forms {
  const word = plain(raw);
  return { raw, word, bare: withoutPrefix(word) };
}

function isCovered(words: readonly Forms[], language: ButtonWords): boolean {
  let [acts, things, named, numbers] = [0, 0, 0, 0];
  let isSure = false;
  let mayBeNamed = false;
  let offer = 0;
  let isAfterAct = false;
  for (const { raw, word, bare } of words) {
    const isKnown = (set: ReadonlySet<string>) => set.has(word) || set.has(bare);
    if (isKnown(language.sure)) isSure = true;
    const isAct = isKnown(language.acts) || isKnown(language.sure);
    if (isSure && OUR.has(word)) offer = LONGEST_OFFER;
    const isNetwork = isKnown(networks);
    // "Share The Gull", unlike "Time to leave" in a magazine called Time.
    const isNamed = raw === NAMED && (isAfterAct || mayBeNamed);
    const isThing = isKnown(language.things) || isNetwork || raw === LINKED || isNamed;
    isAfterAct = isAct;
    if (isAct || isThing || isKnown(language.small) || raw === NAMED) {
      // Some words are both: "comment", "folgen".
      if (isAct && (acts === 0 || !isThing)) acts += 1;
      else if (isThing) things += 1;
      mayBeNamed = language.beforeNames.has(word) || (mayBeNamed && (isNetwork || language.small.has(word)));
      continue;
    }
    if (/^\p{Nd}/u.test(raw) && numbers < 2) {
      numbers += 1;
      continue;
    }
    if (offer > 0) {
      offer -= 1;
      things += 1;
      continue;
    }
    if (!mayBeNamed || named >= LONGEST_NAME || !/^\p{Lu}/u.test(raw)) return false;
    named += 1;
  }
  return acts > 0 && (things > 0 || isSure);
}

export function withoutPrefix(word: string): string {
  for (const [script, prefix] of PREFIXES) if (script.test(word)) return word.replace(prefix, "");
  return word;
}
