import { counted } from "#domain/counted.ts";
import type { Entry } from "#domain/edition/history/history.ts";
import { type Html, html } from "#templates/text/html.ts";
import { changeList } from "../../parts/change-list.ts";
import { tokenField } from "../../parts/token.ts";
import { clockIn, mediumDate } from "../../parts/words.ts";
import type { EditionPageModel } from "../../routes/edition-page-model.ts";

/** The log, newest first. */
export function history(model: EditionPageModel): Html {
  const { log } = model.bench;
  if (log.length === 0) return html`<p class="empty">No changes yet. The stories are in the order of their scores.</p>`;
  const rest = (log.at(-1)?.first ?? 1) - 1;
  return html`<ol class="log" reversed>${log.map((entry) => entryView(entry, model))}</ol>
${rest > 0 && html`<p class="empty">${counted(rest, "earlier change")}: <code>npx --no-install broadsheet edition history ${model.newsletter.name}</code></p>`}`;
}

const undoable = [
  ...["pin", "move", "remove", "add", "rewrite", "summary", "picture", "split", "join"],
  ...["reset", "skip", "draft"],
];

function entryView({ n, at, by, text, before, after, stands, do: kind }: Entry, model: EditionPageModel): Html {
  const { path, token, bench, mayEdit } = model;
  const isLastUndo = n === bench.redo?.n;
  const isRewritten = before !== null && after !== null && ["rewrite", "summary"].includes(kind);
  return html`<li data-key="log-${n}" class="${stands ? "" : "gone"}">
<p><b><bdi>${by}</bdi></b> ${text}${!stands && html` <span class="badge quiet">Undone</span>`}</p>
${isRewritten && html`<p class="diff"><del>${before}</del> <ins>${after}</ins></p>`}
<p class="meta"><time datetime="${at}">${clockIn(at, bench.timeZone, bench.edition.date)}</time> · <a href="${path}?since=${n}#changes">changes since then</a></p>
${stands && mayEdit && undoable.includes(kind) && html`<form method="post" action="${path}">${tokenField(token)}<button class="small" name="do" value="undo:${n}" data-do="undo" data-of="${n}" title="Undo: ${text} (${by})" aria-label="Undo change ${n}: ${text}">Undo</button></form>`}
${isLastUndo && mayEdit && html`<form method="post" action="${path}">${tokenField(token)}<button class="small" name="do" value="redo" data-do="redo" title="Redo: ${bench.redo?.text} (${bench.redo?.by})" aria-label="Redo: ${bench.redo?.text}">Redo</button></form>`}
</li>`;
}

/** Changes: since the previous edition, since the approval, since the decision in the address. */
export function changes(model: EditionPageModel): Html {
  const { approval, again, previous, rows, timeZone, edition, pending } = model.bench;
  const news =
    previous === null
      ? "This is the first edition."
      : again === 0
        ? `${rows.length === 1 ? "Its story is" : `All ${rows.length} stories are`} new since the edition of ${mediumDate(previous)}.`
        : `${again} of ${counted(rows.length, "story", "stories")} ${again === 1 ? "was" : "were"} in the edition of ${mediumDate(previous)} too.`;
  return html`<p>${news}</p>
${pending && html`<h3 class="label" id="pending">Not applied yet</h3>${changeList(pending)}<p><a class="button" href="${model.path}/send?ask=correct">Apply edits…</a></p>`}
${approval && html`<p>${approval.by} approved it ${clockIn(approval.at, timeZone, edition.date)}${approval.holds ? ". Nothing has changed since." : html`. It changed after that, so it needs a new approval. <a href="${model.path}?since=${approval.n}#changes">Changes since the approval</a>`}</p>`}
<p data-visit hidden></p>`;
}

/** Changes since the decision in the page's address. */
export function sinceThen(model: EditionPageModel): Html {
  const { since, log } = model.bench;
  if (since === null) return html``;
  return html`<h3 class="label" id="since">Since ${sinceName(since.n, log, model)}</h3>${changeList(since.changes)}`;
}

function sinceName(n: number, log: readonly Entry[], { bench }: EditionPageModel): string {
  const entry = log.find((one) => one.n === n);
  return entry ? `${entry.by} ${entry.text} (${clockIn(entry.at, bench.timeZone, bench.edition.date)})` : `change ${n}`;
}
