import type { WorthAnswer } from "#domain/edition/worth.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import { readerWordsFor } from "../reader-words.ts";
import { html } from "../text/html.ts";
import { fullDate } from "../words.ts";
import { type NewsletterLook, newsletterPage } from "./newsletter-page.ts";

/** One question and its two answers; the one whose link was opened comes first. */
export function worthPage(
  look: NewsletterLook,
  asking: { date: LocalDate; first: WorthAnswer; actions: Readonly<Record<WorthAnswer, string>> },
): string {
  const { worth: said } = readerWordsFor(look.language);
  const { date, first, actions } = asking;
  const button = (answer: WorthAnswer) =>
    html`<form method="post" action="${actions[answer]}"><button type="submit"${answer !== first && html` class="second"`}>${said[answer]}</button></form>`;
  return newsletterPage(look, {
    title: `${said.title} · ${look.title}`,
    body: html`<div class="notice"><h1>${said.title}</h1>
<p><time datetime="${date}">${fullDate(look.language, date)}</time></p>
<div class="buttons">${button(first)}${button(first === "yes" ? "no" : "yes")}</div>
<p class="note">${said.note}</p></div>`,
  });
}
