import { type Html, html } from "#templates/html.ts";
import { paths } from "../contract.ts";
import type { Person } from "../person.ts";
import { deskPage } from "./frame.ts";

export type Notice = {
  title: string;
  /** What happened, to what, and what to do now. */
  text: string;
  next?: { href: string; label: string } | undefined;
  person?: Person | undefined;
  token?: string | undefined;
  more?: Html | undefined;
};

/** A page that says one thing. */
export function noticePage({ title, text, next, person, token, more }: Notice): string {
  return deskPage({
    title,
    person,
    token,
    body: html`<div class="notice"><h1>${title}</h1>
<p>${text}</p>
${more}
${next && html`<p class="go"><a class="button" href="${next.href}">${next.label}</a></p>`}</div>`,
  });
}

const FIELD = 200;

/**
 * A form that came without a session, or from the page of an older one. Nothing of it was done and nothing of it is
 * lost: all that was written stands here, and goes again with one press.
 */
export function againPage(asked: {
  action: string;
  fields: readonly (readonly [name: string, value: string])[];
  /** Null: not signed in yet. */
  token: string | null;
  signIn: string;
  person?: Person | undefined;
}): string {
  const { action, fields, token, signIn, person } = asked;
  const shown = fields.filter(([name]) => name !== "token");
  const text =
    token === null
      ? "Nothing was done and nothing is lost. Sign in, which opens in another tab, then come back here and press Go on."
      : "This page was opened before you signed in again, so nothing was done yet. Press Go on to do it now.";
  return noticePage({
    title: token === null ? "You were signed out" : "Go on?",
    text,
    person,
    token: token ?? undefined,
    more: html`${
      token === null &&
      html`<p class="go"><a class="button" href="${signIn}" target="_blank" rel="noopener">Sign in</a></p>`
    }
<form method="post" action="${action}"><input type="hidden" name="token" value="${token ?? ""}">
${shown.map(([name, value]) => field(name, value))}
<button>Go on</button></form>
<p><a href="${paths.home}">Leave it, and go to the desk</a></p>`,
  });
}

const field = (name: string, value: string): Html =>
  value.length > FIELD || value.includes("\n")
    ? html`<p><label>${name}<textarea name="${name}" rows="6" readonly>${linesOf(value)}</textarea></label></p>`
    : html`<p><label>${name} <input name="${name}" value="${value}" readonly></label></p>`;

const newline: Html = { markup: "\n" };

/** Text with its line ends, which escaping would make spaces. A text area drops the first one. */
const linesOf = (text: string): Html[] => text.split(/\r?\n/).map((line) => html`${newline}${line}`);
