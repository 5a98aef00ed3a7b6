import type { Plan } from "#domain/edition/plan.ts";
import type { Gives } from "#functions/command/contract.ts";
import { type Html, html } from "#templates/html.ts";
import { base } from "../contract.ts";
import { alarm, badge, outlook } from "./state.ts";
import { command, counted, dayOf, number } from "./words.ts";

type Listed = Gives<"list">["editions"][number];

/** A newsletter and its next edition, or why that is not known. */
export type Glance = { name: string; title: string } & (
  | { plan: Plan; state: Listed["state"] | null }
  | { fault: string }
);

export function newslettersBody(glances: readonly Glance[], now: string): Html {
  return html`<div class="office" data-live>
${glances.map((one) => ("plan" in one ? alarm(one.plan, one.state, now) : null))}
<h1>Newsletters</h1>
<ul class="cards">${glances.map((one) => card(one, now))}</ul></div>`;
}

function card(glance: Glance, now: string): Html {
  const { name, title } = glance;
  if ("fault" in glance) return html`<li><h2>${title}</h2><p class="fault">${glance.fault}</p></li>`;
  const { plan, state } = glance;
  const at = `${base}/${name}/${plan.date}`;
  return html`<li><h2><a href="${at}">${title}<small>${dayOf(plan.date)}</small></a></h2>
<p class="status">${badge(state)} ${outlook(plan, state, now)}</p>
<p>About ${counted(plan.readers, "reader")}.</p>
<p class="line"><a href="${at}/send">When and how it is sent</a> <a href="${base}/${name}/editions">All editions</a></p></li>`;
}

export function editionsBody(
  about: { name: string; title: string; editions: readonly Listed[]; plan: Plan | null },
  now: string,
): Html {
  const { name, title, editions, plan } = about;
  const state = editions.find(({ date }) => date === plan?.date)?.state ?? null;
  return html`<div class="office" data-live>
${plan && alarm(plan, state, now)}
<h1>Editions of ${title}</h1>
${plan && html`<p>About ${counted(plan.readers, "reader")} now.</p>`}
${editions.length === 0 ? html`<p>There is none yet.</p>` : table(name, editions)}
${command(`edition list ${name}`)}</div>`;
}

const table = (
  name: string,
  editions: readonly Listed[],
): Html => html`<div class="wide" tabindex="0" role="region" aria-label="Editions"><table>
<thead><tr><th scope="col">Date</th><th scope="col">State</th><th scope="col">Subject</th><th scope="col" class="figure">Readers</th><th scope="col" class="figure">Accepted</th></tr></thead>
<tbody>${editions.map(
  ({ date, state, subject, audience, accepted }) => html`<tr>
<th scope="row"><a href="${base}/${name}/${date}">${date}</a></th>
<td>${badge(state)}</td><td><a href="${base}/${name}/${date}/send">${subject === "" ? "Without content" : subject}</a></td>
<td class="figure">${number(audience)}</td><td class="figure">${number(accepted)}</td></tr>`,
)}</tbody></table></div>`;
