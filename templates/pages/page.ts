import { createHash } from "node:crypto";
import type { Theme } from "#domain/theme/theme.ts";
import { type Html, html, styleElement } from "../text/html.ts";
import { direction, wordsFor } from "../words.ts";
import { pageStyle } from "./page-style.ts";

/** The frame of every page. All addresses are absolute. */
type PageFrame = {
  /** The title for browser tabs and search engines. */
  title: string;
  /** BCP 47 tag of its words. */
  language: string;
  body: Html;
  /** The newsletter's name at the top, and its link. Default: none. */
  masthead?: { title: string; url: string | null } | undefined;
  /** The page's canonical address. Pages with one may be indexed, others not. */
  canonical?: string | undefined;
  description?: string | undefined;
  /** More for the head, such as JSON-LD. */
  head?: Html | undefined;
  /** The footer. */
  foot?: Html | undefined;
  /** The newsletter's theme. Default: the ready theme `broadsheet`. */
  theme?: Theme | undefined;
};

/**
 * The Content-Security-Policy of pages in these themes (level 3): style sheets by their hashes, forms to our own site,
 * our own pictures, and nothing else. Data blocks such as JSON-LD aren't scripts and need no permission.
 */
export function contentSecurityPolicy(themes: readonly Theme[], pictureOrigins: readonly string[] = []): string {
  const sheets = new Set([pageStyle(), ...themes.map(pageStyle)]);
  const hashes = Array.from(sheets, (css) => `'sha256-${createHash("sha256").update(css).digest("base64")}'`);
  return [
    "default-src 'none'",
    `img-src ${["'self'", ...pictureOrigins].join(" ")}`,
    `style-src ${hashes.join(" ")}`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join("; ");
}

/** A whole page: one style block, nothing from other sites; one script, on a form that asks for proof of work. */
export function page(frame: PageFrame): string {
  const dir = direction(frame.language);
  const { masthead } = frame;
  return html`<!doctype html>
<html lang="${frame.language}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${frame.title}</title>
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
${
  frame.canonical === undefined
    ? html`<meta name="robots" content="noindex">`
    : html`<link rel="canonical" href="${frame.canonical}">`
}
${frame.description ? html`<meta name="description" content="${frame.description}">` : null}
${styleElement(pageStyle(frame.theme))}
${frame.head}
</head>
<body>
<a class="skip" href="#main">${wordsFor(frame.language).skip}</a>
<div class="sheet">
${masthead ? html`<header class="masthead"><p>${mastheadName(masthead)}</p></header>` : null}
<main id="main" tabindex="-1">
${frame.body}
</main>
${frame.foot?.markup ? html`<footer>${frame.foot}</footer>` : null}
</div>
</body>
</html>
`.markup;
}

/** Isolated, because the reader's language may run the other way: a final "!" would change sides. */
const mastheadName = ({ title, url }: { title: string; url: string | null }): Html =>
  url === null ? html`<bdi>${title}</bdi>` : html`<a href="${url}"><bdi>${title}</bdi></a>`;
