import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { EditionContent, RenderedEmail } from "#domain/edition/edition.ts";
import { siteAddress, sitePaths, withoutSlash } from "#domain/site-paths.ts";
import {
  type DigestLook,
  emailBytes,
  fill,
  longestValues,
  readerValues,
  renderDigest,
} from "#templates/email/digest.ts";

/** Ports for an edition's email. */
export function lookOf(content: EditionContent, config: NewsletterConfig, siteUrl: string): DigestLook {
  const base = withoutSlash(siteUrl);
  return {
    title: config.title,
    language: config.language,
    timeZone: config.timeZone,
    postalAddress: config.postalAddress,
    reason: config.reason,
    feedback: config.feedback,
    siteUrl: base,
    editionUrl: base + sitePaths.edition(content.newsletter, content.date),
    archiveUrl: base + sitePaths.archive(content.newsletter),
    theme: config.theme,
    contact: config.replyTo ?? config.from.address,
  };
}

export const emailOf = (content: EditionContent, config: NewsletterConfig, siteUrl: string): RenderedEmail =>
  renderDigest(content, lookOf(content, config, siteUrl));

/** Bytes of an email as SES sends it, with the longest personal link there can be. */
export const bytesOf = (email: RenderedEmail, siteUrl: string): { html: number; text: number } =>
  emailBytes(fill(email, longestValues(siteUrl)));

/** The email without personal links: its unsubscribe link leads to an explanation. */
export const impersonal = (email: RenderedEmail, siteUrl: string): RenderedEmail =>
  fill(email, readerValues({ unsubscribeUrl: siteAddress(siteUrl, sitePaths.aboutUnsubscribing) }));
