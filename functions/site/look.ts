import type { Context } from "hono";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { Config } from "#domain/config.ts";
import { sitePaths } from "#domain/site-paths.ts";
import type { Theme } from "#domain/theme/theme.ts";
import type { NewsletterAbout } from "#templates/archive-page.ts";
import type { NewsletterLook } from "#templates/newsletter-page.ts";
import { chooseLanguage } from "#templates/reader-words.ts";

/** What every page needs of its surroundings. */
export type LookPorts = { config: Config; siteUrl: string };

/** What the site knows of a request besides the request: the client's address, for limits. */
export type SiteEnvironment = { Bindings: { address?: string } };
export type SiteContext = Context<SiteEnvironment>;

export const addressOf = (visit: SiteEnvironment["Bindings"] | undefined): string => visit?.address ?? "";

/** Paths come from the contract as plain strings, so hono cannot know which parameters they have. */
export const param = (c: SiteContext, name: string): string => c.req.param(name) ?? "";

export const newsletterAt = ({ newsletters }: Config, name: string): NewsletterConfig | undefined =>
  Object.hasOwn(newsletters, name) ? newsletters[name] : undefined;

/** Of pages that are about no newsletter: the first one's. */
export const languageOf = ({ newsletters }: Config): string => Object.values(newsletters)[0]?.language ?? "en";

export const themeOf = ({ newsletters }: Config): Theme | undefined => Object.values(newsletters)[0]?.theme;

/** What a newsletter is and when it comes, for those who don't read it yet. */
export const aboutOf = (config: NewsletterConfig): NewsletterAbout => ({
  description: config.description,
  language: config.language,
  cadence: { days: config.days, sendAt: config.sendAt, timeZone: config.localTime ? undefined : config.timeZone },
});

export const urlOf = ({ siteUrl }: { siteUrl: string }, path: string): string => siteUrl.replace(/\/{1,9}$/, "") + path;

/** The reader's language: by ?lang=, by Accept-Language, or the newsletter's. */
export const readerLanguage = (c: SiteContext, own: string, requestedLanguage = c.req.query("lang")): string =>
  chooseLanguage(requestedLanguage, c.req.header("accept-language"), own);

/**
 * A newsletter as the reader's pages show it; one that the config no longer has goes by its short name.
 * @param requestedLanguage the language that a form was in
 */
export function lookOf(
  ports: LookPorts,
  c: SiteContext,
  newsletter: string,
  path?: string,
  requestedLanguage?: string,
): NewsletterLook {
  const about = newsletterAt(ports.config, newsletter);
  return {
    title: about?.title ?? newsletter,
    language: readerLanguage(c, about?.language ?? languageOf(ports.config), requestedLanguage),
    theme: about?.theme ?? themeOf(ports.config),
    archiveUrl: urlOf(ports, about === undefined ? "/" : sitePaths.archive(newsletter)),
    path,
  };
}
