import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SigningKeys } from "#domain/audience/token.ts";
import { attemptLimit, type TimeLimits, withTimeLimit } from "../aws/time-limit.ts";

const LIMITS: TimeLimits = { attempt: 4_000, call: 12_500 };
const openClient = () => withTimeLimit(new SecretsManagerClient(attemptLimit(LIMITS)), LIMITS.call);

const loaded = new Map<string, Promise<SigningKeys>>();

/**
 * The deployment's signing keys, read once a process: a secret costs money and time at each read, and its keys change
 * by deploying only. A failed read is forgotten, so that the next call tries again.
 */
export function loadKeys(secretId: string, client?: SecretsManagerClient): Promise<SigningKeys> {
  const known = loaded.get(secretId);
  if (known !== undefined) return known;
  const reading = readKeys(secretId, client ?? openClient());
  loaded.set(secretId, reading);
  reading.catch(() => loaded.delete(secretId));
  return reading;
}

/** @throws if the secret is missing or not of the form {"id":"k1","key":"…"}; the message never holds its value. */
export async function readKeys(secretId: string, client: SecretsManagerClient): Promise<SigningKeys> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  const keys = SigningKeys.safeParse(parseJson(SecretString ?? ""));
  if (keys.success) return keys.data;
  throw new Error(
    `The secret ${secretId} does not hold signing keys: it must be JSON like {"id":"k1","key":"<at least 32 random characters>"}.`,
  );
}

/** A secret that is nothing but text, such as what an identity provider gave a client. Read at each call. */
export async function loadText(secretId: string, client = openClient()): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  const text = SecretString?.trim() ?? "";
  if (text === "")
    throw new Error(`The secret ${secretId} is empty: it must hold the client's secret and nothing else.`);
  return text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
