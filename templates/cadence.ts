import type { Weekday } from "#domain/time/calendar.ts";
import { readerWordsFor } from "./reader-words.ts";
import { comma } from "./words.ts";

/** 2026-11-23 is a Monday. */
const MONDAY = Date.UTC(2026, 10, 23, 12);
const order = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const satisfies readonly Weekday[];

/** Without a time zone, it arrives at that time in each reader's own zone. */
export type Cadence = { days: readonly Weekday[]; sendAt: string; timeZone?: string | undefined };

/** A newsletter's days and time, in the reader's language: `Monday – Friday, 07:00 (Europe/London)`. */
export function cadenceText(language: string, { days, sendAt, timeZone }: Cadence): string {
  const [hour = 0, minute = 0] = sendAt.split(":").map(Number);
  const time = new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone: "UTC" });
  const text = `${daysText(language, days)}${comma(language)}${time.format(Date.UTC(2026, 10, 23, hour, minute))}`;
  return timeZone === undefined ? text : `${text} (${timeZone})`;
}

/** Three or more consecutive days are a range. */
function daysText(language: string, days: readonly Weekday[]): string {
  const numbers = order.flatMap((day, n) => (days.includes(day) ? [n] : []));
  if (numbers.length === order.length) return readerWordsFor(language).everyDay;
  const format = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  const dayAt = (n = 0) => MONDAY + n * 86_400_000;
  const isRow = numbers.length > 2 && (numbers.at(-1) ?? 0) - (numbers[0] ?? 0) === numbers.length - 1;
  if (isRow) return format.formatRange(dayAt(numbers[0]), dayAt(numbers.at(-1)));
  return new Intl.ListFormat(language, { type: "conjunction" }).format(numbers.map((n) => format.format(dayAt(n))));
}
