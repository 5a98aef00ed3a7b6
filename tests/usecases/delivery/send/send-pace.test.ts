import { describe, expect, test } from "vitest";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import { config, key } from "../../../testing/delivery/delivery-system.ts";
import { addresses, type Departure, open } from "../../../testing/delivery/virtual-sender.ts";

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
    const app = open({ rate, ms: 900 });
    await app.frozen(readers);
    expect(await app.run()).toMatchObject({ end: "idle" });
    expect(app.mailed()).toEqual(addresses(readers));
    const window = 1_000 / Math.min(1, rate);
    expect(most(app.departures, window)).toBeLessThanOrEqual(Math.max(1, rate));
    const [first, last] = [app.departures[0]?.at ?? 0, app.departures.at(-1)?.at ?? 0];
    const whole = Math.max(Math.min(1, rate), Math.floor(rate));
    expect((readers - Math.floor(rate)) / ((last - first) / 1_000)).toBeGreaterThan(0.93 * whole);
  });

  test("is limited by how many calls are open only until one of them ends", async () => {
    const app = open({ rate: 50_000, ms: 100 });
    await app.frozen(6_400, 50);
    await app.run();
    expect(app.departures).toHaveLength(128);
    // 64 calls at once, twice.
    expect((app.departures.at(-1)?.at ?? 0) - (app.departures[0]?.at ?? 0)).toBeLessThan(500);
  });

  test("is that of today, whatever the size of the batches", async () => {
    const app = open({ rate: 14 });
    await app.frozen(120, 50);
    await app.run();
    expect(app.mailed()).toEqual(addresses(120));
    // 50 at 14 a second take four calls, of 13, 13, 12 and 12: none is so small that its silence tells nothing.
    const sizes = app.departures.map(({ to }) => to.length).toSorted((a, b) => b - a);
    expect(sizes).toEqual([13, 13, 13, 13, 12, 12, 12, 12, 10, 10]);
    expect(await app.state()).toBe("finished");
  });

  test("becomes slower at once when SES says so: a call that was prepared for the old one does not leave", async () => {
    const app = open({ rate: 14, ms: 900 });
    await app.frozen(42);
    let rate = 14;
    const { ses, subscribers } = app.ports;
    const slowed: SendPorts["ses"] = {
      account: async () => ({ rate, quota: null, sent24: 0 }),
      sendBulk: async (call, gate) => {
        const first = app.departures.length === 0;
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
      await app.time.sleep(400);
      return subscribers.getMany(...args);
    };
    await app.run({ ses: slowed, subscribers: { ...subscribers, getMany } });
    expect(app.departures.slice(0, 3).map(({ to }) => to.length)).toEqual([14, 1, 1]);
  });

  test("is our share of the account's", async () => {
    const app = open({ rate: 28 });
    await app.frozen(60);
    await app.run({}, { ...config.delivery, share: 0.5 });
    expect(Math.max(...app.departures.map(({ to }) => to.length))).toBe(14);
    expect((app.departures.at(-1)?.at ?? 0) - (app.departures[0]?.at ?? 0)).toBeGreaterThan(4_000);
  });
});

test.each([0, 1, 51, 700])("%d readers in 256 groups are all reached, once", async (readers) => {
  const app = open({ groups: 256 });
  await app.frozen(readers);
  expect(await app.ledger.groups(key)).toHaveLength(readers > 0 ? 256 : 0);
  await app.run();
  expect(app.mailed()).toEqual(addresses(readers));
  expect(await app.state()).toBe(readers > 0 ? "finished" : "held");
});

test("no more than 64 calls are under way, however slow SES is", async () => {
  const app = open({ rate: 5_000, ms: 3_000 });
  await app.frozen(6_000);
  await app.run();
  const under = app.departures.map(
    ({ at }) => app.departures.filter((one) => one.at <= at && at < one.at + 3_000).length,
  );
  expect(Math.max(...under)).toBe(64);
  expect(app.mailed()).toHaveLength(6_000);
});

describe("two editions", () => {
  const second = "2026-11-24";
  test("are sent in turn: a long one does not keep a short one waiting", async () => {
    const app = open({ rate: 14 });
    await app.frozen(140);
    await app.edition(second);
    await app.run();
    const dates = app.departures.map(({ date }) => date);
    expect(dates).toHaveLength(20);
    expect(new Set(dates.slice(0, 2)).size).toBe(2);
    expect(dates.slice(0, 10).filter((date) => date === second)).toHaveLength(5);
  });

  test("of which one is approved while the other is sent go out in one run", async () => {
    const app = open({ rate: 14 });
    await app.frozen(140);
    const later = async () => {
      await app.time.sleep(5_000);
      await app.edition(second);
    };
    void later();
    expect(await app.run()).toMatchObject({ end: "idle", calls: 20, kicked: false });
    expect((await app.editions.get({ ...key, date: second }))?.state).toBe("finished");
  });
});
