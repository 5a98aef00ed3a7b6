import { randomBytes } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoAudit } from "#adapters/dynamo/audit.ts";
import { dynamoEditions } from "#adapters/dynamo/editions.ts";
import { dynamoLedger } from "#adapters/dynamo/ledger.ts";
import { dynamoPushKeys } from "#adapters/dynamo/push.ts";
import { dynamoSources } from "#adapters/dynamo/sources.ts";
import { dynamoSubscribers } from "#adapters/dynamo/subscribers.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { allowedOrigins, guardUrl } from "#adapters/fetch/guard.ts";
import { lambdaInvoke } from "#adapters/invoke/lambda.ts";
import { loadKeys, secretKeys } from "#adapters/keys/secrets-manager.ts";
import { sesIdentities, sesOne } from "#adapters/ses/one.ts";
import { sqsDeadLetters, sqsPutBack } from "#adapters/sqs/dead-letters.ts";
import { config } from "#broadsheet.config.ts";
import { toInstant } from "#domain/time/instant.ts";
import { AssembleResponse, CheckResponse, FindResponse, WhyResponse, WorkbenchResponse } from "../assemble/contract.ts";
import { DispatchResponse } from "../dispatch/contract.ts";
import { IngestResponse } from "../ingest/contract.ts";
import { type Answer, answer, type Command } from "./answer.ts";
import { Environment, name } from "./contract.ts";
import { commandTable } from "./table.ts";

const logger = new Logger({ serviceName: name });
let table: Record<string, Command> | undefined;

/** Adapters are opened at the first call, so that importing this costs nothing. */
function open(): Record<string, Command> {
  const environment = Environment.parse(process.env);
  const store = openTable(environment.TABLE_NAME);
  const subscribers = dynamoSubscribers(store);
  const invoke = lambdaInvoke();
  const allowed = allowedOrigins([...config.allowOrigins, ...environment.ALLOW_ORIGINS.split(",")]);
  return commandTable({
    config: { ...config, delivery: environment.DELIVERY_SETTINGS ?? config.delivery },
    siteUrl: environment.SITE_URL,
    now: () => toInstant(Date.now()),
    editions: dynamoEditions(store),
    ledger: dynamoLedger(store),
    sources: dynamoSources(store),
    whyNotFetched: (url) => {
      const guarded = guardUrl(url, allowed);
      return "refused" in guarded ? guarded.refused : null;
    },
    pushKeys: dynamoPushKeys(store),
    newSecret: () => randomBytes(24).toString("hex"),
    subscribers,
    audit: dynamoAudit(store),
    keys: () => loadKeys(environment.KEYS_SECRET),
    secretKeys: secretKeys(environment.KEYS_SECRET),
    anySubscriber: subscribers.anyActive,
    senderVerified: sesIdentities(),
    dead: {
      kicks: sqsDeadLetters(environment.KICKS_DEAD_QUEUE_URL),
      feedback: sqsDeadLetters(environment.FEEDBACK_DEAD_QUEUE_URL),
      clock: sqsDeadLetters(environment.CLOCK_DEAD_QUEUE_URL),
    },
    putBack: {
      kicks: sqsPutBack(environment.KICKS_QUEUE_URL),
      feedback: sqsPutBack(environment.FEEDBACK_QUEUE_URL),
    },
    sendOne: sesOne(environment.CONFIGURATION_SET),
    ingest: async (request) => IngestResponse.parse(await invoke(environment.INGEST_FUNCTION, request)),
    assemble: async (request) => AssembleResponse.parse(await invoke(environment.ASSEMBLE_FUNCTION, request)),
    workbench: async (request) => WorkbenchResponse.parse(await invoke(environment.ASSEMBLE_FUNCTION, request)),
    find: async (request) => FindResponse.parse(await invoke(environment.ASSEMBLE_FUNCTION, request)),
    check: async (request) => CheckResponse.parse(await invoke(environment.ASSEMBLE_FUNCTION, request)),
    why: async (request) => WhyResponse.parse(await invoke(environment.ASSEMBLE_FUNCTION, request)),
    dispatch: async (request) => DispatchResponse.parse(await invoke(environment.DISPATCH_FUNCTION, request)),
  });
}

export async function handler(event: unknown): Promise<Answer> {
  table ??= open();
  return answer(table, event, (message, error) => logger.error(message, { error }));
}
