import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { keysAt, type SigningKeys, StoredKeys } from "#domain/audience/tokens/keys.ts";
import { parseJson } from "#domain/json.ts";
import { attemptLimit, type TimeLimits, withTimeLimit } from "../aws/time-limit.ts";

/** Secrets Manager answers within a fraction of a second. */
const LIMITS: TimeLimits = { attempt: 3_000, call: 10_000 };

/** A client for secrets; every call has a time limit. */
export const secretsClient = (): SecretsManagerClient =>
  withTimeLimit(new SecretsManagerClient(attemptLimit(LIMITS)), LIMITS.call);

/** Each read costs money and time; a rotated key is used from a quarter of an hour after it was made. */
const READ_AGAIN_MS = 5 * 60_000;
const loaded = new Map<string, { at: number; stored: Promise<StoredKeys> }>();

/**
 * The deployment's current keys, read at most every five minutes. A failed read is retried at the next call; while the
 * secret can't be read, the last keys are used.
 * @param now epoch milliseconds
 */
export async function loadKeys(
  secretId: string,
  client?: SecretsManagerClient,
  now: () => number = Date.now,
): Promise<SigningKeys> {
  const known = loaded.get(secretId);
  if (known === undefined || now() - known.at >= READ_AGAIN_MS) {
    const stored = readKeys(secretId, client ?? secretsClient()).catch((error: unknown) => {
      if (known === undefined) throw error;
      return known.stored;
    });
    loaded.set(secretId, { at: now(), stored });
    stored.catch(() => loaded.delete(secretId));
    return keysAt(await stored, now());
  }
  return keysAt(await known.stored, now());
}

/** @throws if the secret is missing or not of the form {"id":"k1","key":"…"}; the message never holds its value. */
export async function readKeys(secretId: string, client: SecretsManagerClient): Promise<StoredKeys> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  const keys = StoredKeys.safeParse(parseJson(SecretString ?? ""));
  if (keys.success) return keys.data;
  throw new Error(
    `The secret ${secretId} does not hold signing keys: it must be JSON like {"id":"k1","key":"<at least 32 random characters>"}.`,
  );
}

/** The secret itself, for the command that rotates keys. */
export function secretKeys(secretId: string, client = secretsClient()) {
  return {
    read: () => readKeys(secretId, client),
    /** Secrets Manager keeps the previous value as AWSPREVIOUS. */
    async write(keys: StoredKeys): Promise<void> {
      await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: JSON.stringify(keys) }));
    },
  };
}

/** A plain-text secret, such as an identity provider's client secret. Read at each call. */
export async function loadText(secretId: string, client = secretsClient()): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  const text = SecretString?.trim() ?? "";
  if (text === "")
    throw new Error(`The secret ${secretId} is empty: it must hold the client's secret and nothing else.`);
  return text;
}
