import { counted, number } from "#domain/counted.ts";
import type { Plan } from "#domain/edition/timing/plan.ts";
import { type Html, html } from "#templates/text/html.ts";
import { dayOf } from "../parts/words.ts";

/** For an edition that not all imported readers get: how many do, and when the warm-up ends. */
export function warmUpView({ warmUp }: Pick<Plan, "warmUp">): Html {
  if (warmUp === null || warmUp.waiting === 0) return html``;
  const { admitted, waiting, lastDate, braked } = warmUp;
  const ends = lastDate === null ? "in more than a year" : dayOf(lastDate);
  return html`<section class="card" aria-labelledby="warm-up"><h2 id="warm-up">Warm-up</h2>
<p>This edition goes to ${number(admitted)} imported ${admitted === 1 ? "reader" : "readers"}. ${counted(waiting, "reader")} ${waiting === 1 ? "waits" : "wait"} for a later one.</p>
${braked && html`<p class="reason">${braked}</p>`}
<dl><div><dt>All get it from</dt><dd>${ends}</dd></div></dl></section>`;
}

/** The same in a few words, for the home page. */
export const warmUpLine = ({ warmUp }: Pick<Plan, "warmUp">): string =>
  warmUp === null || warmUp.waiting === 0
    ? ""
    : ` (${counted(warmUp.waiting, "imported reader")} ${warmUp.waiting === 1 ? "waits" : "wait"} for the warm-up${warmUp.braked === null ? "" : ", which is stopped"})`;
