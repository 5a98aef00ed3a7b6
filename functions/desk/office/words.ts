import { clockText } from "#domain/time/wall-clock.ts";
import { type Html, html } from "#templates/html.ts";

export const number = (n: number): string => n.toLocaleString("en-US");
export const counted = (n: number, one: string): string => `${number(n)} ${n === 1 ? one : `${one}s`}`;

/** `Tue 24 Nov 07:00 Europe/London`, and in a second zone: UTC, which the page's script makes the reader's own. */
export function moment(at: string, timeZone: string): Html {
  const other = timeZone === "UTC" ? null : html` (<span data-own-zone>${clockText(at, "UTC").slice(-5)} UTC</span>)`;
  return html`<time datetime="${at}">${clockText(at, timeZone)} ${timeZone}${other}</time>`;
}

/** `Thursday 26 November` */
export const dayOf = (date: string): string =>
  new Date(`${date}T12:00Z`).toLocaleDateString("en-GB", {
    timeZone: "UTC",
    weekday: "long",
    day: "numeric",
    month: "long",
  });

/** `in 14 h`, `2 h ago`. */
export function distance(at: string, now: string): string {
  const ms = Date.parse(at) - Date.parse(now);
  const text = duration(Math.abs(ms) / 1000);
  return ms >= 0 ? `in ${text}` : `${text} ago`;
}

/** Seconds in the largest unit that says enough. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}

/** The same as a command: what is done here can be done there. */
export const command = (line: string): Html =>
  html`<p class="command"><span>Command</span> <code>npx broadsheet ${line}</code></p>`;
