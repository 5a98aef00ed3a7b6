import type { LogEntry } from "#domain/audit.ts";
import { counted } from "#domain/counted.ts";
import { type Html, html } from "#templates/text/html.ts";
import { base } from "../contract.ts";
import { commandLine, dayOf, mediumDate } from "../parts/words.ts";

type LogSeen = {
  entries: readonly LogEntry[];
  newsletter?: string;
  date?: string;
  newsletters: readonly { name: string; title: string }[];
};

/** Number of entries shown; the command lists all. */
const SHOWN = 300;

export function logBody(seen: LogSeen): Html {
  const { entries, newsletter, date, newsletters } = seen;
  const command = ["log", newsletter, date && `--date ${date}`].filter((one) => one).join(" ");
  const days = Map.groupBy(entries.slice(0, SHOWN), ({ at }) => at.slice(0, 10));
  return html`<div class="office narrow"><div class="page-head"><div><h1>Log</h1><p class="meta">Who changed what. Times are UTC.</p></div>
<form method="get"><label>Newsletter<select name="newsletter"><option value="">All newsletters</option>${newsletters.map(
    ({ name, title }) => html`<option value="${name}"${name === newsletter && html` selected`}>${title}</option>`,
  )}</select></label>
<label>Edition of<input type="date" name="date" value="${date ?? ""}"></label><button class="quiet">Show</button></form></div>
${entries.length === 0 && html`<p class="empty">No changes.</p>`}
${[...days].map(
  ([day, list]) =>
    html`<h2 class="day-head">${dayOf(day)}</h2><ul class="sentences">${list.map((entry) => sentence(entry, seen))}</ul>`,
)}
${entries.length > SHOWN && html`<p class="empty">Showing the newest ${SHOWN} of ${counted(entries.length, "entry", "entries")}.</p>`}
${commandLine(command)}</div>`;
}

/** `14:02 Edith moved “Harbour bridge opens” from 4 to 2 in The Daily, Mon 23 Nov` */
function sentence({ at, by, what, newsletter, date, before, after }: LogEntry, { newsletters }: LogSeen): Html {
  const title = newsletters.find(({ name }) => name === newsletter)?.title ?? newsletter;
  const edition =
    newsletter === null
      ? null
      : date === null
        ? html` <span class="meta">· ${title}</span>`
        : html` <span class="meta">· <a href="${base}/${newsletter}/${date}">${title}, ${mediumDate(date)}</a></span>`;
  const only = before === null ? after : after === null ? before : null;
  const isNews = only !== null && !what.includes(only);
  return html`<li><time datetime="${at}">${at.slice(11, 16)}</time><p><b><bdi>${by}</bdi></b> ${what}${edition}</p>
${before !== null && after !== null && html`<p class="diff"><del>${before}</del> <ins>${after}</ins></p>`}
${isNews && html`<p class="meta">${only}</p>`}</li>`;
}
