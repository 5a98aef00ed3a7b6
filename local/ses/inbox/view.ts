import { decodedText } from "#adapters/email-reading/decoding.ts";
import { bareAddress, displayName, type Message } from "../mail/message.ts";
import { type Rendered, recipientOf, render, renderMime } from "../mail/render.ts";
import { type Html, html } from "./html.ts";
import { counted, fullTime, messagePath, type Shown, type Tab, tabs } from "./shown.ts";
import { mailtoUrl, oneClickUrl } from "./unsubscribe.ts";

/** One message with everything a developer needs. */
export function messagePane(shown: Shown): Html {
  const { message, content, region } = shown;
  const rendered = render(message, content, region);
  const from = decodedText(message.call.from);
  const name = displayName(from) || bareAddress(from);
  return html`<article class="mail" data-id="${message.entry.id}" data-tab="${shown.tab}">
<header class="head">
<p class="back"><a href="${shown.words === "" ? "/" : `/?q=${encodeURIComponent(shown.words)}`}" data-back>All mail</a></p>
<h2 class="title">${rendered.subject || "(no subject)"}</h2>
<div class="lines">
<p class="from"><span class="seal" aria-hidden="true">${[...name][0] ?? "?"}</span><span><b>${name}</b> <span class="address">${bareAddress(from)}</span><br><span class="address">to ${recipientOf(message)}</span></span></p>
<div class="side"><p class="when"><time datetime="${new Date(message.call.at).toISOString()}">${fullTime(message.call.at)}</time></p>
${copiesBar(shown)}</div>
</div>
${facts(message, rendered)}
</header>
${tabBar(shown, rendered)}
<div class="body" data-body="${shown.tab}">${body(shown, rendered)}</div>
</article>`;
}

const arrows = {
  prev: html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M10 3 5 8l5 5" fill="none" stroke="currentColor" stroke-width="1.6"/></svg>`,
  next: html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="m6 3 5 5-5 5" fill="none" stroke="currentColor" stroke-width="1.6"/></svg>`,
};

function copiesBar({ message, copies, words, tab }: Shown): Html {
  if (copies.length < 2) return html``;
  const at = copies.indexOf(message);
  const link = (copy: Message | undefined, label: string, rel: "prev" | "next") =>
    copy
      ? html`<a class="step" rel="${rel}" href="${messagePath(copy, words, tab)}" data-step="${rel}" aria-label="${label}">${arrows[rel]}</a>`
      : html`<span class="step off" aria-hidden="true">${arrows[rel]}</span>`;
  return html`<nav class="copies" aria-label="Copies">${link(copies[at - 1], "Previous copy", "prev")}<span>Copy <b>${(at + 1).toLocaleString("en")}</b> of ${copies.length.toLocaleString("en")}</span>${link(copies[at + 1], "Next copy", "next")}</nav>`;
}

/** Gmail shows about 102 KB of HTML and hides the rest behind a link; Broadsheet trims at 90,000 bytes. */
const clip = { near: 90_000, over: 102_000 };

function size({ html: markup, text }: Rendered): Html {
  const bytes = Buffer.byteLength(markup ?? text ?? "");
  const level = bytes > clip.over ? "over" : bytes > clip.near ? "near" : "fits";
  const says = {
    over: "Gmail clips it at 102 KB",
    near: "close to the 102 KB at which Gmail clips",
    fits: "Gmail shows all of it",
  };
  return html`<li class="size" data-level="${level}"><b>${(bytes / 1000).toFixed(1)} KB</b> <span>${says[level]}</span></li>`;
}

function facts(message: Message, rendered: Rendered): Html {
  // Machine-made values, such as a batch's key, stand under Headers.
  const short = Object.entries(message.entry.tags).filter(([, value]) => value.length <= 24);
  const tags = short.map(([name, value]) => html`<li class="tag"><span>${name}</span> ${value}</li>`);
  const oneClick = oneClickUrl(rendered.headers);
  const leave =
    oneClick === null
      ? html`<li class="none">no one-click unsubscribe</li>`
      : html`<li><form method="post" action="/messages/${message.entry.id}/unsubscribe" data-unsubscribe><button class="press" title="POST ${oneClick}">Try one-click unsubscribe</button></form></li>`;
  const mailto = mailtoUrl(rendered.headers);
  const byMail =
    mailto !== null &&
    html`<li><form method="post" action="/messages/${message.entry.id}/unsubscribe-mail" data-unsubscribe><button class="press" title="${mailto}">Try unsubscribe by mail</button></form></li>`;
  return html`<ul class="facts">${size(rendered)}${tags}${leave}${byMail}</ul><p class="outcome" role="status" data-outcome></p>`;
}

const tabNames: Record<Tab, string> = { html: "HTML", text: "Text", headers: "Headers", source: "Source" };

function tabBar({ message, words, tab }: Shown, { html: markup }: Rendered): Html {
  const links = tabs.map(
    (one, at) =>
      html`<a href="${messagePath(message, words, one)}" data-go="${one}" title="Key ${at + 1}"${tab === one && html` aria-current="page"`}>${tabNames[one]}</a>`,
  );
  const { id } = message.entry;
  const files = html`<span class="files">${markup !== null && html`<a href="/messages/${id}.html" target="_blank" rel="noopener" class="alone">Open alone</a>`}<a href="/messages/${id}.eml" download="${id}.eml">.eml</a></span>`;
  return html`<div class="bar"><nav class="tabs" aria-label="Parts of the message">${links}</nav>${files}</div>`;
}

function body(shown: Shown, rendered: Rendered): Html {
  if (shown.tab === "html") return preview(shown.message, rendered);
  if (shown.tab === "text")
    return rendered.text === null
      ? html`<p class="quiet">This message has no text part. Some readers and many filters want one.</p>`
      : html`<pre class="plain" tabindex="0" role="region" aria-label="Text part">${rendered.text}</pre>`;
  if (shown.tab === "headers") return headers(shown.message, rendered);
  const source = renderMime(shown.message, shown.content, shown.region).toString("utf8");
  return html`<pre class="source" tabindex="0" role="region" aria-label="Source">${source}</pre>`;
}

function preview(message: Message, { html: markup }: Rendered): Html {
  if (markup === null) return html`<p class="quiet">This message has no HTML part: see its text.</p>`;
  const choice = (set: string, value: string, label: Html, on: boolean) =>
    html`<button type="button" data-set="${set}" data-value="${value}" aria-pressed="${on ? "true" : "false"}">${label}</button>`;
  return html`<div class="preview">
<div class="switches"><div class="switch" role="group" aria-label="Width">${choice("width", "desktop", html`Desktop`, true)}${choice("width", "375", html`<span class="wide">Phone </span>375`, false)}${choice("width", "320", html`320`, false)}</div>
<div class="switch" role="group" aria-label="Colours of the email">${choice("scheme", "light", html`Light`, true)}${choice("scheme", "dark", html`Dark`, false)}</div></div>
<div class="stage"><div class="device"><iframe class="email" src="/messages/${message.entry.id}.html" title="The email as HTML" sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"></iframe></div></div></div>`;
}

