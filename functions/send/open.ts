import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { measureSkew } from "#adapters/dynamo/skew.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { loadKeys } from "#adapters/keys/secrets-manager.ts";
import { bulkClient, sesBulk } from "#adapters/ses/bulk.ts";
import { sesAccount } from "#adapters/ses/one.ts";
import { sqsKick } from "#adapters/sqs/kick.ts";
import { sqsRefuse } from "#adapters/sqs/refuse.ts";
import { config } from "#broadsheet.config.ts";
import { bulkCallComposer } from "#usecases/delivery/send/calling/compose-call.ts";
import { Environment, name } from "./contract.ts";

const clock = { now: Date.now, mono: () => performance.now(), sleep: (ms: number) => sleep(ms) };

export function open() {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  const settings = environment.DELIVERY_SETTINGS ?? config.delivery;
  const ports = {
    editions: dynamoEditions(table),
    ledger: dynamoLedger(table),
    subscribers: dynamoSubscribers(table),
    clock,
    skew: measureSkew(table),
    kick: sqsKick(environment.KICKS_QUEUE_URL),
    refuse: sqsRefuse(environment.KICKS_DEAD_QUEUE_URL),
    newRun: () => randomBytes(6).toString("hex"),
    log: new Logger({ serviceName: name }),
  };
  /** A new client for each run, so a process that was frozen doesn't continue with old connections. */
  const openSes = async () => {
    const composeCall = bulkCallComposer(config, environment.SITE_URL, await loadKeys(environment.KEYS_SECRET));
    const client = bulkClient();
    const sendBulk = sesBulk(client, environment.CONFIGURATION_SET, settings.callTimeoutSeconds);
    return { client, composeCall, ses: { sendBulk, account: sesAccount(client) } };
  };
  return { ports, settings, openSes };
}
