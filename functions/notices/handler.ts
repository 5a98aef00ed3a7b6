import { Logger } from "@aws-lambda-powertools/logger";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { dynamoEditions } from "#adapters/dynamo/editions.ts";
import { dynamoNotices } from "#adapters/dynamo/notices.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { putEvent } from "#adapters/eventbridge/put-event.ts";
import { jsonPoster } from "#adapters/fetch/post.ts";
import { loadWebhooks } from "#adapters/keys/webhooks.ts";
import { sqsNotices } from "#adapters/sqs/notices.ts";
import { config } from "#broadsheet.config.ts";
import { NoticeMessage, Webhooks } from "#domain/notices/notice.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type DeliverPorts, deliverNotice } from "#usecases/notices/deliver-notice.ts";
import { Environment, name } from "./contract.ts";

const logger = new Logger({ serviceName: name });
let ports: DeliverPorts | undefined;

/** Adapters are opened at the first call, so importing this costs nothing. */
function open(): DeliverPorts {
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
    post: jsonPoster({ allowOrigins: environment.ALLOW_ORIGINS.split(",") }),
    enqueue: sqsNotices(environment.NOTICES_QUEUE_URL),
    now: () => toInstant(Date.now()),
    log: logger,
  };
}

/** A notice that fails comes again; one that can't be read is put aside by the queue. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  ports ??= open();
  const failed: string[] = [];
  for (const { messageId, body } of Records) {
    try {
      await deliverNotice(ports, NoticeMessage.parse(JSON.parse(body)));
    } catch (error) {
      logger.warn("a notice comes again", { messageId, why: error instanceof Error ? error.name : "unknown" });
      failed.push(messageId);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
