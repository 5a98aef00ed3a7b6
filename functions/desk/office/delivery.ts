import type { Counts } from "#domain/edition/edition.ts";
import type { Plan } from "#domain/edition/plan.ts";
import { type Html, html } from "#templates/html.ts";
import { asking, type Outgoing, pressing } from "./press.ts";
import { command, number } from "./words.ts";

/** How far the delivery is, what became of it, and what somebody can do about it. */
export function deliveryView(out: Outgoing): Html {
  const { counts, state } = out.edition;
  if (counts.audience === 0 && !["freezing", "sending", "paused"].includes(state)) return html``;
  return html`<h2>Delivery</h2>
${progress(counts)}
${since(out.plan)}
${table(counts)}
${actions(out)}`;
}

/** What came back after SES had taken them. */
function since({ bounced, complained, rejected }: Plan): Html {
  if (bounced + complained + rejected === 0) return html``;
  const told = [
    `${number(bounced)} bounced for good`,
    `${number(complained)} called it spam`,
    ...(rejected === 0 ? [] : [`${number(rejected)} rejected by SES after all`]),
  ];
  return html`<p>Of those: ${told.join(", ")}.</p>`;
}

function progress(counts: Counts): Html {
  const left = counts.waiting + counts.failed;
  return html`<p class="progress"><progress max="${Math.max(counts.audience, 1)}" value="${counts.audience - left}" aria-label="Delivery"></progress>
<strong>${number(counts.accepted)} sent, ${number(left)} not</strong> of ${number(counts.audience)}</p>`;
}

const rows: readonly [keyof Counts, string, string][] = [
  ["accepted", "Accepted by SES", ""],
  ["waiting", "Waiting", ""],
  ["failed", "To be tried again", "SES failed them for a passing reason"],
  ["skipped", "Left out", "They unsubscribed or bounced before their turn"],
  ["refused", "Refused", "SES will not mail them"],
  ["unknown", "Unknown", "SES gave no answer; its events may still tell"],
  ["held", "Held", "A person has to decide"],
];

const table = (counts: Counts): Html => html`<table><caption>Readers by outcome</caption>
<thead><tr><th scope="col">Outcome</th><th scope="col" class="figure">Readers</th><th scope="col">Meaning</th></tr></thead>
<tbody>${rows.map(
  ([key, name, means]) =>
    html`<tr><th scope="row">${name}</th><td class="figure">${number(counts[key])}</td><td>${means}</td></tr>`,
)}</tbody></table>`;

function actions(out: Outgoing): Html {
  const { edition } = out;
  const { state, counts, newsletter, date } = edition;
  const key = `${newsletter} --date ${date}`;
  const stopped = state === "paused" || state === "held" || state === "halted";
  const unclear = counts.unknown + counts.held > 0;
  return html`${state === "sending" && html`${pressing(out, "pause", "Stop")}${command(`edition pause ${key}`)}`}
${stopped && html`${pressing(out, "resume", "Go on")}${asking(out, "resume", "resume", "Go on anyway…")}${command(`edition resume ${key}`)}`}
${
  counts.failed + counts.held > 0 &&
  stopped &&
  html`${pressing(out, "retry", "Try again whom SES failed")}${command(`edition retry ${key}`)}`
}
${unclear && html`${asking(out, "resolve", "resend", "Send the unclear ones again…")}${asking(out, "resolve", "delivered", "Count the unclear ones as delivered…")}`}
${
  (state === "sending" || stopped) &&
  html`${pressing(out, "correct", "Correct it for those who wait, with what was edited since")}${command(`edition correct ${key} --decisions`)}${asking(out, "cancel", "cancel", "End it…")}`
}`;
}
