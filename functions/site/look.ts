import type { Context } from "hono";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { Config } from "#domain/config.ts";
import { siteAddress, sitePaths } from "#domain/site-paths.ts";
import type { Theme } from "#domain/theme/theme.ts";
import type { NewsletterAbout } from "#templates/pages/archive-page.ts";
import type { NewsletterLook } from "#templates/pages/newsletter-page.ts";
import { chooseLanguage } from "#templates/reader-words.ts";

/** Ports of every page. */
export type LookPorts = { config: Config; siteUrl: string };

/** The client's address of a request, for limits, and the source of the page's script, if it has one. */
export type SiteEnvironment = { Bindings: { address?: string }; Variables: { script?: string } };
export type SiteContext = Context<SiteEnvironment>;

export const addressOf = (visit: SiteEnvironment["Bindings"] | undefined): string => visit?.address ?? "";

/** Paths are plain strings from the contract, so Hono's types don't know their parameters. */
export const param = (c: SiteContext, name: string): string => c.req.param(name) ?? "";

export const newsletterAt = ({ newsletters }: Config, name: string): NewsletterConfig | undefined =>
  Object.hasOwn(newsletters, name) ? newsletters[name] : undefined;

/** For pages without a newsletter: the first one's look. */
export const languageOf = ({ newsletters }: Config): string => Object.values(newsletters)[0]?.language ?? "en";

export const themeOf = ({ newsletters }: Config): Theme | undefined => Object.values(newsletters)[0]?.theme;

/** A newsletter's description and times, for new readers. */
export const aboutOf = (config: NewsletterConfig): NewsletterAbout => ({
  description: config.description,
  language: config.language,
  cadence: { days: config.days, sendAt: config.sendAt, timeZone: config.localTime ? undefined : config.timeZone },
});

export const urlOf = ({ siteUrl }: { siteUrl: string }, path: string): string => siteAddress(siteUrl, path);

/** The reader's language: by ?lang=, by Accept-Language, or the newsletter's. */
export const readerLanguage = (c: SiteContext, own: string, requestedLanguage = c.req.query("lang")): string =>
  chooseLanguage(requestedLanguage, c.req.header("accept-language"), own);

/**
 * A newsletter as the reader's pages show it; if the config no longer has it, by its short name.
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
