import { sitePaths } from "#domain/site-paths.ts";
import { localDate } from "#domain/time/instant.ts";
import { type Html, html } from "#templates/text/html.ts";
import { commandLine, longDate } from "../../parts/words.ts";
import { isOffered } from "./offers.ts";
import { type Outgoing, questionLink } from "./press.ts";

/** The edition as anyone can read it on the web, with the notes above it. */
export function webCopyView(out: Outgoing): Html {
  const { newsletter, date, notes = [] } = out.edition;
  if (!isOffered.note(out)) return html``;
  return html`<section class="card" aria-labelledby="web"><h2 id="web">On the web</h2>
<p><a href="${sitePaths.edition(newsletter, date)}">View the web copy</a></p>
${notes.length > 0 && html`<ul class="web-notes">${notes.map((note) => html`<li><time datetime="${note.at}">${longDate(localDate(note.at, out.plan.timeZone))}</time><p dir="auto">${note.text}</p></li>`)}</ul>`}
<div class="buttons">${questionLink(out, "note", { question: "note", label: "Add note…" })}</div>
${commandLine(`edition note ${newsletter} "TEXT" --date ${date}`)}</section>`;
}
