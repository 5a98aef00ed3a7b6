import { Buffer } from "node:buffer";
import type { RenderedEmail } from "#domain/edition/edition.ts";

/**
 * The two layers of an email. Content is filled in first; meanwhile placeholders are written with control characters,
 * which content can't contain (literal.ts removes them). Only the last step turns them into SES's `{{name}}`, so
 * nothing in an article can become one. A brace in content is itself the value of a placeholder, and so is a backslash
 * before a brace, which would disable the placeholder in a Handlebars template.
 */
const open = "\u0001";
const close = "\u0002";

/** How a placeholder is written while content is filled in. */
export const placeholder = (name: string): string => `${open}${name}${close}`;

/** Splits text at its placeholders, which stay in the result as single units. */
export const betweenPlaceholders = new RegExp(`(${open}\\w+${close})`);

const values = { b: "{", e: "}", s: "\\" } as const;

/** Content with braces replaced by placeholders. The text must come from `literal`. */
export const sealed = (text: string): string =>
  text.replaceAll(/(?<!\\)\\+(?=[{}])|[{}]/g, (signs) =>
    Array.from(signs, (sign) => placeholder(sign === "{" ? "b" : sign === "}" ? "e" : "s")).join(""),
  );

/** The last step: from here on the email has SES's placeholders. */
export const withPlaceholders = (text: string): string => text.replaceAll(open, "{{").replaceAll(close, "}}");

/**
 * Fills in an email for one reader like SES: one pass, simple variables, no escaping.
 * @throws Error on a placeholder without a value: SES would refuse to send the email (RenderingFailure).
 */
export function fill(email: RenderedEmail, replacements: Readonly<Record<string, string>>): RenderedEmail {
  const filled = (text: string) =>
    text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = Object.hasOwn(replacements, name) ? replacements[name] : undefined;
      if (value === undefined)
        throw new Error(`The email has a placeholder {{${name}}}, and no value was given for it.`);
      return value;
    });
  return { subject: filled(email.subject), html: filled(email.html), text: filled(email.text) };
}

/**
 * All values of an email for one reader. SES inserts them unescaped, so the address must need no escaping in HTML.
 * @throws Error if it does.
 */
export function readerValues(reader: { unsubscribeUrl: string }): Record<string, string> {
  if (!/^https?:\/\/[^\s"'<>&`{}\\]+$/.test(reader.unsubscribeUrl)) {
    throw new Error(
      "The unsubscribe address must be an absolute http(s) URL without quotes, &, braces or white space.",
    );
  }
  return { unsubscribe: reader.unsubscribeUrl, ...values };
}

/** Longer than any token, even with a longer key id. */
const longestToken = 200;

/** The longest possible values, for measuring an email's size. */
export const longestValues = (siteUrl: string): Record<string, string> =>
  readerValues({ unsubscribeUrl: `${siteUrl.replace(/\/$/, "")}/unsubscribe/${"x".repeat(longestToken)}` });

/** Sizes in bytes of UTF-8, as given to SES. */
export const emailBytes = (email: RenderedEmail): { html: number; text: number } => ({
  html: Buffer.byteLength(email.html),
  text: Buffer.byteLength(email.text),
});
