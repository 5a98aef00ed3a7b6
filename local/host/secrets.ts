import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { account, region } from "../aws.ts";
import { answerJson, readBody } from "./http.ts";

const Request = z.object({ SecretId: z.string(), SecretString: z.string().optional() });

/** The secrets of a local system by name. */
type Secrets = Readonly<Record<string, { read(): string; write(value: string): void }>>;

export const isSecretsRequest = (request: IncomingMessage): boolean =>
  String(request.headers["x-amz-target"] ?? "").startsWith("secretsmanager.");

/**
 * Secrets Manager's GetSecretValue and PutSecretValue for the secrets given, and nothing else of it.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export async function serveSecrets(
  secrets: Secrets,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, 65_536);
  const target = String(request.headers["x-amz-target"]);
  const operation = operations.find((name) => target === `secretsmanager.${name}`);
  if (operation === undefined)
    return refuse(response, "UnknownOperationException", `${target} is not served on this machine.`);
  const parsed = Request.safeParse(parse(body));
  const id = parsed.success ? parsed.data.SecretId : "";
  const found = Object.entries(secrets).find(([name]) => id === name || id === arnOf(name));
  if (found === undefined) {
    return refuse(response, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }
  const [name, secret] = found;
  const kept = { ARN: arnOf(name), Name: name, VersionId: "1", VersionStages: ["AWSCURRENT"] };
  const value = parsed.success ? parsed.data.SecretString : undefined;
  if (operation === "PutSecretValue" && value === undefined)
    return refuse(response, "InvalidParameterException", "You must provide SecretString.");
  if (operation === "PutSecretValue" && value !== undefined) secret.write(value);
  const answer = operation === "PutSecretValue" ? kept : { ...kept, SecretString: secret.read() };
  answerJson(response, 200, answer, { "content-type": "application/x-amz-json-1.1" });
}

const operations = ["GetSecretValue", "PutSecretValue"] as const;

const arnOf = (name: string) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}-local1`;

function parse(body: Buffer | undefined): unknown {
  try {
    return JSON.parse(body?.toString("utf8") ?? "");
  } catch {
    return undefined;
  }
}

const refuse = (response: ServerResponse, type: string, message: string): void =>
  answerJson(response, 400, { __type: type, message }, { "content-type": "application/x-amz-json-1.1" });
