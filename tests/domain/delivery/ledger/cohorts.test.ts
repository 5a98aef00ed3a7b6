import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cohortsOf, createCohortClock, duesOf, frozenTimes, partsOf } from "#domain/delivery/ledger/cohorts.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";

const localTime = { time: "07:00", timeZone: "Europe/London", lateHours: 3, skipLate: false };
/** When it is 07:00 on Kiritimati, where each date begins. */
const frozenAt = "2026-11-23T17:00:00.000Z";
const on = (date: string, frozen = frozenAt, change = {}) =>
  createCohortClock({ date, frozenAt: frozen, localTime: { ...localTime, ...change } });

describe("when a reader gets an edition", () => {
  test.each([
    ["Pacific/Kiritimati", "2026-11-23T17:00:00.000Z"],
    ["Pacific/Auckland", "2026-11-23T18:00:00.000Z"],
    ["Asia/Tokyo", "2026-11-23T22:00:00.000Z"],
    ["Asia/Kathmandu", "2026-11-24T01:15:00.000Z"],
    ["Europe/Berlin", "2026-11-24T06:00:00.000Z"],
    [undefined, "2026-11-24T07:00:00.000Z"],
    ["America/New_York", "2026-11-24T12:00:00.000Z"],
    ["Etc/GMT+12", "2026-11-24T19:00:00.000Z"],
  ])("in %s it is 07:00 there", (zone, due) => {
    expect(on("2026-11-24")(zone)).toBe(due);
  });

  test("a skipped time moves later; a repeated one is the first", () => {
    const springs = on("2027-03-28", "2027-03-27T16:30:00.000Z", { time: "02:30" });
    expect(springs("Europe/Berlin")).toBe("2027-03-28T01:30:00.000Z");
    const falls = on("2026-10-25", "2026-10-24T12:30:00.000Z", { time: "02:30" });
    expect(falls("Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z");
  });

  test("if the time has passed, it is at once, or never if the config says so", () => {
    const late = "2026-11-24T07:00:00.000Z";
    expect(on("2026-11-24", late)("Asia/Tokyo")).toBe(late);
    const skipping = on("2026-11-24", late, { skipLate: true });
    expect(skipping("Asia/Tokyo")).toBeUndefined();
    expect(skipping("Europe/Moscow")).toBe(late);
    expect(skipping("America/New_York")).toBe("2026-11-24T12:00:00.000Z");
  });

  test("an unknown zone becomes the newsletter's", () => {
    expect(on("2026-11-24")("Mars/Olympus")).toBe("2026-11-24T07:00:00.000Z");
  });

  test("without local time it is when the audience was frozen, wherever the reader is", () => {
    const dueIn = createCohortClock({ date: "2026-11-24", frozenAt, localTime: null });
    expect([dueIn("Asia/Tokyo"), dueIn(undefined)]).toEqual([frozenAt, frozenAt]);
  });

  test("every zone there is, on any date, is due within 26 hours of the first", () => {
    const zones = Intl.supportedValuesOf("timeZone");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), fc.constantFrom(...zones), (day, zone) => {
        const start = Date.UTC(2026, 0, 1) + day * 86_400_000;
        const date = new Date(start).toISOString().slice(0, 10);
        const first = new Date(start - 7 * 3_600_000).toISOString();
        const due = Date.parse(on(date, first)(zone) ?? "");
        expect(due - Date.parse(first)).toBeGreaterThanOrEqual(0);
        expect(due - Date.parse(first)).toBeLessThanOrEqual(26 * 3_600_000);
        expect(due % 900_000).toBe(0);
      }),
    );
  });
});

const commit = (group: string, readers: number, cohorts?: GroupCommit["cohorts"]): GroupCommit => ({
  ...{ group, run: `run ${group}`, batches: 1, readers, committedAt: frozenAt, startedAt: null, closedAt: null },
  counts: null,
  ...(cohorts && { cohorts }),
});
const [first, second, third] = ["2026-11-23T17:00:00.000Z", "2026-11-24T07:00:00.000Z", "2026-11-24T12:00:00.000Z"];
const cohort = (due: string, readers: number) => ({ due, batches: 1, readers });
const commits = [
  commit("00", 15, [cohort(second, 10), cohort(third, 5)]),
  commit("01", 0, []),
  commit("02", 7, [cohort(first, 3), cohort(second, 4)]),
];

describe("the parts of an edition's groups", () => {
  test("come in the order in which they are due, with the readers before each", () => {
    const parts = partsOf(commits, frozenAt).map(({ commit: { group }, due, before }) => [group, due, before]);
    expect(parts).toEqual([
      ["02", first, 0],
      ["00", second, 3],
      ["02", second, 13],
      ["00", third, 17],
    ]);
  });

  test("make cohorts over all groups", () => {
    expect(cohortsOf(commits, frozenAt)).toEqual([
      { due: first, readers: 3 },
      { due: second, readers: 14 },
      { due: third, readers: 5 },
    ]);
  });

  test("are whole groups, due at the freeze, without local time", () => {
    const plain = [commit("00", 20), commit("01", 30)];
    expect(partsOf(plain, frozenAt).map(({ due, before }) => [due, before])).toEqual([
      [frozenAt, 0],
      [frozenAt, 20],
    ]);
    expect(cohortsOf(plain, frozenAt)).toEqual([{ due: frozenAt, readers: 50 }]);
    expect(duesOf(commit("00", 20), frozenAt)).toEqual([frozenAt]);
  });

  test("say when the last readers are due, and when it is too late for them", () => {
    const cohorts = cohortsOf(commits, frozenAt);
    expect(frozenTimes({ latest: second, localTime }, cohorts)).toEqual({
      cohorts,
      latest: "2026-11-24T15:00:00.000Z",
    });
    expect(frozenTimes({ latest: null, localTime }, cohorts)).toEqual({ cohorts });
    expect(frozenTimes({ latest: second, localTime: null }, cohorts)).toEqual({});
    expect(frozenTimes({ latest: second, localTime }, [])).toEqual({});
  });
});
