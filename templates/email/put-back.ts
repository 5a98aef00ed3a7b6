import type { RenderedEmail } from "#domain/edition/edition.ts";
import { placeholder, sealed, withPlaceholders } from "./placeholders.ts";

/**
 * An email as one reader got it, with what was theirs put back to SES's placeholders: the way of `fill` in reverse, by
 * which a received email is compared with an edition's hash. Braces outside a style sheet are content's, and so are
 * backslashes before one; the style sheets are the template's own, and have braces as they are.
 */
export function restorePlaceholders(email: RenderedEmail, reader: { unsubscribeUrl: string }): RenderedEmail {
  const back = (text: string) =>
    withPlaceholders(sealed(text.replaceAll(reader.unsubscribeUrl, placeholder("unsubscribe"))));
  return { subject: back(email.subject), html: outsideStyles(email.html, back), text: back(email.text) };
}

/** Content cannot write `<style`: its angle brackets are escaped. */
const outsideStyles = (html: string, change: (markup: string) => string): string =>
  html
    .split(/(<style[^<>]*>[^<]*<\/style>)/)
    .map((part, i) => (i % 2 === 0 ? change(part) : part))
    .join("");
