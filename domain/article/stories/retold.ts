import type { Article } from "../article.ts";
import { commonWords } from "./common-words.ts";
import { areOpposite } from "./opposites.ts";
import { addressParts, wordsIn, wordsOf } from "./terms.ts";
import { stem, tokensOf } from "./tokens.ts";

/** Characters of a text in which its first sentences are read. */
const TEXT = 300;
/** Articles further apart than this don't tell one event. Those without a date may. */
const NEAR_HOURS = 48;
/** Most articles of a story, the oldest, that are compared with those of another. */
const COMPARED = 100;
/** Least number of articles for computing rarity; in fewer, three shared words are needed rather than two. */
const FEWEST = 100;
/** A word is rare if at most one article in twenty has it. */
const RARE = Math.log(20);
/** A name in this share of a story's articles belongs to the story. */
const MOST = 0.6;
/** Least number of rare words that two articles share, besides the name, and the least sum of their rarity (logarithms). */
const WORDS = 2;
const EVIDENCE = 9;

/** A word's places in an article: its headline, or only its text or address. */
type Words = ReadonlyMap<string, "headline" | "text">;
type Reading = {
  words: ReadonlyMap<Article, Words>;
  rarity: (word: string) => number;
  isName: (word: string) => boolean;
  isOrdinary: (word: string) => boolean;
};
type Telling = { articles: readonly Article[]; names: ReadonlySet<string>; isShared: boolean };
type Evidence = { one: number; other: number; weight: number };

/**
 * Finds stories that tell one event in other words, which their headlines alone don't show: "Suspected gunman picked off
 * passengers" beside the airport's shooting. At least one of them must have several sources. They are joined if a rare
 * name is in most articles of both, and two articles of different sources share further rare words, one of them in both
 * headlines.
 *
 * It compares all pairs, so it is for the few stories near the page.
 * @param sample the articles among which words are common or rare, and shown as names or not
 * @returns the positions of stories that belong together, ascending
 */
export function retoldStories(stories: readonly (readonly Article[])[], sample: readonly Article[]): number[][] {
  const isShared = stories.map((articles) => new Set(articles.map(({ sourceId }) => sourceId)).size > 1);
  if (!isShared.includes(true)) return [];
  const reading = read(new Set([...stories.flat(), ...sample]));
  const tellings = stories.map((articles, n) => ({
    articles,
    names: namesOf(articles, reading),
    isShared: isShared[n] === true,
  }));
  const found: Evidence[] = [];
  for (const [one, a] of tellings.entries()) {
    for (let other = one + 1; other < tellings.length; other += 1) {
      const b = tellings[other];
      const weight = b === undefined || !(a.isShared || b.isShared) ? 0 : evidence(a, b, reading);
      if (weight > 0) found.push({ one, other, weight });
    }
  }
  return joined(found, isShared);
}

/** Joins by the strongest evidence first. A story of one source joins one other, so it can't connect two. */
function joined(found: readonly Evidence[], isShared: readonly boolean[]): number[][] {
  const groups = new Map<number, number[]>();
  for (const { one, other } of found.toSorted((a, b) => b.weight - a.weight || a.one - b.one || a.other - b.other)) {
    const isTaken = (story: number) => isShared[story] !== true && groups.has(story);
    const [mine, theirs] = [groups.get(one) ?? [one], groups.get(other) ?? [other]];
    if (mine === theirs || isTaken(one) || isTaken(other)) continue;
    const both = [...mine, ...theirs].toSorted((a, b) => a - b);
    for (const story of both) groups.set(story, both);
  }
  return [...new Set(groups.values())];
}

type Own = Map<string, "headline" | "text">;

