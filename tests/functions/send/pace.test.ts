import { describe, expect, test } from "vitest";
import { config } from "./system.ts";
import { addresses, type Departure, open } from "./virtual.ts";

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
  await it.run();
  expect(it.mailed()).toEqual(addresses(readers));
  expect(await it.state()).toBe(readers > 0 ? "finished" : "held");
});
