import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dynamoSchedule } from "#adapters/dynamo/editions/schedule.ts";
import { memorySchedule } from "#adapters/memory/editions/schedule.ts";
import type { ScheduledEdition } from "#domain/edition/timing/schedule.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable("schedule");
});
afterAll(() => server.close());

const opened = { dynamo: () => dynamoSchedule(server.table), memory: () => memorySchedule() };
let names = 0;

describe.each(Object.entries(opened))("scheduled editions in %s", (_name, open) => {
  const edition = (date: string, newsletter: string): ScheduledEdition => ({
    ...{ newsletter, date, draftAt: `${date}T04:00:00.000Z`, gateAt: `${date}T06:45:00.000Z` },
    ...{ dueAt: `${date}T07:00:00.000Z`, latest: `${date}T10:00:00.000Z`, plannedAt: "2026-11-20T00:00:00.000Z" },
    ...{ draftedAt: null, gatedAt: null, triedAt: null, doneAt: null, n: 1 },
  });

  test("are listed from a date on, in order, of one newsletter", async () => {
    const schedule = open();
    const daily = `daily-${++names}`;
    for (const date of ["2026-11-25", "2026-11-23", "2026-11-24"]) await schedule.saveScheduled(edition(date, daily));
    await schedule.saveScheduled(edition("2026-11-24", `other-${names}`));
    const dates = (await schedule.scheduled(daily, "2026-11-24")).map(({ date }) => date);
    expect(dates).toEqual(["2026-11-24", "2026-11-25"]);
    expect((await schedule.scheduled(daily, "2026-11-25"))[0]).toEqual(edition("2026-11-25", daily));
  });

  test("of two writes at once, one is refused", async () => {
    const schedule = open();
    const first = edition("2026-11-24", `daily-${++names}`);
    expect(await schedule.saveScheduled(first)).toBe(true);
    expect(await schedule.saveScheduled(first)).toBe(false);
    const second = { ...first, draftedAt: first.draftAt, n: 2 };
    expect(await schedule.saveScheduled(second)).toBe(true);
    expect(await schedule.saveScheduled({ ...first, gatedAt: first.gateAt, n: 2 })).toBe(false);
    expect(await schedule.scheduled(first.newsletter, first.date)).toEqual([second]);
  });

  test("are marked done, which a writer who didn't see it cannot undo", async () => {
    const schedule = open();
    const first = edition("2026-11-24", `daily-${++names}`);
    const at = "2026-11-24T07:00:12.000Z";
    await schedule.markScheduledDone(first, at);
    expect(await schedule.scheduled(first.newsletter, first.date)).toEqual([]);
    await schedule.saveScheduled(first);
    await schedule.markScheduledDone(first, at);
    expect(await schedule.saveScheduled({ ...first, triedAt: at, n: 2 })).toBe(false);
    expect(await schedule.scheduled(first.newsletter, first.date)).toEqual([{ ...first, doneAt: at, n: 2 }]);
  });
});
