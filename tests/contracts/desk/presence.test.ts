import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamoPresence } from "#adapters/dynamo/desk/presence.ts";
import { memoryPresence } from "#adapters/memory/desk/presence.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable("presence");
});
afterAll(() => server.close());

const opened = { dynamo: () => dynamoPresence(server.table), memory: () => memoryPresence() };

describe.each(Object.entries(opened))("presence in %s", (_name, open) => {
  test("is each person's latest, of one edition", async () => {
    const presence = open();
    const key = { newsletter: "daily", date: "2026-11-23" };
    const ana = { id: "1", name: "Ana", at: "abc", seenAt: 1_000 };
    expect(await presence.all(key)).toEqual([]);
    await presence.put(key, ana);
    await presence.put(key, { id: "2", name: "Bo", at: "", seenAt: 2_000 });
    await presence.put({ ...key, date: "2026-11-24" }, { ...ana, seenAt: 9_000 });
    await presence.put(key, { ...ana, at: "def", seenAt: 3_000 });
    expect(await presence.all(key)).toEqual([
      { ...ana, at: "def", seenAt: 3_000 },
      { id: "2", name: "Bo", at: "", seenAt: 2_000 },
    ]);
  });
});
