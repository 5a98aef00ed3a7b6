import { setTimeout as sleep } from "node:timers/promises";
import { memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryWarmUps } from "#adapters/memory/audience/warm-ups.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import { bulkClient, sesBulk } from "#adapters/ses/bulk.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { Config } from "#domain/config.ts";
import { fullSpeed } from "#domain/delivery/pace/pace.ts";
import type { Revision } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { localAws } from "#local/aws.ts";
import { approvedAt, revisionOf } from "#tests/simulation/world/content.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { bulkCallComposer } from "#usecases/delivery/send/calling/compose-call.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";

/** The use cases of delivery over adapters in memory and the real SES client, in real time. */

export const key = { newsletter: "daily", date: "2026-11-23" };
const config = Config.parse({
  newsletters: {
    daily: {
      title: "The Daily Trial",
      from: { name: "The Daily Trial", address: "editor@news.example" },
      postalAddress: "1 Trial Street",
    },
  },
});
const keys = { id: "k1", key: "k".repeat(40), older: [] };
const siteUrl = "https://news.example";

export const composeCall = bulkCallComposer(config, siteUrl, keys);

/** An email of 40 KB, the usual size. */
export const revision: Revision = {
  ...revisionOf(key),
  email: {
    subject: "What there is today",
    html: `<p>Hello</p><a href="{{unsubscribe}}">leave</a>${"<p>News of the day, told in a line.</p>".repeat(1_100)}`,
    text: "Hello {{unsubscribe}}",
  },
};

/** Readers spread over all shards, in the order of their ids. */
export function readersOf(count: number): Subscriber[] {
  return Array.from({ length: count }, (_, n) => readerAt(n, count));
}

export function readerAt(n: number, count: number): Subscriber {
  const at = toInstant(1_700_000_000_000);
  const shard = Math.floor((n * 256) / count)
    .toString(16)
    .padStart(2, "0");
  return {
    ...{ id: `${shard}${n.toString(16).padStart(22, "0")}`, newsletter: "daily", address: `reader${n}@example.org` },
    ...{ status: "active", consent: "bench", addedAt: at, changedAt: at, origin: null, movedTo: null, movedAt: null },
  };
}

/** Where the engine keeps what it knows. */
export type Stores = {
  subscribers: ReturnType<typeof memorySubscribers>;
  editions: Omit<ReturnType<typeof memoryEditions>, "dropCandidates">;
  ledger: ReturnType<typeof memoryLedger>;
};

function memoryStores(readers: readonly Subscriber[]): Stores {
  const store = deliveryStore();
  const items = new Map(readers.map((one) => [`${one.newsletter}#${one.id}`, one]));
  return { editions: memoryEditions(store), ledger: memoryLedger(store), subscribers: memorySubscribers(items) };
}

/**
 * Freezes an edition for these readers, and returns the ports to send it.
 * @returns freeze: microseconds of processor time a reader
 */
export async function engineOver(
  sesUrl: string,
  readers: readonly Subscriber[],
  rate: number,
  stores = memoryStores(readers),
) {
  const { editions, ledger, subscribers } = stores;
  const client = bulkClient({ ...localAws, endpoint: sesUrl });
  const now = () => toInstant(Date.now());
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  let runs = 0;
  const ports: SendPorts = {
    ...{ editions, ledger, subscribers, composeCall: composeCall, log: quiet },
    clock: { now: Date.now, mono: () => performance.now(), sleep: (ms: number) => sleep(ms) },
    ses: { sendBulk: sesBulk(client, "broadsheet", 20), account: async () => ({ rate, quota: null, sent24: 0 }) },
    kick: async () => undefined,
    newRun: () => `run${++runs}`,
    skew: () => 0,
    mustEnd: () => false,
  };
  await ledger.takeSender(
    {
      ...{ holder: "before", until: toInstant(0), rate, quota: null, sent24: 0, readAt: now(), wakeAt: null },
      slow: fullSpeed,
    },
    now(),
  );
  await editions.putRevision(key, revision);
  await editions.create(approvedAt(key, now()));
  const audience = { ...subscribers, count: async () => readers.length };
  const cpu = process.cpuUsage();
  await dispatch(
    {
      ...ports,
      editions,
      ledger,
      subscribers: audience,
      warmUps: memoryWarmUps(),
      publish: async () => undefined,
      countUse: async () => undefined,
      now,
    },
    key,
    1,
  );
  const { user, system } = process.cpuUsage(cpu);
  return {
    ports,
    freeze: (user + system) / readers.length,
    settings: DeliverySettings.parse({}),
    client,
    close: () => client.destroy(),
  };
}
