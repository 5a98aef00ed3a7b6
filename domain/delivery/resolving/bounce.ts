/**
 * The cause of a bounce. Only a mailbox or domain that doesn't exist ends a subscription; objections to the sender, the
 * mail or its signature are the edition's fault and stop no reader.
 * - no-mailbox: there is no such mailbox or domain, or SES's suppression list says so.
 * - maybe-no-mailbox: the same, but with a transient error: a failing resolver says that too.
 * - edition: policy, authentication, content or the sender's address.
 * - soft: a full mailbox, a server that was down, or nothing that says whose fault it was.
 * - no one: an automatic reply, which SES reports as a transient bounce without a status.
 */
type BounceCause = "no-mailbox" | "maybe-no-mailbox" | "edition" | "soft" | "nobody";

/** As SES's events have it: "Bounce object" and "Bounce types" in SES's developer guide. */
export type BounceReport = {
  readonly type: string;
  readonly subType?: string | undefined;
  /** The first recipient's enhanced status (RFC 3463), from the receiver's server. */
  readonly status?: string | undefined;
  readonly diagnostic?: string | undefined;
};

/** RFC 3463 §3.2 and the IANA registry: bad mailbox, bad system, bad syntax, moved, null MX, mailbox disabled. */
const noMailbox = new Set(["1.1", "1.2", "1.3", "1.6", "1.10", "2.1"]);
/** Routing: the domain has no server. */
const NO_ROUTE = "4.4";
const editionSubTypes = new Set(["ContentRejected", "MessageTooLarge", "AttachmentRejected"]);
/** Message too big for the system, bad sender's mailbox, bad sender's system. */
const editionStatuses = new Set(["3.4", "1.7", "1.8"]);

export function causeOf({ type, subType = "", status, diagnostic }: BounceReport): BounceCause {
  const detail = enhancedStatus(status) ?? enhancedStatus(diagnostic);
  const subject = detail?.split(".")[0];
  const isMissing = detail !== undefined && (noMailbox.has(detail) || (type === "Transient" && detail === NO_ROUTE));
  if (editionSubTypes.has(subType)) return "edition";
  if (detail !== undefined && (subject === "7" || subject === "6" || editionStatuses.has(detail))) return "edition";
  if (type === "Permanent") {
    const isKnown = subType === "NoEmail" || subType === "Suppressed" || subType === "OnAccountSuppressionList";
    return isMissing || isKnown ? "no-mailbox" : "soft";
  }
  if (type === "Transient" && isMissing) return "maybe-no-mailbox";
  return type === "Transient" && subType === "General" && detail === undefined ? "nobody" : "soft";
}

/** `5.7.26` → `7.26`: the class only says whether it is permanent. */
const enhancedStatus = (text: string | undefined): string | undefined =>
  /(?:^|[\s;-])[245]\.(\d{1,3}\.\d{1,3})(?=$|[\s;:,)])/.exec(text ?? "")?.[1];

/** What to do about a bounce that the edition caused. */
export function fixOf({ subType, status, diagnostic }: BounceReport): string {
  const detail = enhancedStatus(status) ?? enhancedStatus(diagnostic) ?? "";
  if (subType === "MessageTooLarge" || detail === "3.4") return "make the email smaller";
  if (subType === "AttachmentRejected") return "the receiver rejects an attachment; an edition should have none";
  if (detail === "1.7" || detail === "1.8") return "check the sender's address in the config";
  if (/^7\.(?:20|2[1-9]|30|515)$/.test(detail)) return "check SPF, DKIM and DMARC of the sender's domain";
  if (subType === "ContentRejected" || detail.startsWith("6."))
    return "look for what its filter rejects in the text and links";
  return "see the receiver's postmaster pages for why it blocks this sender";
}
