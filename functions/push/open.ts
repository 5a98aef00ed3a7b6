import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoArticles } from "#adapters/dynamo/articles/articles.ts";
import { dynamoPushKeys, dynamoPushReceipts } from "#adapters/dynamo/articles/push.ts";
import { dynamoSources } from "#adapters/dynamo/articles/sources.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { openParsers } from "#adapters/feed-parsing/worker/pool.ts";
import { loadKeys } from "#adapters/keys/secrets-manager.ts";
import { limits } from "#domain/article/push.ts";
import { limitKey } from "#domain/audience/limits/client-address.ts";
import { tokenBuckets } from "#domain/audience/limits/token-buckets.ts";
import type { PushApiPorts } from "./app.ts";
import { Environment, name } from "./contract.ts";

const logger = new Logger({ serviceName: name });

export function open() {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  const clients = tokenBuckets(limits.client);
  const ports: PushApiPorts = {
    sources: dynamoSources(table),
    articles: dynamoArticles(table),
    pushKeys: dynamoPushKeys(table),
    receipts: dynamoPushReceipts(table),
    keys: () => loadKeys(environment.KEYS_SECRET),
    normalise: openParsers().normalisePushed,
    now: Date.now,
    allowClient: (address) => clients.take(limitKey(address), Date.now()) === 0,
    pushed: (line) => logger.info("pushed", line),
  };
  return { ports, originSecret: environment.ORIGIN_SECRET };
}
