import { counted } from "#domain/counted.ts";
import type { Row } from "#domain/edition/views/workbench.ts";
import { type Html, html } from "#templates/text/html.ts";
import { typographic } from "#templates/text/typography.ts";
import { tokenField } from "../../parts/token.ts";
import { clockIn, placeName, shortDate } from "../../parts/words.ts";
import type { EditionPageModel } from "../../routes/edition-page-model.ts";
import { icons } from "../icons.ts";
import { fieldView } from "./edition-fields.ts";
import { outline } from "./edition-head.ts";

/** The edition's stories in their order; the lead is the first. */
export function rowList(model: EditionPageModel): Html {
  const { rows, edition } = model.bench;
  if (rows.length === 0) {
    return html`${outline(model)}<p class="empty">This edition has no stories. ${edition.reason ?? "There is too little news so far."}</p>`;
  }
  return html`${outline(model)}<ol class="rows" data-rows start="0">${rows.map((row) => rowView(row, model))}</ol>`;
}

function rowView(row: Row, model: EditionPageModel): Html {
  const { storyId, place, picture } = row;
  const title = typographic(row.title, model.bench.language);
  const last = model.bench.rows.length - 1;
  return html`<li class="row${place === 0 && " lead"}" id="row-${storyId}" data-key="${storyId}" data-story="${storyId}" data-title="${title}">
<form method="post" action="${model.path}" class="line">${tokenField(model.token)}<input type="hidden" name="story" value="${storyId}">
<span class="handle">${model.mayEdit && html`<button type="button" class="grab" data-grab aria-pressed="false" aria-describedby="grab-how" aria-label="Move “${title}”, ${place === 0 ? "the lead" : `headline ${place}`}">${icons.grab}</button>`}<span class="place" data-place>${place === 0 ? "Lead" : place}</span></span>
<div class="say">${thumbnail(picture)}${content(row, model)}</div>
${model.mayEdit && actions({ place, title }, last)}
</form>
${model.mayEdit && editor(row, model)}
</li>`;
}

/** Loaded from its publisher, without a referrer. Without a picture, the space stays empty. */
export const thumbnail = (picture: string | null): Html | false =>
  picture !== null &&
  html`<img class="thumb" src="${picture}" alt="" width="72" height="54" loading="lazy" decoding="async" referrerpolicy="no-referrer">`;

/** A headline that leads to its article, if it has an address. */
export const headlineLink = (title: string, url: string | null): Html =>
  url === null ? html`${title}` : html`<a href="${url}" target="_blank" rel="noopener noreferrer">${title}</a>`;

function content(row: Row, model: EditionPageModel): Html {
  const { place, url, source, alsoIn, reasons, section } = row;
  const { language } = model.bench;
  const show = (text: string) => typographic(text, language);
  const also = alsoIn.length > 0 && html` title="Also in ${alsoIn.join(", ")}"`;
  const facts = [
    html`<bdi${also}>${source ?? "From the file"}</bdi>`,
    section !== null && html`<bdi>${section}</bdi>`,
  ].filter((one) => one !== false);
  return html`<h3 data-headline lang="${language}" dir="auto">${headlineLink(show(row.title), url)}</h3>
<p class="meta">${facts.map((fact, n) => html`${n > 0 && " · "}${fact}`)}${badges(row, model)}</p>
${place === 0 && html`<div class="text" data-text lang="${language}" dir="auto">${row.paragraphs.slice(0, 2).map((text) => html`<p>${show(text)}</p>`)}${row.paragraphs.length > 2 && html`<p class="more" lang="en" dir="ltr">${counted(row.paragraphs.length - 2, "more paragraph")}</p>`}</div>`}
<details class="why" data-key="why-${row.storyId}"><summary>${reasons[0] ?? "No reason recorded."}</summary><ul>${reasons.slice(1).map((reason) => html`<li>${reason}</li>`)}</ul></details>`;
}

