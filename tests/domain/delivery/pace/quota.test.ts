import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDepartures,
  applyAccount,
  dailyCeiling,
  forecast,
  type History,
  ownAt,
  remainingQuota,
  sumHistories,
  wakeAt,
} from "#domain/delivery/pace/quota.ts";
import { toInstant } from "#domain/time/instant.ts";

const now = Date.UTC(2026, 10, 23, 7, 5);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const sent = (...departures: [ago: number, n: number][]): History | undefined =>
  departures
    .toSorted(([a], [b]) => b - a)
    .reduce<History | undefined>((history, [ago, n]) => addDepartures(history, now - ago, n), undefined);

describe("what several senders sent", () => {
  test("is added up counter by counter, whenever each of them last counted", () => {
    const one = sent([20 * MINUTE, 3], [MINUTE, 5]);
    const other = sent([70 * MINUTE, 10], [35 * MINUTE, 2]);
    expect(sumHistories([])).toBeUndefined();
    const together = sumHistories([one, other].flatMap((history) => history ?? []));
    expect(together?.at).toBe(one?.at);
    for (const ago of [0, 15, 30, 45, 24 * 60 - 40, 24 * 60]) {
      const later = now + ago * MINUTE;
      expect(ownAt(together, later)).toBe(ownAt(one, later) + ownAt(other, later));
    }
    expect(sumHistories([sent([2 * DAY, 1], [0, 1]), sent([0, 2])].flatMap((history) => history ?? []))?.n.length).toBe(
      97,
    );
  });
});

describe("what we sent", () => {
  test("counts for a day, and at most a quarter of an hour longer", () => {
    const departure = fc.tuple(fc.integer({ min: 0, max: 3 * DAY }), fc.integer({ min: 0, max: 500 }));
    fc.assert(
      fc.property(fc.array(departure, { maxLength: 200 }), (departures) => {
        const history = sent(...departures);
        const within = (span: number) =>
          departures.filter(([ago]) => ago < span).reduce((total, [, n]) => total + n, 0);
        const own = ownAt(history, now);
        expect(own).toBeGreaterThanOrEqual(within(DAY));
        expect(own).toBeLessThanOrEqual(within(DAY + 15 * MINUTE));
        expect(history?.n.length ?? 0).toBeLessThanOrEqual(97);
      }),
    );
  });

  test("is kept if the clock goes back", () => {
    const history = addDepartures(addDepartures(undefined, now, 10), now - HOUR, 5);
    expect(ownAt(history, now - HOUR)).toBe(15);
    expect(ownAt(history, now + DAY - HOUR)).toBe(15);
  });

  test("is nothing after years", () => {
    expect(ownAt(sent([0, 10]), now + 1000 * DAY)).toBe(0);
    expect(ownAt(undefined, now)).toBe(0);
  });
});

describe("what others in the account sent", () => {
  const read = (sent24: number, hist: History | undefined, foreign?: number) =>
    applyAccount({ hist, ...(foreign === undefined ? {} : { foreign }) }, { rate: 1, quota: 1000, sent24 }, now)
      .foreign;
  test.each<[string, number, number, History | undefined, number | undefined]>([
    ["what SES counts and we did not send", 30, 130, sent([HOUR, 100]), undefined],
    ["nothing where SES counts less than we sent", 0, 50, sent([HOUR, 100]), undefined],
    ["what it was, while SES's count may lack our newest", 30, 100, sent([MINUTE, 100]), 30],
    ["no more than there is room for in SES's count", 30, 30, sent([MINUTE, 100]), 80],
    ["more, as soon as SES's count proves it", 60, 160, sent([MINUTE, 100]), 30],
    ["all, where we sent nothing", 70, 70, undefined, undefined],
  ])("is %s", (_, foreign, sent24, hist, before) => {
    expect(read(sent24, hist, before)).toBe(foreign);
  });

  test("is never underestimated, however late SES's count is", () => {
    const trial = fc.record({
      before: fc.integer({ min: 0, max: 500 }),
      theirs: fc.integer({ min: 0, max: 500 }),
      old: fc.integer({ min: 0, max: 500 }),
      fresh: fc.integer({ min: 0, max: 500 }),
      counted: fc.integer({ min: 0, max: 500 }),
    });
    fc.assert(
      fc.property(trial, ({ before, theirs, old, fresh, counted: late }) => {
        fc.pre(before >= theirs);
        const lagging = theirs + old + Math.min(fresh, late);
        expect(read(lagging, sent([HOUR, old], [MINUTE, fresh]), before)).toBeGreaterThanOrEqual(theirs);
      }),
    );
  });
});

