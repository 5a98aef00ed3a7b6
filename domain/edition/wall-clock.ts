import { type Instant, type LocalDate, toInstant } from "../instant.ts";

/** What a time of day on a date means in a zone. Clocks that are put forward skip some, and put back show some twice. */
export type WallClock =
  | { is: "once"; at: Instant }
  | { is: "twice"; first: Instant; second: Instant }
  /** `instead`: what clocks show that moment. */
  | { is: "skipped"; instead: Instant };

const DAY = 24 * 3_600_000;

/** @param time HH:MM */
export function wallClock(date: LocalDate, time: string, timeZone: string): WallClock {
  const wall = Date.parse(`${date}T${time}:00.000Z`);
  const clock = clockOf(timeZone);
  // Zones change by hours and once in a while: a day on either side lies before and after any change.
  const [before, after] = [wall - DAY, wall + DAY].map((at) => clock(at) - at);
  if (before === undefined || after === undefined) throw new Error("two offsets were asked for");
  const found = [...new Set([wall - before, wall - after])]
    .filter((at) => clock(at) === wall)
    .toSorted((a, b) => a - b);
  const [first, second] = found.map(toInstant);
  if (first === undefined) return { is: "skipped", instead: toInstant(wall - before) };
  return second === undefined ? { is: "once", at: first } : { is: "twice", first, second };
}

/** What a clock in the zone shows at an instant, as if it were UTC. */
function clockOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const of = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
  };
}

/** A moment as clocks in the zone show it: `Tue 24 Nov 07:00`. */
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
  return format.format(Date.parse(at)).replaceAll(",", "");
}
