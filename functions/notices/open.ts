import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { dynamoNotices } from "#adapters/dynamo/editions/notices.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { putEvent } from "#adapters/eventbridge/put-event.ts";
import { jsonPoster } from "#adapters/fetch/post.ts";
import { loadWebhooks } from "#adapters/keys/webhooks.ts";
import { sqsNotices } from "#adapters/sqs/notices.ts";
import { config } from "#broadsheet.config.ts";
import { Webhooks } from "#domain/notices/notice.ts";
import { toInstant } from "#domain/time/instant.ts";
import type { DeliverPorts } from "#usecases/notices/deliver-notice.ts";
import { Environment, name } from "./contract.ts";

export function open(): DeliverPorts {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  const { WEBHOOKS_SECRET: secret } = environment;
  return {
    config,
    siteUrl: environment.SITE_URL,
    editions: dynamoEditions(table),
    notices: dynamoNotices(table),
    webhooks: async () => (secret === "" ? Webhooks.parse({}) : loadWebhooks(secret)),
    putEvent: environment.PUTS_EVENTS === "true" ? putEvent(`broadsheet.${config.name}`) : undefined,
    post: jsonPoster({ allowOrigins: environment.ALLOW_ORIGINS }),
    enqueue: sqsNotices(environment.NOTICES_QUEUE_URL),
    now: () => toInstant(Date.now()),
    log: new Logger({ serviceName: name }),
  };
}
