import type { Plan } from "#domain/edition/plan.ts";
import { type Html, html } from "#templates/html.ts";
import { counted, distance, moment } from "../words.ts";

/** Of an edition in local time: which cohorts have had their turn, and which get it when. */
export function cohortsView({ cohorts, timeZone }: Pick<Plan, "cohorts" | "timeZone">, now: string): Html {
  if (cohorts.length === 0) return html``;
  const rows = cohorts.map(({ due, readers }) => {
    const turn = due <= now ? "had their turn" : distance(due, now);
    return html`<div><dt>${moment(due, timeZone)}</dt><dd>${counted(readers, "reader")}, ${turn}</dd></div>`;
  });
  return html`<section class="card" aria-labelledby="cohorts"><h2 id="cohorts">In local time</h2><dl>${rows}</dl></section>`;
}
