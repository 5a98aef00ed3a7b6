import { decodedText } from "#adapters/email-reading/decoding.ts";
import { bareAddress, displayName, type Message } from "../mail/message.ts";
import { recipientOf, subjectOf } from "../mail/render.ts";
import { type Html, html } from "./html.ts";
import type { Found } from "./shelf.ts";
import { counted, dayName, messagePath, timeOfDay } from "./shown.ts";

/** More groups than this are found by searching, not by scrolling. */
const most = 200;

export type List = {
  found: readonly Found[];
  words: string;
  /** Id of the open message. */
  open: string | null;
  count: number;
  now: number;
  /** One line of what a mail says. */
  peek: (message: Message) => string;
};

/** The list of mail: a row for each edition or single mail, by day. */
export function listPane({ found, words, open, count, now, peek }: List): Html {
  if (count === 0) return html`<p class="quiet">No mail yet.</p>`;
  if (found.length === 0)
    return html`<p class="quiet">Nothing matches “${words}”. <a href="/" data-clear>Show all ${counted(count, "message", "messages")}</a></p>`;
  const days = new Map<string, Found[]>();
  for (const one of found.slice(0, most)) {
    const day = dayName(one.last.call.at, now);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  const sections = [...days].map(
    ([day, rows]) =>
      html`<h2 class="day">${day}</h2><ol class="rows">${rows.map((one) => row(one, words, open, peek(one.first)))}</ol>`,
  );
  const left = found.length - most;
  return html`${sections}${left > 0 ? html`<p class="quiet">${counted(left, "older row", "older rows")}: search to find them.</p>` : null}`;
}

function row(found: Found, words: string, open: string | null, peek: string): Html {
  const { copies, group, first, last } = found;
  const current = copies.some(({ entry }) => entry.id === open) && html` aria-current="true"`;
  const line = copies.length === 1 ? `to ${recipientOf(first)}` : peek;
  const all = group.copies.length;
  const badge = copies.length === all ? all.toLocaleString("en") : `${copies.length} of ${all.toLocaleString("en")}`;
  return html`<li><a class="row" href="${messagePath(first, words)}" data-latest="${last.n}" data-key="${group.key}"${current}>
<span class="who">${displayName(decodedText(first.call.from)) || bareAddress(first.call.from)}</span>
<time datetime="${new Date(last.call.at).toISOString()}">${timeOfDay(last.call.at)}</time>
<span class="subject">${subjectOf(first) || "(no subject)"}</span>
<span class="peek">${line}</span>${all > 1 && html`<span class="count"><span aria-hidden="true">${badge}</span><span class="unseen"> ${badge} copies</span></span>`}</a></li>`;
}
