import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoConsent } from "#adapters/dynamo/audience/consent.ts";
import { dynamoReminders } from "#adapters/dynamo/audience/reminders.ts";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { loadKeys } from "#adapters/keys/secrets-manager.ts";
import { sesOne } from "#adapters/ses/one.ts";
import { sesUnsuppress } from "#adapters/ses/suppression.ts";
import { sqsKick } from "#adapters/sqs/kick.ts";
import { config } from "#broadsheet.config.ts";
import { toInstant } from "#domain/time/instant.ts";
import { welcomeReader } from "#usecases/delivery/welcome/welcome-reader.ts";
import { Environment, name } from "./contract.ts";

const logger = new Logger({ serviceName: name });

export function open() {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  const now = () => toInstant(Date.now());
  const subscribers = dynamoSubscribers(table);
  const welcome = {
    editions: dynamoEditions(table),
    ledger: dynamoLedger(table),
    kick: sqsKick(environment.KICKS_QUEUE_URL),
    ...{ subscribers, now },
  };
  return {
    config,
    siteUrl: environment.SITE_URL,
    keys: () => loadKeys(environment.KEYS_SECRET),
    subscribers,
    consent: dynamoConsent(table),
    reminders: dynamoReminders(table),
    unsuppress: sesUnsuppress(),
    sendOne: sesOne(environment.CONFIGURATION_SET),
    welcome: (reader: { newsletter: string; id: string }) => welcomeReader(welcome, reader),
    now,
    /** Log line for replaying unsubscriptions after a restore, like the website's. */
    left: (claim: { newsletter: string; id: string }) => logger.info("unsubscribed", claim),
    log: logger,
  };
}