function headers(message: Message, rendered: Rendered): Html {
  const { call, entry } = message;
  const rows = (pairs: readonly (readonly [string, string])[]) =>
    pairs.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  const tags = Object.entries(entry.tags);
  return html`<div class="tables"><h3>Headers</h3><table>${rows(rendered.headers.map(({ name, value }) => [name, value] as const))}</table>
${tags.length > 0 && html`<h3>Tags</h3><table>${rows(tags)}</table>`}
<h3>As SES took it</h3><table>${rows([
    ["Message id", entry.id],
    ["Operation", call.operation],
    ["Configuration set", call.configurationSet ?? "none"],
    ["Outcome", entry.fate],
    [
      "Variables",
      Object.entries(entry.values)
        .map(([name, value]) => `${name}=${value}`)
        .join("\n") || "none",
    ],
  ])}</table></div>`;
}

/** Shown when no message is open. */
const picture = html`<svg viewBox="0 0 112 96" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linejoin="round" aria-hidden="true"><path d="M26 44V8h60v36"/><path d="M36 18h40M36 27h18M36 33h18M36 39h18M60 27h16v12H60z" stroke-width="2"/><path d="M12 42v44h88V42L56 68z"/><path d="m12 86 32-25m56 25L68 61"/></svg>`;

/** The empty state. */
export function emptyPane(count: number, missing: boolean): Html {
  if (missing) return html`<div class="empty"><h2>That message is gone</h2><p>The inbox was emptied since.</p></div>`;
  if (count > 0)
    return html`<div class="empty"><h2>${counted(count, "message", "messages")}</h2><p>Choose one from the list.</p></div>`;
  return html`<div class="empty">${picture}<h2>No mail yet</h2>
<p>Mail that the local system sends arrives here and goes nowhere else. It appears as soon as it is sent.</p>
<p>Make today’s edition and send it:</p>
<pre tabindex="0" role="region" aria-label="Commands"><code>npx --no-install broadsheet edition build daily
npx --no-install broadsheet edition send daily</code></pre>
<p>Or send a test to one address:</p>
<pre tabindex="0" role="region" aria-label="Command"><code>npx --no-install broadsheet edition test daily --to you@example.org</code></pre></div>`;
}
