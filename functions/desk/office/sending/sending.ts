import { number } from "#domain/counted.ts";
import { isHeldForPrevious } from "#domain/delivery/previous-edition.ts";
import { isSamePerson } from "#domain/desk/author.ts";
import type { Due, Plan } from "#domain/edition/timing/plan.ts";
import { isAllowed } from "#functions/desk-command/contract.ts";
import { type Html, html } from "#templates/text/html.ts";
import { base, paths } from "../../contract.ts";
import { badgeOf } from "../../parts/badge.ts";
import { alarm, outlookBesideState } from "../../parts/outlook.ts";
import { subjectView } from "../../parts/subject.ts";
import { commandLine, dayOf, distance, moment } from "../../parts/words.ts";
import { warmUpView } from "../warm-up.ts";
import { cohortsView } from "./cohorts.ts";
import { deliveryView, resumeButton } from "./delivery.ts";
import { effortText } from "./effort.ts";
import { findingsView, isForbidden, waiving } from "./findings.ts";
import { isInItsWindow, isOffered, isOpen } from "./offers.ts";
import { actionButton, type Outgoing, questionLink } from "./press.ts";
import { questionView } from "./question.ts";
import { webCopyView } from "./web-copy.ts";

/** Skipped, or cancelled before anyone got it, so it can be reopened. */
const isPutAside = ({ edition }: Outgoing): boolean =>
  ["skipped", "cancelled"].includes(edition.state) && edition.counts.audience === 0;

function reopening(out: Outgoing): Html {
  const { newsletter, date, state } = out.edition;
  const key = `${newsletter} --date ${date}`;
  // Only a skipped edition may have a decision to undo.
  const commands = [...(state === "skipped" ? [`edition undo ${key}`] : []), `edition build ${key}`];
  return html`<section class="card"><p>It becomes a draft again.</p><div class="buttons">${actionButton(out, "reopen", { label: "Reopen edition", look: "primary" })}</div>${commandLine(...commands)}</section>`;
}

export function sendingBody(out: Outgoing): Html {
  const { edition, plan, now, fault } = out;
  const { date } = edition;
  const question = out.question !== null && isOffered[out.question](out) ? out.question : null;
  return html`<div class="office narrow"${question === null && html` data-live`}>
${trail(out)}
<h1>${subjectView(edition.subject, out.language, `Edition of ${dayOf(date)}`)}</h1>
<p class="summary-line">${badgeOf(edition.state)} <span>${dayOf(date)}</span>${!plan.outlook.isUrgent && html` <span>${outlookBesideState(plan.outlook, plan.timeZone, now)}</span>`}</p>
${alarm(plan.outlook, "This edition")}
${fault && html`<div class="fault" role="alert"><p>${fault.message}</p></div>`}
${question ? questionView(out, question) : html`${isOpen(out) && openView(out)}${isPutAside(out) && reopening(out)}${deliveryView(out)}${warmUpView(plan)}${cohortsView(plan, now)}${webCopyView(out)}`}
${facts(out)}
</div>`;
}

/** Where this page is, and the edition's other pages. */
function trail({ edition: { newsletter, date, counts }, title }: Outgoing): Html {
  const isOut = counts.audience > 0;
  return html`<p class="trail"><a href="${base}/${newsletter}/editions">${title}</a> <a href="${base}/${newsletter}/${date}">${isOut ? "Edition" : "Edit"}</a> <span aria-current="page">${isOut ? "Delivery" : "Send"}</span>${counts.accepted > 0 && html` <a href="${base}/${newsletter}/results?date=${date}">Results</a>`} <a href="${paths.log}?newsletter=${newsletter}&amp;date=${date}">Log</a></p>`;
}

function facts({ edition, plan }: Outgoing): Html {
  const rows: [string, string | Html][] = [
    ["Revision", number(edition.rev)],
    ["Email", `${number(edition.bytes.html)} bytes of HTML, ${number(edition.bytes.text)} bytes of text`],
    ["SHA-256", html`<code>${edition.hash ?? "none yet"}</code>`],
    ["Last changed by", plan.changedBy ?? "no one"],
    ["Approved by", plan.approvedBy ?? "no one"],
  ];
  return html`<details class="more" data-key="facts"><summary>Details</summary><dl>${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></details>`;
}

/** `Tue 24 Nov 07:00 Europe/London, in 14 h, about 12,340 readers, ≈ 9 min, ≈ $1.97`. */
const planLine = (plan: Plan, { at, localTime }: Due, now: string): Html =>
  html`${moment(at, plan.timeZone)}, ${distance(at, now)}, ${effortText(plan, { isLocalTime: localTime !== undefined })}`;

