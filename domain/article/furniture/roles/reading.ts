import { plain, withoutPrefix } from "../buttons.ts";
import { ARABIC } from "./arabic.ts";
import { ENGLISH } from "./english.ts";
import { FRENCH } from "./french.ts";
import { GERMAN } from "./german.ts";
import { HEBREW } from "./hebrew.ts";
import { PORTUGUESE } from "./portuguese.ts";
import { ROLES, type Role, type RoleWords } from "./role.ts";
import { SPANISH } from "./spanish.ts";

/** A set of roles, one bit each. */
type Mask = number;
const BIT = Object.fromEntries(ROLES.map((role, at) => [role, 1 << at])) as Readonly<Record<Role, Mask>>;
const bits = (roles: readonly Role[]): Mask => roles.reduce((mask, role) => mask | BIT[role], 0);

/** A word's roles in each language, in the order of LANGUAGES. */
type Masks = readonly Mask[];
/** With the words that tell what happened, by their endings. */
const LANGUAGES: readonly (readonly [words: RoleWords, past?: RegExp])[] = [
  [ENGLISH, /.[^e]ed$/u],
  [GERMAN],
  [FRENCH, /.ai(?:en)?t$/u],
  [SPANISH, /.(?:ó|aron|ieron|aban)$/u],
  [PORTUGUESE, /.(?:ou|iu|aram|eram|iram|avam)$/u],
  [HEBREW],
  [ARABIC],
];
const [IN_GERMAN, IN_HEBREW, IN_ARABIC] = [1, 5, 6];
const LATIN = [0, IN_GERMAN, 2, 3, 4];
const PAST = new RegExp(LANGUAGES.flatMap(([, past]) => past?.source ?? []).join("|"), "u");
const FIRST_AFTER_LATIN = 0x370;
const NO_ROLES: Masks = LANGUAGES.map(() => 0);
const [WHOLE, STEMS] = [new Map<string, Mask[]>(), new Map<string, Mask[]>()];
for (const [at, [words]] of LANGUAGES.entries())
  for (const role of ROLES)
    for (const word of words[role].split(" ")) {
      const isStem = word.endsWith("*");
      const key = plain(isStem ? word.slice(0, -1) : word);
      const map = isStem ? STEMS : WHOLE;
      const masks = map.get(key) ?? LANGUAGES.map(() => 0);
      masks[at] = (masks[at] ?? 0) | BIT[role];
      map.set(key, masks);
    }
const SHORTEST_STEM = 4;

/** A quick test for words of a role, before a line is read. */
export function wordsOfRole(role: Role): RegExp {
  const words = LANGUAGES.flatMap(([all]) => all[role].split(" ").map((word) => word.replace("*", "")));
  return new RegExp(words.join("|"), "iu");
}

const both = (one: Masks, other: Masks): Masks =>
  one === NO_ROLES ? other : other === NO_ROLES ? one : one.map((mask, at) => mask | (other[at] ?? 0));

function masksOf(word: string): Masks {
  let masks: Masks = WHOLE.get(word) ?? NO_ROLES;
  for (let end = SHORTEST_STEM; end <= word.length; end += 1) {
    const stem = STEMS.get(word.slice(0, end));
    if (stem !== undefined) masks = both(masks, stem);
  }
  return masks;
}

/** The same with elided articles, compounds, and the letters that Hebrew and Arabic write before a word. */
function rolesOf(raw: string): Masks {
  const isLatin = raw.charCodeAt(0) < FIRST_AFTER_LATIN;
  const word = isLatin ? raw.toLowerCase().replaceAll("’", "'") : plain(raw);
  const masks = masksOf(word);
  if (masks !== NO_ROLES) return masks;
  if (!isLatin) return withoutPrefixes(word);
  const [before, after] = word.split("'");
  if (after !== undefined) return both(masksOf(`${before}'`), masksOf(after));
  if (word.includes("-")) return word.split("-").map(masksOf).reduce(both, NO_ROLES);
  return raw.charAt(0) === word.charAt(0) && PAST.test(word)
    ? LANGUAGES.map(([, past]) => (past?.test(word) === true ? BIT.tells : 0))
    : NO_ROLES;
}

function withoutPrefixes(word: string): Masks {
  for (let [longer, shorter] = [word, withoutPrefix(word)]; shorter !== longer; ) {
    const found = masksOf(shorter);
    if (found !== NO_ROLES) return found;
    [longer, shorter] = [shorter, withoutPrefix(shorter)];
  }
  return NO_ROLES;
}

/** What a line's words are, in the language that knows most of them. */
export type Reading = {
  readonly text: string;
  readonly words: number;
  /** Words without a role. Names have a capital letter within a sentence. */
  readonly unknown: number;
  readonly names: number;
  /** Whether it has the article's title. */
  readonly hasTitle: boolean;
  /** Names at the line's beginning, one after the other. */
  readonly namesFirst: number;
  readonly numbers: number;
  /** Addresses and handles. */
  readonly addresses: number;
  readonly count: (...roles: readonly Role[]) => number;
  readonly has: (...roles: readonly Role[]) => boolean;
  readonly hasAny: (...roles: readonly Role[]) => boolean;
  /** Whether a sentence begins with a word of such a role. */
  readonly begins: (...roles: readonly Role[]) => boolean;
};

