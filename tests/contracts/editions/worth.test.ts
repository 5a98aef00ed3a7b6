import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamoWorth } from "#adapters/dynamo/editions/worth.ts";
import { memoryWorth } from "#adapters/memory/editions/worth.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable("worth");
});
afterAll(() => server.close());

const opened = { dynamo: () => dynamoWorth(server.table), memory: () => memoryWorth() };

describe.each(Object.entries(opened))("answers in %s", (_name, open) => {
  test("count once a mark, by edition, newest first", async () => {
    const worth = open();
    const key = { newsletter: "daily", date: "2026-11-23" };
    expect(await worth.of("daily", 10)).toEqual(new Map());
    expect(await worth.count(key, "a", "yes", 2_000_000_000)).toBe(true);
    expect(await worth.count(key, "a", "no", 2_000_000_000)).toBe(false);
    expect(await worth.count(key, "b", "no", 2_000_000_000)).toBe(true);
    expect(await worth.count({ ...key, date: "2026-11-24" }, "a", "yes", 2_000_000_000)).toBe(true);
    expect(await worth.count({ ...key, newsletter: "weekly" }, "a", "yes", 2_000_000_000)).toBe(true);
    expect([...(await worth.of("daily", 10))]).toEqual([
      ["2026-11-24", { yes: 1, no: 0 }],
      ["2026-11-23", { yes: 1, no: 1 }],
    ]);
    expect([...(await worth.of("daily", 1)).keys()]).toEqual(["2026-11-24"]);
  });
});
