import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { parseJson } from "#domain/json.ts";
import { Webhooks } from "#domain/notices/notice.ts";
import { secretsClient } from "./secrets-manager.ts";

/**
 * The addresses and keys of webhooks. Read at each call, so a change applies at once.
 * @throws Error if the secret isn't of that form; the message never holds its value
 */
export async function loadWebhooks(secretId: string, client = secretsClient()): Promise<Webhooks> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretId }));
  const webhooks = Webhooks.safeParse(parseJson(SecretString ?? ""));
  if (webhooks.success) return webhooks.data;
  const places = webhooks.error.issues.map(({ path }) => path.join(".") || "(top)").join(", ");
  throw new Error(`The secret ${secretId} does not hold webhooks: see ${places} and docs/guides/notices.md.`);
}
