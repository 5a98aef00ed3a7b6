import { cleanLine } from "../article/text.ts";
import { addDays } from "./calendar.ts";
import { DAY } from "./durations.ts";
import { type LocalDate, toInstant } from "./instant.ts";
import { datesOfRule, MAX_LOOKED_AT } from "./recurrence.ts";
import { clockAt } from "./wall-clock.ts";

/** A date of an iCalendar file with the event's name. */
export type NamedDate = { date: LocalDate; name: string };

/** Largest file in characters; holiday calendars are smaller. */
const MAX_LENGTH = 1_000_000;
/** Most dates, because a small file could define millions. */
const MAX_DATES = 100_000;

/** A line's value with its name and parameters, in upper case. */
type Property = { name: string; parameters: string; value: string };
type Event = readonly Property[];

/**
 * The dates of the events in an iCalendar file (RFC 5545): whole days, one or several, once or repeating. An event with a
 * time counts for its date as written, or in the given zone if it is in UTC.
 * @throws Error if the text is not a calendar, or an event repeats in a way that is not supported
 */
export function readIcs(text: string, timeZone = "UTC"): NamedDate[] {
  if (text.length > MAX_LENGTH) throw new Error("The calendar is larger than 1 MB.");
  if (!/^\s*BEGIN:VCALENDAR/i.test(text)) throw new Error("It is not an iCalendar file (BEGIN:VCALENDAR).");
  let left = MAX_LOOKED_AT;
  const spend = (days: number) => {
    left -= days;
    if (left < 0) throw new Error("The calendar has too many repeating events. List their dates one by one.");
  };
  const events = eventsIn(text);
  const changed = changedDates(events, timeZone);
  const dates: NamedDate[] = [];
  for (const event of events) {
    for (const date of datesOf(event, { timeZone, spend, changed })) {
      if (dates.push(date) > MAX_DATES) throw new Error(`The calendar has more than ${MAX_DATES} dates.`);
    }
  }
  return dates;
}

/** Each event's own lines: what is nested in it, such as an alarm, has a start and a duration too. */
function eventsIn(text: string): Event[] {
  // A line that begins with a space continues the one before (RFC 5545, 3.1).
  const lines = text.replace(/(?:\r\n|\r|\n)[ \t]/g, "").split(/\r\n|\r|\n/);
  const events: Property[][] = [];
  const open: string[] = [];
  for (const line of lines) {
    const property = propertyIn(line);
    const component = property?.value.trim().toUpperCase() ?? "";
    if (property?.name === "BEGIN") {
      open.push(component);
      if (component === "VEVENT") events.push([]);
    } else if (property?.name === "END") open.pop();
    else if (property !== undefined && open.at(-1) === "VEVENT") events.at(-1)?.push(property);
  }
  return events;
}

