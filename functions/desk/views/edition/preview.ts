import type { RenderedEmail } from "#domain/edition/edition.ts";
import { type Html, html } from "#templates/text/html.ts";
import { stylePath } from "../../files.ts";
import { graphemesOf, linesOf } from "../../parts/words.ts";

/** The preview's views, in the order of their keys 1 to 9. */
export const views = [
  { name: "600", label: "Desktop", about: "On a desktop, 600 pixels" },
  { name: "375", label: "375", about: "On a phone, 375 pixels" },
  { name: "320", label: "320", about: "On a small phone, 320 pixels" },
  { name: "dark", label: "Dark", about: "On a device in dark mode" },
  { name: "forced", label: "Forced dark", about: "In a mail app that inverts colours" },
  { name: "no-images", label: "No images", about: "Without loading pictures" },
  { name: "no-style", label: "No style", about: "In a mail app that drops the style sheet" },
  { name: "text", label: "Text", about: "The text part" },
  { name: "inbox", label: "Inbox", about: "Its row in an inbox" },
] as const;
type View = (typeof views)[number]["name"];
export const isView = (name: string): name is View => views.some((view) => view.name === name);

/**
 * No scripts, no forms, no content from other sites, and no navigation; only in a frame of the desk.
 * `allow-same-origin` lets the desk keep the scroll position; without scripts, it gives the email no rights.
 */
export const previewPolicy =
  "sandbox allow-same-origin; default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/**
 * The same for an edition that isn't drafted yet, whose pictures are still at their publishers, as in the desk's rows.
 * No referrer is sent.
 */
export const undraftedPolicy = previewPolicy.replace("img-src 'self'", "img-src 'self' https:");

/** The email as SES would send it to a sample reader, shown as in one kind of mail program. Links are inert. */
export function previewPage(view: View, email: RenderedEmail, from: string): string {
  switch (view) {
    case "text":
      return shell(html`<pre class="plain-text">${linesOf(email.text)}</pre>`);
    case "inbox":
      return shell(inbox(email, from));
    case "dark":
      return inert(dark(email.html));
    case "forced":
      return inert(withStyle(bare(email.html), LIGHT + forced));
    case "no-images":
      return inert(light(withoutImages(email.html)));
    case "no-style":
      return inert(withStyle(bare(email.html), LIGHT));
    default:
      return inert(light(email.html));
  }
}

/** A link looks the same but leads nowhere. */
const inert = (markup: string): string => markup.replaceAll(/(<a\b[^<>]*?)\shref=/gi, "$1 data-href=");

const DARK_QUERY = /\(\s*prefers-color-scheme\s*:\s*dark\s*\)/gi;
const LIGHT = ":root{color-scheme:light!important}";

/** The email's rules for dark devices always apply. */
const dark = (markup: string): string =>
  withStyle(markup.replaceAll(DARK_QUERY, "(min-width:0px)"), ":root{color-scheme:dark!important}");

/** The email's rules for dark devices never apply, even if the editor's device is dark. */
const light = (markup: string): string => withStyle(markup.replaceAll(DARK_QUERY, "(max-width:0px)"), LIGHT);

const forced = "html{background:#fff;filter:invert(1) hue-rotate(180deg)}img{filter:invert(1) hue-rotate(180deg)}";

const withStyle = (markup: string, style: string): string =>
  markup.replace(/<\/head>/i, `<style>${style}</style></head>`);

const bare = (markup: string): string => markup.replaceAll(/<style\b[^<>]*>[^<]*<\/style>/gi, "");

const withoutImages = (markup: string): string =>
  markup.replaceAll(/(<img\b[^<>]*?)\ssrc="[^"<>]*"/gi, '$1 src="data:,"');

const shell = (body: Html): string =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Preview</title><meta name="color-scheme" content="light dark"><link rel="stylesheet" href="${stylePath}"></head>
<body class="frame">${body}</body></html>`.markup;

/** What the frame shows while there is no email. */
export const emptyPreview = (text: string): string => shell(html`<p class="empty">${text}</p>`);

/** Visible characters of a subject on a phone and a desktop, and of subject and preheader together. */
const cuts = [
  { name: "On a phone", subject: 40, preheader: 90 },
  { name: "On a desktop", subject: 60, preheader: 110 },
];

function inbox({ subject, html: markup }: RenderedEmail, from: string): Html {
  const preheader = preheaderIn(markup);
  return html`${cuts.map(
    (cut) => html`<h2 class="label">${cut.name}, ${cut.subject} and ${cut.preheader} characters</h2>
<div class="inbox-row" data-cut="${cut.subject}"><p class="from">${from}<span>07:00</span></p><p class="subject">${cutTo(subject, cut.subject)}</p><p class="pre">${cutTo(preheader, cut.preheader)}</p></div>`,
  )}`;
}

function cutTo(text: string, most: number): string {
  const all = graphemesOf(text);
  return all.length > most ? `${all.slice(0, most).join("")}…` : text;
}

/** The preheader is the first text of the body, followed by fillers. */
function preheaderIn(markup: string): string {
  const body = markup.slice(markup.search(/<body\b/i));
  const text = body
    // bounded: our own email, in which no content opens a comment
    .replaceAll(/<!--[\s\S]*?-->/g, "")
    // bounded: our own email, at most 90 KB
    .replace(/^[\s\S]*?display:\s*none[^>]*>([\s\S]*?)<\/div>[\s\S]*$/i, "$1");
  return unescaped(text.replaceAll(/<[^<>]*>/g, "").replaceAll(/(?:\u2007|\uFEFF|\u034F)+/g, ""))
    .replaceAll(/\s+/g, " ")
    .trim();
}

const named: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  "#x27": "'",
  "#x3D": "=",
  "#x60": "`",
};
const unescaped = (text: string): string =>
  text.replaceAll(/&(#?\w+);/g, (whole, name: string) => named[name] ?? whole);
