import { Logger } from "@aws-lambda-powertools/logger";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { dynamoConsent } from "#adapters/dynamo/consent.ts";
import { dynamoReminders } from "#adapters/dynamo/reminders.ts";
import { dynamoSubscribers } from "#adapters/dynamo/subscribers.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { loadKeys } from "#adapters/keys/secrets-manager.ts";
import { sesOne } from "#adapters/ses/one.ts";
import { sesUnsuppress } from "#adapters/ses/suppression.ts";
import { config } from "#broadsheet.config.ts";
import { toInstant } from "#domain/time/instant.ts";
import { remind } from "#usecases/audience/remind.ts";
import { takeRequests } from "#usecases/audience/take-requests.ts";
import { Environment, name } from "./contract.ts";

const logger = new Logger({ serviceName: name });
let ports: ReturnType<typeof open> | undefined;

/** Adapters are opened at the first call, so importing this costs nothing. */
function open() {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  return {
    config,
    siteUrl: environment.SITE_URL,
    keys: () => loadKeys(environment.KEYS_SECRET),
    subscribers: dynamoSubscribers(table),
    consent: dynamoConsent(table),
    reminders: dynamoReminders(table),
    unsuppress: sesUnsuppress(),
    sendOne: sesOne(environment.CONFIGURATION_SET),
    now: () => toInstant(Date.now()),
    log: logger,
  };
}

/** The queue brings records; the clock brings none. */
export async function handler({ Records }: Partial<SQSEvent>): Promise<SQSBatchResponse | { reminded: number }> {
  ports ??= open();
  if (Records === undefined) return remind(ports);
  const { failed } = await takeRequests(
    ports,
    Records.map(({ messageId, body }) => ({ id: messageId, body })),
  );
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
