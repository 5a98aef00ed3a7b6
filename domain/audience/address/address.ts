import { done, fault, type Outcome } from "../../outcome.ts";

/**
 * The normal form of email addresses, and when two addresses are the same subscriber.
 *
 * Accepts addresses that SES delivers to: `dot-atom@domain` of RFC 5321 §4.1.2. Quoted local parts, comments and
 * address literals such as `a@[192.0.2.1]` are refused: they are legal, but no reader has one, and they can be used to
 * bypass checks. SES has no SMTPUTF8, so the local part is ASCII; the domain may be international
 * (https://docs.aws.amazon.com/ses/latest/dg/send-email-concepts-deliverability.html, "Punycode").
 */

/** Possible faults of an address. Pages have a sentence for each in every language (templates/reader-words). */
export type AddressFault =
  | "empty"
  | "wrapped"
  | "noAt"
  | "noLocal"
  | "noDomain"
  | "quoted"
  | "comment"
  | "addressLiteral"
  | "hidden"
  | "fullWidth"
  | "nonAscii"
  | "longLocal"
  | "badLocal"
  | "trailingDot"
  | "badDomain"
  | "long"
  | "reserved";

/** RFC 5321 §4.5.3.1.1 and RFC 3696 erratum 1690: octets of the local part and of the whole address. */
const LONGEST_LOCAL = 64;
const LONGEST_ADDRESS = 254;

const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LOCAL = new RegExp(`^${ATOM}(\\.${ATOM})*$`, "i");
/** Letters, marks and digits of any script, as IDNA 2008 allows, without joiners, which are invisible. */
const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** Other forms that lists use for an address: "Ann <ann@example.com>", "mailto:…". */
const WRAPPED = /[<>]|^mailto:/i;
/** Control, zero-width and bidi characters, which are invisible and never part of an address. */
const HIDDEN = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\u034f|\u115f|\u1160|\u3164/u;
/** The forms of ASCII that East Asian keyboards write, and the ideographic full stop. */
const FULL_WIDTH = /[\uff01-\uff5e\u3002\uff61\u3000]/;
/** Longer input isn't parsed. */
const LONGEST_INPUT = 1000;

/**
 * Domains without public mail: special-use names (RFC 6761, 6762, 7686, 8375, 9476, IANA's registry), and names that
 * ICANN doesn't delegate because private networks use them. `.example` is allowed for examples.
 */
const RESERVED = new Set(
  "alt arpa corp home internal intranet invalid lan local localdomain localhost mail onion private test".split(" "),
);

const sentences: Readonly<Record<AddressFault, string>> = {
  empty: "it is empty",
  wrapped: "give the bare address, such as ann@example.com",
  noAt: "it has no @",
  noLocal: "there is nothing before the @",
  noDomain: "there is nothing after the @",
  quoted: "a quoted name before the @ is not supported",
  comment: "comments are not supported",
  addressLiteral: "an IP address after the @ is not supported",
  hidden: "it has an invisible character in it; type it again",
  fullWidth: "it has a full-width character in it, such as ＠; type it in ASCII",
  nonAscii: "SES can't send to letters outside ASCII before the @",
  longLocal: `more than ${LONGEST_LOCAL} characters before the @`,
  badLocal: "the part before the @ has a character or a dot that isn't allowed there",
  trailingDot: "it ends in a dot",
  badDomain: "its domain is not a domain name",
  long: `it is longer than ${LONGEST_ADDRESS} characters`,
  reserved: "its domain can't receive mail from the internet",
};

/** An address in the form it is stored in, or what is wrong with it. */
type JudgedAddress = { address: string } | { fault: AddressFault };

/**
 * Checks an address that wants to subscribe. Its domain must also be able to receive mail. Stored addresses are looked
 * up by `normaliseAddress`, so a stricter rule here hides no subscriber.
 */
export function judgeAddress(raw: string): JudgedAddress {
  const judged = formOf(raw);
  if ("fault" in judged) return judged;
  const top = judged.address.slice(judged.address.lastIndexOf(".") + 1);
  return RESERVED.has(top) || top.length < 2 ? { fault: "reserved" } : judged;
}

/**
 * The address as it is stored and mailed: trimmed, NFC, the domain in lower-case ASCII; the local part as its owner
 * wrote it. The fault says what is wrong without repeating the address, because faults are logged.
 */
