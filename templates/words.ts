import { type Language, languageOf } from "#domain/language.ts";
import { ar } from "./words/ar.ts";
import type { Plural, Words } from "./words/catalogue.ts";
import { de } from "./words/de.ts";
import { en } from "./words/en.ts";
import { es } from "./words/es.ts";
import { fr } from "./words/fr.ts";
import { he } from "./words/he.ts";
import { pt } from "./words/pt.ts";

export type { Plural, Words };

const catalogues: Readonly<Record<Language, Words>> = { ar, de, en, es, fr, he, pt };

/** The catalogue for a BCP 47 tag; English where there is none, which the config does not allow. */
export const wordsFor = (tag: string): Words => catalogues[languageOf(tag) ?? "en"];

const rightToLeft = new Set(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"]);
const rightToLeftScripts = new Set(["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"]);

/** The direction a language is written in, by its script where the tag names one. */
export function direction(language: string): "ltr" | "rtl" {
  const { language: primary, script } = new Intl.Locale(language);
  const isRightToLeft = script === undefined ? rightToLeft.has(primary) : rightToLeftScripts.has(script);
  return isRightToLeft ? "rtl" : "ltr";
}

/** A piece of a sentence: a name that was put in is isolated, since it may be written in the other direction. */
export type Piece = { text: string; isolated: boolean };

/** A sentence with its names put in, as pieces. */
export const sentence = (pattern: string, names: Readonly<Record<string, readonly Piece[] | string>>): Piece[] =>
  pattern.split(/(\{\w+\})/).flatMap((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return part === "" ? [] : [{ text: part, isolated: false }];
    const value = names[name] ?? "";
    return typeof value === "string" ? [{ text: value, isolated: true }] : value;
  });

/** A sentence with a number in it, in the plural form the language asks for. */
export function counted(language: string, plural: Plural, n: number): string {
  const pattern = plural[new Intl.PluralRules(language).select(n)] ?? plural.other;
  return pattern.replace("{n}", new Intl.NumberFormat(language).format(n));
}

/** Names as a list, `A, B and C`, as the language joins them. */
export const listed = (language: string, names: readonly Piece[]): Piece[] =>
  new Intl.ListFormat(language, { type: "conjunction" })
    .formatToParts(names.map((_, i) => String(i)))
    .map((part) =>
      part.type === "element"
        ? (names[Number(part.value)] ?? { text: "", isolated: true })
        : { text: part.value, isolated: false },
    );

/** What separates two parts of a line. */
export const comma = (language: string): string => (new Intl.Locale(language).language === "ar" ? "، " : ", ");

/** A date in full, `Monday, 23 November 2026`; `date` is a calendar date, so no zone can move it. */
export const fullDate = (language: string, date: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: "full", timeZone: "UTC" }).format(new Date(`${date}T12:00:00Z`));

/** The same where it stands alone: French and its sisters begin a line, though not a date, with a capital. */
export function dateLine(language: string, date: string): string {
  const [first = "", ...rest] = fullDate(language, date);
  return first.toLocaleUpperCase(language) + rest.join("");
}

/** `Monday`, of a date. */
export const weekday = (language: string, date: string): string =>
  new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(new Date(`${date}T12:00:00Z`));

/** A day before another: `Tuesday` of the six days before it, else `Tuesday 17 November`. */
export function dayBefore(language: string, date: string, before: string): string {
  const days = (Date.parse(before) - Date.parse(date)) / 86_400_000;
  if (days > 0 && days < 7) return weekday(language, date);
  const format = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  return format.format(new Date(`${date}T12:00:00Z`));
}

/** `November 2026`, of any date in it. */
export const monthAndYear = (language: string, date: string): string =>
  new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${date}T12:00:00Z`),
  );
