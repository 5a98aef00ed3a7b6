import { isAllowed } from "#functions/desk-command/contract.ts";
import { type Html, html } from "#templates/html.ts";
import { base } from "../contract.ts";
import type { Seen } from "../seen.ts";
import { type Found, foundList } from "./edition-candidates.ts";
import { keysDialog } from "./edition-keys.ts";
import { sinceThen } from "./edition-log.ts";
import { type PartName, partOf } from "./edition-parts.ts";
import { tokenField } from "./edition-token.ts";
import { deskPage } from "./frame.ts";
import { views } from "./preview.ts";
import { longDate } from "./words.ts";

type More = {
  /** What was refused, where a form did the asking. */
  notice: string | null;
  found: Found | null;
};

/** An edition at work. All of it works without the script, which makes it quick and live. */
export function editionPage(seen: Seen, more: More): string {
  const { bench, newsletter, date, path, person, token, mayEdit } = seen;
  const isOpen = ["draft", "approved"].includes(bench.edition.state) || !bench.drafted;
  const still = { decisions: bench.decisions, rev: bench.edition.rev, state: bench.edition.state };
  return deskPage({
    title: `${newsletter.title}, ${date}`,
    person,
    token,
    script: true,
    body: html`<div class="desk" data-desk data-path="${path}" data-person="${person.id}" data-token="${token}" data-still="${JSON.stringify(still)}" data-now="${bench.now}" data-edits="${mayEdit ? "yes" : "no"}">
<header class="masthead"><p class="kicker">The edition of <a href="${base}/${newsletter.name}">${newsletter.title}</a></p>
<h1>${longDate(date)}</h1>
<nav class="days" aria-label="Other days"><a href="${base}/${newsletter.name}/${dayFrom(date, -1)}" rel="prev">Day before</a> <a href="${base}/${newsletter.name}/${dayFrom(date, 1)}" rel="next">Day after</a> <a href="${base}/${newsletter.name}/editions">All editions</a> <a href="${base}/-/log?newsletter=${newsletter.name}&amp;date=${date}">Its log</a></nav></header>
<div class="head">${part("head", seen)}
<p class="going"><a class="button" href="${path}/send" ${isOpen && html` data-send`}>${isOpen ? "Send…" : "Delivery"}</a> <span class="why-not" data-send-why role="status"></span></p>
<div class="status"><p class="saved" role="status" data-status>${mayEdit ? "All is saved" : isAllowed(person.role, "decide") ? "You are reading" : "You are reading; changes need the role editor"}</p><p class="people" data-people></p><button type="button" class="small" data-opens="keys">Keys</button></div></div>
${more.notice && html`<p class="notice-line" role="alert">${more.notice}</p>`}
<p class="unseen" id="grab-how">Space picks it up, arrows move it, Space puts it down, Escape puts it back.</p>
<p class="unseen" aria-live="assertive" data-live></p>
<nav class="tabs" aria-label="Parts of the desk" data-tabs>${tabs.map(({ name, label }) => html`<a href="#${name}" data-tab="${name}">${label}</a>`)}</nav>
<div class="columns">
<section class="pane edition" id="edition" aria-labelledby="edition-h"><h2 id="edition-h" class="label">Stories</h2>
${part("rows", seen)}
<h2 class="label" id="envelope-h">In the inbox</h2>${part("envelope", seen)}</section>
<div class="side">
${pane("preview", "Preview", preview(seen))}
${pane("stories", "More stories", stories(seen, more.found))}
${pane("tray", "Removed", part("tray", seen))}
${pane("changes", "What changed", html`${part("changes", seen)}${sinceThen(seen)}`)}
${pane("checks", "Checks", checks(seen))}
${pane("history", "History", part("history", seen))}
</div></div>
${keysDialog()}</div>`,
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

function part(name: PartName, seen: Seen): Html {
  const { hash, html: markup } = partOf(name, seen);
  return html`<div data-part="${name}" data-hash="${hash}">${{ markup }}</div>`;
}

const pane = (id: string, title: string, body: Html): Html =>
  html`<section class="pane" id="${id}" aria-labelledby="${id}-h"><h2 id="${id}-h" class="label">${title}</h2>${body}</section>`;

function preview(seen: Seen): Html {
  const { path, token } = seen;
  return html`${part("measures", seen)}
<nav class="views" aria-label="Views of the email">${views.map(({ name, label, about }, at) => html`<a href="${path}/preview/${name}" target="preview" data-view="${name}" title="${about}"${at === 0 && html` aria-current="true"`}>${label}</a>`)}</nav>
<div class="screen" data-screen="600"><iframe name="preview" title="Preview of the email" sandbox="allow-same-origin" src="${path}/preview/600"></iframe></div>
${
  seen.mayEdit &&
  html`<form method="post" action="${path}/test" class="test" data-test>${tokenField(token)}<label for="test-to">Send a test to</label> <input id="test-to" name="to" type="text" autocomplete="email" inputmode="email" placeholder="you@example.org, …" required> <button class="small">Send test</button></form>
<p class="note" role="status" data-test-said hidden></p>`
}`;
}

const checks = ({ path }: Seen): Html =>
  html`<div data-check><p class="empty">It is checked as soon as there is an email.</p></div>
<p><a class="button quiet" href="${path}/send" data-links>Try its links, too</a></p>`;

function stories(seen: Seen, found: Found | null): Html {
  const { path, token } = seen;
  return html`<form class="search" role="search" method="get" action="${path}#stories" data-search><label for="q">Search stories, or paste an address to add it</label>
<div class="one-line"><input id="q" name="q" type="search" value="${found?.words ?? ""}" autocomplete="off" spellcheck="false"> <button class="small">Search</button></div></form>
${seen.mayEdit && html`<form method="post" action="${path}" class="own-story" data-own hidden>${tokenField(token)}<p>No source has brought that page. What is its headline?</p><label for="own-url">Address</label> <input id="own-url" name="story" type="url"> <label for="own-title">Headline</label> <input id="own-title" name="title"> <button class="small" name="do" value="add">Add</button></form>`}
<label class="check"><input type="checkbox" data-hide-ran> Hide what was sent before</label>
<div data-found>${found && foundList(found, { path, token })}</div>
<p class="meta" data-matching></p>
${part("candidates", seen)}`;
}
