import { done, fault, type Outcome } from "../outcome.ts";

/**
 * One form for every email address, and one meaning of "the same subscriber".
 *
 * Accepted is what SES delivers to: `dot-atom@domain` of RFC 5321 §4.1.2. Quoted local parts, comments and address
 * literals such as `a@[192.0.2.1]` are refused: they are legal, no reader of a newsletter has one, and each is a way to
 * smuggle something past a check. SES has no SMTPUTF8, so the local part is ASCII; the domain may be international
 * (https://docs.aws.amazon.com/ses/latest/dg/send-email-concepts-deliverability.html, "Punycode").
 */

/** RFC 5321 §4.5.3.1.1 and RFC 3696 erratum 1690: octets of the local part and of the whole address. */
const LONGEST_LOCAL = 64;
const LONGEST_ADDRESS = 254;

const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LOCAL = new RegExp(`^${ATOM}(\\.${ATOM})*$`, "i");
/** Letters, marks and digits of any script: what IDNA 2008 allows, but for joiners, which only deceive the eye. */
const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** What an address list has where an address is wanted: "Ann <ann@example.com>", "mailto:…". */
const WRAPPED = /[<>]|^mailto:/i;

/**
 * The address as it is stored and mailed: trimmed, NFC, the domain in lower-case ASCII; the local part as its owner
 * wrote it. The fault says what is wrong without repeating the address, for faults are logged.
 */
export function normaliseAddress(raw: string): Outcome<string> {
  const text = raw.trim().normalize("NFC");
  const problem = problemOf(text);
  if (problem !== undefined) return refused(problem);
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  const domain = toAscii(text.slice(at + 1));
  if (domain === undefined) return refused("its domain is not a domain name");
  const address = `${local}@${domain}`;
  if (address.length > LONGEST_ADDRESS) return refused(`it is longer than ${LONGEST_ADDRESS} characters`);
  return done(address);
}

/**
 * What makes two addresses one subscriber: the address in lower case. A host may tell `Ann@` from `ann@` (RFC 5321
 * §2.4), none that readers use does, and two subscriptions would mail Ann twice and leave one alive when she
 * unsubscribes. Dots and `+tags` are kept: they are different mailboxes at most hosts.
 */
export const identityOf = (address: string): string => address.toLowerCase();

/** For pages that a forwarded mail may open: `a…n@example.com`. Shows too little to write to. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  const shown = local.length < 4 ? `${local.slice(0, 1)}…` : `${local.slice(0, 1)}…${local.slice(-1)}`;
  return shown + address.slice(at);
}

const refused = (why: string) => fault("bad-address", `not an email address that can be mailed: ${why}`);

function problemOf(text: string): string | undefined {
  if (text === "") return "it is empty";
  if (WRAPPED.test(text)) return "give the bare address, such as ann@example.com";
  const at = text.lastIndexOf("@");
  if (at < 0) return "it has no @";
  const local = text.slice(0, at);
  if (local === "") return "nothing stands before the @";
  if (at === text.length - 1) return "nothing stands after the @";
  if (local.startsWith('"')) return "a quoted name before the @ is not supported";
  if (text.includes("(")) return "comments are not supported";
  if (text[at + 1] === "[") return "an IP address after the @ is not supported";
  if (/[^\p{ASCII}]/u.test(local)) return "SES cannot mail letters outside ASCII before the @";
  if (local.length > LONGEST_LOCAL) return `more than ${LONGEST_LOCAL} characters stand before the @`;
  if (!LOCAL.test(local)) return "the part before the @ has a character or a dot that cannot stand there";
  return undefined;
}

/** The domain in lower-case ASCII (UTS 46, by the URL parser), or undefined where it is none a mail can reach. */
function toAscii(domain: string): string | undefined {
  if (!DOMAIN.test(domain)) return undefined;
  const url = URL.parse(`http://${domain}`);
  if (url === null) return undefined;
  const labels = url.hostname.split(".");
  const top = labels.at(-1) ?? "";
  // A last label of digits is an IPv4 address to a resolver (RFC 3696 §2); without a dot it is a machine next door.
  if (labels.length < 2 || /^\d+$/.test(top)) return undefined;
  return labels.every((label) => LABEL.test(label)) ? url.hostname : undefined;
}
