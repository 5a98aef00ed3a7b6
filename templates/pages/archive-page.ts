import type { Theme } from "#domain/theme/theme.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import { type Cadence, cadenceText } from "../cadence.ts";
import { readerWordsFor } from "../reader-words.ts";
import { type Html, html } from "../text/html.ts";
import { typographic } from "../text/typography.ts";
import { fullDate, monthAndYear, sentence, type Words, wordsFor } from "../words.ts";
import { feedLinks } from "./feeds.ts";
import { page } from "./page.ts";
import { pieces } from "./reader-pages.ts";

/** A newsletter's description and times. */
export type NewsletterAbout = { description?: string | undefined; language: string; cadence: Cadence };

/** The same for new readers. */
export const aboutLines = (language: string, { description, language: own, cadence }: NewsletterAbout): Html =>
  html`${description !== undefined && html`<p class="about" lang="${own}" dir="auto">${description}</p>\n`}<p class="note">${cadenceText(language, cadence)}</p>\n`;

type ArchivedEdition = { date: LocalDate; subject: string; url: string };

/** A newsletter's editions in the given order, newest first, under a heading for each month. */
export function archivePage(newsletter: {
  title: string;
  language: string;
  archiveUrl: string;
  /** The page's own address. Default: the archive's. */
  canonical?: string | undefined;
  /** The pages of earlier and later months, if any. */
  olderUrl?: string | undefined;
  newerUrl?: string | undefined;
  /** Links to subscribe, and to the feeds. */
  subscribeUrl?: string | undefined;
  feedUrl?: string | undefined;
  searchUrl?: string | undefined;
  postalAddress: string;
  about: NewsletterAbout;
  theme?: Theme | undefined;
  editions: readonly ArchivedEdition[];
}): string {
  const { title, language } = newsletter;
  const words = wordsFor(language);
  const months = Map.groupBy(newsletter.editions, ({ date }) => date.slice(0, 7));
  const lists = Array.from(months.values(), (editions) => {
    const entries = editions.map(
      ({ date, subject, url }) =>
        html`<li><a href="${url}">${typographic(subject, language)}</a> <time class="meta" datetime="${date}">${fullDate(language, date)}</time></li>\n`,
    );
    return html`<h2>${monthAndYear(language, editions[0]?.date ?? "")}</h2>\n<ul class="editions">\n${entries}</ul>\n`;
  });
  return page({
    title: `${title}: ${words.archive}`,
    language,
    theme: newsletter.theme,
    canonical: newsletter.canonical ?? newsletter.archiveUrl,
    description: newsletter.about.description,
    head: feedLinks(title, newsletter.feedUrl),
    body: html`<div class="masthead"><h1><bdi>${title}</bdi></h1></div><p class="date">${words.archive}</p>
${aboutLines(language, newsletter.about)}${subscribeButton(newsletter.subscribeUrl, language)}${searchForm(newsletter.searchUrl, language)}${lists.length > 0 ? lists : html`<p>${words.noEditions}</p>`}${monthNavigation(newsletter, words)}`,
    foot: html`${newsletter.feedUrl && html`<p>${readerWordsFor(language).feeds}: <a href="${newsletter.feedUrl}.xml">Atom</a><a href="${newsletter.feedUrl}.json">JSON</a></p>`}<p><bdi>${newsletter.postalAddress}</bdi></p>`,
  });
}

const subscribeButton = (url: string | undefined, language: string): Html =>
  html`${url && html`<p class="go"><a class="button" href="${url}">${readerWordsFor(language).subscribe}</a></p>\n`}`;

/** A search form with GET; queries aren't stored. */
const searchForm = (url: string | undefined, language: string, term = ""): Html => {
  const words = readerWordsFor(language);
  return html`${
    url &&
    html`<form role="search" method="get" action="${url}" class="row"><div><label for="q">${words.searchFor}</label><input type="search" id="q" name="q" maxlength="80" value="${term}"></div><button type="submit" class="second">${words.search}</button></form>\n`
  }`;
};

/** Search results, newest first, with the matching headlines. */
export function searchPage(results: {
  title: string;
  language: string;
  query: string;
  archiveUrl: string;
  searchUrl: string;
  postalAddress: string;
  theme?: Theme | undefined;
  editions: readonly { date: LocalDate; url: string; titles: readonly string[] }[];
}): string {
  const { title, language, query, archiveUrl } = results;
  const words = readerWordsFor(language);
  const nothing = sentence(words.searchNothing, { term: query.trim() });
  const entries = results.editions.map(
    ({ date, url, titles }) =>
      html`<li><a href="${url}">${fullDate(language, date)}</a>${titles.map((one) => html` <span class="meta">${typographic(one, language)}</span>`)}</li>\n`,
  );
  return page({
    title: query.trim() === "" ? `${words.search} · ${title}` : `${query.trim()} · ${title}`,
    language,
    theme: results.theme,
    masthead: { title, url: archiveUrl },
    body: html`<div class="notice"><h1>${words.search}</h1>
${searchForm(results.searchUrl, language, query)}${
  entries.length > 0
    ? html`<ul>\n${entries}</ul>`
    : query.trim() !== "" && html`<p role="status">${pieces(nothing)}</p>`
}<p class="go"><a href="${archiveUrl}">${wordsFor(language).archive}</a></p></div>`,
    foot: html`<p><bdi>${results.postalAddress}</bdi></p>`,
  });
}

function monthNavigation(
  { olderUrl, newerUrl }: { olderUrl?: string | undefined; newerUrl?: string | undefined },
  words: Words,
) {
  if (!olderUrl && !newerUrl) return html``;
  return html`<nav aria-label="${words.archive}">${olderUrl && html`<a href="${olderUrl}">${words.older}</a>`}
${newerUrl && html`<a href="${newerUrl}">${words.newer}</a>`}</nav>`;
}

/** The site's first page: its newsletters. */
export function homePage(site: {
  language: string;
  siteUrl: string;
  theme?: Theme | undefined;
  newsletters: readonly {
    title: string;
    language: string;
    archiveUrl: string;
    subscribeUrl: string;
    about: NewsletterAbout;
  }[];
}): string {
  const words = wordsFor(site.language);
  const { subscribe, subscribeTo } = readerWordsFor(site.language);
  const entries = site.newsletters.map(({ title, language, archiveUrl, subscribeUrl, about }) => {
    const label = sentence(subscribeTo, { title })
      .map((piece) => piece.text)
      .join("");
    return html`<section><h2><a href="${archiveUrl}" lang="${language}" dir="auto">${title}</a></h2>
${aboutLines(site.language, about)}<p class="go"><a class="button" href="${subscribeUrl}" aria-label="${label}">${subscribe}</a> <a href="${archiveUrl}" aria-label="${title}: ${words.archive}">${words.archive}</a></p></section>\n`;
  });
  return page({
    title: words.newsletters,
    language: site.language,
    theme: site.theme,
    canonical: site.siteUrl,
    body: html`<div class="notice"><h1>${words.newsletters}</h1><div class="papers">${entries}</div></div>`,
  });
}
