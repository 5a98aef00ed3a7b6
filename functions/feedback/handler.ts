import { Logger } from "@aws-lambda-powertools/logger";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { dynamoEditions } from "#adapters/dynamo/editions.ts";
import { dynamoLedger } from "#adapters/dynamo/ledger.ts";
import { dynamoSubscribers } from "#adapters/dynamo/subscribers.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { loadKeys } from "#adapters/keys/secrets-manager.ts";
import { sqsRefuse } from "#adapters/sqs/refuse.ts";
import { config } from "#broadsheet.config.ts";
import { normaliseAddress } from "#domain/audience/address.ts";
import { subscriberId } from "#domain/audience/token.ts";
import { toInstant } from "#domain/time/instant.ts";
import { processEvents } from "#usecases/delivery/feedback/process-events.ts";
import { Environment, name } from "./contract.ts";

let ports: ReturnType<typeof open> | undefined;

/** Adapters are opened at the first call, so importing this costs nothing. */
function open() {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  return {
    configurationSet: environment.CONFIGURATION_SET,
    newsletters: Object.keys(config.newsletters),
    editions: dynamoEditions(table),
    ledger: dynamoLedger(table),
    subscribers: dynamoSubscribers(table),
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

export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  ports ??= open();
  const { failed } = await processEvents(
    ports,
    Records.map(({ messageId, body }) => ({ id: messageId, body })),
  );
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
