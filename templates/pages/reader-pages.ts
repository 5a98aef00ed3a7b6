import type { Theme } from "#domain/theme/theme.ts";
import { type Html, html } from "../text/html.ts";
import { type Piece, sentence, wordsFor } from "../words.ts";
import { page } from "./page.ts";

/** Names are set apart by direction and weight; an address is not broken at its dots. */
export const pieces = (words: readonly Piece[]): Html[] =>
  words.map(({ text, isolated }) => {
    if (!isolated) return html`${text}`;
    return html`<bdi class="${/^\S{1,8}@\S{1,22}$/.test(text) ? "name address" : "name"}">${text}</bdi>`;
  });

/** Leaving a newsletter: what is left, for which, and one button. Reading this page changes nothing. */
export function unsubscribePage(leaving: {
  /** The newsletter's name. */
  title: string;
  language: string;
  /** Enough of the address for its owner, too little for anyone who got the email forwarded: `a…@example.org`. */
  maskedAddress: string;
  /** Where the button posts to. */
  action: string;
  archiveUrl: string;
  /** What may follow: a button that asks for a link to the reader's data. */
  more?: Html | undefined;
  foot?: Html | undefined;
  theme?: Theme | undefined;
}): string {
  const words = wordsFor(leaving.language);
  const names = { title: leaving.title, address: leaving.maskedAddress };
  return page({
    title: `${words.unsubscribe}: ${leaving.title}`,
    language: leaving.language,
    theme: leaving.theme,
    masthead: { title: leaving.title, url: leaving.archiveUrl },
    body: html`<div class="notice"><h1>${words.leaveTitle}</h1>
<p>${pieces(sentence(words.leaveAsk, names))}</p>
<form method="post" action="${leaving.action}"><button type="submit">${words.leaveButton}</button></form>
<p class="note">${words.leaveNot}</p>${leaving.more}</div>`,
    foot: leaving.foot,
  });
}

/**
 * What a page without more to say says. `left` also stands for "had left already"; `sample` is where the unsubscribe
 * link leads of an email that has no reader, such as a preview.
 */
export type Message = "left" | "sample" | "badLink" | "notFound" | "gone" | "tooMany" | "error";

/** A page that says what happened and what to do next. */
export function messagePage(message: {
  kind: Message;
  language: string;
  siteUrl: string;
  /** The newsletter it is about, where one is known. */
  newsletter?: { title: string; archiveUrl: string } | undefined;
  /** What to quote when asking for help, such as the request's id. */
  reference?: string | undefined;
  /** What can be done about it, such as a button that undoes it. */
  action?: Html | undefined;
  foot?: Html | undefined;
  theme?: Theme | undefined;
}): string {
  const words = wordsFor(message.language);
  const { newsletter } = message;
  const texts = words.messages[message.kind];
  const next = newsletter
    ? html`<a href="${newsletter.archiveUrl}">${words.archive}</a>`
    : html`<a href="${message.siteUrl}">${words.newsletters}</a>`;
  const text = sentence(texts.text, { title: newsletter?.title ?? words.thisNewsletter });
  return page({
    title: newsletter ? `${texts.title} · ${newsletter.title}` : texts.title,
    language: message.language,
    theme: message.theme,
    masthead: newsletter && { title: newsletter.title, url: newsletter.archiveUrl },
    body: html`<div class="notice"><h1>${texts.title}</h1>
<p>${text.map((piece) => piece.text)}</p>
${message.action}<p class="go">${next}</p>
${message.reference && html`<p class="note">${pieces(sentence(words.reference, { id: message.reference }))}</p>`}</div>`,
    foot: message.foot,
  });
}
