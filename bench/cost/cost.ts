import { setTimeout as sleep } from "node:timers/promises";
import { BatchWriteCommand, GetCommand } from "@aws-sdk/lib-dynamodb";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoWarmUps } from "#adapters/dynamo/audience/warm-ups.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import type { Table } from "#adapters/dynamo/table.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { prices, sesFee } from "#domain/delivery/pace/prices.ts";
import { toInstant } from "#domain/time/instant.ts";
import { startData } from "#local/data/start.ts";
import { approved, config, key, keys, revision, siteUrl, subscriber } from "#tests/testing/delivery/delivery-system.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { bulkCallComposer } from "#usecases/delivery/send/calling/compose-call.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import { send } from "#usecases/delivery/send/send.ts";
import { watch } from "#usecases/delivery/watch/watch.ts";
import { openMeter, type Units } from "../meter.ts";
import { idOf, type Meter, MILLION, type Rate, rates, type SentCall, type Taken, takeInAll } from "./cost-feedback.ts";

/**
 * What one edition costs above SES's own fee, by the calls that the real functions make for it, counted by a client that
 * asks DynamoDB what each consumed. Only how long Lambdas run is taken from the rate: the table here is slower than
 * DynamoDB, and SES's rate is what a sender waits for.
 */
type CostFigures = {
  readers: number;
  calls: number;
  /** Units consumed by delivery, by delivery to 26 time zones and by several senders, and by processing bounces. */
  delivery: Units;
  zoned: Units;
  shared: Units;
  bounces: Taken;
  /** Units consumed by processing Send and Delivery events, at each rate. */
  confirmations: readonly (Rate & Taken)[];
  /**
   * US dollars for a million readers: without Send and Delivery events, the same with a whole processor and by several
   * senders, in 26 time zones, and with those events at each rate.
   */
  plain: number;
  plainFast: number;
  plainShared: number;
  plainZoned: number;
  confirmed: readonly number[];
};
const RATE = rates[0].rate;
/** Several senders, and what they have together. */
const SENDERS = 4;
const several: Pick<Rate, "rate" | "gigabytes"> = { rate: 20_000, gigabytes: SENDERS * rates[1].gigabytes };
const FEEDBACK = { gigabytes: 0.5, secondsAPoll: 0.05, secondsAnEvent: 0.0005 };
const DYNAMO_WRITES = 25;

const silent = { info: () => undefined, warn: () => undefined, error: console.error };
const settings = DeliverySettings.parse({});

async function costFigures(readers = 20_000): Promise<CostFigures> {
  const plain = await withTable(async (meter) => {
    await subscribe(meter.table, readers, []);
    meter.reset();
    const sent = await deliverAll(meter.table, readers);
    return { sent, delivery: meter.reset(), ...(await takeInAll(meter, sent)) };
  });
  const zoned = await withTable(async (meter) => {
    await subscribe(meter.table, readers, zones);
    meter.reset();
    await deliverAll(meter.table, readers, { zoned: true });
    return meter.reset();
  });
  const shared = await withTable(async (meter) => {
    await subscribe(meter.table, readers, []);
    meter.reset();
    await deliverAll(meter.table, readers, { senders: SENDERS });
    return meter.reset();
  });
  const { sent, ...counted } = plain;
  const figures = { readers, calls: sent.length, ...counted, zoned, shared };
  return { ...figures, ...priced(figures) };
}

async function withTable<T>(work: (meter: Meter) => Promise<T>): Promise<T> {
  const data = await startData({ port: 0, table: "broadsheet" });
  const meter = openMeter(data.url);
  try {
    return await work(meter);
  } finally {
    meter.close();
    await data.close();
  }
}

/** One zone for each hour from UTC-11 to UTC+14. */
const zones = Array.from({ length: 26 }, (_, n) => `Etc/GMT${n - 14 < 0 ? "" : "+"}${n - 14}`);

