/** The primary subtag of a BCP 47 tag in lower case, `en` for `en-GB` or `en_gb`; null: not a tag. */
export function primaryLanguage(tag: string | null | undefined): string | null {
  const primary = /^([a-z]{2,3})(?:[-_].*)?$/i.exec((tag ?? "").trim())?.[1]?.toLowerCase();
  return primary === undefined || primary === "und" || primary === "mul" ? null : primary;
}

/**
 * Languages that share a script, by letters that the others don't have; the last one is the most frequent. They may be
 * confused with each other, but never with a language of another script.
 */
const SHARED_SCRIPTS: readonly { script: RegExp; letters: readonly (readonly [string, RegExp])[]; usual: string }[] = [
  {
    script: /\p{sc=Arab}/gu,
    letters: [
      ["ur", /[ٹڈڑںے]/u],
      ["fa", /[پچژگ]/u],
    ],
    usual: "ar",
  },
  {
    script: /\p{sc=Cyrl}/gu,
    letters: [
      ["sr", /[јљњћђџ]/iu],
      ["uk", /[іїєґ]/iu],
      ["ru", /[ыэё]/iu],
      ["bg", /ъ/iu],
    ],
    usual: "ru",
  },
];

const isShared = (language: string) =>
  SHARED_SCRIPTS.some(({ letters, usual }) => usual === language || letters.some(([one]) => one === language));

/** Scripts used by one language in news. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["ja", /[\p{sc=Hira}\p{sc=Kana}]/gu],
  ["ko", /\p{sc=Hang}/gu],
  ["zh", /\p{sc=Han}/gu],
  ["el", /\p{sc=Grek}/gu],
  ["he", /\p{sc=Hebr}/gu],
  ["th", /\p{sc=Thai}/gu],
];

/** Short words that are frequent in one language and rare in the others of this list. */
const WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(
    "the of and to in is that for with was his her they from are have has will by this been after not".split(" "),
  ),
  de: new Set(
    "der die und das ist nicht mit den von für auf ein eine dem des sich wird auch nach im zum sind über".split(" "),
  ),
  fr: new Set(
    "le les des est une dans pour qui sur avec pas au aux par ce cette sont du ses après été selon et il elle d l".split(
      " ",
    ),
  ),
  es: new Set(
    "el los las una que por con para del su es más como pero sus ha fue este años sobre tras según y lo se ser ya".split(
      " ",
    ),
  ),
  it: new Set(
    "il gli di che è per con una del della nel alla sono non più dei anche dopo delle ha si ai sul".split(" "),
  ),
  pt: new Set(
    "os da em um uma não com para dos das ao mais foi são pelo pela após diz ser seu sua está é à na".split(" "),
  ),
  nl: new Set(
    "het een van dat voor op niet zijn aan naar ook bij wordt heeft uit maar nog door zich hun werd wel dit hebben".split(
      " ",
    ),
  ),
  sv: new Set("och att det som på är av för med till inte den har ett om var efter kan från vid eller mot".split(" ")),
  pl: new Set(
    "w się nie że jest jak przez od dla są został oraz ale będzie ze po który która które tym jego także już".split(
      " ",
    ),
  ),
};

/** With fewer words, no language is detected. */
const ENOUGH_WORDS = 6;

/** The detected language of a text; null: unclear. */
export function guessLanguage(text: string): string | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 8) return null;
  for (const [language, script] of SCRIPTS) {
    if ((text.match(script)?.length ?? 0) > letters * (language === "ja" ? 0.15 : 0.4)) return language;
  }
  const shared = SHARED_SCRIPTS.find(({ script }) => (text.match(script)?.length ?? 0) > letters * 0.5);
  if (shared !== undefined) return shared.letters.find(([, own]) => own.test(text))?.[0] ?? shared.usual;
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < ENOUGH_WORDS) return null;
  const scores = Object.entries(WORDS)
    .map(([language, set]) => ({ language, found: words.filter((word) => set.has(word)) }))
    .map(({ language, found }) => ({ language, hits: found.length, different: new Set(found).size }))
    .sort((a, b) => b.hits - a.hits);
  const [best, second] = scores;
  // A single repeated word may belong to another language: "No date", "Die or diet".
  if (best === undefined || second === undefined || best.different < 2 || best.hits < words.length * 0.12) return null;
  return best.hits >= second.hits * 1.6 ? best.language : null;
}

/** A text with fewer words doesn't override the feed's language. */
const ENOUGH_TO_CONTRADICT = 20;

/** Whether a text is clearly not in its feed's language, because it has almost no words of that language. */
function disproves(text: string, guess: string, feed: string): boolean {
  // If many languages share a script, only a declared language of another script is wrong: a Macedonian feed isn't
  // Russian.
  if (isShared(guess)) return feed in WORDS;
  if (!(guess in WORDS)) return true;
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const own = WORDS[feed];
  const hits = (set: ReadonlySet<string>) => words.filter((word) => set.has(word)).length;
  const other = WORDS[guess];
  if (own === undefined || other === undefined || words.length < ENOUGH_TO_CONTRADICT) return false;
  return hits(other) >= 4 && hits(own) * 4 <= hits(other);
}

/**
 * An article's language: the item's own; else its feed's, unless a longer text is clearly in another one, because blog
 * software declares everything as English; else detected. Detected ones are marked.
 */
export function languageOf(
  said: { readonly item: string | null; readonly feed: string | null },
  text: string,
): { tag: string | null; guessed: boolean } {
  if (said.item !== null && said.item !== said.feed) return { tag: said.item, guessed: false };
  const guess = guessLanguage(text.slice(0, 2000));
  const feed = said.item ?? said.feed;
  if (feed === null) return { tag: guess, guessed: guess !== null };
  const contradicts = guess !== null && guess !== feed && disproves(text, guess, feed);
  return contradicts ? { tag: guess, guessed: true } : { tag: feed, guessed: false };
}
