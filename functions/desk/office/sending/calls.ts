import { counted, number } from "#domain/counted.ts";
import type { UndecidedCall } from "#domain/delivery/resolving/undecided-call.ts";
import { isAllowed } from "#functions/desk-command/contract.ts";
import { type Html, html } from "#templates/text/html.ts";
import { type Outgoing, questionLink } from "./press.ts";

/** Deliveries of a call that its events don't prove; a person decides on these. */
export const unprovenOf = ({ undecided, readers, seen }: UndecidedCall): number => Math.min(undecided, readers - seen);

/**
 * The same of all calls; deliveries that SES rejected repeatedly are counted, too, but not the readers who wait for a
 * call of their batch.
 */
export function unclearIn(out: Outgoing): number {
  const { counts } = out.edition;
  const proven = out.calls.calls.reduce((sum, call) => sum + call.undecided - unprovenOf(call), 0);
  return counts.unknown + counts.held - proven - waitingFor(out);
}

/**
 * Readers who weren't in an unanswered call, but wait for it because their batch does; the counts call them unknown. 0
 * where that isn't known: if calls aren't listed, or SES rejected deliveries repeatedly.
 */
const waitingFor = ({ edition: { counts }, calls: { calls, more } }: Outgoing): number =>
  more > 0 || counts.held > 0 || calls.length === 0
    ? 0
    : Math.max(0, counts.unknown - calls.reduce((sum, call) => sum + call.undecided, 0));

/** The calls to SES whose outcome isn't known: when each was, how much of it was seen, and what can be decided. */
export function callsView(out: Outgoing): Html {
  const { calls, more } = out.calls;
  if (calls.length === 0) return html``;
  const canDecide = isAllowed(out.person.role, "resolve");
  const waiting = waitingFor(out);
  const which = calls.length + more === 1 ? "this call" : "these calls";
  const next =
    out.edition.state === "sending"
      ? "More may come; the edition asks you about the others once it stops waiting."
      : "Decide on the others.";
  return html`<div class="decisions"><h3>${counted(unclearIn(out), "delivery has", "deliveries have")} no known outcome</h3>
<p class="meta">SES gave no answer to ${which}. Its events show who has it. ${next}${waiting > 0 && ` ${counted(waiting, "more reader waits", "more readers wait")} for the outcome.`}</p>
${calls.length + more > 1 && html`<div class="buttons">${decisionsOnAll(out)}</div>`}
<div class="wide stack" tabindex="0" role="region" aria-label="Calls without a known outcome"><table><thead><tr><th scope="col">Call</th><th scope="col" class="figure">Readers</th><th scope="col" class="figure">Seen by events</th><th scope="col" class="figure">To decide</th>${canDecide && html`<th scope="col"><span class="unseen">Decide</span></th>`}</tr></thead>
<tbody>${calls.map(
    (call) =>
      html`<tr><th scope="row" title="Call ${call.id}">${clockTime(call.at)}</th><td class="figure" data-label="Readers">${number(call.readers)}</td><td class="figure" data-label="Seen by events">${number(call.seen)}</td><td class="figure" data-label="To decide">${number(unprovenOf(call))}</td>${canDecide && html`<td>${unprovenOf(call) > 0 && decisions(out, call.id, call.resendFrom)}</td>`}</tr>`,
  )}</tbody></table></div>
${more > 0 && html`<p class="facts-line">${counted(more, "newer call")} not shown.</p>`}</div>`;
}

/** Decisions for all of them at once. Sending again is left out while it's too early for each. */
export const decisionsOnAll = (out: Outgoing): Html =>
  html`${!areAllEarly(out) && questionLink(out, "resolve", { question: "resend", label: "Send all again…" })}${questionLink(out, "resolve", { question: "delivered", label: "Count all as delivered…" })}`;

const areAllEarly = ({ calls: { calls, more }, now }: Outgoing): boolean =>
  more === 0 && calls.length > 0 && calls.every(({ resendFrom }) => resendFrom !== null && resendFrom > now);

function decisions(out: Outgoing, call: string, resendFrom: string | null): Html {
  const isEarly = resendFrom !== null && resendFrom > out.now;
  const again = isEarly
    ? html`<p class="withheld">Can be sent again from ${clockTime(resendFrom)}.</p>`
    : questionLink(out, "resolve", { question: "resend", label: "Send again…", about: { call } });
  const delivered = { question: "delivered", label: "Count as delivered…", about: { call } } as const;
  return html`<div class="row-buttons">${again}${questionLink(out, "resolve", delivered)}</div>`;
}

/** `07:00:01 UTC`, with seconds to find the call in SES's own log. */
export const clockTime = (instant: string): string => `${instant.slice(11, 19)} UTC`;
