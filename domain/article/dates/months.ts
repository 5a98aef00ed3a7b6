/** English names are tried first, whatever a feed's language is, because the standards require them (RFC 822 §5). */
const ENGLISH =
  "january jan february feb march mar april apr may may june jun july jul august aug september sep october oct november nov december dec".split(
    " ",
  );
/** Spellings that CLDR doesn't list, with their months. */
const OTHERS: Readonly<Record<string, number>> = {
  sept: 9,
  jn: 6,
  janner: 1,
  feber: 2,
  maerz: 3,
  mrz: 3,
  okt: 10,
  dez: 12,
  ene: 1,
  ago: 8,
  noviembre: 11,
  nop: 11,
  फरवरी: 2,
  सितम्बर: 9,
  अक्तूबर: 10,
  नवम्बर: 11,
  दिसम्बर: 12,
};

/** The languages of feeds, by CLDR's locale: those of the product, the thirty with the most readers, and neighbours. */
export const LOCALES =
  "de es fr it pt nl sv da nb fi pl cs sk hu ro bg hr sr sr-Latn bs sl mk sq uk ru be el tr ar ar-DZ ar-MA ar-SY fa he hi bn ta te mr gu kn ml pa ur ne si id ms fil vi th my km lt lv et is ca eu gl ga cy af sw ka hy az kk uz am".split(
    " ",
  );

/** Lower case without accents and dots, for comparison. Vowel signs of other scripts are kept. */
export function plainWord(word: string): string {
  return word
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u064b-\u065f]/gu, "")
    .replace(/[.'’׳॰\u200b-\u200f]/gu, "")
    .replace(/ı/gu, "i")
    .replace(/ł/gu, "l")
    .replace(/ø/gu, "o")
    .normalize("NFC");
}

const english = new Map(ENGLISH.map((name, index) => [name, Math.floor(index / 2) + 1]));
for (const [name, month] of Object.entries(OTHERS)) english.set(name, month);

/** Names of months, and of weekdays, by their plain spelling. */
type Names = { readonly months: ReadonlyMap<string, number>; readonly weekdays: ReadonlySet<string> };

const known = new Map<string, Names>();

/** A locale's names from ICU, made when needed, since most dates are in English. */
function namesOf(locale: string): Names {
  const made = known.get(locale) ?? { months: monthsOf(locale), weekdays: new Set(weekdaysOf(locale)) };
  known.set(locale, made);
  return made;
}

const MONTH_FORMS: readonly Intl.DateTimeFormatOptions[] = [
  { month: "long", day: "numeric" },
  { month: "long" },
  { month: "short", day: "numeric" },
  { month: "short" },
];

function monthsOf(locale: string): Map<string, number> {
  const months = new Map<string, number>();
  const shortened = new Map<string, number | null>();
  for (const form of MONTH_FORMS) {
    for (const [index, raw] of partsOf(locale, form, "month", 12).entries()) {
      const name = plainWord(raw).replace(/^d(?:e |['’])/u, "");
      if (name === "" || /\d/.test(name)) continue;
      months.set(name, index + 1);
      // Croatian's shorter genitive: "studenog".
      if (locale === "hr") months.set(name.replace(/(?<=[oe]g)a$/u, ""), index + 1);
      // ICU has only Greek's genitive: "Μαΐου" for "Μάιος".
      if (locale === "el") months.set(name.replace(/ου$/u, "ος"), index + 1);
      // Some software cuts long names after three letters.
      const start = name.slice(0, 3);
      const taken = shortened.get(start);
      if (name.length > 3) shortened.set(start, taken === undefined || taken === index + 1 ? index + 1 : null);
    }
  }
  for (const [start, month] of shortened) if (month !== null && !months.has(start)) months.set(start, month);
  return months;
}

const weekdaysOf = (locale: string): string[] =>
  (["long", "short"] as const).flatMap((weekday) =>
    partsOf(locale, { weekday }, "weekday", 7).flatMap((raw) => plainWord(raw).match(/[\p{L}\p{M}]+/gu) ?? []),
  );

/** One part of a date in a locale's form, for months or weekdays. */
function partsOf(
  locale: string,
  options: Intl.DateTimeFormatOptions,
  type: "month" | "weekday",
  count: number,
): string[] {
  const format = new Intl.DateTimeFormat(`${locale}-u-ca-gregory-nu-latn`, { ...options, timeZone: "UTC" });
  return Array.from({ length: count }, (_, index) => {
    const day = type === "month" ? Date.UTC(2026, index, 15) : Date.UTC(2026, 0, 1 + index);
    return format.formatToParts(day).find((part) => part.type === type)?.value ?? "";
  });
}

/**
 * Names that mean the same month in all languages; a few are missing, such as Croatian's October, which is Polish's
 * November.
 */
let unanimous: ReadonlyMap<string, number | null> | undefined;

function namesOfAll(): ReadonlyMap<string, number | null> {
  if (unanimous !== undefined) return unanimous;
  const all = new Map<string, number | null>();
  for (const locale of LOCALES) {
    for (const [name, month] of namesOf(locale).months) {
      const other = all.get(name);
      all.set(name, other === undefined || other === month ? month : null);
    }
  }
  unanimous = all;
  return all;
}

/**
 * 1 to 12; undefined: not a month in any language, or different months in different languages.
 * @param language the text's language, whose names go before those of the others
 */
export function monthNumber(word: string, language: string | null = null): number | undefined {
  // Hebrew writes "in" as a letter before the month.
  const name = plainWord(word).replace(/^ב(?=[\u05d0-\u05ea]{3})/u, "");
  const names = language !== null && LOCALES.includes(language) ? namesOf(language).months : undefined;
  return (
    english.get(name) ??
    names?.get(name) ??
    namesOfAll().get(name) ??
    (names === undefined ? undefined : inflected(name, names))
  );
}

/** Basque's "azaroaren" and Finnish's "marraskuun": a month of the language with an ending. */
function inflected(word: string, names: ReadonlyMap<string, number>): number | undefined {
  const found = new Set([...names].flatMap(([name, month]) => (name.length > 3 && word.startsWith(name) ? month : [])));
  const [only] = found;
  return found.size === 1 ? only : undefined;
}

const ENGLISH_WEEKDAYS = new Set(
  "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun".split(" "),
);

/** Whether it is a weekday in any language. */
export function isWeekday(word: string): boolean {
  const name = plainWord(word);
  return ENGLISH_WEEKDAYS.has(name) || LOCALES.some((locale) => namesOf(locale).weekdays.has(name));
}

/** Whether it is a month in English or the given language. Unlike `monthNumber`, it checks no other language. */
export function isMonthName(word: string, language: string | null): boolean {
  const name = plainWord(word);
  return english.has(name) || (ownNames(language)?.months.has(name) ?? false);
}

/** Whether it is a weekday in English or the given language. */
export function isDayName(word: string, language: string | null): boolean {
  const name = plainWord(word);
  return ENGLISH_WEEKDAYS.has(name) || (ownNames(language)?.weekdays.has(name) ?? false);
}

function ownNames(language: string | null): Names | null {
  const own = language?.split("-")[0]?.toLowerCase() ?? "";
  return LOCALES.includes(own) ? namesOf(own) : null;
}
