import { type Html, html } from "./html.ts";
import { counted } from "./shown.ts";

type Page = {
  list: Html;
  pane: Html;
  words: string;
  count: number;
  /** True when a message was asked for: on a phone it is shown instead of the list. */
  chosen: boolean;
};

const keys = [
  ["j", "next mail"],
  ["k", "mail before"],
  ["Left Right", "copy before, next copy"],
  ["1 2 3 4", "HTML, text, headers, source"],
  ["w", "width: desktop, 375, 320"],
  ["d", "the email in light or dark"],
  ["u", "try one-click unsubscribe"],
  ["/", "search"],
  ["Esc", "leave search, back to the list"],
  ["?", "this list"],
] as const;

/** The whole page; scripts only make it live and quick. */
export function page({ list, pane, words, count, chosen }: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${count > 0 ? `Inbox (${count.toLocaleString("en")})` : "Inbox"} · Broadsheet</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/inbox.css">
<link rel="stylesheet" href="/assets/list.css">
<link rel="stylesheet" href="/assets/message.css">
<link rel="stylesheet" href="/assets/preview.css">
<link rel="stylesheet" href="/assets/parts.css">
<script type="module" src="/assets/inbox.js"></script>
</head>
<body data-open="${chosen ? "message" : "list"}">
<a class="skip" href="#pane">Skip to the message</a>
<header class="top">
<h1><a href="/" data-home>Inbox</a></h1>
<p class="live" data-live="off" role="status"><span class="dot" aria-hidden="true"></span><span data-live-text>Not live</span></p>
<form class="search" role="search" action="/" method="get"><label class="unseen" for="q">Search mail</label><input id="q" name="q" type="search" value="${words}" placeholder="Search subject or address" autocomplete="off" spellcheck="false"></form>
<div class="tools">
<button type="button" data-theme-switch aria-label="Theme: system"><svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true"><circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor"/></svg> <span class="word" data-theme-name>system</span></button>
<button type="button" data-opens="keys">Keys</button>
<button type="button" data-opens="clear">Delete all</button>
</div>
</header>
<main class="panes">
<section class="list" id="list" aria-label="Mail">${list}</section>
<section class="pane" id="pane" aria-label="Message" tabindex="-1">${pane}</section>
</main>
<p class="unseen" aria-live="polite" id="said"></p>
<dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">Keys</h2>
<dl>${keys.map(([key, does]) => html`<div><dt>${key.split(" ").map((one) => html`<kbd>${one}</kbd> `)}</dt><dd>${does}</dd></div>`)}</dl>
<label class="check"><input type="checkbox" data-keys-on checked> Single keys are on</label>
<form method="dialog"><button class="press">Close</button></form></dialog>
<dialog id="clear" aria-labelledby="clear-title"><h2 id="clear-title">Delete all mail?</h2>
<p><span data-count>${counted(count, "message", "messages")}</span> will be deleted from this machine. SES’s quota still counts them.</p>
<form method="dialog"><button class="press" value="no">Keep them</button> <button class="press danger" value="yes">Delete</button></form></dialog>
</body>
</html>`;
}
