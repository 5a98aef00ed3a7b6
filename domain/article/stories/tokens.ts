/** Words are compared by their prefix: "resign", "resigns", "resignation" are one term. */
const stemLength = 5;

/** Most words are of these letters alone, which need no further look. */
export const latin = /^[a-z]{2,}$/;

const plain = /^[\0-\x7f]*$/;
const plainTokens = /[A-Za-z0-9]+(?:['.&][A-Za-z0-9]+)*/g;

/** The runs of letters and digits of a text, without accents. */
export function tokensOf(text: string): readonly string[] {
  // Most titles have no characters beyond ASCII except typographic quotes and dashes.
  if (plain.test(text)) return text.match(plainTokens) ?? [];
  const typed = text.replace(/[‘’]/g, "'").replace(/[“”–—…]/g, " ");
  if (plain.test(typed)) return typed.match(plainTokens) ?? [];
  const folded = typed.normalize("NFKD").replace(/\p{M}+/gu, "");
  return folded.match(/[\p{L}\p{N}]+(?:[’'.&][\p{L}\p{N}]+)*/gu) ?? [];
}

export function stem(word: string): string {
  return !latin.test(word) && /\p{N}/u.test(word) ? word : latinStem(word);
}

/** The same of a word that has no digits. */
export const latinStem = (word: string): string => (word.length > 4 ? withoutPlural(word) : word).slice(0, stemLength);

function withoutPlural(word: string): string {
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return word.endsWith("es") ? word.slice(0, -2) : word.endsWith("s") ? word.slice(0, -1) : word;
}
