import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { account, region } from "../aws.ts";
import { answerJson, readBody } from "./http.ts";

const Request = z.object({ SecretId: z.string() });

export const isSecretsRequest = (request: IncomingMessage): boolean =>
  String(request.headers["x-amz-target"] ?? "").startsWith("secretsmanager.");

/**
 * Secrets Manager's GetSecretValue for the secrets given, and nothing else of it.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html
 */
export async function serveSecrets(
  secrets: Readonly<Record<string, string>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, 65_536);
  const target = String(request.headers["x-amz-target"]);
  if (target !== "secretsmanager.GetSecretValue") {
    return refuse(response, "UnknownOperationException", `${target} is not served on this machine.`);
  }
  const asked = Request.safeParse(parse(body));
  const id = asked.success ? asked.data.SecretId : "";
  const found = Object.entries(secrets).find(([name]) => id === name || id === arnOf(name));
  if (found === undefined) {
    return refuse(response, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }
  const [name, value] = found;
  const answer = { ARN: arnOf(name), Name: name, SecretString: value, VersionId: "1", VersionStages: ["AWSCURRENT"] };
  answerJson(response, 200, answer, { "content-type": "application/x-amz-json-1.1" });
}

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
