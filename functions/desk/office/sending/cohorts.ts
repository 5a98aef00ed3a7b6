import { counted, number } from "#domain/counted.ts";
import { cohortsAt } from "#domain/delivery/ledger/cohorts.ts";
import type { Plan } from "#domain/edition/timing/plan.ts";
import { clockText } from "#domain/time/wall-clock.ts";
import { type Html, html } from "#templates/text/html.ts";
import { distance } from "../../parts/words.ts";

/** Longest list that is shown; a longer one is folded. */
const SHOWN_WHOLE = 8;

/** For an edition in local time: how many readers were due by now, and when the others are due. */
export function cohortsView({ cohorts, timeZone }: Pick<Plan, "cohorts" | "timeZone">, now: string): Html {
  if (cohorts.length === 0) return html``;
  const { toCome, readersDue, readersToCome } = cohortsAt({ cohorts }, now);
  const [next, last] = [toCome[0], toCome.at(-1)];
  const ahead =
    next === undefined || last === undefined
      ? "All of them were due."
      : next === last
        ? `The last are due ${clockText(last.due, timeZone)}.`
        : `The next are due ${clockText(next.due, timeZone)}, the last ${clockText(last.due, timeZone)}.`;
  const list = html`<div class="wide" tabindex="0" role="region" aria-label="When readers are due"><table><thead><tr><th scope="col">Due (${timeZone})</th><th scope="col" class="figure">Readers</th><th scope="col"><span class="unseen">How long until then</span></th></tr></thead>
<tbody>${cohorts.map(
    (one) =>
      html`<tr><th scope="row"><time datetime="${one.due}">${clockText(one.due, timeZone)}</time></th><td class="figure">${number(one.readers)}</td><td class="meta">${one.due <= now ? "Was due" : distance(one.due, now)}</td></tr>`,
  )}</tbody></table></div>`;
  return html`<section class="card" aria-labelledby="cohorts"><h2 id="cohorts">Local time</h2>
<p>${number(readersDue)} of ${counted(readersDue + readersToCome, "reader")} were due by now. ${ahead}</p>
${cohorts.length > SHOWN_WHOLE ? html`<details class="more" data-key="cohorts"><summary>All ${number(cohorts.length)} times</summary>${list}</details>` : list}</section>`;
}
