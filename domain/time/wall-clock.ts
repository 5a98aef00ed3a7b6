import { DAY } from "./durations.ts";
import { fromInstant, type Instant, type LocalDate, toInstant } from "./instant.ts";

/**
 * A time of day on a date in a time zone. When clocks go forward, some times don't exist; when they go back, some come
 * twice.
 */
type WallClock =
  | { is: "once"; at: Instant }
  | { is: "twice"; first: Instant; second: Instant }
  /** `instead`: the time moved forward by the length of the gap. */
  | { is: "skipped"; instead: Instant };

/**
 * @param time HH:MM
 * @param timeZone an IANA name
 */
export function wallClock(date: LocalDate, time: string, timeZone: string): WallClock {
  const wall = Date.parse(`${date}T${time}:00.000Z`);
  // A zone changes its offset at most once in two days, so a day on either side is before and after any change.
  const before = offsetAt(wall - DAY, timeZone);
  const after = offsetAt(wall + DAY, timeZone);
  const found = [...new Set([wall - before, wall - after])]
    .filter((at) => at + offsetAt(at, timeZone) === wall)
    .toSorted((a, b) => a - b);
  const [first, second] = found.map(toInstant);
  if (first === undefined) return { is: "skipped", instead: toInstant(wall - before) };
  return second === undefined ? { is: "once", at: first } : { is: "twice", first, second };
}

/**
 * The one instant for a time of day, as Temporal's `compatible` disambiguation: a skipped time moves forward by the
 * length of the gap, a repeated one is the first.
 * https://tc39.es/proposal-temporal/docs/ambiguity.html
 */
export function instantAt(date: LocalDate, time: string, timeZone: string): Instant {
  const clock = wallClock(date, time, timeZone);
  switch (clock.is) {
    case "once":
      return clock.at;
    case "twice":
      return clock.first;
    case "skipped":
      return clock.instead;
  }
}

/** The local time in a zone: `2026-11-23T07:00`. */
export const clockAt = (at: Instant, timeZone: string): string =>
  new Date(fromInstant(at) + offsetAt(fromInstant(at), timeZone)).toISOString().slice(0, 16);

/** The zone's offset from UTC at a time: `+01:00`. */
export function offsetText(at: Instant, timeZone: string): string {
  const minutes = Math.round(offsetAt(fromInstant(at), timeZone) / 60_000);
  const part = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${part(minutes / 60)}:${part(minutes % 60)}`;
}

/** A time in the zone for people: `Tue 24 Nov 07:00`. */
export function clockText(at: Instant, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return format.format(fromInstant(at)).replaceAll(",", "");
}

/** The zone's offset from UTC in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Map(
    formatIn(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return shown - Math.floor(at / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes far longer than using one. */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, made);
  return made;
}
