import { cleanLine } from "../article/text.ts";
import { addDays } from "./calendar.ts";
import type { LocalDate } from "./instant.ts";

/** A date of an iCalendar file with the event's name. */
export type NamedDate = { date: LocalDate; name: string };

/** Largest file in characters; holiday calendars are smaller. */
const MAX_LENGTH = 1_000_000;
/** Limits for long events, and for years of a yearly one. */
const MAX_DAYS = 366;
const MAX_YEARS = 50;
/** Most dates, because a small file could define millions. */
const MAX_DATES = 20_000;

/**
 * The dates of the events in an iCalendar file (RFC 5545), as calendars of public holidays have them: whole days, one or
 * several, once or yearly. An event with a time counts for its date as written.
 * @throws Error if the text is not a calendar, or an event repeats in a way that is not supported
 */
export function readIcs(text: string): NamedDate[] {
  if (text.length > MAX_LENGTH) throw new Error("The calendar is larger than 1 MB.");
  if (!/^\uFEFF?BEGIN:VCALENDAR/i.test(text)) throw new Error("It is not an iCalendar file (BEGIN:VCALENDAR).");
  // A line that begins with a space continues the one before (RFC 5545, 3.1).
  const lines = text.replace(/\r?\n[ \t]/g, "").split(/\r?\n/);
  const dates: NamedDate[] = [];
  let event: Map<string, string> | undefined;
  for (const line of lines) {
    if (/^BEGIN:VEVENT\s*$/i.test(line)) event = new Map();
    else if (/^END:VEVENT\s*$/i.test(line)) {
      if (event !== undefined) for (const date of datesOf(event)) dates.push(date);
      if (dates.length > MAX_DATES) throw new Error(`The calendar has more than ${MAX_DATES} dates.`);
      event = undefined;
    } else if (event !== undefined) {
      const colon = line.indexOf(":");
      const name = line.slice(0, colon).split(";")[0]?.toUpperCase() ?? "";
      if (colon > 0 && !event.has(name)) event.set(name, line.slice(colon + 1));
    }
  }
  return dates;
}

function datesOf(event: ReadonlyMap<string, string>): NamedDate[] {
  const start = dateIn(event.get("DTSTART"));
  if (start === undefined) return [];
  const name = unescaped(event.get("SUMMARY") ?? "") || "Holiday";
  if (/^CANCELLED$/i.test(event.get("STATUS") ?? "")) return [];
  const days = daysOf(start, event.get("DTEND"));
  return yearsOf(start, event.get("RRULE"), name).flatMap((first) =>
    Array.from({ length: days }, (_, at) => ({ date: addDays(first, at), name })),
  );
}

/** `20261225` or `20261225T090000Z`. */
function dateIn(value: string | undefined): LocalDate | undefined {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)(?:T|\s*$)/.exec(value ?? "") ?? [];
  const date = `${year}-${month}-${day}`;
  const at = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(date) ? undefined : date;
}

/** DTEND is the first day after a whole-day event. */
function daysOf(start: LocalDate, end: string | undefined): number {
  const last = dateIn(end);
  if (last === undefined || last <= start) return 1;
  const days = Math.round((Date.parse(last) - Date.parse(start)) / 86_400_000);
  const endsAtATime = end?.includes("T") === true && !/T000000/.test(end);
  return Math.min(MAX_DAYS, days + (endsAtATime ? 1 : 0));
}

function yearsOf(start: LocalDate, rule: string | undefined, name: string): LocalDate[] {
  if (rule === undefined) return [start];
  const parts = new Map(
    rule
      .toUpperCase()
      .trim()
      .split(";")
      .map((part) => part.split("=", 2) as [string, string]),
  );
  const known = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "WKST"];
  const isPlain = [...parts.keys()].every((key) => known.includes(key)) && isSameDay(start, parts) && isLimit(parts);
  if (parts.get("FREQ") !== "YEARLY" || !isPlain) {
    const shown = cleanLine(rule.slice(0, 100));
    throw new Error(`"${name}" repeats in a way that is not supported (${shown}). List its dates one by one.`);
  }
  const every = Number(parts.get("INTERVAL") ?? 1);
  const count = Math.min(MAX_YEARS, Number(parts.get("COUNT") ?? MAX_YEARS));
  const until = dateIn(parts.get("UNTIL"));
  const years = Array.from({ length: count }, (_, at) => Number(start.slice(0, 4)) + at * every);
  return years
    .map((year) => `${String(year).padStart(4, "0")}${start.slice(4)}`)
    .filter((date) => dateIn(date.replaceAll("-", "")) !== undefined && (until === undefined || date <= until));
}

/** A number or date that can't be read would otherwise lose all dates, or add some. */
const isLimit = (parts: ReadonlyMap<string, string>): boolean =>
  ["COUNT", "INTERVAL"].every((name) => /^[1-9]\d{0,5}$/.test(parts.get(name) ?? "1")) &&
  (!parts.has("UNTIL") || dateIn(parts.get("UNTIL")) !== undefined);

const isSameDay = (start: LocalDate, parts: ReadonlyMap<string, string>): boolean =>
  Number(parts.get("BYMONTH") ?? start.slice(5, 7)) === Number(start.slice(5, 7)) &&
  Number(parts.get("BYMONTHDAY") ?? start.slice(8)) === Number(start.slice(8));

/** Shown at the desk: one line without control or invisible characters. */
const unescaped = (text: string): string =>
  cleanLine(
    text
      .slice(0, 1_000)
      .replace(/\\n/gi, " ")
      .replace(/\\([,;\\])/g, "$1"),
  ).slice(0, 100);

const escaped = (text: string): string => text.replace(/[\\,;]/g, "\\$&");

/**
 * A calendar of whole days, in order, each once. The same dates always give the same text. Lines aren't folded as RFC
 * 5545 recommends, because every reader accepts longer ones.
 */
export function writeIcs(dates: readonly NamedDate[]): string {
  const events = uniqueDates(dates).flatMap(({ date, name }) => [
    "BEGIN:VEVENT",
    `UID:${date}@broadsheet`,
    `DTSTAMP:${date.replaceAll("-", "")}T000000Z`,
    `DTSTART;VALUE=DATE:${date.replaceAll("-", "")}`,
    `SUMMARY:${escaped(name)}`,
    "END:VEVENT",
  ]);
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Broadsheet//calendar sync//EN",
    ...events,
    "END:VCALENDAR",
  ];
  return `${lines.join("\r\n")}\r\n`;
}

/** In order, each date once, with its first name. */
export const uniqueDates = (dates: readonly NamedDate[]): NamedDate[] =>
  [...Map.groupBy(dates, ({ date }) => date).values()]
    .flatMap(([first]) => (first === undefined ? [] : [first]))
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