/** `DTSTART;VALUE=DATE:20261225`. A parameter in quotes can contain a colon. */
function propertyIn(line: string): Property | undefined {
  const [, name, parameters = "", value = ""] = /^([A-Z0-9-]+)((?:;(?:[^":]|"[^"]*")*)?):(.*)$/i.exec(line) ?? [];
  return name === undefined ? undefined : { name: name.toUpperCase(), parameters: parameters.toUpperCase(), value };
}

const valueIn = (event: Event, name: string): string | undefined => event.find((one) => one.name === name)?.value;

/** All values of a property that can come several times and have several values each. */
const momentsOf = (event: Event, name: string, timeZone: string): Moment[] =>
  event
    .filter((one) => one.name === name)
    .flatMap(({ value }) => value.split(","))
    .flatMap((value) => momentIn(value, timeZone) ?? []);

/** Dates of repeating events that an event of their own replaces, by the events' UID. */
function changedDates(events: readonly Event[], timeZone: string): Map<string, Set<LocalDate>> {
  const changed = new Map<string, Set<LocalDate>>();
  for (const event of events) {
    const [replaced] = momentsOf(event, "RECURRENCE-ID", timeZone);
    const uid = valueIn(event, "UID");
    if (replaced === undefined || uid === undefined) continue;
    changed.set(uid, (changed.get(uid) ?? new Set()).add(replaced.date));
  }
  return changed;
}

type Reading = {
  timeZone: string;
  spend: (days: number) => void;
  changed: ReadonlyMap<string, ReadonlySet<LocalDate>>;
};

function* datesOf(event: Event, { timeZone, spend, changed }: Reading): Generator<NamedDate> {
  const [start] = momentsOf(event, "DTSTART", timeZone);
  if (start === undefined || /^CANCELLED$/i.test(valueIn(event, "STATUS")?.trim() ?? "")) return;
  const name = unescaped(valueIn(event, "SUMMARY") ?? "") || "Holiday";
  const rule = valueIn(event, "RRULE");
  const repeated = rule === undefined ? [start.date] : datesOfRule(start.date, rule, spend);
  if (repeated === undefined) {
    const shown = cleanLine((rule ?? "").slice(0, 100));
    throw new Error(`"${name}" repeats in a way that is not supported (${shown}). List its dates one by one.`);
  }
  const left = new Set(momentsOf(event, "EXDATE", timeZone).map(({ date }) => date));
  const isChange = valueIn(event, "RECURRENCE-ID") !== undefined;
  const replaced = isChange ? undefined : changed.get(valueIn(event, "UID") ?? "");
  const more = momentsOf(event, "RDATE", timeZone).map(({ date }) => date);
  const days = daysOf(event, start, timeZone);
  for (const first of new Set([...repeated, ...more])) {
    if (left.has(first) || replaced?.has(first) === true) continue;
    for (let at = 0; at < days; at++) yield { date: addDays(first, at), name };
  }
}

/** A date, and the time of day in milliseconds; undefined for a whole day. */
type Moment = { date: LocalDate; time: number | undefined };

/** `20261225`, `20261225T090000`, or `20261225T090000Z`, which is in UTC. Of a period, its start. */
function momentIn(value: string, timeZone: string): Moment | undefined {
  const [, year, month, day, hour, minute, second, utc] =
    /^\s*(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z?))?(?:\s*$|\/)/i.exec(value) ?? [];
  const date = `${year}-${month}-${day}`;
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at) || toInstant(at).slice(0, 10) !== date) return undefined;
  if (hour === undefined) return { date, time: undefined };
  const time = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second ?? 0)) * 1000;
  if (time >= DAY || utc === "") return { date, time };
  const local = clockAt(toInstant(at + time), timeZone);
  return { date: local.slice(0, 10), time: Date.parse(`1970-01-01T${local.slice(11)}Z`) };
}

/** How many dates an event covers. Its end, or start and duration, is the first moment after it. */
function daysOf(event: Event, start: Moment, timeZone: string): number {
  const begin = Date.parse(start.date) + (start.time ?? 0);
  const [last] = momentsOf(event, "DTEND", timeZone);
  const end = last === undefined ? begin + durationIn(valueIn(event, "DURATION")) : momentAsNumber(last);
  return Math.max(1, Math.ceil((end - Date.parse(start.date)) / DAY));
}

const momentAsNumber = ({ date, time }: Moment): number => Date.parse(date) + (time ?? 0);

/** `P3D`, `P1W` or `PT36H`, in milliseconds; 0 without one. */
function durationIn(value: string | undefined): number {
  const [, weeks, days, hours, minutes, seconds] =
    /^\s*\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?\s*$/i.exec(
      value ?? "",
    ) ?? [];
  const number = (text: string | undefined) => Number(text ?? 0);
  const wholeDays = number(weeks) * 7 + number(days);
  return wholeDays * DAY + (number(hours) * 60 + number(minutes)) * 60_000 + number(seconds) * 1000;
}

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
