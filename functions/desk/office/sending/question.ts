import { counted, number } from "#domain/counted.ts";
import type { UndecidedCall } from "#domain/delivery/resolving/undecided-call.ts";
import { LONGEST_NOTE } from "#domain/edition/edition.ts";
import { type Html, html } from "#templates/text/html.ts";
import { changeList } from "../../parts/change-list.ts";
import { subjectView } from "../../parts/subject.ts";
import { commandLine, dayOf, duration, moment } from "../../parts/words.ts";
import { clockTime, unclearIn, unprovenOf } from "./calls.ts";
import { isOnlyAnyway } from "./delivery.ts";
import { costText } from "./effort.ts";
import { findingsView, waiving } from "./findings.ts";
import { actionButton, type Look, type Outgoing, type Question } from "./press.ts";

/** Seconds in which Send can be undone. */
export const WINDOW = 90;

type Confirmation = {
  title: string;
  text: Html;
  yes: Html;
  /** The button that changes nothing, where "Cancel" would be ambiguous. */
  no?: string;
  command: string;
};

/**
 * A page instead of a dialog: it works without a script, the focus is on Cancel or on the text field, and a second
 * press finds that it is done.
 */
export function questionView(out: Outgoing, question: Question): Html {
  const { title, text, yes, no = "Cancel", command } = confirmationOf(out, question);
  return html`<section class="card question" aria-labelledby="question"><h2 id="question">${title}</h2>
${text}
${
  ["note", "skip", "resume"].includes(question)
    ? yes
    : html`<div class="buttons"><a class="button quiet" href="${out.path}" data-cancel autofocus>${no}</a>
${yes}</div>`
}
${commandLine(command)}</section>`;
}

function confirmationOf(out: Outgoing, question: Question): Confirmation {
  const { edition } = out;
  const { newsletter, date, counts } = edition;
  const key = `${newsletter} --date ${date}`;
  const { call } = out;
  const unclear = call ? unprovenOf(call) : unclearIn(out);
  const which = call === null ? "--all" : `--call ${call.id}`;
  const about = call === null ? {} : { call: call.id };
  const press = (action: "cancel" | "resolve", label: string, look: Look, fields = {}) =>
    actionButton(out, action, { label, look, fields });
  switch (question) {
    case "send":
      return sendConfirmation(out, key);
    case "skip":
      return {
        title: `Skip the edition of ${dayOf(date)}?`,
        text: html`<p>Nothing goes out for this date. You can reopen it later.</p>`,
        yes: actionButton(out, "skip", {
          label: "Skip the edition",
          look: "danger",
          asks: html`<p class="field"><label for="reason">Reason, for your colleagues</label> <input id="reason" name="reason" dir="auto" maxlength="200"></p>`,
          beside: html`<a class="button quiet" href="${out.path}" data-cancel autofocus>Cancel</a>`,
        }),
        command: `edition skip ${key}`,
      };
    case "correct":
      return correctConfirmation(out, key);
    case "note":
      return {
        title: "Add a note to the edition on the web?",
        text: html`<p>The note appears with today's date above the edition on the web. What was sent stays as it was, and no one is mailed. Notes can't be removed; another one can correct the last.</p>`,
        yes: actionButton(out, "note", {
          label: "Add note",
          look: "primary",
          asks: html`<p class="field"><label for="text">Note, for readers</label> <textarea id="text" name="text" rows="4" lang="${out.language}" dir="auto" autofocus maxlength="${LONGEST_NOTE}" required>${out.written}</textarea></p>`,
          beside: html`<a class="button quiet" href="${out.path}" data-cancel>Cancel</a>`,
        }),
        command: `edition note ${newsletter} "TEXT" --date ${date}`,
      };
    case "cancel":
      return {
        title: "Cancel this edition?",
        text:
          counts.audience === 0
            ? html`<p>Nothing goes out for this date. You can reopen it later.</p>`
            : html`<p>${counted(counts.accepted, "reader has", "readers have")} it already${unclear > 0 && `, and ${number(unclear)} more may have it`}. No one else will get it. This can't be undone.</p>`,
        no: "Keep the edition",
        yes: press("cancel", "Cancel the edition", "danger"),
        command: `edition cancel ${key}`,
      };
    case "resume":
      return resumeConfirmation(out, key);
    case "resend":
      return {
        title: `Send again to ${counted(unclear, "reader")}?`,
        text: html`${call && callLine(call)}<p>It's unknown whether SES accepted these emails. Readers who have it already get it twice.</p>`,
        yes: press("resolve", "Send again", "danger", { as: "resend", ...about }),
        command: `edition resolve ${key} ${which} --as resend`,
      };
    case "delivered":
      return {
        title: `Count ${counted(unclear, "delivery", "deliveries")} as delivered?`,
        text: html`${call && callLine(call)}<p>It's unknown whether SES accepted these emails. Readers who don't have it won't get it.</p>`,
        yes: press("resolve", "Count as delivered", "danger", { as: "delivered", ...about }),
        command: `edition resolve ${key} ${which} --as delivered`,
      };
  }
}

