import { setTimeout as sleep } from "node:timers/promises";
import { Logger } from "@aws-lambda-powertools/logger";
import { dynamoPushKeys } from "#adapters/dynamo/articles/push.ts";
import { dynamoConsent } from "#adapters/dynamo/audience/consent.ts";
import { dynamoErasure, dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoProbes } from "#adapters/dynamo/delivery/probes.ts";
import { dynamoSessions } from "#adapters/dynamo/desk/sessions.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { once } from "#usecases/once.ts";
import type { Command } from "./answer.ts";
import { Environment, name } from "./environment.ts";
import { openEditorial } from "./open-editorial.ts";
import { commandTable } from "./table.ts";

export const logger = new Logger({ serviceName: name });

export function open(): Record<string, Command> {
  const environment = Environment.parse(process.env);
  const store = openTable(environment.TABLE_NAME);
  const subscribers = dynamoSubscribers(store);
  const secrets = once(() => import("#adapters/keys/secrets-manager.ts"));
  const keys = once(async () => (await secrets()).secretKeys(environment.KEYS_SECRET));
  const unsuppress = once(async () => (await import("#adapters/ses/suppression.ts")).sesUnsuppress());
  const requests = once(async () =>
    (await import("#adapters/sqs/requests.ts")).sqsRequests(environment.REQUESTS_QUEUE_URL),
  );
  return commandTable({
    ...openEditorial(store, environment, logger),
    pushKeys: dynamoPushKeys(store),
    subscribers: { ...subscribers, ...dynamoErasure(store) },
    consent: dynamoConsent(store),
    requests: { put: async (request, delaySeconds) => (await requests()).put(request, delaySeconds) },
    anySubscriber: subscribers.anyActive,
    unsuppress: async (address) => (await unsuppress())(address),
    pause: (milliseconds) => sleep(milliseconds),
    keys: async () => (await secrets()).loadKeys(environment.KEYS_SECRET),
    sessions: dynamoSessions(store),
    probes: dynamoProbes(store),
    log: logger,
    secretKeys: {
      read: async () => (await keys()).read(),
      write: async (stored) => (await keys()).write(stored),
    },
  });
}
