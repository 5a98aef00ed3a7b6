import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { dynamoConsent } from "#adapters/dynamo/audience/consent.ts";
import { dynamoErasure, dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { toBatchItem, toGroupItem } from "#adapters/dynamo/delivery/batches.ts";
import { dynamoArchive } from "#adapters/dynamo/editions/archive.ts";
import { dynamoEditions } from "#adapters/dynamo/editions/editions.ts";
import { dynamoWorth } from "#adapters/dynamo/editions/worth.ts";
import { openTable, type Table } from "#adapters/dynamo/table.ts";
import { defineConfig } from "#domain/config.ts";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import type { EditionState } from "#domain/edition/edition.ts";
import { newEdition } from "#domain/edition/states.ts";
import { site } from "#functions/site/app.ts";
import { localAws } from "#local/aws.ts";
import { startData } from "#local/data/start.ts";
import { renderDigest } from "#templates/email/digest.ts";
import { look, usual } from "#tests/testing/editions/editions.ts";
import { publishEdition } from "#usecases/editions/publishing/publish.ts";

/** The bars: items and bytes that a public page reads, and dollars an hour for 100 visitors a second without a cache. */
const limits = { items: 2, bytes: 16 * 1024, dollars: 0.1 };

/** On-demand reads in us-east-1, November 2026: dollars a million units. */
const DOLLARS_A_MILLION = 0.125;
const VISITORS_A_SECOND = 100;
const EDITIONS = 60;
const READERS = 10_050;
const BATCH = 50;
const now = "2026-11-23T07:00:00.000Z";
const newsletter = "daily";

/** A batch write answers with a list, which isn't counted, because only reads are. */
const Consumed = z.object({ CapacityUnits: z.number() });
const Answer = z.object({
  ConsumedCapacity: z.unknown().transform((one) => Consumed.safeParse(one).data),
  Item: z.unknown().optional(),
  Items: z.array(z.unknown()).optional(),
});

/** Approximately DynamoDB's size of a value: names and values; numbers have a byte for two digits. */
function sizeOf(value: unknown): number {
  if (value instanceof Uint8Array) return value.byteLength;
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value !== "object" || value === null) return 1;
  return Object.entries(value).reduce((sum, [name, one]) => sum + name.length + sizeOf(one) + 1, 0);
}

/** A table whose client counts what was read. */
function openMeter(endpoint: string) {
  const client = new DynamoDBClient({ ...localAws, endpoint });
  let read = { units: 0, items: 0, bytes: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: "TOTAL" });
      const result = await next(args);
      const { ConsumedCapacity, Item, Items = [] } = Answer.parse(result.output);
      const found = [...Items, ...(Item === undefined ? [] : [Item])];
      read.units += ConsumedCapacity?.CapacityUnits ?? 0;
      read.items += found.length;
      read.bytes += found.reduce<number>((sum, item) => sum + sizeOf(item), 0);
      return result;
    },
    { step: "initialize" },
  );
  const reset = () => {
    const before = read;
    read = { units: 0, items: 0, bytes: 0 };
    return before;
  };
  return { table: openTable("broadsheet", client), reset, close: () => client.destroy() };
}

async function fill(table: Table): Promise<string> {
  const editions = dynamoEditions(table);
  const ports = { editions, archive: dynamoArchive(table), now: () => now, languageOf: () => "en" };
  let last = "";
  for (let day = 0; day < EDITIONS; day += 1) {
    const date = new Date(Date.UTC(2026, 9, 1 + day)).toISOString().slice(0, 10);
    const content = { ...usual, newsletter, date };
    const state: EditionState = day === EDITIONS - 1 ? "cancelled" : "finished";
    await editions.create({
      ...newEdition({ newsletter, date, now, rev: 1, cutoff: null }),
      state,
      frozenAt: now,
      published: true,
    });
    await editions.putRevision({ newsletter, date }, { rev: 1, at: now, content, email: renderDigest(content, look) });
    await publishEdition(ports, { newsletter, date });
    last = date;
  }
  await freeze(table, last);
  return last;
}

