import type { Config, NewsletterConfig } from "#domain/config.ts";
import type { Counts, Edition, EditionKey, Revision } from "#domain/edition/edition.ts";
import { LocalDate } from "#domain/instant.ts";
import type { Theme } from "#domain/theme.ts";
import { archivePage, homePage } from "#templates/archive-page.ts";
import type { DigestLook } from "#templates/digest.ts";
import { editionPage } from "#templates/edition-page.ts";
import { paths } from "./contract.ts";

export type EditionPorts = {
  config: Config;
  siteUrl: string;
  editions: {
    get: (key: EditionKey) => Promise<Edition | undefined>;
    list: (newsletter: string, limit: number) => Promise<Edition[]>;
    revision: (key: EditionKey, rev: number) => Promise<Revision | undefined>;
    counts: (key: EditionKey) => Promise<Counts>;
  };
};

/** So many editions are in the archive. */
const ARCHIVED = 90;

/** An edition as a page, if readers got it. Undefined: there is none, or it is not theirs to see. */
export async function editionAt(ports: EditionPorts, newsletter: string, date: string): Promise<string | undefined> {
  const about = newsletterAt(ports.config, newsletter);
  if (about === undefined || !LocalDate.safeParse(date).success) return undefined;
  const edition = await ports.editions.get({ newsletter, date });
  if (edition === undefined || !(await isPublic(ports, edition))) return undefined;
  const revision = await ports.editions.revision({ newsletter, date }, edition.rev);
  return revision && editionPage(revision.content, lookOf(ports, about, { newsletter, date }));
}

/** A newsletter's editions as a page. */
export async function archiveOf(ports: EditionPorts, newsletter: string): Promise<string | undefined> {
  const about = newsletterAt(ports.config, newsletter);
  if (about === undefined) return undefined;
  const entries = (await ports.editions.list(newsletter, ARCHIVED)).map(async (edition) => {
    const { date, rev } = edition;
    const [shown, revision] = await Promise.all([isPublic(ports, edition), ports.editions.revision(edition, rev)]);
    if (!shown || revision === undefined) return [];
    return [{ date, subject: revision.content.subject, url: urlOf(ports, paths.edition(newsletter, date)) }];
  });
  const { title, language, postalAddress, theme } = about;
  const archiveUrl = urlOf(ports, paths.archive(newsletter));
  return archivePage({
    title,
    language,
    postalAddress,
    theme,
    archiveUrl,
    editions: (await Promise.all(entries)).flat(),
  });
}

/** The site's first page. */
export function home(ports: EditionPorts): string {
  const newsletters = Object.entries(ports.config.newsletters).map(([name, { title }]) => ({
    title,
    archiveUrl: urlOf(ports, paths.archive(name)),
  }));
  return homePage({
    language: languageOf(ports.config),
    theme: themeOf(ports.config),
    siteUrl: urlOf(ports, "/"),
    newsletters,
  });
}

export const newsletterAt = ({ newsletters }: Config, name: string): NewsletterConfig | undefined =>
  Object.hasOwn(newsletters, name) ? newsletters[name] : undefined;

/** Of pages that are about no newsletter: the first one's. */
export const languageOf = ({ newsletters }: Config): string => Object.values(newsletters)[0]?.language ?? "en";

export const themeOf = ({ newsletters }: Config): Theme | undefined => Object.values(newsletters)[0]?.theme;

export const urlOf = ({ siteUrl }: { siteUrl: string }, path: string): string => siteUrl.replace(/\/+$/, "") + path;

/** What was mailed is public, and stays so when its delivery was stopped half-way: someone has the link. */
async function isPublic({ editions }: EditionPorts, edition: Edition): Promise<boolean> {
  if (["sending", "paused", "finished"].includes(edition.state)) return true;
  if (edition.frozenAt === null) return false;
  const { accepted, unknown } = await editions.counts(edition);
  return accepted + unknown > 0;
}

function lookOf(ports: EditionPorts, about: NewsletterConfig, { newsletter, date }: EditionKey): DigestLook {
  const { title, language, timeZone, postalAddress, reason, theme } = about;
  return {
    title,
    language,
    timeZone,
    postalAddress,
    reason,
    theme,
    siteUrl: urlOf(ports, "/"),
    editionUrl: urlOf(ports, paths.edition(newsletter, date)),
    archiveUrl: urlOf(ports, paths.archive(newsletter)),
    contact: about.replyTo ?? about.from.address,
  };
}
