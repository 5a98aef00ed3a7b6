import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { dynamoArticles } from "#adapters/dynamo/articles.ts";
import { dynamoPushKeys, dynamoPushReceipts } from "#adapters/dynamo/push.ts";
import { dynamoSources } from "#adapters/dynamo/sources.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { normalisePushed } from "#adapters/feed-parsing/pushed.ts";
import { loadKeys } from "#adapters/keys/secrets-manager.ts";
import type { PushPorts } from "#usecases/articles/push.ts";
import { push } from "./app.ts";
import { Environment, name } from "./contract.ts";

const logger = new Logger({ serviceName: name });
let ports: PushPorts | undefined;

/** Adapters are opened at the first call, so that importing this costs nothing. */
function open(): PushPorts {
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
    pushed: (line) => logger.info("pushed", line),
  };
}

export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  ports ??= open();
  const { body = "", isBase64Encoded, headers, rawPath: path, requestContext } = event;
  const bytes = Buffer.from(body, isBase64Encoded ? "base64" : "utf8");
  const { status, ...said } = await push(ports, { method: requestContext.http.method, path, headers, body: bytes });
  return { statusCode: status, ...said };
}
