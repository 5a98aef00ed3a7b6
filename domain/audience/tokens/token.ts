import { timingSafeEqual } from "node:crypto";
import { identityOf } from "../address/address.ts";
import { hmac, idKey, keysFor, purposeKey, type SigningKeys } from "./keys.ts";

/** Purposes of links. A new purpose needs a new word, never a reused one. */
type Purpose = "unsubscribe";
export type Claim = { newsletter: string; id: string };

/** 128 bits as hex: impossible to guess, and safe if a mail client changes case. */
export const MAC_DIGITS = 32;

/**
 * A subscriber's id: 24 hex digits, the first 12 bytes of a keyed hash of newsletter and address. Keyed, so ids in logs
 * can't be matched with a list of addresses; different for each newsletter, so ids of one reveal nothing about another.
 */
export function subscriberId(keys: SigningKeys, newsletter: string, normalisedAddress: string): string {
  return hmac(purposeKey(idKey(keys).key, "subscriber-id"), `${newsletter}\n${identityOf(normalisedAddress)}`).slice(
    0,
    24,
  );
}

/** The token of a reader's unsubscribe link. It never expires, because old emails contain it. */
export const unsubscribeToken = (keys: SigningKeys, claim: Claim): string =>
  sign(keysFor(keys, "link")[0], "unsubscribe", claim);

/** `keyId.newsletter.id.mac`: lower-case letters, digits, hyphens and dots, no address. */
function sign({ id, key }: { id: string; key: string }, purpose: Purpose, claim: Claim): string {
  const said = `${id}.${claim.newsletter}.${claim.id}`;
  return `${said}.${hmac(purposeKey(key, purpose), said).slice(0, MAC_DIGITS)}`;
}

const TOKEN = /^([a-z0-9]{1,8})\.([a-z0-9][a-z0-9-]{0,39})\.([0-9a-f]{24})\.[0-9a-f]{32}$/;

/** The token's newsletter and reader; undefined: it isn't valid for this purpose. */
export function verifyToken(keys: SigningKeys, purpose: Purpose, token: string): Claim | undefined {
  const given = token.toLowerCase();
  const [, keyId, newsletter, id] = TOKEN.exec(given) ?? [];
  if (keyId === undefined || newsletter === undefined || id === undefined) return undefined;
  const key = keysFor(keys, "link").find((one) => one.id === keyId);
  if (key === undefined) return undefined;
  const claim = { newsletter, id };
  return sameText(sign(key, purpose, claim), given) ? claim : undefined;
}

/** In constant time, so the response time reveals nothing to a forger. */
export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
