import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Logger } from "@aws-lambda-powertools/logger";
import type { Context, SQSEvent } from "aws-lambda";
import { dynamoEditions } from "#adapters/dynamo/editions.ts";
import { dynamoLedger } from "#adapters/dynamo/ledger.ts";
import { measureSkew } from "#adapters/dynamo/skew.ts";
import { dynamoSubscribers } from "#adapters/dynamo/subscribers.ts";
import { openTable } from "#adapters/dynamo/table.ts";
import { loadKeys } from "#adapters/keys/secrets-manager.ts";
import { bulkClient, sesBulk } from "#adapters/ses/bulk.ts";
import { sesAccount } from "#adapters/ses/one.ts";
import { sqsKick } from "#adapters/sqs/kick.ts";
import { sqsRefuse } from "#adapters/sqs/refuse.ts";
import { config } from "#broadsheet.config.ts";
import { bulkCallComposer } from "#usecases/delivery/send/compose-call.ts";
import { type RunReport, send } from "#usecases/delivery/send/send.ts";
import { Environment, Kick, name } from "./contract.ts";

/** Milliseconds before the time-out at which claiming ends: the longest call takes 20 s, and its record follows. */
const DRAIN_MS = 26_000;
const log = new Logger({ serviceName: name });
const clock = { now: Date.now, mono: () => performance.now(), sleep: (ms: number) => sleep(ms) };
let known: ReturnType<typeof open> | undefined;

/** Adapters are opened at the first call, so importing this costs nothing. */
function open() {
  const environment = Environment.parse(process.env);
  const table = openTable(environment.TABLE_NAME);
  return {
    environment,
    settings: environment.DELIVERY_SETTINGS ?? config.delivery,
    stores: { editions: dynamoEditions(table), ledger: dynamoLedger(table), subscribers: dynamoSubscribers(table) },
    skew: measureSkew(table),
    kick: sqsKick(environment.KICKS_QUEUE_URL),
    refuse: sqsRefuse(environment.KICKS_DEAD_QUEUE_URL),
  };
}

export async function handler(event: SQSEvent, context: Context): Promise<RunReport> {
  known ??= open();
  const { environment, settings, stores, skew, kick, refuse } = known;
  if (!(await haveKick(event, refuse))) return { end: "nothing to do", calls: 0, kicked: false };
  // A client of its own for each run: a frozen process must not wake up with old connections.
  const client = bulkClient();
  const ports = {
    ...stores,
    clock,
    ses: {
      sendBulk: sesBulk(client, environment.CONFIGURATION_SET, settings.callTimeoutSeconds),
      account: sesAccount(client),
    },
    composeCall: bulkCallComposer(config, environment.SITE_URL, await loadKeys(environment.KEYS_SECRET)),
    kick,
    newRun: () => randomBytes(6).toString("hex"),
    skew,
    mustEnd: () => context.getRemainingTimeInMillis() < DRAIN_MS,
    log,
  };
  return send(ports, settings).finally(() => client.destroy());
}

/** A message that isn't a kick, or is one of another version, would fail each time: it goes to the dead letters at once. */
async function haveKick({ Records }: SQSEvent, refuse: ReturnType<typeof sqsRefuse>): Promise<boolean> {
  const bad = Records.filter(({ body }) => !isKick(body));
  for (const { body } of bad) await refuse(body, "unknown kick version");
  if (bad.length > 0) log.warn("kicks were refused", { kicks: bad.length });
  return bad.length < Records.length;
}

function isKick(body: string): boolean {
  try {
    return Kick.safeParse(JSON.parse(body)).success;
  } catch {
    return false;
  }
}
