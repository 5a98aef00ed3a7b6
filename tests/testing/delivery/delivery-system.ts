import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoWarmUps } from "#adapters/dynamo/audience/warm-ups.ts";
import { dynamoLedger } from "#adapters/dynamo/delivery/ledger.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import type { Table } from "#adapters/dynamo/table.ts";
import { bulkClient, sesBulk } from "#adapters/ses/bulk.ts";
import { sesAccount } from "#adapters/ses/one.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import { Config } from "#domain/config.ts";
import type { Edition, Revision } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { bulkCallComposer } from "#usecases/delivery/send/calling/compose-call.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";

/** The real use cases with the real adapters: dynalite as the table, and the simulator as SES. */

export const keys = { id: "k1", key: "k".repeat(40), older: [] };
export const siteUrl = "https://news.example";
export const config = Config.parse({
  newsletters: {
    daily: {
      title: "The Daily Trial",
      from: { name: "The Daily Trial", address: "editor@news.example" },
      postalAddress: "1 Trial Street",
    },
  },
});
export const key = { newsletter: "daily", date: "2026-11-23" };

export function subscriber(n: number): Subscriber {
  const address = `reader${n}@example.org`;
  const at = toInstant(1_700_000_000_000);
  return {
    id: subscriberId(keys, "daily", address),
    newsletter: "daily",
    address,
    status: "active",
    consent: "test",
    addedAt: at,
    changedAt: at,
    origin: null,
    movedTo: null,
    movedAt: null,
  };
}

export const revision: Revision = {
  rev: 1,
  at: toInstant(1_700_000_000_000),
  content: {
    newsletter: "daily",
    date: key.date,
    subject: "News",
    preheader: "",
    lead: { storyId: null, title: null, url: null, paragraphs: [], source: null, image: null, reasons: [] },
    headlines: [],
  },
  email: {
    subject: "News {{b}}x{{e}}",
    html: `<p>Hello</p><a href="{{unsubscribe}}">leave</a>${"<p>News.</p>".repeat(200)}`,
    text: "Hello {{unsubscribe}}",
  },
};

export const approved = (): Edition => {
  const now = toInstant(Date.now());
  return {
    ...key,
    state: "approved",
    reason: null,
    stage: null,
    rev: 1,
    cutoff: null,
    createdAt: now,
    approvedAt: now,
    dueAt: now,
    latest: null,
    frozenAt: null,
    groups: null,
    size: null,
    frozen: null,
  };
};

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Ports of dispatch, send and watch over this table and this SES. */
export function realPorts(table: Table, sesUrl: string, log: SendPorts["log"] = quiet, timeout = 2) {
  const client = bulkClient({
    endpoint: sesUrl,
    region: "us-east-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  const kicks = { count: 0 };
  const subscribers = dynamoSubscribers(table);
  const ports = {
    clock: { now: Date.now, mono: () => performance.now(), sleep: (ms: number) => sleep(ms) },
    now: () => toInstant(Date.now()),
    editions: dynamoEditions(table),
    ledger: dynamoLedger(table),
    subscribers,
    warmUps: dynamoWarmUps(table),
    ses: { sendBulk: sesBulk(client, "broadsheet", timeout), account: sesAccount(client) },
    composeCall: bulkCallComposer(config, siteUrl, keys),
    kick: async () => {
      kicks.count += 1;
    },
    notify: async () => undefined,
    publish: async () => undefined,
    countUse: async () => undefined,
    leaveHeartbeat: async () => true,
    backlog: async () => ({ waiting: 0, dead: 0 }),
    settings: config.delivery,
    newRun: () => randomBytes(6).toString("hex"),
    skew: () => 0,
    mustEnd: () => false,
    log,
  };
  return { ports, kicks, close: () => client.destroy() };
}