function badges({ ran, developing, rewritten, changedSince, placed }: Row, { bench }: EditionPageModel): Html {
  return html`${developing && html` <span class="badge">Developing</span>`}${
    ran && html` <span class="badge warn">${ranText(ran)}</span>`
  }${rewritten.length > 0 && html` <span class="badge">Edited</span>`}${
    changedSince &&
    html` <span class="badge warn">Source changed ${clockIn(changedSince, bench.timeZone, bench.edition.date)}</span>`
  }${placed && html` <span class="badge quiet">Pinned</span>`}`;
}

/** `Sent 21 Nov, #4`: where a story ran before. */
export const ranText = ({ date, place }: { date: string; place: number }): string =>
  `Sent ${shortDate(date)}, ${place === 0 ? "lead" : `#${place}`}`;

function actions({ place, title }: Pick<Row, "place" | "title">, last: number): Html {
  const to = (n: number) => Math.max(0, Math.min(last, n));
  const off = (isOff: boolean) => isOff && html` aria-disabled="true"`;
  return html`<div class="acts">
<button name="do" value="move:${to(place - 1)}" data-do="up" aria-label="Move “${title}” up" title="Move up"${off(place === 0)}>${icons.up}</button>
<button name="do" value="move:${to(place + 1)}" data-do="down" aria-label="Move “${title}” down" title="Move down"${off(place === last)}>${icons.down}</button>
<button name="do" value="lead" data-do="lead" aria-label="Make “${title}” the lead"${off(place === 0)}>Lead</button>
<button name="do" value="remove" data-do="remove" aria-label="Remove “${title}”">Remove</button>
</div>`;
}

function editor(row: Row, model: EditionPageModel): Html {
  const { storyId, title, url, paragraphs, own, rewritten, place, summary } = row;
  const last = model.bench.rows.length - 1;
  const ownOf = (field: Row["rewritten"][number], text: string) => (rewritten.includes(field) ? text : null);
  const shared = { story: storyId, mayEdit: model.mayEdit, language: model.bench.language };
  return html`<details class="edit" data-edit data-key="edit-${storyId}"><summary><span class="act">Edit</span><span class="unseen"> “${typographic(title, shared.language)}”, ${placeName(place)}</span></summary>
<form method="post" action="${model.path}" class="fields">${tokenField(model.token)}<input type="hidden" name="story" value="${storyId}">
${fieldView({ ...shared, name: "title", label: "Headline", value: title, own: ownOf("title", own.title), counts: { most: 90, hint: "best up to 90" } })}
${place === 0 && fieldView({ ...shared, name: "paragraphs", label: "Text, with an empty line between paragraphs", value: paragraphs.join("\n\n"), own: ownOf("paragraphs", own.paragraphs.join("\n\n")) })}
${fieldView({ ...shared, name: "url", label: "Link", value: url ?? "", own: ownOf("url", own.url ?? "") })}
<p class="save"><button name="do" value="rewrite">Save</button></p></form>
${
  place > 0 &&
  place <= model.bench.summaries &&
  html`<form method="post" action="${model.path}" class="fields">${tokenField(model.token)}<input type="hidden" name="story" value="${storyId}">
${fieldView({ ...shared, name: "summary", label: "Summary, empty for none", value: summary ?? "", own: ownOf("summary", own.summary ?? ""), counts: { most: 220, hint: "best up to 220" } })}
<p class="save"><button name="do" value="summary">Save summary</button></p></form>`
}
<p class="more-of"><a class="button small quiet" href="${model.path}/story/${storyId}" data-sheet-of="${storyId}">Picture and articles…</a></p>
<form method="post" action="${model.path}" class="to" data-to>${tokenField(model.token)}<input type="hidden" name="story" value="${storyId}">
<label for="to-${storyId}">Move to position</label> <input id="to-${storyId}" name="to" type="number" min="0" max="${last}" value="${place}" inputmode="numeric"> <button class="small" name="do" value="move">Move</button> <span class="hint">0 is the lead</span></form>
</details>`;
}