export const normaliseAddress = (raw: string): Outcome<string> => outcomeOf(formOf(raw));

/** The same for an address that an operator adds; its domain must be able to receive mail. */
export const acceptAddress = (raw: string): Outcome<string> => outcomeOf(judgeAddress(raw));

const outcomeOf = (judged: JudgedAddress): Outcome<string> =>
  "address" in judged
    ? done(judged.address)
    : fault("bad-address", `not an email address that can be mailed: ${sentences[judged.fault]}`);

function formOf(raw: string): JudgedAddress {
  if (raw.length > LONGEST_INPUT) return { fault: "long" };
  const text = raw.trim().normalize("NFC");
  const fault = faultOf(text);
  if (fault !== undefined) return { fault };
  const at = text.lastIndexOf("@");
  const domain = toAscii(text.slice(at + 1));
  if (domain === undefined) return { fault: "badDomain" };
  const address = `${text.slice(0, at)}@${domain}`;
  return address.length > LONGEST_ADDRESS ? { fault: "long" } : { address };
}

/**
 * Two addresses are one subscriber if they are equal in lower case. A host may treat `Ann@` and `ann@` as different
 * (RFC 5321 §2.4), but none that readers use does, and with two subscriptions Ann would get two mails and keep one
 * after unsubscribing. Dots and `+tags` are kept, because at most hosts they are different mailboxes.
 */
export const identityOf = (address: string): string => address.toLowerCase();

/** Hosts whose mailboxes are the same with and without dots, with the host's main domain. */
const IGNORING_DOTS: ReadonlyMap<string, string> = new Map([
  ["gmail.com", "gmail.com"],
  ["googlemail.com", "gmail.com"],
]);

/**
 * The mailbox that an address most likely leads to: without a `+tag`, and at Gmail without dots. Only limits use it,
 * because a tag can be part of a name at some hosts, and there it would be another reader.
 */
export function mailboxOf(address: string): string {
  const [local = "", domain = ""] = identityOf(address).split("@");
  const plus = local.indexOf("+");
  const base = plus > 0 ? local.slice(0, plus) : local;
  const main = IGNORING_DOTS.get(domain);
  return main === undefined ? `${base}@${domain}` : `${base.replaceAll(".", "")}@${main}`;
}

/** A masked address for pages that a forwarded email may open: `a…n@example.com`. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  const shown = local.length < 4 ? `${local.slice(0, 1)}…` : `${local.slice(0, 1)}…${local.slice(-1)}`;
  return shown + address.slice(at);
}

function faultOf(text: string): AddressFault | undefined {
  if (text === "") return "empty";
  if (HIDDEN.test(text)) return "hidden";
  if (FULL_WIDTH.test(text)) return "fullWidth";
  if (WRAPPED.test(text)) return "wrapped";
  const at = text.lastIndexOf("@");
  if (at < 0) return "noAt";
  if (at === 0) return "noLocal";
  if (at === text.length - 1) return "noDomain";
  return faultOfParts(text.slice(0, at), text.slice(at + 1));
}

function faultOfParts(local: string, domain: string): AddressFault | undefined {
  if (local.startsWith('"')) return "quoted";
  if (local.includes("(") || domain.includes("(")) return "comment";
  if (domain.startsWith("[")) return "addressLiteral";
  if (/[^\p{ASCII}]/u.test(local)) return "nonAscii";
  if (local.length > LONGEST_LOCAL) return "longLocal";
  if (!LOCAL.test(local)) return "badLocal";
  return domain.endsWith(".") ? "trailingDot" : undefined;
}

/** The domain in lower-case ASCII (UTS 46, by the URL parser); undefined: it isn't a domain. */
function toAscii(domain: string): string | undefined {
  if (!DOMAIN.test(domain)) return undefined;
  const url = URL.parse(`http://${domain}`);
  // In an all-ASCII name, the parser doesn't check Punycode; next to a non-ASCII label, it decodes every label.
  if (url === null || URL.parse(`http://\u00fc.${domain}`) === null) return undefined;
  const labels = url.hostname.split(".");
  const top = labels.at(-1) ?? "";
  // A last label of digits is an IPv4 address (RFC 3696 §2); a name without a dot is a local machine.
  if (labels.length < 2 || /^\d+$/.test(top)) return undefined;
  return labels.every((label) => LABEL.test(label)) ? url.hostname : undefined;
}
