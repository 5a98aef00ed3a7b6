import { type Html, html } from "#templates/html.ts";
import { findingsView, waiving } from "./findings.ts";
import { type Outgoing, pressing, type Question } from "./press.ts";
import { command, counted } from "./words.ts";

/** Seconds in which a press of Send can be taken back. */
export const WINDOW = 90;

type Asked = { title: string; text: Html; yes: Html; line: string };

/**
 * A page of its own instead of a dialog: it works without a script, Enter stands on No, and a second press finds that
 * it is done.
 */
export function questionView(out: Outgoing, question: Question): Html {
  const { title, text, yes, line } = asked(out, question);
  return html`<section class="question" aria-labelledby="question"><h2 id="question">${title}</h2>
${text}
<p><a class="button quiet" href="${out.path}" autofocus>No, go back</a></p>
${yes}
${command(line)}</section>`;
}

function asked(out: Outgoing, question: Question): Asked {
  const { edition, plan } = out;
  const { newsletter, date, counts } = edition;
  const key = `${newsletter} --date ${date}`;
  const unclear = counts.unknown + counts.held;
  switch (question) {
    case "send": {
      const readers = counts.audience > 0 ? counts.audience : plan.readers;
      return {
        title: `Send it to about ${counted(readers, "reader")}?`,
        text: html`<dl><div><dt>Subject</dt><dd>${edition.subject}</dd></div>
<div><dt>Hash</dt><dd><code>${edition.hash}</code></dd></div></dl>
${(out.check?.findings.length ?? 0) > 0 && findingsView(out)}<p>It goes out after ${WINDOW} seconds, or up to a minute later. Until then you can take it back.</p>`,
        yes: pressing(out, "send", `Send${waiving(out).word} to ${counted(readers, "reader")}`, waiving(out).fields),
        line: `edition send ${key} --after ${WINDOW}`,
      };
    }
    case "cancel":
      return {
        title: "End this edition for good?",
        text: html`<p>${counted(counts.accepted, "reader")} have it; nobody else will get it. This cannot be taken back.</p>`,
        yes: pressing(out, "cancel", "End it"),
        line: `edition cancel ${key}`,
      };
    case "resume":
      return {
        title: "Go on although it was stopped?",
        text: html`<p>${edition.reason ?? "It was stopped."} Go on only if you know better.</p>`,
        yes: pressing(out, "resume", "Go on anyway", { anyway: "yes" }),
        line: `edition resume ${key} --anyway`,
      };
    case "resend":
      return {
        title: `Send it again to ${counted(unclear, "reader")}?`,
        text: html`<p>Nobody knows whether SES took these. Whoever has it already gets it twice.</p>`,
        yes: pressing(out, "resolve", "Send it again", { as: "resend" }),
        line: `edition resolve ${key} --all --as resend`,
      };
    case "delivered":
      return {
        title: `Count ${counted(unclear, "unclear one")} as delivered?`,
        text: html`<p>Nobody knows whether SES took these. Whoever does not have it will not get it.</p>`,
        yes: pressing(out, "resolve", "Count them as delivered", { as: "delivered" }),
        line: `edition resolve ${key} --all --as delivered`,
      };
  }
}
