import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoEditions } from "#adapters/dynamo/editions.ts";
import { dynamoLedger } from "#adapters/dynamo/ledger.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { lambdaInvoke } from "#adapters/invoke/lambda.ts";
import { sqsBacklog } from "#adapters/sqs/backlog.ts";
import { sqsKick } from "#adapters/sqs/kick.ts";
import { config } from "#broadsheet.config.ts";
import { toInstant } from "#domain/time/instant.ts";
import { type WatchReport, watch } from "#usecases/delivery/watch/watch.ts";
import type { DispatchRequest } from "../dispatch/contract.ts";
import { Environment, name } from "./contract.ts";

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
  backlog: sqsBacklog(environment.FEEDBACK_QUEUE_URL, environment.FEEDBACK_DEAD_QUEUE_URL),
  settings: environment.DELIVERY_SETTINGS ?? config.delivery,
  now: () => toInstant(Date.now()),
  log: new Logger({ serviceName: name }),
};

export const handler = (): Promise<WatchReport> => watch(ports);
