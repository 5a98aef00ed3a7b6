import type { Changes } from "#domain/edition/history/changes.ts";
import type { Entry } from "#domain/edition/history/history.ts";
import { type Html, html } from "#templates/html.ts";
import type { Seen } from "../seen.ts";
import { tokenField } from "./edition-token.ts";
import { clockIn, placeName } from "./words.ts";

/** Who did what, the newest first. */
export function history(seen: Seen): Html {
  const { log, decisions } = seen.bench;
  if (log.length === 0)
    return html`<p class="empty">Nothing was done to it yet. It is what the scores make of the news.</p>`;
  const rest = decisions - log.length;
  return html`<ol class="log" reversed>${log.map((entry) => entryView(entry, seen))}</ol>
${rest > 0 && html`<p class="empty">And ${rest} earlier ones: <code>npx broadsheet edition history ${seen.newsletter.name}</code></p>`}`;
}

function entryView({ n, at, by, text, before, after, stands, do: kind }: Entry, seen: Seen): Html {
  const { path, token, bench, mayEdit } = seen;
  const undoable =
    stands && mayEdit && ["pin", "move", "remove", "add", "rewrite", "reset", "skip", "draft"].includes(kind);
  const words = before !== null && after !== null && kind === "rewrite";
  return html`<li data-key="log-${n}" class="${stands ? "" : "gone"}">
<p><b><bdi>${by}</bdi></b> ${text}${!stands && html` <span class="badge quiet">Taken back</span>`}</p>
${words && html`<p class="diff"><del>${before}</del> <ins>${after}</ins></p>`}
<p class="meta"><time datetime="${at}">${clockIn(at, bench.timeZone, bench.edition.date)}</time> · <a href="${path}?since=${n}#changes">what changed since</a></p>
${undoable && html`<form method="post" action="${path}">${tokenField(token)}<button class="small" name="do" value="undo:${n}" data-do="undo" data-of="${n}" aria-label="Take back decision ${n}">Take back</button></form>`}
</li>`;
}

/** What changed: since the edition before, since the approval, since whatever the address asks for. */
export function changes(seen: Seen): Html {
  const { approval, again, previous, rows, timeZone, edition } = seen.bench;
  const day = edition.date;
  return html`<p>${previous === null ? "No edition ran before this one." : again === 0 ? `All ${rows.length} stories are new since the edition of ${previous}.` : `${again} of ${rows.length} stories ran in the edition of ${previous}, too.`}</p>
${approval && html`<p>${approval.by} approved it ${clockIn(approval.at, timeZone, day)}${approval.holds ? " and nothing changed since." : html`; it changed since, so that no longer holds. <a href="${seen.path}?since=${approval.n}#changes">What changed since the approval</a>`}</p>`}
<p data-visit hidden></p>`;
}

/** What changed since the decision that the page's address names. */
export function sinceThen(seen: Seen): Html {
  const { since, log } = seen.bench;
  if (since === null) return html``;
  return html`<h3 class="label" id="since">Since ${sinceName(since.n, log, seen)}</h3>${changeList(since.changes)}`;
}

function sinceName(n: number, log: readonly Entry[], { bench }: Seen): string {
  const entry = log.find((one) => one.n === n);
  return entry
    ? `${entry.by} ${entry.text} (${clockIn(entry.at, bench.timeZone, bench.edition.date)})`
    : `decision ${n}`;
}

function changeList({ added, removed, moved, edited }: Changes): Html {
  if (added.length + removed.length + moved.length + edited.length === 0)
    return html`<p class="empty">Nothing changed.</p>`;
  return html`<ul class="changes">
${added.map(({ title, at }) => html`<li><b>Added</b> ${title} <span class="meta">${placeName(at)}</span></li>`)}
${removed.map(({ title, from }) => html`<li><b>Removed</b> ${title} <span class="meta">was ${placeName(from)}</span></li>`)}
${moved.map(({ title, from, at }) => html`<li><b>Moved</b> ${title} <span class="meta">from ${placeName(from)} to ${placeName(at)}</span></li>`)}
${edited.map(({ what, before, after }) => html`<li><b>Edited</b> ${what}: <del>${before}</del> <ins>${after}</ins></li>`)}
</ul>`;
}
