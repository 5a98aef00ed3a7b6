import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type DynamoSources, dynamoSources } from "#adapters/dynamo/articles/sources.ts";
import { memorySources } from "#adapters/memory/articles/sources.ts";
import { newSource } from "#domain/source/polling.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
let tables = 0;
const servers: TestTable[] = [];
beforeAll(async () => {
  server = await startTable();
  servers.push(server);
});
afterAll(() => Promise.all(servers.map((one) => one.close())));

const now = "2026-11-23T07:00:00.000Z";
const later = "2026-11-23T08:00:00.000Z";
const source = newSource({ url: "https://gazette.example/feed.xml" }, now);

const names = {
  dynamo: async () => {
    tables += 1;
    const fresh = await startTable(`sources${tables}`);
    servers.push(fresh);
    return dynamoSources(fresh.table);
  },
  memory: async () => memorySources(),
};

describe.each(Object.entries(names))("sources in %s", (_name, open) => {
  let store: DynamoSources;
  beforeEach(async () => {
    store = await open();
  });

  test("adds a source once", async () => {
    expect(await store.add(source)).toBe(true);
    expect(await store.add({ ...source, title: "Another" })).toBe(false);
    expect(await store.get(source.id)).toEqual(source);
    expect(await store.get("unknown")).toBeUndefined();
  });

  test("lists by id; what was removed is a tombstone that only `all` shows, and cannot be added again", async () => {
    await store.put({ ...source, id: "b", removedAt: now });
    await store.put({ ...source, id: "c" });
    await store.put({ ...source, id: "a" });
    expect((await store.all()).map((one) => one.id)).toEqual(["a", "b", "c"]);
    expect((await store.list()).map((one) => one.id)).toEqual(["a", "c"]);
    expect(await store.add({ ...source, id: "b" })).toBe(false);
  });

  test("of two polls that read the same source, one is saved", async () => {
    await store.add(source);
    const polled = { ...source, lastPolledAt: later, failures: 0, articles: 7 };
    expect(await store.savePoll(source, polled)).toBe(true);
    expect(await store.savePoll(source, { ...polled, articles: 9 })).toBe(false);
    expect((await store.get(source.id))?.articles).toBe(7);
  });

  test("a poll leaves alone what a person changed meanwhile", async () => {
    await store.add(source);
    await store.put({ ...source, title: "By hand", weight: 2 });
    expect(await store.savePoll(source, { ...source, lastPolledAt: later, etag: '"v1"' })).toBe(true);
    expect(await store.get(source.id)).toEqual({
      ...source,
      title: "By hand",
      weight: 2,
      lastPolledAt: later,
      etag: '"v1"',
    });
    expect(await store.savePoll(source, source)).toBe(true);
  });

  test("a poll that ends after its source was removed does not bring it back", async () => {
    await store.put({ ...source, removedAt: later });
    expect(await store.savePoll(source, { ...source, lastPolledAt: later })).toBe(false);
    expect((await store.get(source.id))?.removedAt).toBe(later);
  });

  test("counts uses without disturbing other writes, and skips unknown sources", async () => {
    await store.add(source);
    await store.add({ ...source, id: "other" });
    await Promise.all([store.countUse([source.id, source.id, "unknown"]), store.countUse([source.id, "other"])]);
    expect(await store.savePoll(source, { ...source, lastPolledAt: later })).toBe(true);
    expect(await store.get(source.id)).toEqual({ ...source, lastPolledAt: later, used: 3 });
    expect((await store.get("other"))?.used).toBe(1);
    expect(await store.get("unknown")).toBeUndefined();
  });

  test("editors are notified once that a source stays broken", async () => {
    const broken = { ...source, failures: 5, lastError: "It answers 500." };
    await store.put(broken);
    expect(await store.markReported(broken, later)).toBe(true);
    expect(await store.markReported(broken, later)).toBe(false);
    expect(await store.get(source.id)).toEqual({ ...broken, reportedAt: later });
    await store.put(source);
    expect(await store.markReported(broken, later)).toBe(false);
    expect(await store.markReported({ ...broken, id: "unknown" }, later)).toBe(false);
  });
});
