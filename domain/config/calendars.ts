import type { Config } from "../config.ts";
import type { Calendar } from "../time/calendar.ts";
import { readIcs } from "../time/ics.ts";
import { InvalidConfig } from "./invalid-config.ts";
import type { NewsletterConfig } from "./newsletter-config.ts";

/**
 * A newsletter's calendar, with the dates of its files.
 * @param readFile gives the text of a file by its path in the repository
 * @throws InvalidConfig if a file can't be read or isn't a calendar
 */
export function calendarOf(
  { timeZone, sendAt, days, skip, extra, draftBefore, localTime }: NewsletterConfig,
  readFile: (path: string) => string,
): Calendar {
  const dates = skip.flatMap((one) => {
    if (typeof one === "object") return [[one.date, one.reason] as const];
    if (!one.toLowerCase().endsWith(".ics")) return [[one, "Left out by the config."] as const];
    return datesIn(one, readFile, timeZone);
  });
  const first = localTime === undefined ? {} : { firstZone: localTime.firstZone };
  return { timeZone, sendAt, days, skip: new Map(dates), extra: new Set(extra), draftBefore, ...first };
}

/** Each newsletter's calendar by its name; a calendar is made when it is first needed. */
export function calendarsOf(config: Config, readFile: (path: string) => string): (newsletter: string) => Calendar {
  const made = new Map<string, Calendar>();
  return (newsletter) => {
    const known = made.get(newsletter);
    if (known !== undefined) return known;
    const about = config.newsletters[newsletter];
    if (about === undefined) throw new Error(`There is no newsletter "${newsletter}" in the config.`);
    const calendar = calendarOf(about, readFile);
    made.set(newsletter, calendar);
    return calendar;
  };
}

function datesIn(path: string, readFile: (path: string) => string, timeZone: string) {
  try {
    return readIcs(readFile(path), timeZone).map(({ date, name }) => [date, name] as const);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new InvalidConfig([{ path: `skip: ${path}`, problem }]);
  }
}
