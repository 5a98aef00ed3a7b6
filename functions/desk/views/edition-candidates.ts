import type { Other } from "#domain/edition/workbench.ts";
import { type Html, html } from "#templates/html.ts";
import type { Seen } from "../seen.ts";
import { ranText } from "./edition-rows.ts";
import { tokenField } from "./edition-token.ts";
import { clockIn, shortDate } from "./words.ts";

export type Found = { words: string; stories: readonly Other[]; fault: string | null };

type Where = { path: string; token: string };

/** What was taken out of this edition, all of it. */
export function tray(seen: Seen): Html {
  const { removed, timeZone, edition } = seen.bench;
  if (removed.length === 0) return html`<p class="empty">Nothing was removed from this edition.</p>`;
  return html`<ul class="others">${removed.map(
    (one) => html`<li class="other" data-key="${one.storyId}">
<div class="say"><h3>${one.title}</h3><p class="meta"><bdi>${one.source}</bdi> · removed by <bdi>${one.by}</bdi>, ${clockIn(one.removedAt, timeZone, edition.date)}</p></div>
${seen.mayEdit && button(seen, one, "restore", "Restore")}</li>`,
  )}</ul>`;
}

/** Every story there is that is not in, the best first. */
export function candidates(seen: Seen): Html {
  const { candidates: all, timeZone, edition, fromFile } = seen.bench;
  if (fromFile) return html`<p class="empty">This edition comes from a file, which names its own stories.</p>`;
  if (all.length === 0) return html`<p class="empty">Every story there is stands in the edition.</p>`;
  return html`<ul class="others" data-candidates>${all.map(
    (one) => html`<li class="other" data-key="${one.storyId}"${one.ran !== null && html` data-ran`}>
<div class="say"><h3>${headline(one)}</h3>
<p class="meta"><span class="score">${(one.score ?? 0).toFixed(2)}</span> · <bdi>${one.source}</bdi>${one.sources > 1 && ` and ${one.sources - 1} more`} · ${clockIn(one.at, timeZone, edition.date)}${one.ran && html` <span class="badge warn">${ranText(one.ran)}</span>`}</p>
<details class="why"><summary>${one.reasons[0] ?? "No reason is known."}</summary><ul>${one.reasons.slice(1).map((reason) => html`<li>${reason}</li>`)}</ul></details></div>
${seen.mayEdit && button(seen, one, "add", "Add")}</li>`,
  )}</ul>`;
}

/** What a search of the last fortnight found. */
export function foundList({ words, stories, fault }: Found, where: Where): Html {
  if (fault !== null) return html`<p class="empty">${fault}</p>`;
  if (stories.length === 0)
    return html`<p class="empty">No story of the last fortnight has “${words}” in its title. Paste its address to add it.</p>`;
  return html`<h3 class="label">Older stories with “${words}”</h3>
<ul class="others">${stories.map(
    (one) => html`<li class="other" data-key="found-${one.storyId}">
<div class="say"><h3>${headline(one)}</h3><p class="meta"><bdi>${one.source}</bdi> · ${shortDate(one.at.slice(0, 10))}</p></div>
${button(where, one, "add", "Add")}</li>`,
  )}</ul>`;
}

const headline = ({ title, url }: Other): Html =>
  url === null ? html`${title}` : html`<a href="${url}" target="_blank" rel="noopener noreferrer">${title}</a>`;

/** An older story is known by its address; one of the edition's own day by its id. */
function button({ path, token }: Where, one: Other, does: "add" | "restore", label: string): Html {
  const name = does === "add" && one.score === null ? (one.url ?? one.storyId) : one.storyId;
  return html`<form method="post" action="${path}">${tokenField(token)}<input type="hidden" name="story" value="${name}"><button class="small" name="do" value="${does}" data-do="${does}" data-story="${name}" aria-label="${label} “${one.title}”">${label}</button></form>`;
}
