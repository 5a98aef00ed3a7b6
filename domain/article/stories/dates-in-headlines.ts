import { isDayName, isMonthName, monthNumber } from "../dates/months.ts";

const day = /^\d{1,2}(?:st|nd|rd|th|er|º|ª)?$/i;
const year = /^(?:19|20)\d\d$/;
/** Words between a day and its month: "3 de marzo", "3rd of March". */
const between = new Set(["de", "d", "of", "the", "den", "do", "di"]);

/**
 * A headline's words without calendar dates and their time of day, because "Stock market news for March 28, 2014"
 * shares its date with everything of that day. Other numbers are kept.
 */
export function withoutDates(words: readonly string[], language: string | null): readonly string[] {
  const dated = new Set<number>();
  const isMonth = (at: number): boolean => at >= 0 && at < words.length && isMonthName(words[at] ?? "", language);
  for (const [at, word] of words.entries()) {
    if (!day.test(word) || Number.parseInt(word, 10) > 31) continue;
    const step = [1, -1, 2].find((by) => isMonth(at + by) && (by < 2 || between.has(words[at + 1] ?? "")));
    if (step === undefined) continue;
    const [from, to] = [Math.min(at, at + step), Math.max(at, at + step)];
    for (let part = from; part <= to; part += 1) dated.add(part);
    if (from > 0 && isDayName(words[from - 1] ?? "", language)) dated.add(from - 1);
    for (const part of yearAndTime(words, to + 1)) dated.add(part);
  }
  return dated.size === 0 ? words : words.filter((_, at) => !dated.has(at));
}

/** The calendar date in a headline, as month and day; null: it has none. */
export function dateInHeadline(title: string, language: string | null): string | null {
  if (!/\d/.test(title)) return null;
  const words = title.match(/[\p{L}\p{N}]+/gu) ?? [];
  const rest = new Set(withoutDates(words, language));
  const named = words.filter((word) => !rest.has(word));
  const month = named.find((word) => isMonthName(word, language));
  const of = named.find((word) => day.test(word));
  return month === undefined || of === undefined ? null : `${monthNumber(month, language)}-${Number.parseInt(of, 10)}`;
}

/** "2014", "de 2014", "2014 10:24 AM": positions that continue a date. */
function yearAndTime(words: readonly string[], start: number): number[] {
  const after = between.has(words[start] ?? "") ? start + 1 : start;
  if (!year.test(words[after] ?? "")) return [];
  const parts = [start, after];
  const [hour, minute] = [words[after + 1] ?? "", words[after + 2] ?? ""];
  if (day.test(hour) && /^[0-5]\d$/.test(minute)) parts.push(after + 1, after + 2);
  return parts;
}
