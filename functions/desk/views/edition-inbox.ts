import { type Html, html } from "#templates/html.ts";
import type { Seen } from "../seen.ts";
import { fieldView } from "./edition-fields.ts";
import { tokenField } from "./edition-token.ts";
import { number } from "./words.ts";

/** What an inbox shows before the email is opened. */
export function envelope(seen: Seen): Html {
  const { edition, own } = seen.bench;
  const shared = { story: "", mayEdit: seen.mayEdit };
  return html`<form method="post" action="${seen.path}" class="fields">${tokenField(seen.token)}
${fieldView({ ...shared, name: "subject", label: "Subject", value: edition.subject, own: own.subject, counts: [40, 60] })}
${fieldView({ ...shared, name: "preheader", label: "Preheader", value: edition.preheader, own: own.preheader, counts: [90, 110] })}
${seen.mayEdit && html`<p class="save"><button name="do" value="rewrite">Save</button></p>`}</form>`;
}

/** Bytes that the usual edition stays under, and where it is trimmed (docs/decisions/email.md). */
const USUAL = 40_000;
const TRIMMED = 90_000;

/** The size of the very bytes that SES gets, with the longest personal link, and their hash. */
export function measures(seen: Seen): Html {
  const { bytes, hash } = seen.bench.edition;
  const over = bytes.html > USUAL;
  return html`<p class="bytes" data-bytes="${bytes.html}"><label for="bytes">HTML</label> <meter id="bytes" min="0" max="${TRIMMED}" low="${USUAL}" high="${TRIMMED - 20_000}" optimum="0" value="${bytes.html}">${number(bytes.html)}</meter> <b>${number(bytes.html)}</b> of ${number(USUAL)} bytes${over && html` <span class="badge warn">trimmed at ${number(TRIMMED)}</span>`} · text ${number(bytes.text)}</p>
<p class="hash" title="SHA-256 of subject, HTML and text: ${hash ?? "none"}">Hash <code data-hash-of="${hash ?? ""}">${hash === null ? "none yet" : hash.slice(0, 16)}</code></p>`;
}
