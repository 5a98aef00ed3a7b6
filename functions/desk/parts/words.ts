import { clockText } from "#domain/time/wall-clock.ts";
import { escaped, type Html, html } from "#templates/text/html.ts";

const newline: Html = { markup: "\n" };

/** Text with line ends, which escaping would turn into spaces. */
export const linesOf = (text: string): Html[] =>
  text.split(/\r?\n/).map((line, at) => (at === 0 ? html`${line}` : html`${newline}${line}`));

/** In an attribute, line ends need an entity. */
export const attribute = (text: string): Html => ({ markup: text.split(/\r?\n/).map(escaped).join("&#10;") });

/** The desk's name for a position in the edition. */
export const placeName = (place: number): string => (place === 0 ? "the lead" : String(place));

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Characters as a person counts them: an emoji or a letter with its accent is one. */
export const graphemesOf = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment);

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are slow to make, and a page shows hundreds of times of day. */
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

/** `Monday 23 November`. */
export const dayOf = (date: string): string => day(date, { weekday: "long", day: "numeric", month: "long" });

/** `Mon 23 Nov`. */
export const mediumDate = (date: string): string => day(date, { weekday: "short", day: "numeric", month: "short" });

/** `21 Nov`. */
export const shortDate = (date: string): string => day(date, { day: "numeric", month: "short" });

/** A time in a zone: `07:00`, with the day if it isn't `day`. */
export function clockIn(instant: string, timeZone: string, day?: string): string {
  const at = new Date(instant);
  const time = format("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(at);
  const there = format("en-CA", { timeZone, dateStyle: "short" }).format(at);
  return there === day
    ? time
    : `${format("en-GB", { timeZone, weekday: "short", day: "numeric", month: "short" }).format(at)}, ${time}`;
}

/** `in 14 h`, `2 h ago`. */
export function distance(at: string, now: string): string {
  const ms = Date.parse(at) - Date.parse(now);
  const text = duration(Math.abs(ms) / 1000);
  return ms >= 0 ? `in ${text}` : `${text} ago`;
}

/** Seconds in the largest suitable unit. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}

/**
 * `Tue 24 Nov 07:00 Europe/London`, and the same time in UTC, which the page's script changes to the person's own zone.
 */
export function moment(at: string, timeZone: string): Html {
  const other =
    timeZone === "UTC" ? null : html` (<span data-own-zone="${timeZone}">${clockText(at, "UTC").slice(-5)} UTC</span>)`;
  return html`<time datetime="${at}">${clockText(at, timeZone)} ${timeZone}${other}</time>`;
}

/** The command line for the same action, folded because most editors don't need it. */
export const commandLine = (...lines: readonly string[]): Html =>
  html`<details class="command" data-key="command"><summary>Command line</summary>${lines.map((line) => html`<p><code>npx --no-install broadsheet ${line}</code></p>`)}</details>`;

/** How old news is: `12 min ago`, `5 h ago`, `3 days ago`. */
export const ageOf = (at: string, now: string): string =>
  `${duration(Math.max(60, (Date.parse(now) - Date.parse(at)) / 1000)).replace(/^\d+ s$/, "1 min")} ago`;
