import { setTimeout as sleep } from "node:timers/promises";
import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoConsent } from "#adapters/dynamo/consent.ts";
import { dynamoPushKeys } from "#adapters/dynamo/push.ts";
import { dynamoSessions } from "#adapters/dynamo/sessions.ts";
import { dynamoErasure, dynamoSubscribers } from "#adapters/dynamo/subscribers.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { loadKeys, secretKeys } from "#adapters/keys/secrets-manager.ts";
import { sesUnsuppress } from "#adapters/ses/suppression.ts";
import { sqsRequests } from "#adapters/sqs/requests.ts";
import type { Command } from "./answer.ts";
import { Environment, name } from "./contract.ts";
import { openEditorial } from "./open-editorial.ts";
import { commandTable } from "./table.ts";

export const logger = new Logger({ serviceName: name });

export function open(): Record<string, Command> {
  const environment = Environment.parse(process.env);
  const store = openTable(environment.TABLE_NAME);
  const subscribers = dynamoSubscribers(store);
  return commandTable({
    ...openEditorial(store, environment, logger),
    pushKeys: dynamoPushKeys(store),
    subscribers: { ...subscribers, ...dynamoErasure(store) },
    consent: dynamoConsent(store),
    requests: sqsRequests(environment.REQUESTS_QUEUE_URL),
    anySubscriber: subscribers.anyActive,
    unsuppress: sesUnsuppress(),
    pause: (milliseconds) => sleep(milliseconds),
    keys: () => loadKeys(environment.KEYS_SECRET),
    sessions: dynamoSessions(store),
    secretKeys: secretKeys(environment.KEYS_SECRET),
  });
}
