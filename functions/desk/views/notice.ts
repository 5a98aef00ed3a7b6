import { type Html, html } from "#templates/text/html.ts";
import type { Person } from "../access/person.ts";
import { paths } from "../contract.ts";
import { tokenField } from "../parts/token.ts";
import { linesOf } from "../parts/words.ts";
import { deskPage } from "./frame.ts";

type Notice = {
  title: string;
  /** What happened, to what, and what to do now. */
  text: string;
  next?: { href: string; label: string } | undefined;
  person?: Person | undefined;
  token?: string | undefined;
  /** Adds a button that signs out, with the session's token. */
  signOutToken?: string | undefined;
  more?: Html | undefined;
  /** Whether a form was refused because its session ended: the page's script then keeps what was entered. */
  isSignedOut?: boolean | undefined;
};

/** A page with one message. */
export function noticePage({
  title,
  text,
  next,
  person,
  token,
  signOutToken,
  more,
  isSignedOut = false,
}: Notice): string {
  return deskPage({
    title,
    person,
    token,
    script: isSignedOut,
    body: html`<div class="notice"${isSignedOut && html` data-signed-out`}><h1>${title}</h1>
<p>${text}</p>
${more}
${signOutToken !== undefined && html`<form method="post" action="${paths.signOut}">${tokenField(signOutToken)}<button>Sign out</button></form>`}
${next && html`<p class="go"><a class="button" href="${next.href}">${next.label}</a></p>`}</div>`,
  });
}

/** From this length in characters, a field is a text area. */
const LONG = 200;

/**
 * A form from a page of an earlier session. Nothing was done and nothing is lost: the page shows what was entered, and
 * one press sends it again. The guards have already checked that it came from our own page.
 */
export function retryPage(request: {
  action: string;
  fields: readonly (readonly [name: string, value: string])[];
  token: string;
  person: Person;
}): string {
  const { action, fields, token, person } = request;
  return noticePage({
    title: "Continue?",
    text: "This page was opened before you signed in again, so nothing was done yet. Check what you entered and continue.",
    person,
    token,
    more: html`<form method="post" action="${action}">${tokenField(token)}
${fields.filter(([name]) => name !== "token").map(([name, value]) => field(name, value))}
<button>Continue</button></form>
<p><a href="${paths.home}">Discard it and go to the desk</a></p>`,
  });
}

const field = (name: string, value: string): Html =>
  value.length > LONG || value.includes("\n")
    ? html`<p><label>${name}<textarea name="${name}" rows="6" readonly>${newline}${linesOf(value)}</textarea></label></p>`
    : html`<p><label>${name} <input name="${name}" value="${value}" readonly></label></p>`;

/** A text area ignores the first line end of its text. */
const newline: Html = { markup: "\n" };
