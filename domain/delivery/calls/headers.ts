import type { NewsletterConfig } from "../../config/newsletter-config.ts";
import type { Header } from "./call.ts";

/** RFC 2047 §2: an encoded word is at most 75 characters, so at most 45 bytes of text in base64. */
const WORD_BYTES = 45;

/**
 * Characters that don't belong in a name: controls and invisible ones, except the joiners that emoji and Persian need.
 */
const shapeless = /(?:[\p{Cc}\s]|(?![\u200c\u200d])\p{Cf})+/gu;

/** A phrase of a header: quoted where it is printable ASCII, else as encoded words (RFC 5322 §3.2.4, RFC 2047 §5). */
export function phrase(text: string): string {
  const clean = text.replace(shapeless, " ").trim();
  if (/^[\x20-\x7e]*$/.test(clean)) return `"${clean.replace(/["\\]/g, "\\$&")}"`;
  return words(clean).join(" ");
}

/** Splits into parts of whole characters, each short enough for one encoded word. */
function words(text: string): string[] {
  const encoder = new TextEncoder();
  const parts: string[] = [];
  let part = "";
  for (const character of text) {
    if (encoder.encode(part + character).length > WORD_BYTES) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return [...parts, part].map((each) => `=?UTF-8?B?${base64(encoder.encode(each))}?=`);
}

const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

/** `"Name" <address>` for a From header. */
export const mailbox = ({ name, address }: { name: string; address: string }): string => `${phrase(name)} <${address}>`;

/** An edition's sender and the headers of all its emails, for the request to SES. */
export type Envelope = {
  /** In the form of a From header: `"Name" <address>`. */
  readonly from: string;
  readonly replyTo: string;
  readonly headers: readonly Header[];
};

/** @param listId the newsletter's permanent one; see list-id.ts */
export function envelopeOf(
  about: Pick<NewsletterConfig, "title" | "from" | "replyTo">,
  { listId, archiveUrl }: { listId: string; archiveUrl: string },
): Envelope {
  return {
    from: mailbox(about.from),
    replyTo: about.replyTo ?? about.from.address,
    headers: [
      { name: "List-Id", value: `${phrase(about.title)} <${listId}>` },
      { name: "List-Archive", value: `<${archiveUrl}>` },
      // RFC 2369 §3.4: readers can't post to it. Replies go to Reply-To.
      { name: "List-Post", value: "NO" },
    ],
  };
}

/**
 * The personal headers of one reader's email. With List-Unsubscribe-Post a mail client may unsubscribe by itself (RFC
 * 8058 §3.1, which has it after List-Unsubscribe). One click comes first: clients take the first they know.
 * @param mailUrl for mail clients that only send mail; undefined: this deployment receives none
 */
export const readerHeaders = (oneClickUrl: string, mailUrl?: string): Header[] => [
  { name: "List-Unsubscribe", value: `<${oneClickUrl}>${mailUrl === undefined ? "" : `, <${mailUrl}>`}` },
  { name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" },
];
