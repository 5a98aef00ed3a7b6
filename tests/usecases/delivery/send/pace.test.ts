import { describe, expect, test } from "vitest";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import { config, key } from "../../../testing/delivery-system.ts";
import { addresses, type Departure, open } from "../../../testing/virtual-sender.ts";

/** The whole sender in virtual time: rates and sizes. */

describe("the pace", () => {
  const most = (departures: readonly Departure[], window: number) =>
    Math.max(
      ...departures.map(({ at }) =>
        departures
          .filter((other) => other.at >= at && other.at < at + window)
          .reduce((sum, { to }) => sum + to.length, 0),
      ),
    );
  test.each([
    [0.3, 4],
    [1, 20],
    [1.5, 20],
    [14, 300],
    [97, 2_000],
    [200, 4_000],
  ])("is kept at %d recipients a second and used well", { timeout: 60_000 }, async (rate, readers) => {
    const it = open({ rate, ms: 900 });
    await it.frozen(readers);
    expect(await it.run()).toMatchObject({ end: "idle" });
    expect(it.mailed()).toEqual(addresses(readers));
    const window = 1_000 / Math.min(1, rate);
    expect(most(it.departures, window)).toBeLessThanOrEqual(Math.max(1, rate));
    const [first, last] = [it.departures[0]?.at ?? 0, it.departures.at(-1)?.at ?? 0];
    const whole = Math.max(Math.min(1, rate), Math.floor(rate));
    expect((readers - Math.floor(rate)) / ((last - first) / 1_000)).toBeGreaterThan(0.93 * whole);
  });

  test("is that of today, whatever the size of the batches", async () => {
    const it = open({ rate: 14 });
    await it.frozen(120, 50);
    await it.run();
    expect(it.mailed()).toEqual(addresses(120));
    expect(Math.max(...it.departures.map(({ to }) => to.length))).toBe(14);
    expect(await it.state()).toBe("finished");
  });

  test("becomes slower at once when SES says so: a call that was prepared for the old one does not leave", async () => {
    const it = open({ rate: 14, ms: 900 });
    await it.frozen(42);
    let rate = 14;
    const { ses, subscribers } = it.ports;
    const slowed: SendPorts["ses"] = {
      account: async () => ({ rate, quota: null, sent24: 0 }),
      sendBulk: async (call, gate) => {
        const first = it.departures.length === 0;
        const answer = await ses.sendBulk(call, gate);
        if (!first || answer.is !== "results") return answer;
        rate = 1;
        return {
          is: "error",
          status: 429,
          code: "TooManyRequestsException",
          message: "Maximum sending rate exceeded.",
        };
      },
    };
    const getMany: SendPorts["subscribers"]["getMany"] = async (...args) => {
      await it.time.sleep(400);
      return subscribers.getMany(...args);
    };
    await it.run({ ses: slowed, subscribers: { getMany } });
    expect(it.departures.slice(0, 3).map(({ to }) => to.length)).toEqual([14, 1, 1]);
  });

  test("is our share of the account's", async () => {
    const it = open({ rate: 28 });
    await it.frozen(60);
    await it.run({}, { ...config.delivery, share: 0.5 });
    expect(Math.max(...it.departures.map(({ to }) => to.length))).toBe(14);
    expect((it.departures.at(-1)?.at ?? 0) - (it.departures[0]?.at ?? 0)).toBeGreaterThan(4_000);
  });
});

test.each([0, 1, 51, 700])("%d readers in 256 groups are all reached, once", async (readers) => {
  const it = open({ groups: 256 });
  await it.frozen(readers);
  expect(await it.ledger.groups(key)).toHaveLength(readers > 0 ? 256 : 0);
  await it.run();
  expect(it.mailed()).toEqual(addresses(readers));
  expect(await it.state()).toBe(readers > 0 ? "finished" : "held");
});

test("no more than 64 calls are under way, however slow SES is", async () => {
  const it = open({ rate: 5_000, ms: 3_000 });
  await it.frozen(6_000);
  await it.run();
  const under = it.departures.map(
    ({ at }) => it.departures.filter((one) => one.at <= at && at < one.at + 3_000).length,
  );
  expect(Math.max(...under)).toBe(64);
  expect(it.mailed()).toHaveLength(6_000);
});

describe("two editions", () => {
  const second = "2026-11-24";
  test("are sent in turn: a long one does not keep a short one waiting", async () => {
    const it = open({ rate: 14 });
    await it.frozen(140);
    await it.edition(second);
    await it.run();
    const dates = it.departures.map(({ date }) => date);
    expect(dates).toHaveLength(20);
    expect(new Set(dates.slice(0, 2)).size).toBe(2);
    expect(dates.slice(0, 10).filter((date) => date === second)).toHaveLength(5);
  });

  test("of which one is approved while the other is sent go out in one run", async () => {
    const it = open({ rate: 14 });
    await it.frozen(140);
    const later = async () => {
      await it.time.sleep(5_000);
      await it.edition(second);
    };
    void later();
    expect(await it.run()).toMatchObject({ end: "idle", calls: 20, kicked: false });
    expect((await it.editions.get({ ...key, date: second }))?.state).toBe("finished");
  });
});
