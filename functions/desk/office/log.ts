import type { LogEntry } from "#domain/audit.ts";
import { type Html, html } from "#templates/html.ts";
import { base } from "../contract.ts";
import { command } from "./words.ts";

export type LogSeen = {
  entries: readonly LogEntry[];
  newsletter?: string;
  date?: string;
  newsletters: readonly { name: string; title: string }[];
};

/** So many are shown; the command gives all. */
const SHOWN = 300;

export function logBody({ entries, newsletter, date, newsletters }: LogSeen): Html {
  const of = [newsletter, date].filter((one) => one !== undefined).join(", ");
  const line = ["log", newsletter, date && `--date ${date}`].filter((one) => one).join(" ");
  return html`<div class="office"><h1>Who did what${of === "" ? "" : `: ${of}`}</h1>
<form method="get" class="line"><label>Newsletter<select name="newsletter"><option value="">all</option>${newsletters.map(
    ({ name, title }) => html`<option value="${name}" ${name === newsletter && html`selected`}>${title}</option>`,
  )}</select></label>
<label>Edition of<input type="date" name="date" value="${date ?? ""}"></label><button class="quiet">Show</button></form>
${entries.length === 0 ? html`<p>Nobody changed anything.</p>` : table(entries.slice(0, SHOWN))}
${entries.length > SHOWN && html`<p>The newest ${SHOWN} of ${entries.length} are shown.</p>`}
${command(line)}</div>`;
}

const table = (
  entries: readonly LogEntry[],
): Html => html`<div class="wide" tabindex="0" role="region" aria-label="Log"><table>
<thead><tr><th scope="col">When (UTC)</th><th scope="col">Who</th><th scope="col">Edition</th><th scope="col">What</th><th scope="col">Before</th><th scope="col">After</th></tr></thead>
<tbody>${entries.map(
  ({ at, by, what, newsletter, date, before, after }) => html`<tr>
<th scope="row"><time datetime="${at}">${at.slice(0, 16).replace("T", " ")}</time></th><td><bdi>${by}</bdi></td>
<td>${newsletter && date ? html`<a href="${base}/${newsletter}/${date}">${newsletter}, ${date}</a>` : newsletter}</td>
<td>${what}</td><td>${before}</td><td>${after}</td></tr>`,
)}</tbody></table></div>`;
