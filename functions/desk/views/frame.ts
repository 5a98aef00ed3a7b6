import { type Html, html } from "#templates/text/html.ts";
import type { Person } from "../access/person.ts";
import { paths } from "../contract.ts";
import { headingFontPath, scriptPath, stylePath, textFontPath } from "../files.ts";
import { tokenField } from "../parts/token.ts";
import { icons } from "./icons.ts";

/** The frame of every page of the desk. */
type Frame = {
  title: string;
  body: Html;
  /** The signed-in person; absent before signing in. */
  person?: Person | undefined;
  /** The session's, for signing out. */
  token?: string | undefined;
  /** Whether the page has the desk's script. */
  script?: boolean | undefined;
  /** Content of the bar instead of the desk's sections. */
  bar?: { middle: Html; end: Html; menu: Html } | undefined;
  /** Attributes of the body element. */
  attributes?: Html | undefined;
  /** This page's section of the desk. */
  section?: Section | undefined;
};

type Section = "newsletters" | "sources" | "log";

const sections: readonly [Section, string, string][] = [
  ["newsletters", paths.home, "Newsletters"],
  ["sources", paths.sources, "Sources"],
  ["log", paths.log, "Log"],
];

/** A whole page: one style sheet, one script and two fonts, all our own; nothing inline, nothing from other sites. */
export function deskPage({ title, body, person, token = "", script = false, bar, attributes, section }: Frame): string {
  return html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Desk</title>
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="preload" href="${textFontPath}" as="font" type="font/woff2" crossorigin>
<link rel="preload" href="${headingFontPath}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${stylePath}">
${script && html`<script type="module" src="${scriptPath}"></script>`}
</head>
<body${attributes && html` ${attributes}`}>
<a class="skip" href="#main">Skip to content</a>
<header class="bar"><a class="mark" href="${paths.home}" aria-label="Desk, all newsletters">${icons.mark}<span>Desk</span></a>
${bar ? bar.middle : person && html`<nav class="nav" aria-label="Desk">${links(section)}</nav>`}
${person && html`<div class="bar-end">${bar?.end}${menu(person, token, bar?.menu)}</div>`}</header>
<main id="main" tabindex="-1">
${body}
</main>
</body>
</html>
`.markup;
}

const links = (here?: Section): Html[] =>
  sections.map(
    ([name, href, label]) => html`<a href="${href}"${name === here && html` aria-current="page"`}>${label}</a>`,
  );

/** The signed-in person, with Sign out. On an edition's page it also has the desk's sections. */
function menu({ name, role, passkeysUrl }: Person, token: string, more: Html | undefined): Html {
  return html`<details class="menu"><summary>${more ? icons.more : html`<span class="face" aria-hidden="true">${initials(name)}</span>`}<span class="unseen">Menu of ${name}</span></summary>
<div class="menu-body"><p class="who"><b><bdi>${name}</bdi></b> <span>${role}</span></p>
${more && html`${more}<nav aria-label="Desk">${links()}</nav>`}
${passkeysUrl && html`<a href="${passkeysUrl}">Add a passkey</a>`}
<form method="post" action="${paths.signOut}">${tokenField(token)}<button class="plain">Sign out</button></form></div></details>`;
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => [...word][0] ?? "")
    .slice(0, 2)
    .join("")
    .toUpperCase();
