import { sitePaths } from "#domain/site-paths.ts";
import { languageSwitch } from "#templates/pages/newsletter-page.ts";
import { type Message, messagePage } from "#templates/pages/reader-pages.ts";
import type { Html } from "#templates/text/html.ts";
import { type LookPorts, languageOf, newsletterAt, readerLanguage, type SiteContext, themeOf, urlOf } from "./look.ts";

type Status = 200 | 404 | 410 | 429 | 500;

/** Answers with a page that has one message. */
export type ShowMessage = (
  c: SiteContext,
  kind: Message,
  status: Status,
  about?: { newsletter?: string; path?: string; action?: Html | undefined; reference?: string },
) => Response | Promise<Response>;

/** @param newReference makes a reference for an error page, to find the error in the log */
export function messagePages(ports: LookPorts & { newReference: () => string }): ShowMessage {
  return (c, kind, status, { newsletter = "", path, action, reference } = {}) => {
    const about = newsletterAt(ports.config, newsletter);
    const language = readerLanguage(c, about?.language ?? languageOf(ports.config));
    const page = messagePage({
      kind,
      language,
      siteUrl: urlOf(ports, "/"),
      theme: about?.theme ?? themeOf(ports.config),
      newsletter: about && { title: about.title, archiveUrl: urlOf(ports, sitePaths.archive(newsletter)) },
      reference: reference ?? (status === 200 ? undefined : ports.newReference()),
      action,
      foot: languageSwitch({ language, path }),
    });
    return c.html(page, status);
  };
}
