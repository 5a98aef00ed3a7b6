import type { Plan } from "#domain/edition/plan.ts";
import { isAllowed } from "#functions/desk-command/contract.ts";
import { type Html, html } from "#templates/html.ts";
import { deliveryView } from "./delivery.ts";
import { findingsView, isForbidden, waiving } from "./findings.ts";
import { asking, type Outgoing, pressing } from "./press.ts";
import { questionView } from "./question.ts";
import { alarm, badge, outlook } from "./state.ts";
import { command, counted, distance, duration, moment } from "./words.ts";

/** Whether nothing of it went to SES yet. */
const isOpen = ({ edition, plan }: Outgoing): boolean =>
  ["draft", "approved", "held"].includes(edition.state) && edition.counts.audience === 0 && plan.date === edition.date;

export function sendingBody(out: Outgoing): Html {
  const { edition, plan, now, fault, question } = out;
  const back = `/desk/${edition.newsletter}/${edition.date}`;
  return html`<div class="office" ${question === null && html`data-live`}>
<p class="trail"><a href="${back}">Edit</a> <span aria-current="page">Send</span> <a href="/desk/-/log?newsletter=${edition.newsletter}&amp;date=${edition.date}">Log</a></p>
${alarm(plan, edition.state, now)}
<h1>${edition.subject === "" ? `Edition of ${edition.date}` : edition.subject}</h1>
<p class="status">${badge(edition.state)} ${outlook(plan, edition.state, now)}</p>
${edition.reason && html`<p class="reason">${edition.reason}</p>`}
${fault && html`<div class="fault" role="alert"><p>${fault.message}</p></div>`}
${question ? questionView(out, question) : html`${isOpen(out) && html`${timesView(out)}${findingsView(out)}`}${deliveryView(out)}`}
${facts(out)}
</div>`;
}

function facts({ edition, plan }: Outgoing): Html {
  const rows: [string, string | Html][] = [
    ["Edition", `${edition.newsletter}, ${edition.date}, revision ${edition.rev}`],
    ["Email", `${counted(edition.bytes.html, "byte")} of HTML, ${counted(edition.bytes.text, "byte")} of text`],
    ["Hash", html`<code>${edition.hash ?? "none yet"}</code>`],
    ["Changed last by", plan.changedBy ?? "nobody"],
    ["Approved by", plan.approvedBy ?? "nobody"],
  ];
  return html`<h2>About it</h2><dl>${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** `Tue 24 Nov 07:00 Europe/London, in 14 h, about 12,340 readers, ≈ 9 min, ≈ $1.97` */
export function planLine(plan: Plan, at: string, now: string): Html {
  const { timeZone, readers, seconds, dollars, dollarsBesides } = plan;
  const long = seconds === null ? "" : `, ≈ ${duration(seconds)}`;
  const cost = (dollars + dollarsBesides).toFixed(2);
  return html`${moment(at, timeZone)}, ${distance(at, now)}, about ${counted(readers, "reader")}${long}, ≈ $${cost}`;
}

/** Sent by a person a moment ago, and not begun: there is one thing to do, and it must not be missed. */
const isInItsWindow = ({ plan, edition }: Outgoing): boolean =>
  edition.state === "approved" && plan.due !== null && plan.due.latest === null;

function timesView(out: Outgoing): Html {
  const { plan, edition, now } = out;
  const isApproved = edition.state === "approved";
  const key = `${edition.newsletter} --date ${edition.date}`;
  if (isInItsWindow(out))
    return html`${pressing(out, "withdraw", "Do not send it")}${command(`edition withdraw ${key}`)}`;
  const { word, fields } = waiving(out);
  const own = plan.own !== null && (plan.own.latest ?? plan.own.at) > now ? plan.own : null;
  return html`<h2>When</h2>
${plan.warning && html`<p class="reason">${plan.warning}</p>`}
${plan.due && html`<p>${planLine(plan, plan.due.at, now)}</p>${plan.due.note && html`<p>${plan.due.note}</p>`}`}
${isApproved && html`${pressing(out, "withdraw", "Take the approval back")}${command(`edition withdraw ${key}`)}`}
${isForbidden(out) && html`<p class="reason">The check found what nobody may send. Mend it first: it stands below.</p>`}
${
  !isApproved &&
  own &&
  html`${pressing(out, "approve", `Approve${word} for its own time`, fields)}${own.at !== plan.due?.at && html`<p>${planLine(plan, own.at, now)}</p>`}${command(`edition approve ${key}`)}`
}
${scheduling(out)}
${asking(out, "send", "send", "Send now…")}`;
}

/** First what it would mean, then the press that does it. Clocks that jump and times that passed are explained there. */
function scheduling(out: Outgoing): Html {
  const { plan, edition, path, now } = out;
  if (!isAllowed(out.person.role, "schedule")) return html``;
  const { asked, timeZone } = plan;
  const first = asked ?? plan.due ?? plan.own;
  return html`<h3>At another time</h3>
<form method="get" action="${path}" class="line"><label>Date and time, as clocks show it in ${timeZone}
<input type="datetime-local" name="at" required value="${first ? localInput(first.at, timeZone) : `${edition.date}T12:00`}"></label>
<label class="check"><input type="checkbox" name="second" value="yes"> the second one, where clocks show it twice</label>
<button class="quiet">What would that mean?</button></form>
${
  asked &&
  html`<div class="offer"><p>${planLine(plan, asked.at, now)}</p>${asked.note && html`<p>${asked.note}</p>`}
${pressing(out, "schedule", `Schedule it${waiving(out).word} for then`, { ...waiving(out).fields, at: localInput(asked.at, timeZone), second: asked.note?.includes("second") ? "yes" : "" })}
${command(`edition schedule ${edition.newsletter} --date ${edition.date} --at ${localInput(asked.at, timeZone)}`)}</div>`
}`;
}

/** As a field for date and time holds it: `2026-11-24T07:00`. */
function localInput(at: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  return format.format(Date.parse(at)).replace(" ", "T");
}
