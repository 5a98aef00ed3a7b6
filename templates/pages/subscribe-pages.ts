import type { WorkChallenge } from "#domain/audience/limits/proof-of-work.ts";
import { type ReaderWords, readerWordsFor } from "../reader-words.ts";
import { type Html, html } from "../text/html.ts";
import { sentence, wordsFor } from "../words.ts";
import { aboutLines, type NewsletterAbout } from "./archive-page.ts";
import { type NewsletterLook, newsletterPage, problemBox } from "./newsletter-page.ts";
import { pieces } from "./reader-pages.ts";
import { workField } from "./work-script.ts";

/** The form, with what was wrong with the last try. */
export function subscribePage(
  look: NewsletterLook,
  form: {
    action: string;
    canonical: string;
    /** When the form was made, signed; hidden in it. */
    made: string;
    postalAddress: string;
    about: NewsletterAbout;
    value?: string | undefined;
    fault?: keyof ReaderWords["faults"] | undefined;
    suggestion?: string | undefined;
    /** Proof of work, asked of a client that made many requests. */
    work?: WorkChallenge | undefined;
  },
): string {
  const words = readerWordsFor(look.language);
  const heading = sentence(words.subscribeTo, { title: look.title });
  const title = heading.map(({ text }) => text).join("");
  const note = noteOf(words, form);
  return newsletterPage(look, {
    title: note === undefined ? title : `${words.problem}: ${title}`,
    canonical: form.canonical,
    description: form.about.description,
    body: html`<div class="notice">${note && problemBox(words, "email", note)}<h1>${pieces(heading)}</h1>
${aboutLines(look.language, form.about)}<form method="post" action="${form.action}" novalidate>
<div class="row"><div><label for="email">${words.address}</label>
<input type="email" id="email" name="email" autocomplete="email" inputmode="email" spellcheck="false" autocapitalize="none" maxlength="254" required dir="ltr" value="${form.value ?? ""}"${note && html` aria-invalid="true" aria-describedby="problem"`}></div><button type="submit">${words.subscribe}</button></div>
<div class="trap" aria-hidden="true"><label for="website">${words.trap}</label><input type="text" id="website" name="website" tabindex="-1" autocomplete="off"></div>
<input type="hidden" name="made" value="${form.made}"><input type="hidden" name="lang" value="${look.language}">
${form.suggestion !== undefined && html`<input type="hidden" name="sure" value="${form.value ?? ""}">`}
${form.work && workField(form.work)}</form>
<p class="note">${words.privacy}</p><p class="go"><a href="${look.archiveUrl}">${wordsFor(look.language).archive}</a></p></div>`,
    foot: html`<p><bdi>${form.postalAddress}</bdi></p>`,
  });
}

function noteOf(
  words: ReaderWords,
  { fault, suggestion }: { fault?: keyof ReaderWords["faults"] | undefined; suggestion?: string | undefined },
): Html | undefined {
  if (fault !== undefined) return html`${words.faults[fault]}`;
  return suggestion === undefined ? undefined : html`${pieces(sentence(words.didYouMean, { address: suggestion }))}`;
}

/** A page that says one thing, with at most one button and one link. */
export function stepPage(
  look: NewsletterLook,
  step: {
    title: string;
    /** {title} and {address} are put in. */
    text: string;
    address?: string | undefined;
    note?: string | undefined;
    button?: { action: string; label: string } | undefined;
    link?: { url: string; label: string } | undefined;
  },
): string {
  const { button, link } = step;
  return newsletterPage(look, {
    title: `${step.title} · ${look.title}`,
    body: html`<div class="notice"><h1>${step.title}</h1>
<p>${pieces(sentence(step.text, { title: look.title, address: step.address ?? "" }))}</p>
${button && html`<form method="post" action="${button.action}"><button type="submit">${button.label}</button></form>\n`}${
  step.note && html`<p class="note">${step.note}</p>\n`
}<p class="go">${
      link
        ? html`<a href="${link.url}">${link.label}</a>`
        : html`<a href="${look.archiveUrl}">${wordsFor(look.language).archive}</a>`
    }</p></div>`,
  });
}