function openView(out: Outgoing): Html {
  const key = `${out.edition.newsletter} --date ${out.edition.date}`;
  if (isInItsWindow(out)) {
    return html`<section class="card"><h2>Going out</h2><p>You can still take it back.</p><div class="buttons">${actionButton(out, "withdraw", { label: "Don't send", look: "primary" })}</div>${commandLine(`edition withdraw ${key}`)}</section>`;
  }
  const isUnwelcome = isHeldForPrevious(out.edition);
  return html`${isUnwelcome ? html`<section class="card"><div class="buttons">${resumeButton(out)}${endingLink(out)}</div>${commandLine(`edition resume ${key} --anyway`)}</section>` : timesView(out, key)}
<section class="card" aria-labelledby="check"><h2 id="check">Check</h2>${findingsView(out)}${commandLine(`edition check ${key}`)}</section>`;
}

/** A held edition can't be skipped, only cancelled. */
const endingLink = (out: Outgoing): Html =>
  out.edition.state === "held"
    ? questionLink(out, "cancel", { question: "cancel", label: "Cancel edition…", look: "danger" })
    : questionLink(out, "skip", { question: "skip", label: "Skip this edition…" });

const isOwnChange = ({ plan: { changedBy, changedById }, person }: Outgoing): boolean =>
  changedBy !== null && isSamePerson({ by: changedBy, byId: changedById }, { by: person.name, byId: person.id });

function timesView(out: Outgoing, key: string): Html {
  const { plan, edition, now } = out;
  const isApproved = edition.state === "approved";
  const { word, fields } = waiving(out);
  const own = plan.own !== null && (plan.own.latest ?? plan.own.at) > now ? plan.own : null;
  const isOwnOther = own !== null && own.at !== plan.due?.at;
  const canApprove = !isApproved && own !== null;
  const needsColleague = !isApproved && plan.secondPerson && isOwnChange(out);
  return html`<section class="card" aria-labelledby="when"><h2 id="when">When</h2>
${plan.warning && html`<p class="reason">${plan.warning}</p>`}
${plan.due && html`<p>${planLine(plan, plan.due, now)}</p>${plan.due.note && html`<p>${plan.due.note}</p>`}`}
${plan.due === null && !canApprove && html`<p>If you send it now: ${effortText(plan, { isLocalTime: false })}</p>`}
${canApprove && isOwnOther && html`<p>${planLine(plan, own, now)}</p>`}
${isForbidden(out) && html`<p class="reason">The check found blockers that can't be waived. Fix them first: they are listed below.</p>`}
${needsColleague && html`<p>You changed it last, so a colleague has to approve or send it.</p>`}
<div class="buttons">${isApproved && actionButton(out, "withdraw", { label: "Withdraw approval" })}
${canApprove && actionButton(out, "approve", { label: `Approve${word} ${own.at > now ? `for ${clockOf(own.at, plan.timeZone)}` : "and send"}`, look: needsColleague ? "quiet" : "primary", fields })}
${questionLink(out, "send", { question: "send", label: "Send now…", look: canApprove || needsColleague ? "quiet" : "primary" })}
${endingLink(out)}</div>
${scheduling(out)}
${commandLine(isApproved ? `edition withdraw ${key}` : `edition approve ${key}`, `edition send ${key}`)}</section>`;
}

const clockOf = (at: string, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(Date.parse(at));

/** First shows the effect, then a button to confirm. Clock changes and times in the past are explained there. */
function scheduling(out: Outgoing): Html {
  const { plan, edition, path, now } = out;
  if (!isAllowed(out.person.role, "schedule")) return html``;
  const { asked: requested, timeZone } = plan;
  const first = requested ?? plan.due ?? plan.own;
  const key = `${edition.newsletter} --date ${edition.date}`;
  return html`<details class="more" data-key="schedule"${requested && html` open`}><summary>Schedule for another time</summary>
<form method="get" action="${path}" class="schedule-form"><label>Date and time in ${timeZone}
<input type="datetime-local" name="at" required value="${first ? localInput(first.at, timeZone) : `${edition.date}T12:00`}"></label>
<label class="check"><input type="checkbox" name="second" value="yes"> The second one, when clocks go back</label>
<button class="quiet">Show</button></form>
${
  requested &&
  html`<p>${planLine(plan, requested, now)}</p>${requested.note && html`<p>${requested.note}</p>`}
<div class="buttons">${actionButton(out, "schedule", {
    label: `Schedule${waiving(out).word} for ${clockOf(requested.at, timeZone)}`,
    fields: {
      ...waiving(out).fields,
      at: localInput(requested.at, timeZone),
      second: requested.note?.includes("second") ? "yes" : "",
    },
  })}</div>
${commandLine(`edition schedule ${key} --at ${localInput(requested.at, timeZone)}`)}`
}</details>`;
}

/** The value of a date and time field: `2026-11-24T07:00`. */
function localInput(at: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  return format.format(Date.parse(at)).replace(" ", "T");
}
