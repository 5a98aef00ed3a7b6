import { isDeepStrictEqual } from "node:util";
import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import { envelopeOf, readerHeaders } from "#domain/delivery/calls/headers.ts";
import { listIdFor } from "#domain/delivery/calls/list-id.ts";
import type { EditorialState } from "#domain/edition/decisions/decisions.ts";
import type { EditionContent, RenderedEmail } from "#domain/edition/edition.ts";
import type { Facts, HtmlFacts, Written } from "#domain/edition/preflight/check/facts.ts";
import { sitePaths } from "#domain/site-paths.ts";
import { longestValues } from "#templates/email/digest.ts";
import { direction, fullDate } from "#templates/words.ts";
import { emailOf, lookOf } from "../making/email.ts";

type Known = {
  config: NewsletterConfig;
  siteUrl: string;
  content: EditionContent;
  email: RenderedEmail;
  editorial: EditorialState;
  earlier: Facts["earlier"];
  account: Facts["account"];
  /** The edition's own; absent before there is an edition. */
  listId?: string | undefined;
};

/** Input of the checks: the bytes for the reader with the longest values, and everything known about the edition. */
export function factsOf(known: Known, readHtml: (html: string) => HtmlFacts): Facts {
  const { config, siteUrl, content, email, editorial, earlier, account } = known;
  const look = lookOf(content, config, siteUrl);
  const values = longestValues(look.siteUrl);
  const filled = asSeen(email, values);
  const unsubscribe = values.unsubscribe ?? "";
  const oneClick = look.siteUrl + sitePaths.oneClick(unsubscribe.slice(unsubscribe.lastIndexOf("/") + 1));
  const listId = known.listId ?? listIdFor({ name: content.newsletter, sender: config.from.address });
  const envelope = envelopeOf(config, { listId, archiveUrl: look.archiveUrl });
  return {
    ...{ content, email, filled, earlier, account },
    html: readHtml(filled.html),
    placeholders: Object.keys(values),
    envelope: { ...envelope, headers: [...envelope.headers, ...readerHeaders(oneClick)] },
    about: config,
    direction: direction(config.language),
    date: fullDate(config.language, content.date),
    urls: {
      site: look.siteUrl,
      edition: look.editionUrl,
      archive: look.archiveUrl,
      subscribe: look.siteUrl + sitePaths.subscribe(content.newsletter),
      unsubscribe,
      preferences: `${unsubscribe}/preferences`,
      oneClick,
    },
    isCurrent: isDeepStrictEqual(emailOf(content, config, siteUrl), email),
    written: writtenIn(editorial),
  };
}

/** A placeholder without a value is kept: the check reports it instead of failing. */
function asSeen({ subject, html, text }: RenderedEmail, values: Readonly<Record<string, string>>): RenderedEmail {
  const seen = (part: string) => part.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);
  return { subject: seen(subject), html: seen(html), text: seen(text) };
}

function writtenIn({ file, subject, preheader, rewrites }: EditorialState): Written {
  const stories = [...rewrites].filter(([, { title, paragraphs }]) => title !== undefined || paragraphs !== undefined);
  return {
    all: file !== null,
    subject: subject !== null || (file?.subject ?? null) !== null,
    preheader: preheader !== null,
    stories: new Set(stories.map(([story]) => story)),
  };
}
