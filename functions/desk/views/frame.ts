import { type Html, html } from "#templates/html.ts";
import { paths } from "../contract.ts";
import { scriptPath, stylePath } from "../files.ts";
import type { Person } from "../person.ts";

/** What every page of the desk has around its own body. */
export type Frame = {
  title: string;
  body: Html;
  /** Who sits there; absent on pages before signing in. */
  person?: Person | undefined;
  /** The session's, for signing out. */
  token?: string | undefined;
  /** Whether the page has the desk's script. */
  script?: boolean | undefined;
};

/** A whole page: one style sheet and our own scripts, nothing inline, nothing from elsewhere. */
export function deskPage({ title, body, person, token, script = false }: Frame): string {
  return html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Desk</title>
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="stylesheet" href="${stylePath}">
${script && html`<script type="module" src="${scriptPath}"></script>`}
</head>
<body>
<a class="skip" href="#main">Skip to the page</a>
<header class="bar"><p class="mark"><a href="${paths.home}">Desk</a></p>${person && html`${nav}${seat(person, token ?? "")}`}</header>
<main id="main" tabindex="-1">
${body}
</main>
</body>
</html>
`.markup;
}

const nav = html`<nav class="nav" aria-label="Desk"><a href="${paths.home}">Newsletters</a><a href="${paths.sources}">Sources</a><a href="${paths.log}">Log</a></nav>`;

const seat = ({ name, role }: Person, token: string): Html =>
  html`<div class="seat"><p><bdi>${name}</bdi>, ${role}</p>
<form method="post" action="${paths.signOut}"><input type="hidden" name="token" value="${token}"><button>Sign out</button></form></div>`;
