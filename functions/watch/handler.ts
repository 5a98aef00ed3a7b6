import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoEditions } from "#adapters/dynamo/editions.ts";
import { dynamoLedger } from "#adapters/dynamo/ledger.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { lambdaInvoke } from "#adapters/invoke/lambda.ts";
import { sqsKick } from "#adapters/sqs/kick.ts";
import { config } from "#broadsheet.config.ts";
import { toInstant } from "#domain/instant.ts";
import type { DispatchRequest } from "../dispatch/contract.ts";
import { Environment, name, type WatchReport } from "./contract.ts";
import { watch } from "./watch.ts";

const environment = Environment.parse(process.env);
const table = openTable(environment.TABLE_NAME);
const invoke = lambdaInvoke();
const ports = {
  editions: dynamoEditions(table),
  ledger: dynamoLedger(table),
  dispatch: async (request: DispatchRequest) => {
    await invoke(environment.DISPATCH_FUNCTION, request);
  },
  kick: sqsKick(environment.KICKS_QUEUE_URL),
  now: () => toInstant(Date.now()),
  log: new Logger({ serviceName: name }),
};

export const handler = (): Promise<WatchReport> => watch(ports, Object.keys(config.newsletters));
