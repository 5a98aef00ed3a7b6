import { Buffer } from "node:buffer";
import type { EditionContent, RenderedEmail } from "#domain/edition/edition.ts";
import { typographic } from "../text/typography.ts";
import { renderHtml } from "./digest-html.ts";
import { renderText } from "./digest-text.ts";
import { type DigestLook, inEmail, viewOf } from "./digest-view.ts";
import { fill, longestValues, withPlaceholders } from "./placeholders.ts";

export type { DigestLook } from "./digest-view.ts";
export { emailBytes, fill, longestValues, readerValues } from "./placeholders.ts";

/** Gmail clips a message at about 102 KB and hides its footer with the unsubscribe link. Bytes of UTF-8. */
export const maximumHtmlBytes = 90_000;

/**
 * An edition as an email with SES's placeholders; `readerValues` has their values. The same edition gives the same
 * bytes. If the HTML would exceed `maximumHtmlBytes`, headlines are left out from the end of the list, then paragraphs
 * from the end of the lead, and the email links to the full edition on the web.
 */
export function renderDigest(content: EditionContent, look: DigestLook): RenderedEmail {
  const subject = withPlaceholders(inEmail(typographic(content.subject, look.language)));
  const fit = fits(content, look, nothing) ? content : shortened(content);
  const view = viewOf(fit, look, { ...largestThatFits(fit, look), show: inEmail });
  return { subject, html: renderHtml(view), text: renderText(view) };
}

/** How much of an edition is shown. */
type Trim = { headlines: number; paragraphs: number };
const nothing: Trim = { headlines: 0, paragraphs: 0 };

function fits(content: EditionContent, look: DigestLook, trim: Trim): boolean {
  const html = renderHtml(viewOf(content, look, { ...trim, show: inEmail }));
  const filled = fill({ subject: "", html, text: "" }, longestValues(look.siteUrl));
  return Buffer.byteLength(filled.html) <= maximumHtmlBytes;
}

/** As many paragraphs as fit, then as many headlines as fit. */
function largestThatFits(content: EditionContent, look: DigestLook): Trim {
  const all = { headlines: content.headlines.length, paragraphs: content.lead.paragraphs.length };
  if (fits(content, look, all)) return all;
  const paragraphs = most(all.paragraphs, (paragraphs) => fits(content, look, { headlines: 0, paragraphs }));
  const headlines = most(all.headlines, (headlines) => fits(content, look, { headlines, paragraphs }));
  return { headlines, paragraphs };
}

/** For an edition whose lead's headline alone is too long: only its first words, and nothing optional. */
function shortened(content: EditionContent): EditionContent {
  const { lead } = content;
  const title = lead.title && firstWords(lead.title, 300);
  const url = lead.url !== null && lead.url.length <= 2_000 ? lead.url : null;
  const source = lead.source && firstWords(lead.source, 100);
  return { ...content, preheader: "", lead: { ...lead, title, url, source, image: null } };
}

/** Whole words up to this many characters; a longer word is cut. */
const firstWords = (text: string, most: number): string =>
  text.length <= most ? text : text.slice(0, text.lastIndexOf(" ", most) > 0 ? text.lastIndexOf(" ", most) : most);

/** The largest number up to `limit` that fits (if one fits, all smaller ones do); 0: none. */
function most(limit: number, fits: (n: number) => boolean): number {
  let low = 0;
  let high = limit;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
