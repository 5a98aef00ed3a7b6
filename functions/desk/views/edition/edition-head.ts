import type { Workbench } from "#domain/edition/views/workbench.ts";
import { type Html, html } from "#templates/text/html.ts";
import { badgeOf } from "../../parts/badge.ts";
import { outlookLine } from "../../parts/outlook.ts";
import { tokenField } from "../../parts/token.ts";
import { clockIn } from "../../parts/words.ts";
import type { EditionPageModel } from "../../routes/edition-page-model.ts";
import { icons } from "../icons.ts";

/** In the bar: the edition's state, and the time until it goes out. */
export function head({ bench, path, token, mayEdit }: EditionPageModel): Html {
  return html`<p class="state">${badgeOf(bench.drafted ? bench.edition.state : null)}${countdown(bench)}</p>
${!bench.drafted && mayEdit && html`<form method="post" action="${path}" class="steps">${tokenField(token)}<button name="do" value="build" data-do="build">Draft now</button></form>`}`;
}

function countdown({ outlook: { at, latest }, timeZone, edition }: Workbench): Html | null {
  if (at === null || latest === null) return null;
  return html` <b class="countdown" data-countdown="${at}" data-latest="${latest}">at ${clockIn(at, timeZone, edition.date)}</b>`;
}

/** Undo and redo in the bar. */
export function steps({ bench: { undo, redo }, path, token, mayEdit }: EditionPageModel): Html {
  if (!mayEdit) return html``;
  return html`<form method="post" action="${path}" class="steps">${tokenField(token)}${step("undo", undo)}${step("redo", redo)}</form>`;
}

function step(name: "undo" | "redo", target: Workbench["undo"]): Html {
  const verb = name === "undo" ? "Undo" : "Redo";
  const label = target ? `${verb}: ${target.text} (${target.by})` : `${verb}: nothing to ${name}`;
  const value = name === "undo" && target ? `undo:${target.n}` : name;
  return html`<button class="tool" name="do" value="${value}" data-do="${name}" data-of="${target?.n ?? ""}" aria-label="${label}" title="${label}"${target === null && html` aria-disabled="true"`}>${icons[name]}</button>`;
}

/** Above the stories: what happens next, what a change means for that, and which news it includes. */
export function outline({ bench, path }: EditionPageModel): Html {
  const { edition, outlook, timeZone, cutoff, drafted, approval, now, pending } = bench;
  const news = drafted && cutoff !== null && `News up to ${clockIn(cutoff, timeZone, edition.date)}.`;
  const preview = !drafted && "This is what it would contain now; your first change drafts it.";
  const withdraws =
    edition.state === "approved" && `Any change withdraws the approval by ${approval?.by ?? "an editor"}.`;
  const waits =
    pending !== null && html`Your edits aren't in the email yet. <a href="${path}/send?ask=correct">Apply edits…</a>`;
  const notes = [preview, withdraws, waits, news].filter((note) => note !== false);
  return html`<p class="outline">${outlookLine(outlook, timeZone, now)} ${notes.map((note) => html`<span class="news">${note}</span> `)}</p>`;
}
