import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { keysFor, purposeKey, type SigningKeys } from "#domain/audience/tokens/keys.ts";
import { sameText } from "#domain/audience/tokens/token.ts";

/** 128 bits in base64url. */
const MAC = 22;

type Key = { readonly key: string };

/** The key for new cookies. */
export const cookieKey = (keys: SigningKeys): Key => keysFor(keys, "session")[0];

/** A signature of a text for one purpose. @returns 22 characters */
export const markOf = ({ key }: Key, purpose: string, text: string): string =>
  createHmac("sha256", purposeKey(key, `desk-${purpose}`))
    .update(text, "utf8")
    .digest("base64url")
    .slice(0, MAC);

/** `text.mark`, for a cookie. */
export const marked = (key: Key, purpose: string, text: string) => `${text}.${markOf(key, purpose, text)}`;

/**
 * The text from `marked`, or undefined if its signature isn't valid for this purpose; and the key that signed it. What is
 * derived from a cookie is derived with its own key, so it stays the same when another key takes over.
 */
export function unmarked(keys: SigningKeys, purpose: string, given: string): { text: string; key: Key } | undefined {
  const at = given.lastIndexOf(".");
  const text = given.slice(0, Math.max(at, 0));
  const mark = given.slice(at + 1);
  const key = keysFor(keys, "session").find((one) => sameText(markOf(one, purpose, text), mark));
  return key && { text, key };
}

export const hashOf = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

const IV = 12;
const TAG = 16;

/** Encrypts a text with this deployment's key (AES-256-GCM). */
export function seal(keys: SigningKeys, text: string): string {
  const iv = randomBytes(IV);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(keysFor(keys, "seal")[0]), iv);
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
}

/** Decrypts a sealed text; undefined: it was sealed with another key. */
export function unseal(keys: SigningKeys, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, "base64url");
  for (const key of keysFor(keys, "seal")) {
    const text = unsealBy(key, bytes);
    if (text !== undefined) return text;
  }
  return undefined;
}

function unsealBy(key: { key: string }, bytes: Buffer): string | undefined {
  try {
    const decipher = createDecipheriv("aes-256-gcm", sealingKey(key), bytes.subarray(0, IV), { authTagLength: TAG });
    decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
    return decipher.update(bytes.subarray(IV + TAG), undefined, "utf8") + decipher.final("utf8");
  } catch {
    return undefined;
  }
}

const sealingKey = ({ key }: { key: string }) => Buffer.from(purposeKey(key, "desk-seal"), "hex");