/** The end of a sentence or of a headline's part, after which a capital shows no name. */
const sentenceEnds = /[.!?:…]["”’)]?\s+/u;

function read(articles: ReadonlySet<Article>): Reading {
  const words = new Map<Article, Own>();
  const uses = new Map<string, number>();
  const termsOf = openTerms();
  const { see, ...kinds } = openNames(termsOf);
  for (const article of articles) {
    const own: Own = new Map();
    words.set(article, own);
    const take = (tokens: readonly string[], place: "headline" | "text") => {
      for (const token of tokens) for (const word of termsOf(token)) if (!own.has(word)) own.set(word, place);
    };
    const { title, language, paragraphs, summary, url } = article;
    const headline = wordsOf(title, language);
    take(headline, "headline");
    if (!sentenceEnds.test(title)) see(headline);
    else for (const part of title.split(sentenceEnds)) see(tokensOf(part));
    const text = (paragraphs.length > 0 ? paragraphs.slice(0, 3).join(" ") : summary).slice(0, TEXT);
    for (const sentence of text.split(sentenceEnds)) {
      const tokens = tokensOf(sentence);
      take(tokens, "text");
      see(tokens);
    }
    take(addressParts(url ?? ""), "text");
    for (const word of own.keys()) uses.set(word, (uses.get(word) ?? 0) + 1);
  }
  const count = Math.max(FEWEST, articles.size);
  return { words, rarity: (word) => Math.log(count / (uses.get(word) ?? 1)), ...kinds };
}

/** A name is a word with a capital inside a sentence, and never in lower case; a word that is in lower case is ordinary. */
function openNames(termsOf: TermsOf) {
  const [large, small] = [new Set<string>(), new Set<string>()];
  const see = (sentence: readonly string[]): void => {
    const smalls = sentence.filter(isSmall).length;
    // A sentence all in lower case doesn't show names, nor does a headline with a capital for each word.
    const showsNames = smalls * 3 >= sentence.length;
    if (smalls === sentence.length) return;
    for (const [at, token] of sentence.entries()) {
      const kind = isSmall(token) ? small : at > 0 && showsNames ? large : null;
      if (kind !== null) for (const word of termsOf(token)) kind.add(word);
    }
  };
  return {
    see,
    isName: (word: string) => large.has(word) && !small.has(word),
    isOrdinary: (word: string) => small.has(word),
  };
}

function isSmall(token: string): boolean {
  const first = token.charCodeAt(0);
  return first < 128 ? first >= 97 && first <= 122 : /^\p{Ll}/u.test(token);
}

type TermsOf = (token: string) => readonly string[];

/** The informative words of a token, as terms; numbers are in too many texts. Each token is processed once. */
function openTerms(): TermsOf {
  const known = new Map<string, readonly string[]>();
  return (token) => {
    const terms =
      known.get(token) ??
      wordsIn(token.toLowerCase()).flatMap((word) => (/\d/.test(word) || commonWords.has(word) ? [] : [stem(word)]));
    known.set(token, terms);
    return terms;
  };
}

/** Rare names in most of a story's articles; if it has several sources, of two of them, so no source alone names it. */
function namesOf(articles: readonly Article[], { words, rarity, isName }: Reading): Set<string> {
  const uses = new Map<string, { count: number; sources: Set<string> }>();
  for (const article of articles) {
    for (const word of words.get(article)?.keys() ?? []) {
      if (!isName(word) || rarity(word) < RARE) continue;
      const use = uses.get(word) ?? { count: 0, sources: new Set() };
      uses.set(word, { count: use.count + 1, sources: use.sources.add(article.sourceId) });
    }
  }
  const least = articles.length * MOST;
  const sources = Math.min(2, new Set(articles.map(({ sourceId }) => sourceId)).size);
  return new Set([...uses].flatMap(([word, use]) => (use.count >= least && use.sources.size >= sources ? [word] : [])));
}

/** The strongest evidence of two articles that both stories tell one event; 0: none. */
function evidence(one: Telling, other: Telling, reading: Reading): number {
  const names = [...one.names].filter((name) => other.names.has(name));
  if (names.length === 0) return 0;
  let most = 0;
  for (const a of one.articles.slice(0, COMPARED)) {
    for (const b of other.articles.slice(0, COMPARED)) {
      if (areNear(a, b)) most = Math.max(most, sharedBy(a, b, names, reading));
    }
  }
  return most;
}

function sharedBy(a: Article, b: Article, names: readonly string[], { words, rarity, isOrdinary }: Reading): number {
  const [own, others] = [words.get(a), words.get(b)];
  if (own === undefined || others === undefined) return 0;
  if (!names.some((name) => own.has(name) && others.has(name))) return 0;
  const shared = [...own.keys()].filter((word) => others.has(word) && isOrdinary(word) && rarity(word) >= RARE);
  const isInHeadlines = shared.some((word) => own.get(word) === "headline" && others.get(word) === "headline");
  const weight = shared.reduce((sum, word) => sum + rarity(word), 0);
  const isEnough = shared.length >= WORDS && isInHeadlines && weight >= EVIDENCE;
  return isEnough && !areOpposite(a.title, b.title) ? weight : 0;
}

function areNear(a: Article, b: Article): boolean {
  if (a.sourceId === b.sourceId || a.language !== b.language) return false;
  if (a.published === null || b.published === null) return true;
  return Math.abs(Date.parse(a.published) - Date.parse(b.published)) <= NEAR_HOURS * 3_600_000;
}
