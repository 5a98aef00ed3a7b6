import { Buffer } from "node:buffer";
import type { RenderedEmail } from "#domain/edition/edition.ts";

/**
 * The two layers of an email. Content is filled in first; while that happens a placeholder is written with control
 * characters, which content cannot hold (literal.ts drops them). Only the last step turns them into SES's `{{name}}`,
 * so nothing in an article can become one. A brace of content is itself the value of a placeholder, and so is a
 * backslash before a brace: in a Handlebars template that would switch the placeholder off.
 */
const open = "\u0001";
const close = "\u0002";

/** How a placeholder is written while content is filled in. */
export const placeholder = (name: string): string => `${open}${name}${close}`;

/** Splits text at its placeholders, which are in the result too: each is one sign, and must not be broken. */
export const betweenPlaceholders = new RegExp(`(${open}\\w+${close})`);

const values = { b: "{", e: "}", s: "\\" } as const;

/** Content whose braces can no longer be taken for a placeholder's. The text must have come through `literal`. */
export const sealed = (text: string): string =>
  text.replaceAll(/(?<!\\)\\+(?=[{}])|[{}]/g, (signs) =>
    Array.from(signs, (sign) => placeholder(sign === "{" ? "b" : sign === "}" ? "e" : "s")).join(""),
  );

/** The last step: from here on the email has SES's placeholders. */
export const withPlaceholders = (text: string): string => text.replaceAll(open, "{{").replaceAll(close, "}}");

/**
 * What SES does with an email for one reader: one pass, simple variables, no escaping of HTML.
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
 * Every value an email needs for one reader. SES puts them in as they are, so the address must be one that needs no
 * escaping in HTML.
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

/** Longer than any token this version signs, or one with a longer key id would be. */
const longestToken = 200;

/** The values that make an email as long as it can get: its size is measured with them. */
export const longestValues = (siteUrl: string): Record<string, string> =>
  readerValues({ unsubscribeUrl: `${siteUrl.replace(/\/$/, "")}/unsubscribe/${"x".repeat(longestToken)}` });

/** Sizes in bytes of UTF-8, as they are when given to SES. */
export const emailBytes = (email: RenderedEmail): { html: number; text: number } => ({
  html: Buffer.byteLength(email.html),
  text: Buffer.byteLength(email.text),
});