/** Writes one subscriber by the adapter, and copies it for the others, twenty-five at a time. */
async function subscribe(table: Table, readers: number, zones: readonly string[]): Promise<void> {
  const first = subscriber(0);
  await dynamoSubscribers(table).write(key.newsletter, [{ before: undefined, after: first }]);
  const Key = { PK: `S#${key.newsletter}#${first.id.slice(0, 2)}`, SK: first.id };
  const { Item } = await table.document.send(new GetCommand({ TableName: table.name, Key }));
  if (!Item) throw new Error("A subscriber is not where docs/data.md says.");
  const like = (n: number) => {
    const address = `reader${n}@example.com`;
    const id = subscriberId(keys, key.newsletter, address);
    const zone = zones[n % zones.length];
    const own = { PK: `S#${key.newsletter}#${id.slice(0, 2)}`, SK: id, address, ...(zone && { zone }) };
    return { PutRequest: { Item: { ...Item, ...own } } };
  };
  for (let n = 1; n < readers; n += DYNAMO_WRITES) {
    const puts = Array.from({ length: Math.min(DYNAMO_WRITES, readers - n) }, (_, at) => like(n + at));
    await table.document.send(new BatchWriteCommand({ RequestItems: { [table.name]: puts } }));
  }
}

const localTime = { time: "07:00", timeZone: "UTC", lateHours: 48, skipLate: false };

/** Freezes, sends, and runs watch once for each minute at the rate. Returns the calls that SES accepted. */
async function deliverAll(table: Table, readers: number, { zoned = false, senders = 1 } = {}): Promise<SentCall[]> {
  const editions = dynamoEditions(table);
  const ledger = dynamoLedger(table);
  const subscribers = dynamoSubscribers(table);
  // In local time, the audience is frozen before the first zone's morning. Here everything is sent after the last
  // one's.
  const frozenAt = zoned ? Date.UTC(2026, 10, 22, 10) : Date.now();
  const sentFrom = zoned ? Date.UTC(2026, 10, 23, 20) : Date.now();
  const began = performance.now();
  const wall = () => sentFrom + performance.now() - began;
  const now = () => toInstant(wall());
  const times = zoned ? { dueAt: toInstant(frozenAt), approvedAt: toInstant(frozenAt), localTime } : {};
  const edition = { ...approved(), ...times };
  await editions.putRevision(key, revision);
  await editions.create(edition);
  const kick = async () => undefined;
  const common = { editions, ledger, kick, now, newRun: () => Math.random().toString(16).slice(2, 14), log: silent };
  // The exact count, because the approximate one drifts. Each sender needs a group, of about 10,000.
  const counted = { ...subscribers, count: async () => Math.max(readers, senders * 10_000) };
  await dispatch(
    {
      ...common,
      ...{ subscribers: counted, publish: async () => undefined, countUse: async () => undefined },
      warmUps: dynamoWarmUps(table),
      now: () => toInstant(frozenAt),
    },
    key,
    1,
  );
  const round = () =>
    watch({
      ...common,
      notify: kick,
      dispatch: kick,
      leaveHeartbeat: async () => true,
      settings,
      backlog: async () => ({ waiting: 0, dead: 0 }),
    });
  const sent: SentCall[] = [];
  let reads = 0;
  const get: typeof editions.get = (key) => {
    reads += 1;
    return editions.get(key);
  };
  const everyMinute = Math.ceil((RATE * 60) / 50);
  const ses: SendPorts["ses"] = {
    account: async () => ({ rate: 1_000_000, quota: null, sent24: 0 }),
    async sendBulk(call, gate) {
      if (gate() !== "go") return { is: "window" };
      const number = sent.push({ call, at: Date.now() });
      if (number % everyMinute === 0) await round();
      const results = call.entries.map((_, at) => ({ status: "SUCCESS", messageId: idOf(number, at), error: null }));
      return { is: "results", results };
    },
  };
  await runSenders(senders, {
    ...common,
    editions: { ...editions, get },
    clock: { now: wall, mono: () => performance.now(), sleep: (ms) => sleep(ms) },
    subscribers,
    ses,
    composeCall: bulkCallComposer(config, siteUrl, keys),
    skew: () => 0,
    mustEnd: () => false,
  });
  // Deliveries that start together share a read of their edition; at the rates counted for, each has its own.
  for (; reads < sent.length; reads += 1) await editions.get(key);
  await round();
  return sent;
}

