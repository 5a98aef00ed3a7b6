import { type Changes, hasChanges } from "#domain/edition/history/changes.ts";
import { type Html, html } from "#templates/text/html.ts";
import { placeName } from "./words.ts";

/** Differences between two states of an edition, one line each. */
export function changeList(changes: Changes): Html {
  const { added, removed, moved, edited } = changes;
  if (!hasChanges(changes)) {
    return html`<p class="empty">Nothing changed.</p>`;
  }
  return html`<ul class="changes">
${added.map(({ title, at }) => html`<li><b>Added</b> ${title} <span class="meta">${placeName(at)}</span></li>`)}
${removed.map(({ title, from }) => html`<li><b>Removed</b> ${title} <span class="meta">was ${placeName(from)}</span></li>`)}
${moved.map(({ title, from, at }) => html`<li><b>Moved</b> ${title} <span class="meta">from ${placeName(from)} to ${placeName(at)}</span></li>`)}
${edited.map(({ what, before, after }) => html`<li><b>Edited</b> ${what}: <del>${before}</del> <ins>${after}</ins></li>`)}
</ul>`;
}
