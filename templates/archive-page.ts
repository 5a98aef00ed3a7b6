import type { Theme } from "#domain/theme/theme.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import { html } from "./html.ts";
import { page } from "./page.ts";
import { fullDate, monthAndYear, type Words, wordsFor } from "./words.ts";

export type ArchivedEdition = { date: LocalDate; subject: string; url: string };

/** A newsletter's editions, newest first as they are given, under a heading for each month. */
export function archivePage(newsletter: {
  title: string;
  language: string;
  archiveUrl: string;
  /** Where the page itself is. Default: the archive's own address. */
  canonical?: string | undefined;
  /** The pages of earlier and later months, where there are any. */
  olderUrl?: string | undefined;
  newerUrl?: string | undefined;
  postalAddress: string;
  theme?: Theme | undefined;
  editions: readonly ArchivedEdition[];
}): string {
  const { title, language } = newsletter;
  const words = wordsFor(language);
  const months = Map.groupBy(newsletter.editions, ({ date }) => date.slice(0, 7));
  const lists = Array.from(months.values(), (editions) => {
    const entries = editions.map(
      ({ date, subject, url }) =>
        html`<li><a href="${url}">${subject}</a> <time class="meta" datetime="${date}">${fullDate(language, date)}</time></li>\n`,
    );
    return html`<h2>${monthAndYear(language, editions[0]?.date ?? "")}</h2>\n<ul>\n${entries}</ul>\n`;
  });
  return page({
    title: `${title}: ${words.archive}`,
    language,
    theme: newsletter.theme,
    canonical: newsletter.canonical ?? newsletter.archiveUrl,
    body: html`<div class="masthead"><h1>${title}</h1></div><p class="date">${words.archive}</p>
${lists.length > 0 ? lists : html`<p>${words.noEditions}</p>`}${monthNavigation(newsletter, words)}`,
    foot: html`<p>${newsletter.postalAddress}</p>`,
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
  newsletters: readonly { title: string; archiveUrl: string }[];
}): string {
  const words = wordsFor(site.language);
  const entries = site.newsletters.map(
    ({ title, archiveUrl }) => html`<li><a href="${archiveUrl}">${title}</a></li>\n`,
  );
  return page({
    title: words.newsletters,
    language: site.language,
    theme: site.theme,
    canonical: site.siteUrl,
    body: html`<div class="notice"><h1>${words.newsletters}</h1><ul>${entries}</ul></div>`,
  });
}
