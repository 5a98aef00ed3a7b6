import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoProbes } from "#adapters/dynamo/delivery/probes.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { loadKeys } from "#adapters/keys/secrets-manager.ts";
import { sqsRefuse } from "#adapters/sqs/refuse.ts";
import { config } from "#broadsheet.config.ts";
import { normaliseAddress } from "#domain/audience/address/address.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import { toInstant } from "#domain/time/instant.ts";
import { createDoneBatches } from "#usecases/delivery/feedback/done-batches.ts";
import { Environment, name } from "./contract.ts";

export function open() {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  return {
    configurationSet: environment.CONFIGURATION_SET,
    newsletters: Object.keys(config.newsletters),
    editions: dynamoEditions(table),
    ledger: createDoneBatches(Date.now).over(dynamoLedger(table)),
    subscribers: dynamoSubscribers(table),
    probes: dynamoProbes(table),
    idOf: async (newsletter: string, address: string) => {
      const normalised = normaliseAddress(address);
      return normalised.ok
        ? subscriberId(await loadKeys(environment.KEYS_SECRET), newsletter, normalised.value)
        : undefined;
    },
    refuse: sqsRefuse(environment.FEEDBACK_DEAD_QUEUE_URL),
    now: () => toInstant(Date.now()),
    log: new Logger({ serviceName: name }),
  };
}
