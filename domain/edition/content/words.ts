/**
 * A headline's meaningful words, to compare headlines. The lists of function words are deliberately short; they only
 * exclude words such as "the" and "of".
 */
const functionWords = new Set(
  (
    "a an the and or but nor of in on at to from by for with without into over under after before as is are was were be " +
    "been has have had do does did will would can could may might must should not no it its it's this that these those " +
    "he she they we you his her their our your who what when where why how than then so if about up out off more says " +
    "say said new s t re ll ve d " +
    "der die das den dem des ein eine einen einem einer und oder aber von im in am zu zum zur mit ohne nach vor fur auf " +
    "aus bei als ist sind war wird werden hat haben nicht sich es sie er wie was " +
    "le la les un une des du de et ou mais en au aux dans sur pour par avec sans est sont a ont ce ces cette qui que " +
    "el los las una unos y o pero del al con sin por para es son ha han se su sus como mas " +
    "os as um uma e ou mas do da dos das no na nos nas em com sem ao sao seu sua"
  ).split(" "),
);

/** Scripts without spaces between words. */
export const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

const ascii = /^[\0-\x7f]*$/;

/**
 * Lower-case words without punctuation and function words, in order. Scripts without spaces give pairs of characters.
 */
export function significantWords(text: string): string[] {
  const bare = ascii.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, "");
  const plain = bare.replace(/['’]/g, "").toLowerCase();
  if (ascii.test(plain)) return (plain.match(/[a-z0-9]+/g) ?? []).filter(isTelling);
  const words: string[] = [];
  for (const [word] of plain.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (unspaced.test(word)) words.push(...pairsOfCharacters(word));
    else if (isTelling(word)) words.push(word);
  }
  return words;
}

export const isFunctionWord = (word: string): boolean => functionWords.has(word);
const isTelling = (word: string): boolean => !isFunctionWord(word);

/** Pairs of characters, for scripts without spaces. */
export function pairsOfCharacters(text: string): string[] {
  const letters = [...text];
  return letters.length < 2 ? letters : letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}

/** Jaccard similarity of two sets of words: 0 nothing in common, 1 the same. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const word of small) if (large.has(word)) shared += 1;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : shared / all;
}
