import { setTimeout as sleep } from "node:timers/promises";
import { BatchWriteCommand, GetCommand } from "@aws-sdk/lib-dynamodb";
import { dynamoEditions } from "#adapters/dynamo/editions.ts";
import { dynamoLedger } from "#adapters/dynamo/ledger.ts";
import { dynamoSubscribers } from "#adapters/dynamo/subscribers.ts";
import type { Table } from "#adapters/dynamo/table.ts";
import { subscriberId } from "#domain/audience/token.ts";
import { DeliverySettings } from "#domain/config/delivery-settings.ts";
import type { BulkCall } from "#domain/delivery/calls/call.ts";
import { prices, sesFee } from "#domain/delivery/pace/prices.ts";
import { toInstant } from "#domain/time/instant.ts";
import { startData } from "#local/data/start.ts";
import { eventsOf } from "#local/ses/events/envelope.ts";
import type { Message } from "#local/ses/mail/message.ts";
import type { Account } from "#local/ses/state/account.ts";
import { approved, config, key, keys, revision, siteUrl, subscriber } from "#tests/testing/delivery-system.ts";
import { processEvents } from "#usecases/delivery/feedback/process-events.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { bulkCallComposer } from "#usecases/delivery/send/compose-call.ts";
import { send } from "#usecases/delivery/send/send.ts";
import { watch } from "#usecases/delivery/watch/watch.ts";
import { openMeter, type Units } from "./meter.ts";

/**
 * What one edition costs above SES's own fee, by the calls that the real functions make for it, counted by a client that
 * asks DynamoDB what each consumed. Only how long Lambdas run is taken from the rate: the table here is slower than
 * DynamoDB, and SES's rate is what a sender waits for.
 */
type CostFigures = {
  readers: number;
  calls: number;
  events: number;
  /** Units consumed by delivery, and by taking in the events of it. */
  delivery: Units;
  feedback: Units;
  /** US dollars for a million readers: without Send and Delivery events, and with them. */
  plain: number;
  confirmed: number;
};

/** Recipients a second, and what the sender and feedback have. */
const RATE = 200;
const SENDER_GIGABYTES = 0.5;
const FEEDBACK = { gigabytes: 0.5, eventsAPoll: 100, secondsAPoll: 0.1 };
/** One reader in so many bounces. */
const BOUNCES_EVERY = 67;
const DYNAMO_WRITES = 25;
const set = "broadsheet";

const silent = { info: () => undefined, warn: () => undefined, error: console.error };
const now = () => toInstant(Date.now());
const settings = DeliverySettings.parse({});

async function costFigures(readers = 100_000): Promise<CostFigures> {
  const data = await startData({ port: 0, table: "broadsheet" });
  const meter = openMeter(data.url);
  try {
    await subscribe(meter.table, readers);
    meter.reset();
    const sent = await deliverAll(meter.table, readers);
    const delivery = meter.reset();
    await confirmAll(meter.table, sent);
    const feedback = meter.reset();
    return { readers, calls: sent.length, ...priced(readers, delivery, feedback) };
  } finally {
    meter.close();
    await data.close();
  }
}

/** One by its adapter, the others like it, twenty-five at a time. */
async function subscribe(table: Table, readers: number): Promise<void> {
  const first = subscriber(0);
  await dynamoSubscribers(table).write(key.newsletter, [{ before: undefined, after: first }]);
  const Key = { PK: `S#${key.newsletter}#${first.id.slice(0, 2)}`, SK: first.id };
  const { Item } = await table.document.send(new GetCommand({ TableName: table.name, Key }));
  if (!Item) throw new Error("A subscriber is not where docs/data.md says.");
  const like = (n: number) => {
    const address = `reader${n}@example.com`;
    const id = subscriberId(keys, key.newsletter, address);
    return { PutRequest: { Item: { ...Item, PK: `S#${key.newsletter}#${id.slice(0, 2)}`, SK: id, id, address } } };
  };
  for (let n = 1; n < readers; n += DYNAMO_WRITES) {
    const puts = Array.from({ length: Math.min(DYNAMO_WRITES, readers - n) }, (_, at) => like(n + at));
    await table.document.send(new BatchWriteCommand({ RequestItems: { [table.name]: puts } }));
  }
}

type SentCall = { call: BulkCall; at: number };

/** Freezes, sends and repairs as often as a minute passes at the rate. Gives the calls that SES took. */
async function deliverAll(table: Table, readers: number): Promise<SentCall[]> {
  const editions = dynamoEditions(table);
  const ledger = dynamoLedger(table);
  const subscribers = dynamoSubscribers(table);
  const edition = approved();
  await editions.putRevision(key, revision);
  await editions.create(edition);
  const kick = async () => undefined;
  const common = { editions, ledger, kick, now, newRun: () => Math.random().toString(16).slice(2, 14), log: silent };
  // The counter drifts, and here there is one subscriber more than it knows of.
  const counted = { ...subscribers, count: async () => readers };
  await dispatch(
    { ...common, subscribers: counted, publish: async () => undefined, countUse: async () => undefined },
    key,
    1,
  );
  const round = () =>
    watch({ ...common, notify: kick, dispatch: kick, settings, backlog: async () => ({ waiting: 0, dead: 0 }) });
  const sent: SentCall[] = [];
  const everyMinute = Math.ceil((RATE * 60) / 50);
  await send(
    {
      ...common,
      clock: { now: Date.now, mono: () => performance.now(), sleep: (ms) => sleep(ms) },
      subscribers,
      ses: {
        account: async () => ({ rate: 1_000_000, quota: null, sent24: 0 }),
        async sendBulk(call, gate) {
          if (gate() !== "go") return { is: "window" };
          const number = sent.push({ call, at: Date.now() });
          if (number % everyMinute === 0) await round();
          const results = call.entries.map((_, at) => ({
            status: "SUCCESS",
            messageId: idOf(number, at),
            error: null,
          }));
          return { is: "results", results };
        },
      },
      composeCall: bulkCallComposer(config, siteUrl, keys),
      skew: () => 0,
      mustEnd: () => false,
    },
    settings,
  );
  await round();
  return sent;
}

