import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamoNotices } from "#adapters/dynamo/editions/notices.ts";
import { memoryNotices } from "#adapters/memory/editions/notices.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable("notices");
});
afterAll(() => server.close());

const opened = { dynamo: () => dynamoNotices(server.table), memory: () => memoryNotices() };
const at = "2026-11-23T07:00:00.000Z";
const heartbeat = {
  ...{
    finishedAt: at,
    seconds: 3,
    minutesAfterDue: 0,
    audience: 2,
    accepted: 2,
    bounced: 0,
    complained: 0,
    waiting: 0,
  },
  ...{ dollars: 0.01, unusual: ["It was late."] },
};

describe.each(Object.entries(opened))("notices in %s", (_name, open) => {
  const key = { newsletter: "daily", date: "2026-11-23" };

  test("an edition leaves one heartbeat, the first", async () => {
    const notices = open();
    expect(await notices.heartbeat(key)).toBeUndefined();
    expect(await notices.saveHeartbeat(key, heartbeat)).toBe(true);
    expect(await notices.saveHeartbeat(key, { ...heartbeat, audience: 9 })).toBe(false);
    expect(await notices.heartbeat(key)).toEqual(heartbeat);
    expect(await notices.heartbeat({ ...key, date: "2026-11-24" })).toBeUndefined();
  });

  test("notices of each kind are marked once", async () => {
    const notices = open();
    expect(await notices.isNoticed(key, "preview")).toBe(false);
    await notices.markNoticed(key, "preview", at);
    await notices.markNoticed(key, "preview", at);
    expect(await notices.isNoticed(key, "preview")).toBe(true);
    expect(await notices.isNoticed(key, "finished")).toBe(false);
  });
});
