import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type DynamoPushKeys,
  type DynamoPushReceipts,
  dynamoPushKeys,
  dynamoPushReceipts,
} from "#adapters/dynamo/articles/push.ts";
import { memoryPushKeys, memoryPushReceipts } from "#adapters/memory/articles/push.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable("push");
});
afterAll(() => server.close());

const opened = {
  dynamo: () => ({ keys: dynamoPushKeys(server.table), receipts: dynamoPushReceipts(server.table) }),
  memory: () => ({ keys: memoryPushKeys(), receipts: memoryPushReceipts() }),
};
const at = Date.parse("2026-11-23T07:00:00.000Z");
const day = 24 * 3600_000;
const receipt = { bodyHash: "b", startedAt: at, answer: null };

describe.each(Object.entries(opened))("pushes in %s", (_name, open) => {
  let keys: DynamoPushKeys;
  let receipts: DynamoPushReceipts;
  let source: string;
  let sources = 0;
  beforeEach(() => {
    ({ keys, receipts } = open());
    sources += 1;
    source = `desk-${sources}`;
  });

  test("a source has one key: a new one replaces the old", async () => {
    const key = { sourceId: source, hash: "h", signedBy: "k1", madeAt: "2026-11-23T07:00:00.000Z" };
    expect(await keys.get(source)).toBeUndefined();
    await keys.put(key);
    expect(await keys.get(source)).toEqual(key);
    await keys.put({ ...key, hash: "i" });
    expect(await keys.get(source)).toEqual({ ...key, hash: "i" });
  });

  test("of many that open one receipt at once, one does; another source's is another", async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => receipts.open(source, "n", receipt, at + day)));
    expect(all.filter(Boolean)).toHaveLength(1);
    expect(await receipts.read(source, "n")).toEqual(receipt);
    expect(await receipts.read(source, "m")).toBeUndefined();
    expect(await receipts.open(`${source}-b`, "n", receipt, at + day)).toBe(true);
  });

  test("an expired one is opened again, even if it isn't deleted yet", async () => {
    await receipts.open(source, "n", receipt, at + day);
    expect(await receipts.open(source, "n", { ...receipt, startedAt: at + day - 1000 }, at + 2 * day)).toBe(false);
    const next = { ...receipt, bodyHash: "c", startedAt: at + day };
    expect(await receipts.open(source, "n", next, at + 2 * day)).toBe(true);
    expect(await receipts.read(source, "n")).toEqual(next);
  });

  test("is completed once, by the worker that opened it", async () => {
    expect(await receipts.update(source, "n", at, { startedAt: at, answer: "{}" })).toBe(false);
    await receipts.open(source, "n", receipt, at + day);
    const takeover = [1, 2, 3].map(() => receipts.update(source, "n", at, { startedAt: at + 40_000, answer: null }));
    expect((await Promise.all(takeover)).filter(Boolean)).toHaveLength(1);
    expect(await receipts.update(source, "n", at, { startedAt: at, answer: "late" })).toBe(false);
    expect(await receipts.update(source, "n", at + 40_000, { startedAt: at + 40_000, answer: "{}" })).toBe(true);
    expect(await receipts.update(source, "n", at + 40_000, { startedAt: 0, answer: null })).toBe(false);
    expect(await receipts.read(source, "n")).toEqual({ bodyHash: "b", startedAt: at + 40_000, answer: "{}" });
  });
});

test("receipts carry the time by which DynamoDB forgets them, in seconds", async () => {
  await dynamoPushReceipts(server.table).open("ttl", "n", receipt, at + day);
  const { GetCommand } = await import("@aws-sdk/lib-dynamodb");
  const got = await server.table.document.send(
    new GetCommand({ TableName: server.table.name, Key: { PK: "RECEIPT#ttl#n", SK: "#" } }),
  );
  expect(got.Item).toMatchObject({ ttl: (at + day) / 1000, type: "push-receipt", v: 1 });
});
