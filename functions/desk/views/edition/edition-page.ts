import { isAllowed } from "#functions/desk-command/contract.ts";
import { type Html, html } from "#templates/text/html.ts";
import { base, paths } from "../../contract.ts";
import { version } from "../../files.ts";
import { tokenField } from "../../parts/token.ts";
import { longDate, mediumDate } from "../../parts/words.ts";
import type { EditionPageModel } from "../../routes/edition-page-model.ts";
import { deskPage } from "../frame.ts";
import { icons } from "../icons.ts";
import { type Found, foundList } from "./edition-candidates.ts";
import { keysDialog } from "./edition-keys.ts";
import { sinceThen } from "./edition-log.ts";
import { type PartName, partOf } from "./edition-parts.ts";
import { views } from "./preview.ts";

type More = {
  /** The result of a submitted form; null: none. */
  notice: { text: string; isFault: boolean } | null;
  found: Found | null;
};

/** The edition's page. Everything works without the script, which makes it fast and live. */
export function editionPage(model: EditionPageModel, more: More): string {
  const { bench, newsletter, date, path, person, token, mayEdit } = model;
  const still = { decisions: bench.decisions, rev: bench.edition.rev, state: bench.edition.state };
  return deskPage({
    title: `${newsletter.title}, ${date}`,
    person,
    token,
    script: true,
    bar: { middle: where(model), end: tools(model), menu: menuItems(model) },
    attributes: html`class="editing" data-desk data-path="${path}" data-person="${person.id}" data-token="${token}" data-version="${version}" data-still="${JSON.stringify(still)}" data-now="${bench.now}" data-edits="${mayEdit ? "yes" : "no"}"`,
    body: html`<p class="unseen" id="grab-how">Space picks it up, arrows move it, Space puts it down, Escape puts it back.</p>
<p class="unseen" aria-live="assertive" data-announce></p>
<p class="banner" role="alert" data-outdated hidden>The desk was updated. Your work is saved. <a href="${path}">Reload this page</a></p>
${more.notice && html`<p class="banner${!more.notice.isFault && " good"}" role="alert" data-notice>${more.notice.text}</p>`}
<div class="columns">
<section class="pane edition" id="edition" aria-labelledby="edition-h"><h2 id="edition-h" class="unseen">Edition</h2>
${part("envelope", model)}
${part("rows", model)}</section>
<div class="side"><nav class="tabs" aria-label="Views of the edition" data-tabs>${tabs.map(({ name, label }) => html`<a href="#${name}" data-tab="${name}">${label}</a>`)}</nav>
${pane("preview", "Preview", preview(model))}
${pane("stories", "More stories", stories(model, more.found))}
${pane("tray", "Removed stories", part("tray", model))}
${pane("changes", "Changes", html`${part("changes", model)}${sinceThen(model)}`)}
${pane("checks", "Checks", checks(model))}
${pane("history", "History", part("history", model))}
</div></div>
${keysDialog()}
<dialog class="sheet" id="sheet" aria-labelledby="sheet-h"><header><h2 id="sheet-h"></h2><button type="button" class="tool" data-sheet-close aria-label="Close">${icons.close}</button></header><div data-sheet-body></div></dialog>`,
  });
}

const tabs = [
  { name: "edition", label: "Edition" },
  { name: "preview", label: "Preview" },
  { name: "stories", label: "Stories" },
  { name: "tray", label: "Removed" },
  { name: "changes", label: "Changes" },
  { name: "checks", label: "Checks" },
  { name: "history", label: "History" },
] as const;

const dayFrom = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00:00.000Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** In the bar: which edition this is, its neighbours, and its state. */
function where(model: EditionPageModel): Html {
  const { newsletter, date } = model;
  const day = (days: number) => `${base}/${newsletter.name}/${dayFrom(date, days)}`;
  return html`<div class="where"><h1><a href="${base}/${newsletter.name}/editions">${newsletter.title}</a> <time datetime="${date}" title="${longDate(date)}">${mediumDate(date)}</time></h1>
<nav class="days" aria-label="Other days"><a class="tool" href="${day(-1)}" rel="prev" aria-label="Previous day" title="Previous day">${icons.before}</a><a class="tool" href="${day(1)}" rel="next" aria-label="Next day" title="Next day">${icons.after}</a></nav>
${part("head", model)}</div>`;
}

