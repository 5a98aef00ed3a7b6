import { number } from "#domain/counted.ts";
import { type Html, html } from "#templates/text/html.ts";
import { tokenField } from "../../parts/token.ts";
import { clockIn } from "../../parts/words.ts";
import type { EditionPageModel } from "../../routes/edition-page-model.ts";
import { fieldView } from "./edition-fields.ts";

/** The inbox row, with subject and preheader to edit in place. */
export function envelope(model: EditionPageModel): Html {
  const { edition, own, outlook, timeZone, title, language } = model.bench;
  const shared = { story: "", mayEdit: model.mayEdit, language };
  return html`<form method="post" action="${model.path}" class="fields envelope" aria-label="In the inbox">${tokenField(model.token)}
<p class="from"><span class="face" aria-hidden="true">${[...title.replace(/^The /, "")][0] ?? ""}</span><b>${title}</b><span>${outlook.at === null ? "" : clockIn(outlook.at, timeZone, edition.date)}</span></p>
${fieldView({ ...shared, name: "subject", label: "Subject", value: edition.subject, own: own.subject, counts: { most: 60, hint: "phones show about 40" } })}
${fieldView({ ...shared, name: "preheader", label: "Preheader", value: edition.preheader, own: own.preheader, counts: { most: 110, hint: "inboxes show about 90" } })}
${model.mayEdit && html`<p class="save"><button name="do" value="rewrite">Save</button></p>`}</form>`;
}

/** Bytes that the usual edition stays under, and where it is trimmed (docs/decisions/email.md). */
const USUAL = 40_000;
const TRIMMED = 90_000;

/** The size of the exact bytes that SES gets, with the longest personal link, and their hash. */
export function measures(model: EditionPageModel): Html {
  const { bytes, hash } = model.bench.edition;
  const said =
    bytes.html <= USUAL
      ? "Gmail shows all of it"
      : bytes.html < TRIMMED
        ? "larger than usual"
        : `trimmed at ${number(TRIMMED / 1000)} KB`;
  return html`<details class="measures" data-key="measures" data-hash-of="${hash ?? ""}"><summary><span class="chip" data-bytes="${bytes.html}"><b${bytes.html > USUAL && html` class="over"`}>${(bytes.html / 1000).toFixed(1)} KB</b> ${said}</span></summary>
<dl><div><dt>HTML</dt><dd>${number(bytes.html)} bytes</dd></div><div><dt>Text</dt><dd>${number(bytes.text)} bytes</dd></div><div><dt>SHA-256</dt><dd><code>${hash ?? "none yet"}</code></dd></div></dl></details>`;
}
