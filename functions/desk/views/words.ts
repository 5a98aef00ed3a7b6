import { escaped, type Html, html } from "#templates/html.ts";

const newline: Html = { markup: "\n" };

/** Text with its line ends, which escaping would make spaces. */
export const linesOf = (text: string): Html[] =>
  text.split(/\r?\n/).map((line, at) => (at === 0 ? html`${line}` : html`${newline}${line}`));

/** In an attribute line ends need an entity of their own. */
export const attribute = (text: string): Html => ({ markup: text.split(/\r?\n/).map(escaped).join("&#10;") });

/** A place in the edition as the desk calls it. */
export const placeName = (place: number): string => (place === 0 ? "the lead" : String(place));

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are slow to make, and a page shows hundreds of times. */
function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = locale + JSON.stringify(options);
  const made = formats.get(name) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(name, made);
  return made;
}

const day = (date: string, options: Intl.DateTimeFormatOptions) =>
  format("en-GB", { timeZone: "UTC", ...options }).format(new Date(`${date}T12:00:00.000Z`));

/** `Monday, 23 November 2026`. */
export const longDate = (date: string): string =>
  day(date, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** `21 Nov`. */
export const shortDate = (date: string): string => day(date, { day: "numeric", month: "short" });

/** An instant as clocks of a zone show it: `07:00`, with the day where it is not `day`. */
export function clockIn(instant: string, timeZone: string, day?: string): string {
  const at = new Date(instant);
  const time = format("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(at);
  const there = format("en-CA", { timeZone, dateStyle: "short" }).format(at);
  return there === day
    ? time
    : `${format("en-GB", { timeZone, weekday: "short", day: "numeric", month: "short" }).format(at)}, ${time}`;
}

export const number = (n: number): string => n.toLocaleString("en-GB");
