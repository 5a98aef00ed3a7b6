import { DAY } from "../../time/durations.ts";
import { fromInstant, type Instant } from "../../time/instant.ts";
import { hmac, keysFor, purposeKey, type SigningKeys } from "./keys.ts";
import { type Claim, MAC_DIGITS, sameText } from "./token.ts";

/**
 * Tokens that expire, for confirmations, undo buttons and the page of a reader's data. Each purpose has its own key, so
 * a link for one isn't valid for another.
 */
type TimedPurpose = "confirm" | "move" | "return" | "manage" | "form";

/** How long each is valid, in milliseconds. */
export const validFor: Readonly<Record<TimedPurpose, number>> = {
  confirm: 7 * DAY,
  move: 7 * DAY,
  return: DAY,
  manage: DAY,
  form: 2 * DAY,
};

type TimedClaim = Claim & { issuedAt: Instant };
type Verified = { state: "valid"; claim: TimedClaim } | { state: "expired"; claim: TimedClaim } | { state: "forged" };

const TOKEN =
  /^([a-z0-9]{1,8})\.([a-z0-9][a-z0-9-]{0,39})\.([0-9a-f]{24}(?:[0-9a-f]{24})?)\.([0-9a-z]{1,9})\.[0-9a-f]{32}$/;
/** Length of a subscriber's id. */
const ID_DIGITS = 24;
/** Tolerance for a clock that is a little ahead. */
const SKEW_MS = 60_000;

/** `keyId.newsletter.id.seconds.mac`: lower-case letters, digits, hyphens and dots, no address. */
export function timedToken(keys: SigningKeys, purpose: TimedPurpose, claim: Claim, at: Instant): string {
  return sign(keysFor(keys, "link")[0], purpose, claim, Math.floor(fromInstant(at) / 1000).toString(36));
}

/** The token's reader, and whether it is still valid. A token with a future time isn't ours. */
export function verifyTimedToken(keys: SigningKeys, purpose: TimedPurpose, token: string, now: Instant): Verified {
  const given = token.toLowerCase();
  const [, keyId, newsletter, id, seconds] = TOKEN.exec(given) ?? [];
  const key = keysFor(keys, "link").find((one) => one.id === keyId);
  if (key === undefined || newsletter === undefined || id === undefined || seconds === undefined)
    return { state: "forged" };
  if (!sameText(sign(key, purpose, { newsletter, id }, seconds), given)) return { state: "forged" };
  const issued = Number.parseInt(seconds, 36) * 1000;
  const age = fromInstant(now) - issued;
  if (age < -SKEW_MS) return { state: "forged" };
  const claim = { newsletter, id, issuedAt: new Date(issued).toISOString() };
  return { state: age > validFor[purpose] ? "expired" : "valid", claim };
}

/** The link in the mail to a new address, with the ids under the old and the new address. */
type Move = { newsletter: string; from: string; to: string };

export const moveToken = (keys: SigningKeys, { newsletter, from, to }: Move, at: Instant): string =>
  timedToken(keys, "move", { newsletter, id: from + to }, at);

/** Undefined: not a valid token. */
export function verifyMoveToken(keys: SigningKeys, token: string, now: Instant): Move | "expired" | undefined {
  const verified = verifyTimedToken(keys, "move", token, now);
  if (verified.state === "forged") return undefined;
  if (verified.state === "expired") return "expired";
  const { newsletter, id } = verified.claim;
  return { newsletter, from: id.slice(0, ID_DIGITS), to: id.slice(ID_DIGITS) };
}

function sign(
  key: { id: string; key: string },
  purpose: TimedPurpose,
  { newsletter, id }: Claim,
  seconds: string,
): string {
  const signed = `${key.id}.${newsletter}.${id}.${seconds}`;
  const mac = hmac(purposeKey(key.key, purpose), signed);
  return `${signed}.${mac.slice(0, MAC_DIGITS)}`;
}