const [ADDRESS, KNOWN_NAME, TITLE] = ["§", "¶", "‡"];
const MARKS: Readonly<Record<string, Role>> = { [ADDRESS]: "device", [KNOWN_NAME]: "house", [TITLE]: "piece" };
// bounded: the longest line, 260 characters
const ADDRESSES =
  /(?:https?:\/\/|www\.)\S+|[^\s@]{1,64}@[^\s@]{3,80}|@[\w.]+|(?<![\w-])[\w-]+\.(?:com|org|net|io|co|fm|me|tv|app|example)(?:\/\S*)?/giu;
const TOKENS =
  /[\p{L}\p{M}]+(?:['’](?=\p{L})[\p{L}\p{M}]+)?(?:-[\p{L}\p{M}]+)*|\p{Nd}[\p{Nd}.,:]*|[§¶‡]|[.!?؟:–—|](?=\s|$)/gu;

/** Titles of one word are words of other sentences. */
const isTelling = (title: string) => /\S\s+\S/u.test(title);

/** @param names the article's title, and those of its outlet and publisher */
export function readRoles(text: string, [title = "", ...names]: readonly string[] = []): Reading {
  let line = /[@/]|\.\p{L}/u.test(text) ? text.replace(ADDRESSES, ` ${ADDRESS} `) : text;
  if (isTelling(title)) line = line.replaceAll(title, ` ${TITLE} `);
  for (const name of names) if (name.length > 2) line = line.replaceAll(name, ` ${KNOWN_NAME} `);
  const tokens = (line.match(TOKENS) ?? []).map(readToken);
  const isArabic = /\p{sc=Arab}/u.test(line);
  const [first = 0, ...others] = isArabic ? [IN_ARABIC] : /\p{sc=Hebr}/u.test(line) ? [IN_HEBREW] : LATIN;
  let best = countIn(first, tokens);
  for (const language of others) {
    const other = countIn(language, tokens);
    if (other.unknown + other.names < best.unknown + best.names) best = other;
  }
  const { masks, starts, ...counted } = best;
  const all = masks.reduce((one, other) => one | other, 0);
  return {
    text,
    words: masks.length,
    hasTitle: line.includes(TITLE),
    ...counted,
    count: (...roles) => masks.filter((mask) => (mask & bits(roles)) !== 0).length,
    has: (...roles) => (all & bits(roles)) === bits(roles),
    hasAny: (...roles) => (all & bits(roles)) !== 0,
    begins: (...roles) => (starts & bits(roles)) !== 0,
  };
}

type Token = { readonly kind: "stop" | "number" | "word"; readonly text: string; readonly masks: Masks };

function readToken(text: string): Token {
  if (text.length === 1 && ".!?؟:–—|".includes(text)) return { kind: "stop", text, masks: NO_ROLES };
  if (/^\p{Nd}/u.test(text)) return { kind: "number", text, masks: NO_ROLES };
  const role = text.length === 1 ? MARKS[text] : undefined;
  return { kind: "word", text, masks: role === undefined ? rolesOf(text) : LANGUAGES.map(() => BIT[role]) };
}

function countIn(language: number, tokens: readonly Token[]) {
  const masks: Mask[] = [];
  const counted = { unknown: 0, names: 0, namesFirst: 0, numbers: 0, addresses: 0, starts: 0 };
  let isStart = true;
  let isAfterName = false;
  for (const [at, { kind, text, masks: ofToken }] of tokens.entries()) {
    if (kind === "stop") {
      isStart = true;
      isAfterName = false;
      continue;
    }
    const mask = ofToken[language] ?? 0;
    masks.push(mask);
    if (isStart) counted.starts |= mask;
    const namesBefore = counted.names;
    const isFirst = counted.namesFirst === masks.length - 1;
    if (kind === "number") counted.numbers += 1;
    else if (text === ADDRESS) counted.addresses += 1;
    else if (mask !== 0) isStart = false;
    else if (
      isName(text, tokens[at + 1]?.text, (isStart || language === IN_GERMAN) && !isAfterName) ||
      (isFirst && isFirstName(text, at))
    ) {
      counted.names += 1;
      if (isFirst) counted.namesFirst += 1;
    } else counted.unknown += 1;
    isAfterName = counted.names > namesBefore;
    isStart = false;
  }
  return { ...counted, masks };
}

/** Without capital letters, only the first two words can be one. */
const isFirstName = (token: string, at: number) => at < 2 && /^[\p{sc=Arab}\p{sc=Hebr}]/u.test(token);

/** A first word is one if another follows: "Ada Pike writes", unlike "Bridges close". German nouns have capitals too. */
const isName = (token: string, next: string | undefined, needsNext: boolean) =>
  /^\p{Lu}/u.test(token) && (!needsNext || (next !== undefined && /^\p{Lu}/u.test(next)));
