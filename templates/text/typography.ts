import { ownDirection } from "./text-direction.ts";

/** Quotation marks of a language, outer and inner (from CLDR, except French, whose newspapers use the English ones inside). */
type Marks = { outer: readonly [string, string]; inner: readonly [string, string] };

const english: Marks = { outer: ["“", "”"], inner: ["‘", "’"] };
const marks: Readonly<Record<string, Marks>> = {
  de: { outer: ["„", "“"], inner: ["‚", "‘"] },
  fr: { outer: ["«\u202f", "\u202f»"], inner: ["“", "”"] },
  es: { outer: ["«", "»"], inner: ["“", "”"] },
  ar: { outer: ["«", "»"], inner: ["“", "”"] },
  he: { outer: ["”", "”"], inner: ["’", "’"] },
};

const hebrew = /\p{Script=Hebrew}/u;

/** A text that runs the other way isn't in the edition's language: English in an Arabic edition, Hebrew in a French one. */
function ownLanguage(text: string, tag: string): string {
  const [language = ""] = tag.split("-");
  const direction = ownDirection(text, ["ar", "he"].includes(language) ? "rtl" : "ltr");
  if (direction === null) return language;
  return direction === "ltr" ? "en" : hebrew.test(text) ? "he" : "ar";
}

/** What a quotation opens after: nothing, white space, a bracket, a dash or another quotation mark. */
const opensAfter = /^$|[\s([{\p{Pd}\p{Pi}„‚/]$/u;

/**
 * Straight quotes as the language sets them, for display. A mark that no other closes, feet and inches, and whatever is
 * curly already stay as they are; an apostrophe is curly in every language, and a Hebrew abbreviation has its own sign.
 * French spaces before its signs don't break.
 *
 * @param tag the text's language, a BCP 47 tag
 */
export function typographic(given: string, tag: string): string {
  const language = ownLanguage(given, tag);
  const text = language === "fr" ? keptTogether(given) : given;
  if (!/["']/.test(text)) return text;
  const { outer, inner } = marks[language] ?? english;
  const signs = Array.from(text);
  const double = paired(signs, '"', outer);
  return paired(double, "'", inner)
    .map((sign, i, all) =>
      sign === "'" || sign === '"' ? single(sign, all[i - 1] ?? "", all[i + 1] ?? "", language) : sign,
    )
    .join("");
}

/** French sets a space before these signs and inside its quotation marks; no line breaks there. */
const keptTogether = (text: string): string =>
  text
    .replaceAll(/ (?=[!?;»](?:[\s!?»”".,)]|$))/gu, "\u202f")
    .replaceAll(/ (?=:(?:\s|$))/g, "\u00a0")
    .replaceAll("« ", "«\u202f");

/** Each opening mark with the next one that can close it; signs may come back as several. */
function paired(signs: readonly string[], mark: string, [open, close]: readonly [string, string]): string[] {
  const made = [...signs];
  let opened = -1;
  for (const [i, sign] of signs.entries()) {
    if (sign !== mark) continue;
    const before = signs[i - 1] ?? "";
    const after = signs[i + 1] ?? "";
    if (opened < 0) {
      if (opensAfter.test(before) && /^\S/u.test(after)) opened = i;
    } else if (!/^[\p{L}\p{N}]/u.test(after) && /\S$/u.test(before)) {
      made[opened] = open;
      made[i] = close;
      opened = -1;
    }
  }
  return made;
}

const letter = /^\p{L}/u;

function single(sign: string, before: string, after: string, language: string): string {
  if (sign === '"') return language === "he" && letter.test(before) && letter.test(after) ? "״" : sign;
  if (/\p{L}$/u.test(before)) return language === "he" && /\p{Script=Hebrew}$/u.test(before) ? "׳" : "’";
  // ’90s, ’n’
  return /^[\p{L}\p{N}]/u.test(after) && opensAfter.test(before) ? "’" : sign;
}
