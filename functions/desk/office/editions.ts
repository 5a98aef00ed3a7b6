import { counted, number } from "#domain/counted.ts";
import type { Plan } from "#domain/edition/timing/plan.ts";
import type { CommandOutput } from "#functions/command/contract.ts";
import { type Html, html } from "#templates/text/html.ts";
import { base } from "../contract.ts";
import { badgeOf } from "../parts/badge.ts";
import { alarm } from "../parts/outlook.ts";
import { subjectView } from "../parts/subject.ts";
import { commandLine, mediumDate } from "../parts/words.ts";

type Listed = CommandOutput<"list">["editions"][number];

export function editionsBody(about: {
  name: string;
  title: string;
  language: string;
  editions: readonly Listed[];
  plan: Plan | null;
}): Html {
  const { name, title, language, editions, plan } = about;
  return html`<div class="office" data-live>
${plan && alarm(plan.outlook, title)}
<div class="page-head"><div><h1>${title}</h1>${plan && html`<p class="meta">${counted(plan.subscribed, "reader")}</p>`}</div><p class="buttons"><a class="button quiet" href="${base}/${name}/results">Results</a><a class="button" href="${base}/${name}">Next edition</a></p></div>
${editions.length === 0 ? html`<p class="empty">No editions yet.</p>` : table(name, language, editions)}
${commandLine(`edition list ${name}`)}</div>`;
}

const table = (
  name: string,
  language: string,
  editions: readonly Listed[],
): Html => html`<div class="card wide stack" tabindex="0" role="region" aria-label="Editions"><table>
<thead><tr><th scope="col">Date</th><th scope="col">State</th><th scope="col">Subject</th><th scope="col" class="figure">Readers</th><th scope="col" class="figure">Accepted</th>${hasAnswers(editions) && html`<th scope="col" class="figure">Worth reading</th>`}</tr></thead>
<tbody>${editions.map(
  ({ date, state, subject, audience, accepted, worth }) => html`<tr>
<th scope="row"><a href="${base}/${name}/${date}"><time datetime="${date}">${mediumDate(date)}</time></a></th>
<td>${badgeOf(state)}</td><td><a href="${base}/${name}/${date}/send">${subjectView(subject, language, "No content")}</a></td>
<td class="figure" data-label="Readers">${audience === 0 ? "–" : number(audience)}</td><td class="figure" data-label="Accepted">${audience === 0 ? "–" : number(accepted)}</td>${hasAnswers(editions) && html`<td class="figure" data-label="Worth reading">${answers(worth)}</td>`}</tr>`,
)}</tbody></table></div>`;

/** Whether any of them has answers from readers. */
const hasAnswers = (editions: readonly Listed[]): boolean => editions.some(({ worth }) => worth !== null);

/** Share of the answers: `84 % of 312`. */
function answers(worth: Listed["worth"]): string {
  if (worth === null) return "–";
  const all = worth.yes + worth.no;
  return `${Math.round((100 * worth.yes) / all)} % of ${number(all)}`;
}
