import type { Other } from "#domain/edition/views/workbench.ts";
import { type Html, html } from "#templates/text/html.ts";
import { typographic } from "#templates/text/typography.ts";
import { tokenField } from "../../parts/token.ts";
import { ageOf, clockIn, shortDate } from "../../parts/words.ts";
import type { EditionPageModel } from "../../routes/edition-page-model.ts";
import { headlineLink, ranText, thumbnail } from "./edition-rows.ts";

export type Found = { words: string; stories: readonly Other[]; fault: string | null };

/** `language`: the newsletter's, a BCP 47 tag. */
type Place = { path: string; token: string; language: string };

/** Stories that were removed from this edition. */
export function tray(model: EditionPageModel): Html {
  const { removed, timeZone, edition } = model.bench;
  const place = placeOf(model);
  if (removed.length === 0) return html`<p class="empty">No stories were removed from this edition.</p>`;
  return html`<ul class="others">${removed.map(
    (one) => html`<li class="other" data-key="${one.storyId}">
<div class="say"><h3 dir="auto">${typographic(one.title, place.language)}</h3><p class="meta"><bdi>${one.source}</bdi> · removed by <bdi>${one.by}</bdi>, ${clockIn(one.removedAt, timeZone, edition.date)}</p></div>
${model.mayEdit && button(place, one, "restore", "Restore")}</li>`,
  )}</ul>`;
}

/** Stories that aren't in the edition, best first. */
export function candidates(model: EditionPageModel): Html {
  const { candidates: all, now, fromFile } = model.bench;
  const place = placeOf(model);
  if (fromFile) return html`<p class="empty">This edition comes from a file, which names its own stories.</p>`;
  if (all.length === 0) return html`<p class="empty">All stories are in the edition.</p>`;
  return html`<ul class="others" data-candidates>${all.map(
    (one) => html`<li class="other" data-key="${one.storyId}"${one.ran !== null && html` data-ran`}>
<div class="say">${thumbnail(one.picture)}<h3 dir="auto">${headline(one, place)}</h3>
<p class="meta"><bdi>${one.source}</bdi> · ${ageOf(one.at, now)}${one.sources > 1 && ` · ${one.sources} sources`}${one.section !== null && html` · <bdi>${one.section}</bdi>`}${one.ran && html` <span class="badge warn">${ranText(one.ran)}</span>`}</p>
<details class="why" data-key="why-${one.storyId}"><summary>${one.reasons[0] ?? "No reason recorded."}</summary><ul><li>Score ${(one.score ?? 0).toFixed(2)}</li>${one.reasons.slice(1).map((reason) => html`<li>${reason}</li>`)}</ul></details></div>
${model.mayEdit && button(place, one, "add", "Add")}</li>`,
  )}</ul>`;
}

/** Results of a search in the last 14 days. */
export function foundList({ words, stories, fault }: Found, place: Place): Html {
  if (fault !== null) return html`<p class="empty">${fault}</p>`;
  if (stories.length === 0) {
    return html`<p class="empty">No other story of the last 14 days has “${words}” in its headline. Paste its address to add it.</p>`;
  }
  return html`<h3 class="label">Last 14 days: “${words}”</h3>
<ul class="others">${stories.map(
    (one) => html`<li class="other" data-key="found-${one.storyId}">
<div class="say">${thumbnail(one.picture)}<h3 dir="auto">${headline(one, place)}</h3><p class="meta"><bdi>${one.source}</bdi> · ${shortDate(one.at.slice(0, 10))}</p></div>
${button(place, one, "add", "Add")}</li>`,
  )}</ul>`;
}

const placeOf = ({ path, token, bench: { language } }: EditionPageModel): Place => ({ path, token, language });

const headline = ({ title, url }: Other, { language }: Place): Html => headlineLink(typographic(title, language), url);

/** An older story is identified by its address, one of the edition's own day by its id. */
function button({ path, token, language }: Place, one: Other, does: "add" | "restore", label: string): Html {
  const name = does === "add" && one.score === null ? (one.url ?? one.storyId) : one.storyId;
  return html`<form method="post" action="${path}">${tokenField(token)}<input type="hidden" name="story" value="${name}"><button class="small" name="do" value="${does}" data-do="${does}" data-story="${name}" aria-label="${label} “${typographic(one.title, language)}”">${label}</button></form>`;
}