/** Resuming checks the cause again; overriding it takes a tick, or is all there is to do about it. */
function resumeConfirmation(out: Outgoing, key: string): Confirmation {
  const { plan, now, path } = out;
  const { latest } = plan.outlook;
  const isLate = latest !== null && now > latest;
  // Any other cause is in the alarm above.
  const late = isLate && html`<p>Its send window passed at ${moment(latest, plan.timeZone)}.</p>`;
  const cancel = html`<a class="button quiet" href="${path}" data-cancel autofocus>Cancel</a>`;
  if (isOnlyAnyway(out)) {
    return {
      title: "Resume anyway?",
      text: html`${late}<p>Waiting readers get it despite this.</p>`,
      yes: actionButton(out, "resume", {
        label: "Resume anyway",
        look: "danger",
        fields: { anyway: "yes" },
        beside: cancel,
      }),
      command: `edition resume ${key} --anyway`,
    };
  }
  return {
    title: "Resume this edition?",
    text: html`<p>The cause is checked again. If it's still there, the edition stops again.</p>`,
    yes: actionButton(out, "resume", {
      label: "Resume",
      look: "primary",
      asks: html`<label class="check"><input type="checkbox" name="anyway" value="yes">Send even if the cause is still there</label>`,
      beside: cancel,
    }),
    command: `edition resume ${key}`,
  };
}

/** `The call of 07:00:01 UTC for 50 readers: SES's events name 31 of them.` */
const callLine = ({ at, readers, seen }: UndecidedCall): Html =>
  html`<p>The call of ${clockTime(at)} for ${counted(readers, "reader")}: SES's events name ${number(seen)} of them.</p>`;

/** Preview of what waiting readers would get instead. */
function correctConfirmation(out: Outgoing, key: string): Confirmation {
  const { edition, pending } = out;
  const waiting = edition.counts.waiting + edition.counts.failed;
  return {
    title: `Apply the edits for ${counted(waiting, "waiting reader")}?`,
    text: html`<p>${counted(edition.counts.accepted, "reader has", "readers have")} the edition as it was.</p>
${pending === null ? html`<p class="empty">There are no edits to apply. Edit the edition first.</p>` : changeList(pending.changes)}`,
    yes:
      pending === null
        ? html``
        : actionButton(out, "correct", {
            label: "Apply edits",
            look: "primary",
            fields: { decisions: String(pending.decisions) },
          }),
    command: `edition correct ${key} --decisions`,
  };
}

function sendConfirmation(out: Outgoing, key: string): Confirmation {
  const { edition, plan, title, language } = out;
  const { readers } = plan;
  return {
    title: `Send to about ${counted(readers, "reader")}?`,
    text: html`<dl><div><dt>Newsletter</dt><dd>${title}</dd></div>
<div><dt>Edition</dt><dd>${dayOf(edition.date)}</dd></div>
<div><dt>Subject</dt><dd>${subjectView(edition.subject, language)}</dd></div>
<div><dt>Readers</dt><dd>About ${number(readers)}</dd></div>
${plan.seconds !== null && html`<div><dt>Duration</dt><dd>About ${duration(plan.seconds)}</dd></div>`}
<div><dt>Cost</dt><dd>About ${costText(plan)}</dd></div>
<div><dt>Time</dt><dd>In ${WINDOW} seconds, or up to a minute later. You can take it back until then.</dd></div>
${plan.own?.localTime && html`<div><dt>Time zones</dt><dd>Everyone gets it at once, not at ${plan.own.localTime} in their own time zone.</dd></div>`}
${plan.replaces && html`<div><dt>Instead</dt><dd>${plan.replaces}</dd></div>`}</dl>
${(out.check?.findings.length ?? 0) > 0 && findingsView(out)}`,
    yes: actionButton(out, "send", {
      label: `Send${waiving(out).word} to ${counted(readers, "reader")}`,
      look: "primary",
      fields: waiving(out).fields,
    }),
    command: `edition send ${key} --after ${WINDOW}`,
  };
}
