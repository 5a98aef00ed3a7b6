import type { Theme } from "#domain/theme/theme.ts";
import { aboutLines, type NewsletterAbout } from "./archive-page.ts";
import { type Html, html } from "./html.ts";
import { page } from "./page.ts";
import { pieces } from "./reader-pages.ts";
import { languageNames, type ReaderWords, readerWordsFor } from "./reader-words.ts";
import { sentence, wordsFor } from "./words.ts";

/** What every page on the way to a subscription knows of its newsletter. */
export type NewsletterLook = {
  title: string;
  language: string;
  archiveUrl: string;
  theme?: Theme | undefined;
  /** The page's own path, for the links that switch its language; none where it is only an answer. */
  path?: string | undefined;
};

/** Links to the page in each language. The one it is in is not a link. */
export function languageSwitch({ language, path }: Pick<NewsletterLook, "language" | "path">): Html {
  if (path === undefined) return html``;
  const own = new Intl.Locale(language).language;
  const links = languageNames.map(({ tag, name }) =>
    tag === own
      ? html`<b lang="${tag}" aria-current="true">${name}</b> `
      : html`<a href="${path}?lang=${tag}" lang="${tag}" hreflang="${tag}">${name}</a> `,
  );
  return html`<nav class="languages" aria-label="${readerWordsFor(language).languages}"><p>${links}</p></nav>`;
}

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
  },
): string {
  const words = readerWordsFor(look.language);
  const heading = sentence(words.subscribeTo, { title: look.title });
  const title = heading.map(({ text }) => text).join("");
  const note = noteOf(words, form);
  return page({
    title: note === undefined ? title : `${words.problem}: ${title}`,
    language: look.language,
    theme: look.theme,
    canonical: form.canonical,
    description: form.about.description,
    masthead: { title: look.title, url: look.archiveUrl },
    body: html`<div class="notice">${note && problemBox(words, note)}<h1>${pieces(heading)}</h1>
${aboutLines(look.language, form.about)}<form method="post" action="${form.action}" novalidate>
<label for="email">${words.address}</label>
<input type="email" id="email" name="email" autocomplete="email" inputmode="email" spellcheck="false" autocapitalize="none" maxlength="254" required dir="ltr" value="${form.value ?? ""}"${note && html` aria-invalid="true" aria-describedby="problem"`}>
<div class="trap" aria-hidden="true"><label for="website">${words.trap}</label><input type="text" id="website" name="website" tabindex="-1" autocomplete="off"></div>
<input type="hidden" name="made" value="${form.made}"><input type="hidden" name="lang" value="${look.language}">
${form.suggestion !== undefined && html`<input type="hidden" name="sure" value="${form.value ?? ""}">`}
<p><button type="submit">${words.subscribe}</button></p>
</form>
<p class="note">${words.privacy}</p><p class="go"><a href="${look.archiveUrl}">${wordsFor(look.language).archive}</a></p></div>`,
    foot: html`${languageSwitch(look)}<p>${form.postalAddress}</p>`,
  });
}

function noteOf(
  words: ReaderWords,
  { fault, suggestion }: { fault?: keyof ReaderWords["faults"] | undefined; suggestion?: string | undefined },
): Html | undefined {
  if (fault !== undefined) return html`${words.faults[fault]}`;
  return suggestion === undefined ? undefined : html`${pieces(sentence(words.didYouMean, { address: suggestion }))}`;
}

/** The first stop of the keyboard and of a screen reader on a page that comes back. */
const problemBox = ({ problem }: ReaderWords, note: Html): Html =>
  html`<div class="problem" role="alert" tabindex="-1" autofocus><h2>${problem}</h2><p id="problem"><a href="#email">${note}</a></p></div>\n`;

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
  return page({
    title: `${step.title} · ${look.title}`,
    language: look.language,
    theme: look.theme,
    masthead: { title: look.title, url: look.archiveUrl },
    body: html`<div class="notice"><h1>${step.title}</h1>
<p>${pieces(sentence(step.text, { title: look.title, address: step.address ?? "" }))}</p>
${button && html`<form method="post" action="${button.action}"><button type="submit">${button.label}</button></form>\n`}${
  step.note && html`<p class="note">${step.note}</p>\n`
}<p class="go">${
      link
        ? html`<a href="${link.url}">${link.label}</a>`
        : html`<a href="${look.archiveUrl}">${wordsFor(look.language).archive}</a>`
    }</p></div>`,
    foot: languageSwitch(look),
  });
}