function tools(model: EditionPageModel): Html {
  const { bench, path, person, mayEdit } = model;
  const isOpen = ["draft", "approved"].includes(bench.edition.state) || !bench.drafted;
  const saved = mayEdit
    ? "All changes saved"
    : isAllowed(person.role, "decide")
      ? "Read-only"
      : "Read-only for viewers";
  return html`<p class="people" data-people></p><p class="saved" role="status" data-status>${saved}</p>
${part("steps", model)}
<p class="going"><span class="why-not" data-send-why role="status"></span><a class="button" href="${path}/send" ${isOpen && html` data-send`}>${isOpen ? "Send…" : "Delivery"}</a></p>`;
}

const menuItems = ({ newsletter, date }: EditionPageModel): Html =>
  html`<nav aria-label="This edition"><a href="${base}/${newsletter.name}/editions">All editions</a><a href="${paths.log}?newsletter=${newsletter.name}&amp;date=${date}">Edition log</a><button type="button" class="plain" data-opens="keys">Keyboard shortcuts</button></nav>`;

function part(name: PartName, model: EditionPageModel): Html {
  const { hash, html: markup } = partOf(name, model);
  return html`<div data-part="${name}" data-hash="${hash}">${{ markup }}</div>`;
}

const pane = (id: string, title: string, body: Html): Html =>
  html`<section class="pane" id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h" class="label">${title}</h2>${body}</section>`;

function preview(model: EditionPageModel): Html {
  const { path, token } = model;
  return html`<div class="preview-top"><nav class="views" aria-label="Views of the email">${views.map(({ name, label, about }, at) => html`<a href="${path}/preview/${name}" target="preview" data-view="${name}" title="${about}"${at === 0 && html` aria-current="true"`}>${label}</a>`)}</nav>
${part("measures", model)}</div>
<div class="screen" data-screen="600"><iframe name="preview" title="Preview of the email" sandbox="allow-same-origin" src="${path}/preview/600"></iframe></div>
${
  model.mayEdit &&
  html`<form method="post" action="${path}/test" class="test" data-test>${tokenField(token)}<label for="test-to">Send a test to</label> <input id="test-to" name="to" type="text" autocomplete="email" inputmode="email" placeholder="you@example.org, …" required> <button class="small">Send test</button></form>
<ul class="results" role="status" data-test-results></ul>`
}`;
}

const checks = ({ path }: EditionPageModel): Html =>
  html`<div data-check><p class="empty">The check runs once the edition is drafted.</p></div>
<p><a class="button quiet" href="${path}/send?links=yes" data-links>Check links</a></p>`;

function stories(model: EditionPageModel, found: Found | null): Html {
  const { path, token } = model;
  return html`<form class="search" role="search" method="get" action="${path}#stories" data-search><label class="unseen" for="q">Search stories, or paste an address to add it</label>
<div class="one-line"><input id="q" name="q" type="search" value="${found?.words ?? ""}" placeholder="Search stories, or paste an address" autocomplete="off" spellcheck="false"> <button class="small">Search</button></div></form>
${model.mayEdit && html`<noscript><form method="post" action="${path}/page" class="one-line">${tokenField(token)}<label class="unseen" for="page-url">Address of a page to add</label><input id="page-url" name="url" type="url" placeholder="https://…"> <button class="small">Look up</button></form></noscript>`}
<label class="check"><input type="checkbox" data-hide-ran> Hide stories sent before</label>
<div data-found>${found && foundList(found, { path, token, language: model.newsletter.language })}</div>
<p class="meta" data-matching></p>
${part("candidates", model)}`;
}
