import { fromInstant, type Instant, type LocalDate, toInstant } from "./instant.ts";

const DAY = 86_400_000;

/**
 * The instants at which clocks of a time zone show this date and time (`07:00`): one, on the days when clocks are put
 * back perhaps two, and none in the hour that they skip.
 */
export function instantsAt(date: LocalDate, time: string, timeZone: string): Instant[] {
  const wanted = `${date}T${time}`;
  const guess = Date.parse(`${wanted}:00.000Z`);
  const offsets = new Set([offsetAt(guess - DAY, timeZone), offsetAt(guess + DAY, timeZone)]);
  return [...offsets]
    .map((offset) => toInstant(guess - offset))
    .filter((instant) => clockAt(instant, timeZone) === wanted)
    .toSorted();
}

/** The first such instant; where clocks skip it, the moment after they did. */
export function instantAt(date: LocalDate, time: string, timeZone: string): Instant {
  const [first] = instantsAt(date, time, timeZone);
  const guess = Date.parse(`${date}T${time}:00.000Z`);
  return first ?? toInstant(guess - offsetAt(guess - DAY, timeZone));
}

/** What clocks show at an instant: `2026-11-23T07:00`. */
export function clockAt(instant: Instant, timeZone: string): string {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(fromInstant(instant))
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute } = Object.fromEntries(parts);
  return `${year?.padStart(4, "0")}-${month}-${day}T${hour}:${minute}`;
}

const offsetAt = (at: number, timeZone: string): number =>
  Date.parse(`${clockAt(toInstant(at), timeZone)}:00.000Z`) - Math.floor(at / 60_000) * 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const two = "2-digit";
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: two,
    day: two,
    hour: two,
    minute: two,
    hourCycle: "h23",
  });
  formats.set(timeZone, made);
  return made;
}
