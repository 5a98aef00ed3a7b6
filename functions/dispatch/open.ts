import { randomBytes } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoSources } from "#adapters/dynamo/articles/sources.ts";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoWarmUps } from "#adapters/dynamo/audience/warm-ups.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoArchive } from "#adapters/dynamo/editions/archive.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { sqsKick } from "#adapters/sqs/kick.ts";
import { config } from "#broadsheet.config.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import { newsletterLanguage } from "#domain/language.ts";
import { toInstant } from "#domain/time/instant.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { publishEdition } from "#usecases/editions/publishing/publish.ts";
import { countUse } from "#usecases/sources/count-use.ts";
import { Environment, name } from "./contract.ts";

export function open() {
  const environment = Environment.parse(process.env);
  const { share, canarySeconds } = environment.DELIVERY_SETTINGS ?? config.delivery;
  const table = openTable(environment.TABLE_NAME);
  const editions = dynamoEditions(table);
  const sources = dynamoSources(table);
  const archive = dynamoArchive(table);
  const now = () => toInstant(Date.now());
  const ports = {
    editions,
    publish: (key: EditionKey) =>
      publishEdition(
        { editions, archive, now, languageOf: (newsletter) => newsletterLanguage(config, newsletter) },
        key,
      ),
    ledger: dynamoLedger(table),
    subscribers: dynamoSubscribers(table),
    warmUps: dynamoWarmUps(table),
    countUse: (edition: Edition) => countUse({ editions, sources }, edition),
    kick: sqsKick(environment.KICKS_QUEUE_URL),
    now,
    log: new Logger({ serviceName: name }),
    newRun: () => randomBytes(6).toString("hex"),
  };
  return (key: EditionKey) => dispatch(ports, key, share, canarySeconds !== "off");
}
