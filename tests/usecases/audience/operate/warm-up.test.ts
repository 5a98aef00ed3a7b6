import { beforeEach, describe, expect, test } from "vitest";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import { defineConfig } from "#domain/config.ts";
import { newEdition } from "#domain/edition/states.ts";
import { addDays } from "#domain/time/calendar.ts";
import { importRows } from "#usecases/audience/operate/import.ts";
import { setting } from "../../../testing/command-setting.ts";

let system: ReturnType<typeof setting>;
beforeEach(() => {
  system = setting();
});

const sender = { from: { name: "Daily", address: "daily@example.com" }, postalAddress: "1 Street" };
const small = (warmUp: object | false) =>
  defineConfig({ newsletters: { daily: { title: "Daily", ...sender, timeZone: "UTC", warmUp } } });
const importLines = async (from: number, count: number, warmUp: object | false = { first: 2, part: 0, factor: 2 }) => {
  const rows = Array.from({ length: count }, (_, n) => ({ line: n + 2, cells: [`r${from + n}@example.com`] }));
  const request = { newsletter: "daily", header: ["email"], rows, file: "a.csv", map: {}, ask: false, by: "ed" };
  const done = await importRows({ ...system, config: small(warmUp) }, { ...request, dryRun: false });
  if (!done.ok) throw new Error(done.fault.message);
};
const rankOf = async (n: number) => {
  const id = subscriberId(await system.keys(), "daily", `r${n}@example.com`);
  return (await system.subscribers.get("daily", id))?.rank;
};
const show = (end = false) =>
  system.ask(
    { do: "subscriber warm-up", newsletter: "daily", end, by: "ed" },
    { config: small({ first: 2, part: 0 }) },
  );

describe("an import", () => {
  test("gives its readers ranks in the order of the file, part by part", async () => {
    await importLines(0, 3);
    await importLines(3, 2);
    expect(await Promise.all([0, 1, 2, 3, 4].map(rankOf))).toEqual([0, 1, 2, 3, 4]);
  });

  test("run again changes no one's rank, and takes none", async () => {
    await importLines(0, 3);
    await importLines(0, 3);
    expect(await Promise.all([0, 1, 2].map(rankOf))).toEqual([0, 1, 2]);
    expect((await system.warmUps.get("daily"))?.queued).toBe(3);
  });

  test("into a newsletter without warm-ups gives none", async () => {
    await importLines(0, 3, false);
    expect(await rankOf(0)).toBeUndefined();
    expect(await system.warmUps.get("daily")).toBeUndefined();
  });
});

describe("subscriber warm-up", () => {
  test("says how many the next edition admits, and the last day", async () => {
    await importLines(0, 7);
    const shown = await show();
    expect(shown).toMatchObject({
      ok: true,
      value: { newsletter: "daily", warmUp: { readers: 7, admitted: 2, waiting: 5, braked: null } },
    });
    const today = system.now().slice(0, 10);
    const inDays = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
    expect(shown).toMatchObject({ value: { warmUp: { lastDate: inDays(2) } } });
  });

  test("counts from the next edition if today's went out before the import, as its plan does", async () => {
    const [newsletter, date] = ["daily", system.now().slice(0, 10)];
    const edition = newEdition({ newsletter, date, now: system.now(), rev: 1, cutoff: system.now() });
    await system.editions.create({ ...edition, state: "finished", frozenAt: system.now(), frozen: 500 });
    await importLines(0, 7);
    const inDays = (days: number) => addDays(date, days);
    expect(await show()).toMatchObject({ value: { warmUp: { admitted: 2, waiting: 5, lastDate: inDays(3) } } });
    const plan = (of: string) =>
      system.ask({ do: "plan", newsletter, date: of }, { config: small({ first: 2, part: 0 }) });
    expect(await plan(date)).toMatchObject({ value: { warmUp: { admitted: 0, waiting: 7, lastDate: inDays(3) } } });
    expect(await plan(inDays(1))).toMatchObject({ value: { warmUp: { admitted: 2, lastDate: inDays(3) } } });
  });

  test("ends it, once, and the log says who did", async () => {
    await importLines(0, 7);
    expect(await show(true)).toMatchObject({ ok: true, value: { warmUp: null } });
    expect((await system.warmUps.get("daily"))?.admitted).toBe(7);
    expect(await show()).toMatchObject({ ok: true, value: { warmUp: null } });
    expect(await show(true)).toMatchObject({ ok: false, fault: { code: "wrong-state" } });
    const entries = await system.audit.day(system.now().slice(0, 10));
    expect(entries.filter(({ did }) => did === "subscriber warm-up")).toEqual([
      expect.objectContaining({ by: "ed", newsletter: "daily", note: "7 readers waited" }),
    ]);
  });
});