/** Runs the first sender, and each that a kick is for. */
async function runSenders(senders: number, ports: SendPorts): Promise<void> {
  const running: Promise<unknown>[] = [];
  const kick = async (index = 0) => void running.push(run(index));
  const run = (index: number) => send({ ...ports, kick }, { ...settings, senders }, index);
  await kick();
  for (let next = running.shift(); next; next = running.shift()) await next;
}

/** The price of the counted units and events for a million readers. */
function priced(figures: Pick<CostFigures, "readers" | "delivery" | "zoned" | "shared" | "bounces" | "confirmations">) {
  const { readers, delivery, zoned, shared, bounces, confirmations } = figures;
  const share = MILLION / readers;
  const table = ({ writes, reads }: Units) => writes * prices.tableWrite + reads * prices.tableRead;
  const run = (gigabytes: number, seconds: number) => gigabytes * seconds * prices.functionGigabyteSecond;
  type Speed = Pick<Rate, "rate" | "gigabytes">;
  const sender = ({ gigabytes, rate }: Speed) => run(gigabytes, readers / rate);
  const seconds = ({ polls, events }: Taken) => polls * FEEDBACK.secondsAPoll + events * FEEDBACK.secondsAnEvent;
  // Requests to SQS: sent by EventBridge, received ten at a time, deleted ten at a time.
  const taking = (taken: Taken) =>
    taken.events * 1.2 * prices.queueCall +
    taken.polls * prices.functionCall +
    run(FEEDBACK.gigabytes, seconds(taken)) +
    table(taken);
  const without = (units: Units, rate: Speed) => table(units) + sender(rate) + taking(bounces);
  return {
    plain: without(delivery, rates[0]) * share,
    plainFast: without(delivery, rates[1]) * share,
    plainShared: without(shared, several) * share,
    plainZoned: without(zoned, rates[0]) * share,
    confirmed: confirmations.map((one) => (without(delivery, one) + taking(one)) * share),
  };
}

/** US dollars for a million readers, above SES's own fee. */
const limits = { plain: 0.175, plainZoned: 0.31, confirmed: 1.2 };

/** Prints the table; false if a limit is exceeded. */
export async function reportCost(): Promise<boolean> {
  const { readers, calls, delivery, zoned, shared, bounces, confirmations, ...costs } = await costFigures();
  const units = ({ writes, reads }: Units) => `${Math.round(writes)} write and ${Math.round(reads)} read units`;
  const taken = (one: Taken) => `${units(one)} for ${one.events} events in ${one.polls} polls`;
  const dollars = (value: number, limit: number) =>
    `$${value.toFixed(2)} (at most $${limit.toFixed(2)})${value > limit ? "  TOO MUCH" : ""}`;
  const lines = [
    `Counted for ${readers} readers, at ${RATE} recipients a second; prices of ${prices.date}, ${prices.region}`,
    `  delivery                       ${calls} calls to SES, ${units(delivery)}`,
    `  in 26 time zones               ${units(zoned)}`,
    `  by ${SENDERS} senders                   ${units(shared)}`,
    `  bounces                        ${taken(bounces)}`,
    ...confirmations.map((one) => `  confirmations at ${String(one.rate).padEnd(14)}${taken(one)}`),
    `  a million readers              ${dollars(costs.plain, limits.plain)}, beside SES's $${sesFee(MILLION, "none").toFixed(0)}`,
    `  at ${String(rates[1].rate).padEnd(28)}${dollars(costs.plainFast, limits.plain)}`,
    `  by ${SENDERS} senders at ${String(several.rate).padEnd(15)}${dollars(costs.plainShared, limits.plain)}`,
    `  in 26 time zones               ${dollars(costs.plainZoned, limits.plainZoned)}`,
    ...confirmations.map(
      ({ rate }, at) =>
        `  with confirmations at ${String(rate).padEnd(9)}${dollars(costs.confirmed[at] ?? Number.NaN, limits.confirmed)}`,
    ),
  ];
  console.log(lines.join("\n"));
  return (
    costs.plain <= limits.plain &&
    costs.plainFast <= limits.plain &&
    costs.plainShared <= limits.plain &&
    costs.plainZoned <= limits.plainZoned &&
    costs.confirmed.every((one) => one <= limits.confirmed)
  );
}

if (import.meta.main) process.exitCode = (await reportCost()) ? 0 : 1;
