import { describe, expect, test } from "vitest";
import type { SesAnswer } from "#domain/delivery/calls/answer.ts";
import { toInstant } from "#domain/time/instant.ts";
import { config, key } from "../../../testing/delivery/delivery-system.ts";
import { addresses, open, type System } from "../../../testing/delivery/virtual-sender.ts";

const MINUTE = 60_000;

/** 520 readers; 50 go first. */
async function begun(options: Parameters<typeof open>[0] = {}) {
  const app = open({ canary: true, ...options });
  await app.frozen(520, 25);
  return app;
}

/** SES's events: every reader who was mailed was accepted. */
async function seen(app: System) {
  for (const batch of await app.batches()) {
    const positions = [...batch.outcomes].flatMap((letter, at) =>
      letter === "accepted" ? [`${batch.attempts}:${at}`] : [],
    );
    await app.ledger.addSeen(batch.key, positions);
  }
}

const later = (app: System, milliseconds: number) => app.until(app.time.sleep(milliseconds));
const edition = async (app: System) => app.editions.get(key);

describe("a large edition", () => {
  test("goes to its first readers, and to the rest once their servers accepted it", async () => {
    const app = await begun();
    expect(await edition(app)).toMatchObject({ state: "sending", stage: "canary" });
    expect(await app.run()).toMatchObject({ end: "idle", calls: 2, kicked: false });
    expect(app.mailed()).toHaveLength(50);
    await seen(app);
    await later(app, 90_000);
    expect((await app.look())?.kicked).toBe(false);
    expect(await edition(app)).toMatchObject({ stage: "canary" });
    await later(app, 31_000);
    expect((await app.look())?.kicked).toBe(true);
    await app.run();
    expect([app.mailed(), await app.state()]).toEqual([addresses(520), "finished"]);
    expect(app.alarms).toEqual([]);
  });

  test("is noticed by a sender that is still at work for another", async () => {
    const app = await begun({ rate: 25 });
    await app.edition("2026-11-24");
    await app.editions.update({ ...key, date: "2026-11-24" }, { stage: "full" });
    const run = app.run();
    await app.until(
      (async () => {
        await app.time.sleep(10_000);
        await app.editions.update(key, { stage: "full" });
      })(),
    );
    await run;
    const first = app.departures.filter(({ date }) => date === key.date).flatMap(({ to }) => to);
    expect(first.toSorted()).toEqual(addresses(520));
  });

  test("is halted when they bounce, and continues only by a person's decision", async () => {
    const app = await begun();
    await app.run();
    await app.editions.addCounts(key, { bounced: 5 });
    await app.look();
    expect(await edition(app)).toMatchObject({ state: "halted", reason: expect.stringContaining("5 bounced") });
    expect(app.alarms).toEqual(["an edition is halted"]);
    await later(app, 10 * MINUTE);
    expect((await app.look())?.kicked).toBe(false);
    await app.editions.update(key, { state: "sending", stage: "full", anyway: true, reason: null });
    await app.run();
    expect(app.mailed()).toEqual(addresses(520));
  });

  test("is held when it isn't known how they took it", async () => {
    const app = await begun();
    await app.run();
    await later(app, 299_000);
    await app.look();
    expect(await edition(app)).toMatchObject({ state: "sending", stage: "canary" });
    await later(app, 10_000);
    await app.look();
    expect(await edition(app)).toMatchObject({ state: "held", reason: expect.stringContaining("0 of 50") });
  });

  test("paused among its first readers, it is judged when it goes on", async () => {
    const app = await begun();
    await app.run();
    await seen(app);
    await app.editions.update(key, { state: "paused" });
    await later(app, 10 * MINUTE);
    await app.look();
    expect(await edition(app)).toMatchObject({ state: "paused", stage: "canary" });
    await app.editions.update(key, { state: "sending" });
    await app.look();
    expect(await edition(app)).toMatchObject({ stage: "full" });
  });

  test("is halted later too, when too many bounce", async () => {
    const app = await begun();
    await app.run();
    await seen(app);
    await later(app, 121_000);
    await app.look();
    const bounce = async () => {
      await app.time.sleep(100);
      await app.editions.addCounts(key, { bounced: 20 });
    };
    await Promise.all([app.run({}, { ...config.delivery, share: 0.1 }), app.until(bounce())]);
    expect(await edition(app)).toMatchObject({ state: "halted" });
    expect(app.mailed().length).toBeLessThan(400);
  });

  test("keeps the first readers who wait, and no one else, while SES is away", async () => {
    const app = await begun();
    const away: SesAnswer = { is: "unreachable", why: "ECONNREFUSED" };
    const sendBulk: System["ports"]["ses"]["sendBulk"] = async (_call, gate) =>
      gate() === "go" ? away : { is: "window" };
    await app.run({ ses: { ...app.ports.ses, sendBulk } }, { ...config.delivery, runSeconds: 10 });
    await app.time.run(app.time.now() + 20_000, () => false);
    expect((await app.look())?.kicked).toBe(true);
    await app.run();
    expect(app.mailed()).toHaveLength(50);
  });
});

test("a reminder about a paused edition comes after an hour, and then each day", async () => {
  const app = open();
  await app.frozen(3);
  await app.editions.update(key, { state: "paused", pausedAt: toInstant(app.time.now()) });
  const rounds = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute++) {
      await later(app, MINUTE);
      await app.look();
    }
    return app.alarms.length;
  };
  expect([await rounds(59), await rounds(1), await rounds(120), await rounds(24 * 60 - 180)]).toEqual([0, 1, 1, 2]);
  expect(app.alarms[0]).toContain("still paused");
});

test.each([
  ["a small edition", { canary: true }, 500],
  ["a deployment without", { canary: false }, 520],
])("%s goes to all at once", async (_, options, readers) => {
  const app = open(options);
  await app.frozen(readers, 50);
  await app.run();
  expect([app.mailed(), await app.state()]).toEqual([addresses(readers), "finished"]);
});

test("a canary over several groups is of the first batches of them all", async () => {
  const app = open({ canary: true, groups: 128 });
  await app.frozen(600, 10);
  await app.run();
  const groups = new Set(
    (await app.batches()).filter(({ attempts }) => attempts > 0).map(({ key: { group } }) => group),
  );
  expect(app.mailed().length).toBeGreaterThanOrEqual(50);
  expect(app.mailed().length).toBeLessThan(60);
  expect(groups.size).toBeGreaterThan(1);
  await seen(app);
  await later(app, 121_000);
  await app.look();
  await app.run();
  expect(app.mailed()).toEqual(addresses(600));
});
