import { randomBytes } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoConsent } from "#adapters/dynamo/audience/consent.ts";
import { dynamoErasure, dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoArchive } from "#adapters/dynamo/editions/archive.ts";
import { dynamoWorth } from "#adapters/dynamo/editions/worth.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { loadKeys } from "#adapters/keys/secrets-manager.ts";
import { sqsRequests } from "#adapters/sqs/requests.ts";
import { config } from "#broadsheet.config.ts";
import { toInstant } from "#domain/time/instant.ts";
import { site } from "./app.ts";
import { Environment, name } from "./contract.ts";

const logger = new Logger({ serviceName: name });

export function open() {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  const app = site({
    config,
    siteUrl: environment.SITE_URL,
    archive: dynamoArchive(table),
    picturesUrl: environment.PICTURES_URL ?? environment.SITE_URL,
    subscribers: { ...dynamoSubscribers(table), ...dynamoErasure(table) },
    consent: dynamoConsent(table),
    worth: dynamoWorth(table),
    requests: sqsRequests(environment.REQUESTS_QUEUE_URL),
    keys: () => loadKeys(environment.KEYS_SECRET),
    now: () => toInstant(Date.now()),
    left: (claim) => logger.info("unsubscribed", claim),
    newReference: () => randomBytes(4).toString("hex"),
    log: (reference, error) => logger.error("a page failed", { reference, error }),
  });
  return { app, originSecret: environment.ORIGIN_SECRET };
}
