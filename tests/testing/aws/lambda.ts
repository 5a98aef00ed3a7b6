import { createServer } from "node:http";
import type { APIGatewayProxyEventV2, SQSEvent } from "aws-lambda";
import { vi } from "vitest";
import { closeServer, listen } from "#local/listen.ts";
import { keys } from "../delivery/delivery-system.ts";
import { startTable, type TestTable } from "./dynalite.ts";

/** What a handler's test needs: a table, a secret, their names in the environment, and AWS's events. */
export type LambdaSurroundings = { server: TestTable; close: () => Promise<void> };

/** An address where nothing listens, so a call fails at once. */
export const nowhere = "http://127.0.0.1:9/000000000000";

export async function openSurroundings(environment: Record<string, string>): Promise<LambdaSurroundings> {
  const server = await startTable();
  const secrets = createServer((_, response) => {
    response.end(JSON.stringify({ SecretString: JSON.stringify({ id: keys.id, key: keys.key }) }));
  });
  const secretsUrl = await listen(secrets, 0);
  const all = {
    ...{ AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    ...{ AWS_ENDPOINT_URL_DYNAMODB: server.endpoint, AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsUrl },
    ...{ TABLE_NAME: server.table.name, KEYS_SECRET: "keys", POWERTOOLS_LOG_LEVEL: "SILENT" },
    ...{ SITE_URL: "https://news.example", CONFIGURATION_SET: "broadsheet" },
    ...environment,
  };
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value);
  return {
    server,
    close: async () => {
      vi.unstubAllEnvs();
      await Promise.all([server.close(), closeServer(secrets)]);
    },
  };
}

type HttpChange = { headers?: Record<string, string>; body?: string; base64?: boolean; from?: string };

/** A request as API Gateway's HTTP API passes it on (payload format 2.0). */
export const httpEvent = (method: string, path: string, change: HttpChange = {}): APIGatewayProxyEventV2 => ({
  ...{ version: "2.0", routeKey: "$default", rawPath: path, rawQueryString: "", headers: change.headers ?? {} },
  requestContext: {
    ...{ accountId: "123456789012", apiId: "api", domainName: "news.example", domainPrefix: "news" },
    http: { method, path, protocol: "HTTP/1.1", sourceIp: change.from ?? "192.0.2.1", userAgent: "test" },
    ...{ requestId: "request", routeKey: "$default", stage: "$default" },
    ...{ time: "23/Nov/2026:07:00:00 +0000", timeEpoch: 1_795_417_200_000 },
  },
  ...(change.body === undefined ? {} : { body: change.body }),
  isBase64Encoded: change.base64 ?? false,
});

/** Messages of a queue, named q0, q1 and so on. */
export const queueEvent = (...bodies: string[]): SQSEvent => ({
  Records: bodies.map((body, n) => ({
    ...{ messageId: `q${n}`, receiptHandle: "h", body, messageAttributes: {}, md5OfBody: "0", awsRegion: "us-east-1" },
    ...{ eventSource: "aws:sqs", eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:queue" },
    attributes: {
      ...{ ApproximateReceiveCount: "1", SentTimestamp: "1545082649183", SenderId: "AIDAIENQZJOLO23YVJ4VO" },
      ApproximateFirstReceiveTimestamp: "1545082649185",
    },
  })),
});
