import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamoWarmUps } from "#adapters/dynamo/audience/warm-ups.ts";
import { memoryWarmUps } from "#adapters/memory/audience/warm-ups.ts";
import { queueReaders } from "#domain/audience/warm-up.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

const at = "2026-11-23T07:00:00.000Z";
const settings = { first: 1_000, part: 0.2, factor: 1.5 };

describe.each([
  ["dynamo", () => dynamoWarmUps(server.table)],
  ["memory", () => memoryWarmUps()],
])("warm-ups in %s", (kind, open) => {
  const newsletter = `daily-${kind}`;

  test("of two who change one at once the second learns it, and nothing is lost", async () => {
    const store = open();
    expect(await store.get(newsletter)).toBeUndefined();
    const first = queueReaders(undefined, 5_000, { settings, readers: 0, at }).after;
    expect([await store.put(newsletter, first), await store.put(newsletter, first)]).toEqual([true, false]);
    const second = queueReaders(first, 100, { settings, readers: 0, at }).after;
    expect([await store.put(newsletter, second), await store.put(newsletter, second)]).toEqual([true, false]);
    expect(await store.get(newsletter)).toEqual(second);
    expect(await store.get("weekly")).toBeUndefined();
  });
});
