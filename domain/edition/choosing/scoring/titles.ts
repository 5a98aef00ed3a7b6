import { openNumbers } from "../../../article/stories/word-numbers.ts";
import { isFunctionWord, pairsOfCharacters, unspaced } from "../../content/words.ts";

/** Words that can be inside a name: "Bank of England", "Rio de Janeiro". */
const JOINTS = new Set("of de da do dos das del di du des van von der den la le el al bin".split(" "));
/** Markers in the list of words: the end of a name, and a word inside one. */
const [BREAK, JOINT] = [-1, -2];
/** Most words inside a name; "Castillo de la Mota" has two. */
const MOST_JOINTS = 2;
/** A headline with this share of lower-case words shows names by their capitals. */
const SMALL_PART = 1 / 3;

const ascii = /^[\0-\x7f]*$/;
const letters = /^[a-z]+$/;
// bounded: titles, at most 300 characters each
const plainTokens = /[A-Za-z0-9]+(?:['.&][A-Za-z0-9]+)*|[^\sA-Za-z0-9'.&-]+|-+(?=\s)/g;
// bounded: titles, at most 300 characters each
const anyTokens = /[\p{L}\p{N}\p{M}]+(?:['’.&][\p{L}\p{N}\p{M}]+)*|[^\s\p{L}\p{N}\p{M}'’‘.&-]+|-+(?=\s)/gu;
const tokensOf = (title: string): RegExp => (ascii.test(title) ? plainTokens : anyTokens);

/** Takes a pair of neighbouring words, and the position of the second in the list of all words. */
type VisitPair = (first: number, second: number, position: number) => void;

/** Titles as one list of numbered words, each title once, because numbers are compared much faster than words. */
export type Titles = ReturnType<typeof openTitles>;

export function openTitles(titles: readonly string[]) {
  const lexicon = openLexicon();
  const { wordOf, size } = lexicon;
  const [words, smalls, starts]: [number[], number[], number[]] = [[], [], [0]];
  const [texts, times, sentences]: [string[], number[], boolean[]] = [[], [], []];
  const places = new Map<string, number>();
  /** By given title: its number. */
  const numbers: number[] = [];
  for (const title of titles) {
    const place = places.get(title);
    numbers.push(place ?? texts.length);
    if (place !== undefined) times[place] = (times[place] ?? 0) + 1;
    else {
      places.set(title, texts.length);
      texts.push(title);
      times.push(1);
      sentences.push(readInto({ words, smalls }, title, lexicon));
      starts.push(words.length);
    }
  }
  const { uses, ordinary } = countWords({ words, smalls, starts, times }, size());
  const firstOf = (position: number): number => {
    let at = position - 1;
    while (words[at] === JOINT) at -= 1;
    return at;
  };
  const eachPairOf = (title: number, visit: VisitPair): void => {
    const end = starts[title + 1] ?? 0;
    let first = BREAK;
    for (let at = starts[title] ?? 0; at < end; at += 1) {
      const second = words[at] ?? BREAK;
      if (first >= 0 && second >= 0) visit(first, second, at);
      if (second !== JOINT) first = second;
    }
  };
  return {
    words,
    /** By position: 1 if the word is in lower case. */
    smalls,
    /** By word: its number of occurrences, and 1 if a title that shows names has it in lower case. */
    uses,
    ordinary,
    count: texts.length,
    numbers,
    timesOf: (title: number): number => times[title] ?? 0,
    isSentence: (title: number): boolean => sentences[title] === true,
    /** The position of the previous word, skipping words inside a name. */
    firstOf,
    eachPairOf,
    eachPair(title: string, visit: VisitPair): void {
      const place = places.get(title);
      if (place !== undefined) eachPairOf(place, visit);
    },
    wordAt: (position: number): string => wordOf(words[position] ?? BREAK),
    /** The original text of a title between two positions. */
    written: (title: number, from: number, to: number): string =>
      stretch(texts[title] ?? "", lexicon, from - (starts[title] ?? 0), to - (starts[title] ?? 0)),
  };
}

/** What is known of a token beside its words: whether it begins with a capital or a lower-case letter. */
const [SMALL, LARGE, FLAGS] = [1, 2, 2];
/** The end of a token's words. */
const END = -3;

/**
 * Numbers the words, and processes each token once, however many titles have it. A token is read to one number: where
 * its words begin in `parts`, and its flags.
 */
function openLexicon() {
  const all = openNumbers();
  const tokens = openNumbers();
  /** By token; absent: it wasn't read. */
  const entries: number[] = [];
  const parts: number[] = [];
  const read = (token: string): number => {
    const number = tokens.numberOf(token);
    const known = entries[number];
    if (known !== undefined) return known;
    const word = plainWord(token);
    const found = (parts.length << FLAGS) + sizeOf(token);
    if (!letters.test(word) && unspaced.test(word))
      for (const pair of pairsOfCharacters(word)) parts.push(all.numberOf(pair));
    else parts.push(markOf(word) ?? all.numberOf(word));
    parts.push(END);
    entries[number] = found;
    return found;
  };
  return { read, parts, wordOf: all.textOf, size: all.count };
}
type Lexicon = ReturnType<typeof openLexicon>;

/** Whether a token begins with a capital or a lower-case letter, as a flag. */
function sizeOf(token: string): number {
  if (ascii.test(token)) return /^[a-z]/.test(token) ? SMALL : /^[A-Z]/.test(token) ? LARGE : 0;
  return /^\p{Ll}/u.test(token) ? SMALL : /^\p{Lu}/u.test(token) ? LARGE : 0;
}

/** A token's form for comparison: "Pike's" is "pike", "U.S." is "us". */
function plainWord(token: string): string {
  const bare = ascii.test(token) ? token : token.normalize("NFKD").replace(/\p{M}/gu, "");
  const lower = bare.toLowerCase();
  return letters.test(lower) ? lower : lower.replace(/['’]s$/u, "").replace(/['’.&]/gu, "");
}

function markOf(word: string): number | undefined {
  if (JOINTS.has(word)) return JOINT;
  // "New" begins names, although it is a common word elsewhere.
  if (word !== "new" && isFunctionWord(word)) return BREAK;
  return letters.test(word) || /^[\p{L}\p{N}]/u.test(word) ? undefined : BREAK;
}

type Lists = { words: number[]; smalls: number[] };

/** @returns whether the title shows names by their capitals */
function readInto({ words, smalls }: Lists, title: string, { read, parts }: Lexicon): boolean {
  let telling = 0;
  let small = 0;
  let joints = 0;
  let hasLarge = false;
  words.push(BREAK);
  smalls.push(0);
  const start = words.length;
  for (const token of title.match(tokensOf(title)) ?? []) {
    const entry = read(token);
    const isSmall = entry & SMALL;
    hasLarge ||= (entry & LARGE) !== 0;
    for (let at = entry >> FLAGS; (parts[at] ?? END) !== END; at += 1) {
      const word = parts[at] ?? BREAK;
      joints = word === JOINT ? joints + 1 : 0;
      words.push(joints > MOST_JOINTS ? BREAK : word);
      smalls.push(isSmall);
      if (word < 0) continue;
      telling += 1;
      small += isSmall;
    }
  }
  // A title all in lower case doesn't show names.
  if (!hasLarge) smalls.fill(0, start);
  return hasLarge && small > 0 && small >= telling * SMALL_PART;
}

function countWords(
  { words, smalls, starts, times }: Lists & { starts: readonly number[]; times: readonly number[] },
  lexicon: number,
) {
  const [uses, ordinary] = [new Int32Array(lexicon), new Uint8Array(lexicon)];
  for (const [title, count] of times.entries()) {
    for (let at = starts[title] ?? 0; at < (starts[title + 1] ?? 0); at += 1) {
      const word = words[at] ?? BREAK;
      if (word < 0) continue;
      uses[word] = (uses[word] ?? 0) + count;
      if (smalls[at] === 1) ordinary[word] = 1;
    }
  }
  return { uses, ordinary };
}

/** A title's text between two positions, counted as in `readInto`. */
function stretch(title: string, { read, parts }: Lexicon, from: number, to: number): string {
  let [start, end, place] = [0, title.length, 1];
  for (const { 0: token, index } of title.matchAll(tokensOf(title))) {
    const first = read(token) >> FLAGS;
    const count = parts.indexOf(END, first) - first;
    const characters = count === 1 ? [token] : [...token];
    for (let part = 0; part < count; part += 1) {
      const before = characters.slice(0, part).join("").length;
      const length = characters.slice(part, part + 2).join("").length;
      if (place === from) start = index + before;
      if (place === to) end = index + before + length;
      place += 1;
    }
  }
  return title.slice(start, end).replace(/['’]s$/u, "");
}
