import type { Row } from "#domain/edition/workbench.ts";
import { type Html, html } from "#templates/html.ts";
import type { Seen } from "../seen.ts";
import { fieldView } from "./edition-fields.ts";
import { tokenField } from "./edition-token.ts";
import { clockIn, placeName, shortDate } from "./words.ts";

/** Drawn, so that no font can lack them. */
const icons = {
  grab: html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M6 3v0M6 8v0M6 13v0M10 3v0M10 8v0M10 13v0"/></svg>`,
  up: html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M8 13V3M3.5 7.5 8 3l4.5 4.5"/></svg>`,
  down: html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M8 3v10M3.5 8.5 8 13l4.5-4.5"/></svg>`,
};

/** The edition's stories in their order; the lead is the first. */
export function rowList(seen: Seen): Html {
  const { rows, edition } = seen.bench;
  if (rows.length === 0)
    return html`<p class="empty">Nothing is in this edition. ${edition.reason ?? "There is too little news."}</p>`;
  return html`<ol class="rows" data-rows start="0">${rows.map((row) => rowView(row, seen))}</ol>`;
}

function rowView(row: Row, seen: Seen): Html {
  const { storyId, place, title } = row;
  const last = seen.bench.rows.length - 1;
  return html`<li class="row${place === 0 && " lead"}" id="row-${storyId}" data-key="${storyId}" data-story="${storyId}" data-title="${title}">
<form method="post" action="${seen.path}" class="line">${tokenField(seen.token)}<input type="hidden" name="story" value="${storyId}">
${seen.mayEdit && html`<button type="button" class="grab" data-grab aria-pressed="false" aria-describedby="grab-how" aria-label="Move “${title}”, ${place === 0 ? "the lead" : `headline ${place}`}">${icons.grab}</button>`}
<div class="say">${said(row, seen)}</div>
${seen.mayEdit && actions(row, last)}
</form>
${seen.mayEdit && editor(row, seen)}
</li>`;
}

function said(row: Row, seen: Seen): Html {
  const { place, title, url, source, alsoIn, reasons } = row;
  const also =
    alsoIn.length > 0 &&
    html`, also in ${alsoIn.slice(0, 2).join(", ")}${alsoIn.length > 2 && ` and ${alsoIn.length - 2} more`}`;
  const headline =
    url === null ? html`${title}` : html`<a href="${url}" target="_blank" rel="noopener noreferrer">${title}</a>`;
  return html`<p class="meta"><span class="place" data-place>${place === 0 ? "Lead" : place}</span> <bdi>${source ?? "From the file"}</bdi>${also}${badges(row, seen)}</p>
<h3 data-headline>${headline}</h3>
${place === 0 && html`<div class="text" data-text>${row.paragraphs.slice(0, 2).map((text) => html`<p>${text}</p>`)}${row.paragraphs.length > 2 && html`<p class="more">and ${row.paragraphs.length - 2} more paragraphs</p>`}</div>`}
<details class="why"><summary>${reasons[0] ?? "No reason is known."}</summary><ul>${reasons.slice(1).map((reason) => html`<li>${reason}</li>`)}</ul></details>`;
}

function badges({ ran, developing, rewritten, changedSince, placed }: Row, { bench }: Seen): Html {
  return html`${developing && html` <span class="badge">Developing</span>`}${
    ran && html` <span class="badge warn">${ranText(ran)}</span>`
  }${rewritten.length > 0 && html` <span class="badge">Rewritten</span>`}${
    changedSince &&
    html` <span class="badge warn">Source changed ${clockIn(changedSince, bench.timeZone, bench.edition.date)}</span>`
  }${placed && html` <span class="badge quiet">Placed</span>`}`;
}

/** `Sent 21 Nov, #4`: where a story ran before. */
export const ranText = ({ date, place }: { date: string; place: number }): string =>
  `Sent ${shortDate(date)}, ${place === 0 ? "lead" : `#${place}`}`;

function actions({ place, title }: Row, last: number): Html {
  const to = (n: number) => Math.max(0, Math.min(last, n));
  const off = (isOff: boolean) => isOff && html` aria-disabled="true"`;
  return html`<div class="acts">
<button name="do" value="move:${to(place - 1)}" data-do="up" aria-label="Move “${title}” up"${off(place === 0)}>${icons.up}</button>
<button name="do" value="move:${to(place + 1)}" data-do="down" aria-label="Move “${title}” down"${off(place === last)}>${icons.down}</button>
<button name="do" value="lead" data-do="lead" aria-label="Make “${title}” the lead"${off(place === 0)}>Lead</button>
<button name="do" value="remove" data-do="remove" aria-label="Remove “${title}”">Remove</button>
</div>`;
}

function editor(row: Row, seen: Seen): Html {
  const { storyId, title, url, paragraphs, own, rewritten, place } = row;
  const last = seen.bench.rows.length - 1;
  const ownOf = (field: "title" | "url" | "paragraphs", text: string) => (rewritten.includes(field) ? text : null);
  const shared = { story: storyId, mayEdit: seen.mayEdit };
  return html`<details class="edit" data-edit data-key="edit-${storyId}"><summary><span class="act">Edit</span><span class="unseen"> “${title}”, ${placeName(place)}</span></summary>
<form method="post" action="${seen.path}" class="fields">${tokenField(seen.token)}<input type="hidden" name="story" value="${storyId}">
${fieldView({ ...shared, name: "title", label: "Headline", value: title, own: ownOf("title", own.title), counts: [90] })}
${place === 0 && fieldView({ ...shared, name: "paragraphs", label: "Text, an empty line between paragraphs", value: paragraphs.join("\n\n"), own: ownOf("paragraphs", own.paragraphs.join("\n\n")) })}
${fieldView({ ...shared, name: "url", label: "Link", value: url ?? "", own: ownOf("url", own.url ?? "") })}
<p class="save"><button name="do" value="rewrite">Save</button></p></form>
<form method="post" action="${seen.path}" class="to" data-to>${tokenField(seen.token)}<input type="hidden" name="story" value="${storyId}">
<label for="to-${storyId}">Move to position</label> <input id="to-${storyId}" name="to" type="number" min="0" max="${last}" value="${place}" inputmode="numeric"> <button name="do" value="move">Move</button> <span class="hint">0 is the lead</span></form>
</details>`;
}