/** Freezes the last edition into batches, which counting its deliveries would read. */
async function freeze(table: Table, date: string): Promise<void> {
  const key = { newsletter, date };
  const batches = Array.from({ length: READERS / BATCH }, (_, at) => {
    const ids = Array.from({ length: BATCH }, (_, n) => (at * BATCH + n).toString(16).padStart(24, "0"));
    return toBatchItem(freshBatch({ ...key, group: "00", run: "run", due: now, first: ids[0] ?? "" }, ids));
  });
  const all = [
    toGroupItem(key, {
      ...{
        group: "00",
        run: "run",
        batches: batches.length,
        readers: READERS,
        committedAt: now,
        startedAt: now,
        closedAt: null,
        counts: null,
      },
    }),
    ...batches,
  ];
  for (let from = 0; from < all.length; from += 25) {
    const puts = all.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } }));
    await table.document.send(new BatchWriteCommand({ RequestItems: { [table.name]: puts } }));
  }
}

/** What a page read before editions stored whether they are public: every edition with its content and batches. */
async function readAsBefore(table: Table, date: string | undefined): Promise<void> {
  const editions = dynamoEditions(table);
  const key = { newsletter, date: date ?? "" };
  const shown = date === undefined ? await editions.list(newsletter, 90) : [await editions.get(key)];
  for (const edition of shown) {
    if (edition === undefined) continue;
    if (!["sending", "paused", "finished"].includes(edition.state)) await editions.counts(edition);
    await editions.revision(edition, edition.rev);
  }
}

const dollarsAnHour = (units: number) => (units * VISITORS_A_SECOND * 3600 * DOLLARS_A_MILLION) / 1_000_000;
const figure = (n: number) => n.toLocaleString("en", { maximumFractionDigits: 2 });

/** Prints what a view of each public page reads, then and now; false if a bar is missed. */
export async function reportPages(): Promise<boolean> {
  const data = await startData({ port: 0, table: "broadsheet" });
  const meter = openMeter(data.url);
  try {
    const cancelled = await fill(meter.table);
    const app = openSite(meter.table);
    const pages: [path: string, date: string | undefined][] = [
      [`/${newsletter}`, undefined],
      [`/${newsletter}/2026-10`, undefined],
      [`/${newsletter}/2026-10-15`, "2026-10-15"],
      [`/${newsletter}/${cancelled}`, cancelled],
      [`/${newsletter}/feed.xml`, undefined],
      ["/", undefined],
    ];
    console.log(`${EDITIONS} editions, the last of them cancelled with ${figure(READERS)} readers`);
    console.log(
      "  page                   units before      now   items   bytes   $/h uncached at 100 visitors a second",
    );
    let isGood = true;
    for (const [path, date] of pages) {
      meter.reset();
      if (path !== "/") await readAsBefore(meter.table, date);
      const before = meter.reset();
      const { status } = await app.fetch(new Request(`https://news.example${path}`), { address: "192.0.2.1" });
      const read = meter.reset();
      const dollars = dollarsAnHour(read.units);
      const isKept =
        status === 200 && read.items <= limits.items && read.bytes <= limits.bytes && dollars <= limits.dollars;
      isGood &&= isKept;
      const cells = [before.units, read.units, read.items, read.bytes, dollars].map((n) => figure(n).padStart(8));
      console.log(`  ${path.padEnd(24)} ${cells.join(" ")}${isKept ? "" : "  MISSED"}`);
    }
    console.log("  Behind CloudFront a page is read once a minute for each edge location.");
    return isGood;
  } finally {
    meter.close();
    await data.close();
  }
}

function openSite(table: Table) {
  const from = { name: "Ed", address: "ed@example.com" };
  return site({
    config: defineConfig({ newsletters: { [newsletter]: { title: "The Daily", from, postalAddress: "1 Street" } } }),
    siteUrl: "https://news.example",
    picturesUrl: "https://news.example",
    archive: dynamoArchive(table),
    subscribers: { ...dynamoSubscribers(table), ...dynamoErasure(table) },
    consent: dynamoConsent(table),
    worth: dynamoWorth(table),
    requests: { put: async () => undefined },
    keys: async () => ({ id: "k1", key: "a secret of at least thirty-two letters" }),
    now: () => now,
    left: () => undefined,
    newReference: () => "bench",
    log: (_, error) => console.error(error),
  });
}

if (import.meta.main) process.exitCode = (await reportPages()) ? 0 : 1;
