import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { dynamoArticles } from "#adapters/dynamo/articles.ts";
import { dynamoPushKeys, dynamoPushReceipts } from "#adapters/dynamo/push.ts";
import { dynamoSources } from "#adapters/dynamo/sources.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { normalisePushed } from "#adapters/feed-parsing/pushed.ts";
import { limitClients } from "#adapters/http-api/client-limit.ts";
import { loadKeys } from "#adapters/keys/secrets-manager.ts";
import { type PushApiPorts, push } from "./app.ts";
import { Environment, limits, name } from "./contract.ts";

const logger = new Logger({ serviceName: name });
let ports: PushApiPorts | undefined;

/** Adapters are opened at the first call, so that importing this costs nothing. */
function open(): PushApiPorts {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  return {
    sources: dynamoSources(table),
    articles: dynamoArticles(table),
    pushKeys: dynamoPushKeys(table),
    receipts: dynamoPushReceipts(table),
    keys: () => loadKeys(environment.KEYS_SECRET),
    normalise: normalisePushed,
    now: Date.now,
    allowClient: limitClients(limits.client),
    pushed: (line) => logger.info("pushed", line),
  };
}

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  ports ??= open();
  const { body = "", isBase64Encoded, headers, rawPath: path, requestContext } = event;
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  const { method, sourceIp: address } = requestContext.http;
  const { status, ...said } = await push(ports, { method, path, headers, body: bytes, address });
  return { statusCode: status, ...said };
}
