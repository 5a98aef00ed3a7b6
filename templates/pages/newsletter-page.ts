import type { Theme } from "#domain/theme/theme.ts";
import { languageNames, type ReaderWords, readerWordsFor } from "../reader-words.ts";
import { type Html, html } from "../text/html.ts";
import { page } from "./page.ts";

/** A newsletter's fields for readers' pages. */
export type NewsletterLook = {
  title: string;
  language: string;
  archiveUrl: string;
  theme?: Theme | undefined;
  /** The page's own path, for links to other languages; absent: it is only an answer. */
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

/** A page for a newsletter's readers, in their language and the newsletter's colours. */
export const newsletterPage = (
  look: NewsletterLook,
  { foot, ...about }: { title: string; body: Html; foot?: Html; canonical?: string; description?: string | undefined },
): string =>
  page({
    ...about,
    language: look.language,
    theme: look.theme,
    masthead: { title: look.title, url: look.archiveUrl },
    foot: html`${languageSwitch(look)}${foot}`,
  });

/** Focused first on a page with errors. */
export const problemBox = ({ problem }: ReaderWords, field: string, note: string | Html): Html =>
  html`<div class="problem" role="alert" tabindex="-1" autofocus><h2>${problem}</h2><p id="problem"><a href="#${field}">${note}</a></p></div>\n`;
