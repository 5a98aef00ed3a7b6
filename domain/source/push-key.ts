import * as z from "zod";
import { hmac, keysFor, purposeKey, type SigningKeys } from "../audience/tokens/keys.ts";
import { sameText } from "../audience/tokens/token.ts";
import { Instant } from "../time/instant.ts";

/** The stored form of a source's key: a keyed hash, useless without the deployment's secret. */
export const PushKey = z.strictObject({
  sourceId: z.string(),
  /** HMAC-SHA256 in hex. */
  hash: z.string(),
  /** The signing key of the hash. */
  signedBy: z.string(),
  madeAt: Instant,
});
export type PushKey = z.infer<typeof PushKey>;

/** 192 bits in hex. The name in front identifies the source, and lets scanners recognise a leaked key. */
const KEY = /^bsk_([a-z0-9][a-z0-9-]{0,59})_[0-9a-f]{48}$/;

/** The key as its owner gets it, once. @param secret 48 hex digits, random */
export const pushKeyText = (sourceId: string, secret: string) => `bsk_${sourceId}_${secret}`;

/** The source in a key; undefined: not in the form of a key. */
export const sourceOfKey = (text: string): string | undefined => KEY.exec(text)?.[1];

export function storedKey(keys: SigningKeys, text: string, sourceId: string, madeAt: Instant): PushKey {
  const { id, key } = keysFor(keys, "push-key")[0];
  return { sourceId, hash: hashOf(key, text), signedBy: id, madeAt };
}

/** Whether this is the source's key. It takes as long if the source has none. */
export function isKey(keys: SigningKeys, text: string, kept: PushKey | undefined): boolean {
  const all = keysFor(keys, "push-key");
  const signing = all.find(({ id }) => id === kept?.signedBy);
  const same = sameText(hashOf((signing ?? all[0]).key, text), kept?.hash ?? "0".repeat(64));
  return same && kept !== undefined && signing !== undefined;
}

const hashOf = (key: string, text: string) => hmac(purposeKey(key, "push-key"), text);
