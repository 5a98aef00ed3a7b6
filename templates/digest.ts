import { Buffer } from "node:buffer";
import type { EditionContent, RenderedEmail } from "#domain/edition/edition.ts";
import { renderHtml } from "./digest-html.ts";
import { renderText } from "./digest-text.ts";
import { type DigestLook, inEmail, viewOf } from "./digest-view.ts";
import { fill, longestValues, withPlaceholders } from "./placeholders.ts";

export type { DigestLook } from "./digest-view.ts";
export { emailBytes, fill, longestValues, readerValues } from "./placeholders.ts";

/** Gmail clips a message at about 102 KB and hides its foot, the unsubscribe link with it. Bytes of UTF-8. */
export const maximumHtmlBytes = 90_000;

/**
 * An edition as an email, with SES's placeholders in it: `readerValues` has all their values. The same edition gives
 * the same bytes. What would make the HTML longer than `maximumHtmlBytes` is left out: headlines from the end of the
 * list first, then paragraphs from the end of the lead; the email then links to the edition on the web, which has all.
 */
export function renderDigest(content: EditionContent, look: DigestLook): RenderedEmail {
  const subject = withPlaceholders(inEmail(content.subject));
  const view = viewOf(content, look, { ...keptWithin(content, look, maximumHtmlBytes), show: inEmail });
  return { subject, html: renderHtml(view), text: renderText(view) };
}

/** How much of an edition is shown. */
type Kept = { headlines: number; paragraphs: number };

/** As many paragraphs as fit, and then as many headlines as still fit. */
function keptWithin(content: EditionContent, look: DigestLook, maximum: number): Kept {
  const longest = longestValues(look.siteUrl);
  const fits = (kept: Kept) => {
    const html = renderHtml(viewOf(content, look, { ...kept, show: inEmail }));
    return Buffer.byteLength(fill({ subject: "", html, text: "" }, longest).html) <= maximum;
  };
  const all = { headlines: content.headlines.length, paragraphs: content.lead.paragraphs.length };
  if (fits(all)) return all;
  const paragraphs = most(all.paragraphs, (paragraphs) => fits({ headlines: 0, paragraphs }));
  const headlines = most(all.headlines, (headlines) => fits({ headlines, paragraphs }));
  return { headlines, paragraphs };
}

/** The largest number up to `limit` that fits, where every smaller one does too; 0 if none does. */
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
