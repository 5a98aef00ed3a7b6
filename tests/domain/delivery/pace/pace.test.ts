import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPace, fullSpeed, slowDown, slownessAt } from "#domain/delivery/pace/pace.ts";
import { callSize } from "#domain/delivery/pace/size.ts";

/** Sends for `seconds` as the sender does, with calls up to `jitter` ms late. Returns the departures. */
function drive(rate: number, seconds: number, jitter: () => number) {
  const pace = createPace(rate);
  const size = callSize(rate);
  const departures: { at: number; n: number }[] = [];
  const pending: number[] = [];
  const end = seconds * 1000;
  for (let now = 0; now < end; now += 1) {
    while (pace.nextSlot(now) <= now && pending.length < 64) pending.push(pace.takeSlot(now, size) + jitter());
    pending.sort((a, b) => a - b);
    while ((pending[0] ?? Number.POSITIVE_INFINITY) <= now && pace.depart(now, size)) {
      departures.push({ at: now, n: size });
      pending.shift();
    }
  }
  return departures;
}

const most = (departures: { at: number; n: number }[], window: number) =>
  Math.max(
    ...departures.map(({ at }) =>
      departures.filter((other) => other.at >= at && other.at < at + window).reduce((sum, { n }) => sum + n, 0),
    ),
  );

describe("the pace", () => {
  test.each([1, 14, 97, 200, 1000])("at %d/s is nearly used and never exceeded in any second", (rate) => {
    const departures = drive(rate, 40, () => 0);
    const sent = departures.reduce((sum, { n }) => sum + n, 0);
    expect(most(departures, 1000)).toBeLessThanOrEqual(rate);
    expect(sent / 40).toBeGreaterThanOrEqual(rate * 0.95);
  });

  test("below one a second keeps whole seconds apart", () => {
    const departures = drive(0.2, 60, () => 0);
    expect(most(departures, 5000)).toBe(1);
    expect(departures.length).toBeGreaterThanOrEqual(11);
  });

  test("is never exceeded, however late calls are", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(1, 14, 80, 200),
        fc.array(fc.nat(900), { minLength: 50, maxLength: 50 }),
        (rate, late) => {
          let at = 0;
          const departures = drive(rate, 8, () => late[at++ % late.length] ?? 0);
          if (departures.length > 0) expect(most(departures, 1000)).toBeLessThanOrEqual(rate);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("says how long the gate stays shut, and counts only what departs", () => {
    const pace = createPace(100);
    expect(pace.depart(0, 50)).toBe(true);
    expect(pace.depart(400, 50)).toBe(true);
    expect(pace.opensIn(500, 50)).toBe(510);
    expect(pace.opensIn(500, 100)).toBe(910);
    expect(pace.depart(500, 50)).toBe(false);
    expect(pace.depart(1010, 50)).toBe(true);
    expect(pace.opensIn(1100, 101)).toBe(Number.POSITIVE_INFINITY);
  });

  test("makes up for a short delay, not for a long one", () => {
    const pace = createPace(50);
    expect(pace.takeSlot(0, 50)).toBe(0);
    expect(pace.nextSlot(1050)).toBe(1010);
    expect(pace.nextSlot(5000)).toBe(5000);
  });
});

describe("a throttle", () => {
  test("reduces the pace by 30 %, down to a tenth, and restores 5 % every 10 s", () => {
    const once = slowDown(fullSpeed, 1_000_000);
    expect(once.factor).toBeCloseTo(0.7);
    expect(slownessAt(once, 1_009_999)).toBeCloseTo(0.7);
    expect(slownessAt(once, 1_020_000)).toBeCloseTo(0.8);
    expect(slownessAt(once, 9_000_000)).toBe(1);
    let slow = once;
    for (let n = 1; n < 50; n++) slow = slowDown(slow, 1_000_000 + n * 1000);
    expect(slow.factor).toBeCloseTo(0.1);
  });

  test("that hits many calls in flight counts once", () => {
    const once = slowDown(fullSpeed, 1_000_000);
    expect(slowDown(once, 1_000_400)).toBe(once);
  });
});