describe("room", () => {
  test("leaves 5 % of the quota alone, and knows accounts without one", () => {
    expect(dailyCeiling(200)).toBe(190);
    expect(remainingQuota({ quota: 200, hist: sent([HOUR, 100]), foreign: 50 }, now)).toBe(40);
    expect(remainingQuota({ quota: 200, hist: sent([HOUR, 195]) }, now)).toBe(0);
    expect(remainingQuota({ quota: null, hist: sent([HOUR, 1e9]) }, now)).toBe(Number.POSITIVE_INFINITY);
  });

  test("is available when the sender wakes, unless it only checks again", () => {
    const departure = fc.tuple(fc.integer({ min: 0, max: DAY }), fc.integer({ min: 1, max: 100 }));
    const budgets = fc.record({
      departures: fc.array(departure, { maxLength: 50 }),
      quota: fc.integer({ min: 0, max: 4000 }),
      foreign: fc.integer({ min: 0, max: 200 }),
    });
    fc.assert(
      fc.property(budgets, fc.integer({ min: 1, max: 50 }), ({ departures, quota, foreign }, need) => {
        const budget = { quota, hist: sent(...departures), foreign };
        fc.pre(remainingQuota(budget, now) < need);
        const wakes = Date.parse(wakeAt(budget, need, now));
        expect(wakes).toBeGreaterThan(now);
        expect(wakes).toBeLessThanOrEqual(now + HOUR);
        const looks = wakes === now + HOUR || wakes === now + 15 * MINUTE;
        expect(looks || remainingQuota(budget, wakes) >= need).toBe(true);
      }),
    );
  });

  test("by the counter that frees it: 40 of 7:00 to 7:15 yesterday are gone at 7:15", () => {
    const budget = { quota: 100, hist: sent([DAY, 40], [HOUR, 55]) };
    expect(wakeAt(budget, 1, now)).toBe("2026-11-23T07:15:00.000Z");
  });
});

describe("the forecast", () => {
  const at = (ms: number) => toInstant(now + ms);
  const free = { quota: null };
  test.each<[string, number, number, Parameters<typeof forecast>[2], ReturnType<typeof forecast>]>([
    ["by the rate", 840, 14, free, { is: "through", at: at(MINUTE), waitsForQuota: false }],
    ["over several quarters of an hour", 14 * 3600, 14, free, { is: "through", at: at(HOUR), waitsForQuota: false }],
    ["more readers than a day's quota", 960, 14, { quota: 1000 }, { is: "too-many", ceiling: 950 }],
    ["others use too much", 900, 14, { quota: 1000, foreign: 950 }, { is: "never" }],
    ["nobody", 0, 14, free, { is: "through", at: at(0), waitsForQuota: false }],
  ])("%s", (_, readers, rate, budget, expected) => {
    expect(forecast(readers, rate, budget, toInstant(now))).toEqual(expected);
  });

  test("as yesterday's leave", () => {
    const yesterday = { quota: 1000, hist: sent([23 * HOUR, 500]) };
    const said = forecast(900, 14, yesterday, toInstant(now));
    expect(said).toEqual({ is: "through", at: "2026-11-23T08:15:32.142Z", waitsForQuota: true });
  });

  test("is what a sender would do that sends whenever there is room", () => {
    const trial = fc.record({
      readers: fc.integer({ min: 1, max: 800 }),
      rate: fc.constantFrom(0.5, 1, 14),
      history: fc.array(fc.tuple(fc.integer({ min: 0, max: DAY }), fc.integer({ min: 1, max: 100 })), {
        maxLength: 10,
      }),
      foreign: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(trial, ({ readers, rate, history, foreign }) => {
        const budget = { quota: 1000, hist: sent(...history), foreign };
        const said = forecast(readers, rate, budget, toInstant(now));
        const really = sendMinuteByMinute(readers, rate, budget);
        if (really === undefined) expect(said.is).toBe("never");
        else expect(said.is === "through" && Math.abs(Date.parse(said.at) - really) <= 16 * MINUTE).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

function sendMinuteByMinute(readers: number, rate: number, budget: Parameters<typeof forecast>[2]): number | undefined {
  let [left, hist] = [readers, budget.hist];
  for (let ms = now; ms < now + 2 * DAY; ms += MINUTE) {
    const n = Math.min(left, rate * 60, remainingQuota({ ...budget, hist }, ms));
    hist = addDepartures(hist, ms, n);
    left -= n;
    if (left <= 0) return ms + (n / rate) * 1000;
  }
  return undefined;
}
