import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { dynamoConsent } from "#adapters/dynamo/audience/consent.ts";
import { dynamoErasure, dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { dynamoWarmUps } from "#adapters/dynamo/audience/warm-ups.ts";
import { openTable, type Table } from "#adapters/dynamo/table.ts";
import { defineConfig } from "#domain/config.ts";
import { toInstant } from "#domain/time/instant.ts";
import { localAws } from "#local/aws.ts";
import { startData } from "#local/data/start.ts";
import { importRows } from "#usecases/audience/operate/import.ts";

/** The bar: rows a second of an import, divided by those of a bare loop that writes the same items. */
const leastRatio = 0.7;

const CHUNK = 500;
const AT_ONCE = 16;
const keys = { id: "k1", key: "a secret of at least thirty-two letters" };
const now = () => toInstant(Date.now());
const config = defineConfig({
  newsletters: {
    daily: { title: "Daily", from: { name: "Ed", address: "ed@example.com" }, postalAddress: "1 Street" },
  },
});

/** Prints rows a second of both; false when the bar is missed. @param rows default: 10,000; `npm run bench import` */
export async function reportImport(rows = Number(process.env.BENCH_ROWS ?? 10_000)): Promise<boolean> {
  const data = await startData({ port: 0, table: "broadsheet" });
  const client = new DynamoDBClient({ ...localAws, endpoint: data.url });
  const table = openTable("broadsheet", client);
  try {
    await bare(table, 500, "warm");
    const loop = await rate(rows, () => bare(table, rows, "bare"));
    const imported = await rate(rows, () => importAll(table, rows));
    const ratio = imported / loop;
    const figure = (n: number) => Math.round(n).toLocaleString("en");
    console.log(
      `${figure(rows)} rows: import ${figure(imported)} a second, a bare loop of the same writes ${figure(loop)}`,
    );
    console.log(`  ratio ${ratio.toFixed(2)} (at least ${leastRatio})${ratio < leastRatio ? "  TOO LITTLE" : ""}`);
    return ratio >= leastRatio;
  } finally {
    client.destroy();
    await data.close();
  }
}

async function rate(rows: number, run: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await run();
  return rows / ((performance.now() - start) / 1000);
}

/** Writes a subscriber and an event of consent for each row, with as many parallel requests as the adapter. */
async function bare({ document, name: TableName }: Table, rows: number, prefix: string): Promise<void> {
  const queue = Array.from({ length: rows }, (_, n) => n).values();
  const text = "imported from list.csv, 2026-11-30";
  const worker = async () => {
    for (const n of queue) {
      const id = (n * 7919).toString(16).padStart(24, "0");
      const common = {
        consent: text,
        addedAt: now(),
        changedAt: now(),
        v: 1,
      };
      const PK = `S#${prefix}#${id.slice(-2)}`;
      const subscriber = {
        PK,
        SK: id,
        type: "subscriber",
        address: `r${n}@example.com`,
        status: "active",
        ...common,
      };
      const ConditionExpression = "attribute_not_exists(PK)";
      await document.send(new PutCommand({ TableName, Item: subscriber, ConditionExpression }));
      const event = {
        PK: `CONSENT#${prefix}#${id}`,
        SK: `C#${now()}#imported`,
        type: "consent-event",
        v: 1,
        at: now(),
      };
      await document.send(
        new PutCommand({
          TableName,
          Item: { ...event, did: "imported", by: "ed", source: "csv: list.csv", evidence: null },
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function importAll(table: Table, rows: number): Promise<void> {
  const ports = {
    config,
    subscribers: { ...dynamoSubscribers(table), ...dynamoErasure(table) },
    consent: dynamoConsent(table),
    warmUps: dynamoWarmUps(table),
    requests: { put: async () => undefined },
    audit: { append: async () => undefined },
    keys: async () => keys,
    now,
  };
  const common = {
    newsletter: "daily",
    header: ["email"],
    file: "list.csv",
    map: {},
    ask: false,
    dryRun: false,
    by: "ed",
  };
  for (let from = 0; from < rows; from += CHUNK) {
    const lines = Array.from({ length: Math.min(CHUNK, rows - from) }, (_, at) => ({
      line: from + at + 2,
      cells: [`reader${from + at}@example.com`],
    }));
    const done = await importRows(ports, { ...common, rows: lines });
    if (!done.ok) throw new Error(done.fault.message);
  }
}

if (import.meta.main) process.exitCode = (await reportImport()) ? 0 : 1;
