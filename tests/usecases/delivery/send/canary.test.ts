import { describe, expect, test } from "vitest";
import type { SesAnswer } from "#domain/delivery/calls/answer.ts";
import { toInstant } from "#domain/time/instant.ts";
import { config, key } from "../../../testing/delivery-system.ts";
import { addresses, open, type System } from "../../../testing/virtual-sender.ts";

const MINUTE = 60_000;

/** 520 readers, of whom 50 go first. */
async function begun(options: Parameters<typeof open>[0] = {}) {
  const it = open({ canary: true, ...options });
  await it.frozen(520, 25);
  return it;
}

/** SES's events tell that everybody who was mailed was accepted. */
async function seen(it: System) {
  for (const batch of await it.batches()) {
    const positions = [...batch.outcomes].flatMap((letter, at) =>
      letter === "accepted" ? [`${batch.attempts}:${at}`] : [],
    );
    await it.ledger.addSeen(batch.key, positions);
  }
}

const later = (it: System, milliseconds: number) => it.until(it.time.sleep(milliseconds));
const edition = async (it: System) => it.editions.get(key);

describe("a large edition", () => {
  test("goes to its first readers, and to the rest when their servers took it well", async () => {
    const it = await begun();
    expect(await edition(it)).toMatchObject({ state: "sending", stage: "canary" });
    expect(await it.run()).toMatchObject({ end: "idle", calls: 2, kicked: false });
    expect(it.mailed()).toHaveLength(50);
    await seen(it);
    await later(it, 90_000);
    expect((await it.look())?.kicked).toBe(false);
    expect(await edition(it)).toMatchObject({ stage: "canary" });
    await later(it, 31_000);
    expect((await it.look())?.kicked).toBe(true);
    await it.run();
    expect([it.mailed(), await it.state()]).toEqual([addresses(520), "finished"]);
    expect(it.alarms).toEqual([]);
  });

  test("is noticed by a sender that is still at work for another", async () => {
    const it = await begun({ rate: 25 });
    await it.edition("2026-11-24");
    await it.editions.update({ ...key, date: "2026-11-24" }, { stage: "full" });
    const run = it.run();
    await it.until(
      (async () => {
        await it.time.sleep(10_000);
        await it.editions.update(key, { stage: "full" });
      })(),
    );
    await run;
    const first = it.departures.filter(({ date }) => date === key.date).flatMap(({ to }) => to);
    expect(first.toSorted()).toEqual(addresses(520));
  });

  test("is halted when they bounce, and goes on only by a person", async () => {
    const it = await begun();
    await it.run();
    await it.editions.addCounts(key, { bounced: 5 });
    await it.look();
    expect(await edition(it)).toMatchObject({ state: "halted", reason: expect.stringContaining("5 bounced") });
    expect(it.alarms).toEqual(["an edition is halted"]);
    await later(it, 10 * MINUTE);
    expect((await it.look())?.kicked).toBe(false);
    await it.editions.update(key, { state: "sending", stage: "full", anyway: true, reason: null });
    await it.run();
    expect(it.mailed()).toEqual(addresses(520));
  });

  test("is held when nobody knows how they took it", async () => {
    const it = await begun();
    await it.run();
    await later(it, 299_000);
    await it.look();
    expect(await edition(it)).toMatchObject({ state: "sending", stage: "canary" });
    await later(it, 10_000);
    await it.look();
    expect(await edition(it)).toMatchObject({ state: "held", reason: expect.stringContaining("0 of 50") });
  });

  test("paused among its first readers, it is judged when it goes on", async () => {
    const it = await begun();
    await it.run();
    await seen(it);
    await it.editions.update(key, { state: "paused" });
    await later(it, 10 * MINUTE);
    await it.look();
    expect(await edition(it)).toMatchObject({ state: "paused", stage: "canary" });
    await it.editions.update(key, { state: "sending" });
    await it.look();
    expect(await edition(it)).toMatchObject({ stage: "full" });
  });

  test("stops later too, when too many bounce", async () => {
    const it = await begun();
    await it.run();
    await seen(it);
    await later(it, 121_000);
    await it.look();
    const bounce = async () => {
      await it.time.sleep(100);
      await it.editions.addCounts(key, { bounced: 20 });
    };
    await Promise.all([it.run({}, { ...config.delivery, share: 0.1 }), it.until(bounce())]);
    expect(await edition(it)).toMatchObject({ state: "halted" });
    expect(it.mailed().length).toBeLessThan(400);
  });

  test("keeps the first readers who wait, and nobody else, while SES is away", async () => {
    const it = await begun();
    const away: SesAnswer = { is: "unreachable", why: "ECONNREFUSED" };
    const sendBulk: System["ports"]["ses"]["sendBulk"] = async (_call, gate) =>
      gate() === "go" ? away : { is: "window" };
    await it.run({ ses: { ...it.ports.ses, sendBulk } }, { ...config.delivery, runSeconds: 10 });
    await it.time.run(it.time.now() + 20_000, () => false);
    expect((await it.look())?.kicked).toBe(true);
    await it.run();
    expect(it.mailed()).toHaveLength(50);
  });
});

test("somebody is reminded of a paused edition after an hour, and then each day", async () => {
  const it = open();
  await it.frozen(3);
  await it.editions.update(key, { state: "paused", pausedAt: toInstant(it.time.now()) });
  const rounds = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute++) {
      await later(it, MINUTE);
      await it.look();
    }
    return it.alarms.length;
  };
  expect([await rounds(59), await rounds(1), await rounds(120), await rounds(24 * 60 - 180)]).toEqual([0, 1, 1, 2]);
  expect(it.alarms[0]).toContain("still paused");
});

test.each([
  ["a small edition", { canary: true }, 500],
  ["a deployment without", { canary: false }, 520],
])("%s goes to all at once", async (_, options, readers) => {
  const it = open(options);
  await it.frozen(readers, 50);
  await it.run();
  expect([it.mailed(), await it.state()]).toEqual([addresses(readers), "finished"]);
});

test("a canary over several groups is of the first batches of them all", async () => {
  const it = open({ canary: true, groups: 128 });
  await it.frozen(600, 10);
  await it.run();
  const groups = new Set(
    (await it.batches()).filter(({ attempts }) => attempts > 0).map(({ key: { group } }) => group),
  );
  expect(it.mailed().length).toBeGreaterThanOrEqual(50);
  expect(it.mailed().length).toBeLessThan(60);
  expect(groups.size).toBeGreaterThan(1);
  await seen(it);
  await later(it, 121_000);
  await it.look();
  await it.run();
  expect(it.mailed()).toEqual(addresses(600));
});
