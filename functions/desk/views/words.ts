import { escaped, type Html, html } from "#templates/html.ts";

const newline: Html = { markup: "\n" };

/** Text with its line ends, which escaping would make spaces. */
export const linesOf = (text: string): Html[] =>
  text.split(/\r?\n/).map((line, at) => (at === 0 ? html`${line}` : html`${newline}${line}`));

/** In an attribute line ends need an entity of their own. */
export const attribute = (text: string): Html => ({ markup: text.split(/\r?\n/).map(escaped).join("&#10;") });

/** A place in the edition as the desk calls it. */
export const placeName = (place: number): string => (place === 0 ? "the lead" : String(place));

const day = (date: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options }).format(new Date(`${date}T12:00:00.000Z`));

/** `Mon 23 November 2026`. */
export const longDate = (date: string): string =>
  day(date, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** `21 Nov`. */
export const shortDate = (date: string): string => day(date, { day: "numeric", month: "short" });

/** An instant as clocks of a zone show it: `07:00`, with the day where it is another. */
export function clockIn(instant: string, timeZone: string, day?: string): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone, ...options }).format(new Date(instant));
  const time = format({ hour: "2-digit", minute: "2-digit" });
  const there = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(new Date(instant));
  return there === day ? time : `${format({ weekday: "short", day: "numeric", month: "short" })}, ${time}`;
}

export const number = (n: number): string => n.toLocaleString("en-GB");