const idOf = (call: number, at: number) =>
  `0100019aa0000000-${String(call).padStart(8, "0")}-0000-4000-8000-${String(at).padStart(12, "0")}-000000`;

/** Takes in Send and Delivery of each, or Send and Bounce, as many at a time as a poll brings. */
async function confirmAll(table: Table, sent: readonly SentCall[]): Promise<void> {
  const ports = {
    configurationSet: set,
    newsletters: [key.newsletter],
    editions: dynamoEditions(table),
    ledger: dynamoLedger(table),
    subscribers: dynamoSubscribers(table),
    idOf: async (newsletter: string, address: string) => subscriberId(keys, newsletter, address),
    refuse: async (_: string, reason: string) => {
      throw new Error(`An event was refused: ${reason}`);
    },
    now,
    log: silent,
  };
  let waiting: { id: string; body: string }[] = [];
  for (const [at, one] of sent.entries()) {
    waiting.push(...eventsFor(one, at + 1));
    while (waiting.length >= FEEDBACK.eventsAPoll || (at === sent.length - 1 && waiting.length > 0)) {
      const { failed } = await processEvents(ports, waiting.slice(0, FEEDBACK.eventsAPoll));
      if (failed.length > 0) throw new Error("Events could not be taken in.");
      waiting = waiting.slice(FEEDBACK.eventsAPoll);
    }
  }
}

const account: Account = {
  ...{ rate: RATE, quota: -1, burstSeconds: 1, plan: "NONE", sandbox: false, sending: true, verifyAll: true },
  ...{ enforcement: "HEALTHY", region: "us-east-1", id: "000000000000" },
};

function eventsFor({ call, at }: SentCall, number: number): { id: string; body: string }[] {
  const sent = {
    v: 1,
    at,
    operation: "SendBulkEmail",
    from: call.from,
    replyTo: [],
    content: "",
    subject: "",
  } as const;
  return call.entries.flatMap((entry, position) => {
    const bounced = (number * 50 + position) % BOUNCES_EVERY === 0;
    const message: Message = {
      n: 0,
      call: { ...sent, replyTo: [], configurationSet: set, entries: [] },
      entry: {
        ...{ id: idOf(number, position), to: [entry.to], cc: [], bcc: [], values: {}, headers: [] },
        tags: Object.fromEntries(entry.tags.map(({ name, value }) => [name, value])),
        fate: bounced ? "bounced" : "delivered",
      },
    };
    return eventsOf(message, account, undefined).map((event) => ({ id: event.id, body: JSON.stringify(event) }));
  });
}

const MILLION = 1_000_000;

/** Counted units and counted events, by the price list, for a million readers. */
function priced(readers: number, delivery: Units, feedback: Units) {
  const events = 2 * readers;
  const share = MILLION / readers;
  const table = ({ writes, reads }: Units) => writes * prices.tableWrite + reads * prices.tableRead;
  const run = (gigabytes: number, seconds: number) => gigabytes * seconds * prices.functionGigabyteSecond;
  const sender = run(SENDER_GIGABYTES, readers / RATE);
  // In by EventBridge, out ten at a time, away ten at a time.
  const queue = (count: number) => count * 1.2 * prices.queueCall;
  const polls = (count: number) => count / FEEDBACK.eventsAPoll;
  const taking = (count: number) =>
    queue(count) + polls(count) * (prices.functionCall + run(FEEDBACK.gigabytes, FEEDBACK.secondsAPoll));
  // Without confirmations SES tells of bounces only; what they write is nearly all that feedback writes.
  const bounces = readers / BOUNCES_EVERY;
  const plain = (table(delivery) + sender + bounces * 3 * prices.tableWrite + taking(bounces)) * share;
  const confirmed = (table(delivery) + sender + table(feedback) + taking(events)) * share;
  return { events, delivery, feedback, plain, confirmed };
}

/** US dollars for a million readers, above SES's own fee. */
export const limits = { plain: 0.3, confirmed: 1.8 };

/** Prints the table; false where a limit is passed. */
export async function reportCost(): Promise<boolean> {
  const { readers, calls, events, delivery, feedback, plain, confirmed } = await costFigures();
  const units = ({ writes, reads }: Units) => `${Math.round(writes)} write and ${Math.round(reads)} read units`;
  const dollars = (value: number, limit: number) =>
    `$${value.toFixed(2)} (at most $${limit.toFixed(2)})${value > limit ? "  TOO MUCH" : ""}`;
  console.log(`Counted for ${readers} readers, at ${RATE} recipients a second; prices of ${prices.date}, ${prices.region}
  delivery                       ${calls} calls to SES, ${units(delivery)}
  taking in ${events} events      ${units(feedback)}
  a million readers              ${dollars(plain, limits.plain)}, beside SES's $${sesFee(MILLION, "none").toFixed(0)}
  with Send and Delivery events  ${dollars(confirmed, limits.confirmed)}`);
  return plain <= limits.plain && confirmed <= limits.confirmed;
}

if (import.meta.main) process.exitCode = (await reportCost()) ? 0 : 1;
