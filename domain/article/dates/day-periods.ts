import { LOCALES, plainWord } from "./months.ts";

/**
 * Words for parts of the day, such as "अपराह्न", "de la tarde" and "petang", with the hours for which ICU uses them.
 */
let known: ReadonlyMap<string, ReadonlySet<number>> | undefined;

/** Inflected and older words, with their first and last hours. */
const OTHERS: readonly (readonly [string, number, number])[] = [
  ["सकाळी", 4, 11],
  ["दुपारी", 12, 15],
  ["सायंकाळी", 16, 19],
  ["संध्याकाळी", 16, 19],
  ["रात्री", 20, 23],
  ["முற்பகல்", 0, 11],
  ["পূর্বাহ্ণ", 0, 11],
  ["অপরাহ্ণ", 12, 23],
  ["এএম", 0, 11],
  ["পিএম", 12, 23],
  ["एएम", 0, 11],
  ["पीएम", 12, 23],
];
const HOURS = 24;
/** Shorter words, such as Hungarian's "de." for the morning, are other languages' prepositions. */
const SHORTEST = 4;

function hoursByWords(): ReadonlyMap<string, ReadonlySet<number>> {
  if (known !== undefined) return known;
  const all = new Map<string, Set<number>>();
  for (const locale of ["en", ...LOCALES]) {
    for (const dayPeriod of ["short", "long", undefined] as const) {
      const format = new Intl.DateTimeFormat(`${locale}-u-ca-gregory-nu-latn`, {
        hour: "numeric",
        hour12: true,
        ...(dayPeriod === undefined ? {} : { dayPeriod }),
        timeZone: "UTC",
      });
      for (let hour = 0; hour < HOURS; hour += 1) {
        const part = format.formatToParts(Date.UTC(2026, 0, 1, hour)).find(({ type }) => type === "dayPeriod");
        const words = plainWord(part?.value ?? "").trim();
        if (words.length < SHORTEST && /^[a-z]*$/.test(words)) continue;
        all.set(words, (all.get(words) ?? new Set()).add(hour));
      }
    }
  }
  for (const [words, from, to] of OTHERS) {
    all.set(plainWord(words), new Set(Array.from({ length: to - from + 1 }, (_, hour) => from + hour)));
  }
  known = all;
  return all;
}

/** Most words of such a phrase. */
const LONGEST = 3;

/** A phrase at the end or at the beginning of a text, and the rest of the text. */
type DayPeriod = { readonly hours: ReadonlySet<number>; readonly rest: string };

export const dayPeriodBefore = (text: string): DayPeriod | undefined =>
  dayPeriodIn(text, (words, count) => [words.slice(-count), words.slice(0, -count)]);

export const dayPeriodBehind = (text: string): DayPeriod | undefined =>
  dayPeriodIn(text, (words, count) => [words.slice(0, count), words.slice(count)]);

type Split = (words: readonly string[], count: number) => [phrase: readonly string[], rest: readonly string[]];

function dayPeriodIn(text: string, split: Split): DayPeriod | undefined {
  const words = text.trim().split(/[\s,]+/u);
  for (let count = Math.min(LONGEST, words.length); count > 0; count -= 1) {
    const [phrase, rest] = split(words, count);
    const hours = hoursByWords().get(plainWord(phrase.join(" ")));
    if (hours !== undefined) return { hours, rest: rest.join(" ") };
  }
  return undefined;
}

/** The hour of 24 for an hour of twelve: the one of the two that is in the period, or nearer to it. */
export function hourIn(hour: number, hours: ReadonlySet<number>): number {
  if (hour > 12) return hour;
  const distance = (one: number) =>
    Math.min(...[...hours].map((of) => Math.min(Math.abs(of - one), HOURS - Math.abs(of - one))));
  const [morning, afternoon] = [hour % 12, (hour % 12) + 12];
  return distance(morning) <= distance(afternoon) ? morning : afternoon;
}
