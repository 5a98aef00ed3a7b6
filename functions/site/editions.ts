import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { type ArchiveMonth, isPublished } from "#domain/edition/archive.ts";
import type { Edition, EditionKey, Revision } from "#domain/edition/edition.ts";
import { queryTerms, type SearchEntry, withAllTerms } from "#domain/edition/search.ts";
import { sitePaths } from "#domain/site-paths.ts";
import { LocalDate, localDate } from "#domain/time/instant.ts";
import type { DigestLook } from "#templates/email/digest.ts";
import { archivePage, homePage, searchPage } from "#templates/pages/archive-page.ts";
import { editionPage } from "#templates/pages/edition-page.ts";
import { aboutOf, type LookPorts, languageOf, newsletterAt, themeOf, urlOf } from "./look.ts";

export type EditionPorts = LookPorts & {
  /** Public address of our copies of pictures. */
  picturesUrl: string;
  archive: {
    edition: (key: EditionKey) => Promise<Edition | undefined>;
    revision: (key: EditionKey, rev: number) => Promise<Revision | undefined>;
    /** Newest first. */
    newest: (newsletter: string, limit: number) => Promise<ArchiveMonth[]>;
    /** The newest editions that mention a term. */
    search: (newsletter: string, term: string, limit: number) => Promise<SearchEntry[]>;
    /** A month, and those after it. */
    from: (newsletter: string, month: string, limit: number) => Promise<ArchiveMonth[]>;
  };
};

/** Most items of the table that a public page reads: months of the archive, or an edition and its content. */
export const MONTHS = 2;

/** An edition as a page, if readers got it. Undefined: it doesn't exist or isn't public. "gone": it was unpublished. */
export async function editionAt(
  ports: EditionPorts,
  newsletter: string,
  date: string,
): Promise<string | "gone" | undefined> {
  const about = newsletterAt(ports.config, newsletter);
  if (about === undefined || !LocalDate.safeParse(date).success) return undefined;
  const edition = await ports.archive.edition({ newsletter, date });
  if (edition === undefined) return undefined;
  if (!isPublished(edition)) return edition.state === "cancelled" && edition.frozenAt !== null ? "gone" : undefined;
  const revision = await ports.archive.revision({ newsletter, date }, edition.rev);
  const url = (day: string | null | undefined) => (day ? urlOf(ports, sitePaths.edition(newsletter, day)) : undefined);
  const place = {
    previousUrl: url(edition.previous),
    nextUrl: url(edition.next),
    subscribeUrl: urlOf(ports, sitePaths.subscribe(newsletter)),
    feedUrl: urlOf(ports, sitePaths.feed(newsletter)),
    sharePictureUrl: urlOf(ports, sitePaths.sharePicture(newsletter)),
    pictureOrigin: new URL(ports.picturesUrl).origin,
    notes: edition.notes?.map(({ at, text }) => ({ date: localDate(at, about.timeZone), text })),
  };
  return revision && editionPage(revision.content, digestLook(ports, about, { newsletter, date }), place);
}

/** A newsletter's newest editions as a page. */
export async function archiveOf(ports: EditionPorts, newsletter: string): Promise<string | undefined> {
  const about = newsletterAt(ports.config, newsletter);
  if (about === undefined) return undefined;
  const months = await ports.archive.newest(newsletter, MONTHS);
  return archive(ports, newsletter, about, months, { canonical: sitePaths.archive(newsletter), newer: null });
}

/** Editions of one term that are searched for the other terms. */
const SEARCHED = 100;
/** Editions that a page of results shows. */
const RESULTS = 20;

/** The editions that mention all words of a query, as a page. Queries aren't stored. */
export async function searchAt(ports: EditionPorts, newsletter: string, query: string): Promise<string | undefined> {
  const about = newsletterAt(ports.config, newsletter);
  if (about === undefined) return undefined;
  const { title, language, postalAddress, theme } = about;
  const terms = queryTerms(query, language);
  // The longest word is usually the rarest, so the others are searched in its results.
  const [first] = terms.toSorted((a, b) => b.length - a.length);
  const found = first === undefined ? [] : await ports.archive.search(newsletter, first, SEARCHED);
  return searchPage({
    ...{ title, language, postalAddress, theme, query: query.slice(0, 200) },
    archiveUrl: urlOf(ports, sitePaths.archive(newsletter)),
    searchUrl: sitePaths.search(newsletter),
    editions: withAllTerms(found, terms, language)
      .slice(0, RESULTS)
      .map((entry) => ({ ...entry, url: urlOf(ports, sitePaths.edition(newsletter, entry.date)) })),
  });
}

/** The editions of a month as a page. Undefined: there were none. */
export async function monthAt(ports: EditionPorts, newsletter: string, month: string): Promise<string | undefined> {
  const about = newsletterAt(ports.config, newsletter);
  if (about === undefined || !MONTH.test(month)) return undefined;
  const [own, after] = await ports.archive.from(newsletter, month, MONTHS);
  if (own?.month !== month || own.entries.length === 0) return undefined;
  const newer = after?.month ?? null;
  return archive(ports, newsletter, about, [own], { canonical: sitePaths.edition(newsletter, month), newer });
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

function archive(
  ports: EditionPorts,
  newsletter: string,
  about: NewsletterConfig,
  months: readonly ArchiveMonth[],
  { canonical, newer }: { canonical: string; newer: string | null },
): string {
  const url = (part: string | null | undefined) =>
    part ? urlOf(ports, sitePaths.edition(newsletter, part)) : undefined;
  const editions = months
    .flatMap(({ entries }) => entries)
    .map(({ date, subject }) => ({ date, subject, url: urlOf(ports, sitePaths.edition(newsletter, date)) }));
  return archivePage({
    title: about.title,
    language: about.language,
    postalAddress: about.postalAddress,
    theme: about.theme,
    about: aboutOf(about),
    archiveUrl: urlOf(ports, sitePaths.archive(newsletter)),
    subscribeUrl: urlOf(ports, sitePaths.subscribe(newsletter)),
    feedUrl: urlOf(ports, sitePaths.feed(newsletter)),
    searchUrl: sitePaths.search(newsletter),
    canonical: urlOf(ports, canonical),
    olderUrl: url(months.at(-1)?.older),
    newerUrl: url(newer),
    editions,
  });
}

/** The site's first page. */
export function home(ports: EditionPorts): string {
  const newsletters = Object.entries(ports.config.newsletters).map(([name, about]) => ({
    title: about.title,
    language: about.language,
    about: aboutOf(about),
    archiveUrl: urlOf(ports, sitePaths.archive(name)),
    subscribeUrl: urlOf(ports, sitePaths.subscribe(name)),
  }));
  return homePage({
    language: languageOf(ports.config),
    theme: themeOf(ports.config),
    siteUrl: urlOf(ports, "/"),
    newsletters,
  });
}

function digestLook(ports: EditionPorts, about: NewsletterConfig, { newsletter, date }: EditionKey): DigestLook {
  const { title, language, timeZone, postalAddress, reason, theme } = about;
  return {
    title,
    language,
    timeZone,
    postalAddress,
    reason,
    theme,
    siteUrl: urlOf(ports, "/"),
    editionUrl: urlOf(ports, sitePaths.edition(newsletter, date)),
    archiveUrl: urlOf(ports, sitePaths.archive(newsletter)),
    contact: about.replyTo ?? about.from.address,
  };
}
