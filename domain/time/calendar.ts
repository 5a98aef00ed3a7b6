import { DAY, HOUR } from "./durations.ts";
import { fromInstant, type Instant, type LocalDate, toInstant } from "./instant.ts";
import { clockAt, instantAt, offsetText, wallClock } from "./wall-clock.ts";

/** Days of the week as the config names them, in the order of `Date.getUTCDay`. */
export const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type Weekday = (typeof weekdays)[number];

/** A newsletter's dates and time of day. */
export type Calendar = {
  /** IANA name. */
  timeZone: string;
  /** HH:MM. */
  sendAt: string;
  days: readonly Weekday[];
  /** Dates without an edition, with the reason. */
  skip: ReadonlyMap<LocalDate, string>;
  /** Dates with an edition, whatever the day of the week; they also override `skip`. */
  extra: ReadonlySet<LocalDate>;
  /** Hours before an edition is due at which it is drafted. */
  draftBefore: number;
  /** IANA name of the zone in which it is due first. Absent: due for all at once, in `timeZone`. */
  firstZone?: string;
};

/** An edition's date with its three times, or the reason why it has none. */
export type CalendarDay = {
  date: LocalDate;
  /** When it is drafted; from then on the draft takes in new articles. */
  draftAt: Instant | null;
  /** When the draft takes in articles for the last time. */
  gateAt: Instant | null;
  /** When it goes out; null when the date is skipped. */
  dueAt: Instant | null;
  /** The same in the newsletter's time zone, such as `2027-03-28T02:30:00+01:00`. */
  local: string | null;
  /** Anything unusual about the time, or why the date is skipped. */
  note: string | null;
  skipped: boolean;
};

/** How long before an edition is due its draft is completed, in milliseconds. */
export const GATE_MS = 15 * 60_000;

/**
 * When the edition of a date is drafted, completed and due. The command line, the desk, `plan` and watch all use this
 * function. A time that clocks skip moves forward by the length of the gap; of a repeated time, the first counts
 * (Temporal's `compatible` disambiguation).
 */
export function calendarDay(calendar: Calendar, date: LocalDate): CalendarDay {
  const { timeZone } = calendar;
  const reason = reasonToSkip(calendar, date);
  if (reason !== null) {
    return { date, draftAt: null, gateAt: null, dueAt: null, local: null, note: reason, skipped: true };
  }
  const dueAt = firstDue(calendar, date);
  const due = fromInstant(dueAt);
  const gate = due - GATE_MS;
  return {
    date,
    draftAt: toInstant(Math.min(due - calendar.draftBefore * HOUR, gate)),
    gateAt: toInstant(gate),
    dueAt,
    local: `${clockAt(dueAt, timeZone)}:00${offsetText(dueAt, timeZone)}`,
    note: notesOn(calendar, date),
    skipped: false,
  };
}

/**
 * In local time, it is due in the zone where its time comes first, and never later than in the newsletter's own zone.
 */
function firstDue({ timeZone, sendAt, firstZone = timeZone }: Calendar, date: LocalDate): Instant {
  const [own, first] = [instantAt(date, sendAt, timeZone), instantAt(date, sendAt, firstZone)];
  return own < first ? own : first;
}

/** Anything unusual about one date, or why it is skipped. */
export const unusualOn = (calendar: Calendar, date: LocalDate): string | null =>
  reasonToSkip(calendar, date) ?? noteOn(calendar, date) ?? (isExtra(calendar, date) ? "Extra edition." : null);

function notesOn(calendar: Calendar, date: LocalDate): string | null {
  const { sendAt, firstZone } = calendar;
  const notes = [
    unusualOn(calendar, date),
    firstZone === undefined
      ? null
      : `Each reader gets it at ${sendAt} in their own time zone, the first of them at this time.`,
  ].filter((note) => note !== null);
  return notes.length === 0 ? null : notes.join(" ");
}

/** This many days from a date, including skipped ones. */
export const calendarDays = (calendar: Calendar, from: LocalDate, days: number): CalendarDay[] =>
  Array.from({ length: days }, (_, at) => calendarDay(calendar, addDays(from, at)));

export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** Whether an edition's date is more than one day from the day of sending, which is almost always a mistake. */
export function isDateFar(date: LocalDate, goesOut: LocalDate): boolean {
  return Math.abs(Date.parse(date) - Date.parse(goesOut)) > DAY;
}

const weekdayOf = (date: LocalDate): Weekday => weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? "sun";

const isExtra = ({ days, skip, extra }: Calendar, date: LocalDate): boolean =>
  extra.has(date) && (skip.has(date) || !days.includes(weekdayOf(date)));

function reasonToSkip(calendar: Calendar, date: LocalDate): string | null {
  const { timeZone, days, skip, extra } = calendar;
  // A day is missing if a zone crossed the date line.
  if (!clockAt(instantAt(date, "12:00", timeZone), timeZone).startsWith(date)) {
    return `${date} does not exist in ${timeZone}.`;
  }
  if (extra.has(date)) return null;
  const skipped = skip.get(date);
  if (skipped !== undefined) return skipped;
  return days.includes(weekdayOf(date)) ? null : `Not one of its days (${days.join(", ")}).`;
}

function noteOn({ sendAt, timeZone }: Calendar, date: LocalDate): string | null {
  const clock = wallClock(date, sendAt, timeZone);
  switch (clock.is) {
    case "once":
      return null;
    case "twice":
      return `Clocks in ${timeZone} go back and show ${sendAt} twice: this is the first time.`;
    case "skipped": {
      const moved = clockAt(clock.instead, timeZone).replace("T", " ").replace(`${date} `, "");
      return `Clocks in ${timeZone} go forward and skip ${sendAt}: it is due at ${moved}.`;
    }
  }
}
