import { type EditionOutlook, textBesideState } from "#domain/edition/timing/outlook.ts";
import { clockText } from "#domain/time/wall-clock.ts";
import { type Html, html } from "#templates/text/html.ts";
import { distance } from "./words.ts";

/** What happens next with an edition, beside its state. */
export const outlookBesideState = (outlook: EditionOutlook, timeZone: string, now: string): Html =>
  outlookLine({ ...outlook, text: textBesideState(outlook) }, timeZone, now);

/** What happens next with an edition, and in how much time; the page's script adds the person's own time zone. */
export function outlookLine({ text, at }: EditionOutlook, timeZone: string, now: string): Html {
  if (at === null || at <= now) return html`${text}`;
  const other =
    timeZone !== "UTC" && html`<span data-own-zone="${timeZone}">${clockText(at, "UTC").slice(-5)} UTC</span>, `;
  return html`${text.replace(/\.$/, "")} <time datetime="${at}">(${other}${distance(at, now)})</time>.`;
}

/** The alarm: readers should have it by now or within the hour, and nothing will be sent in its current state. */
export function alarm(outlook: EditionOutlook, name: Html | string, next?: Html): Html | null {
  if (!outlook.isUrgent) return null;
  const what = outlook.kind === "stopped" ? html`${name} has stopped` : html`${name} isn't going out`;
  return html`<div class="alarm" role="alert"><div><strong>${what}</strong> ${outlook.text}</div>${next}</div>`;
}
