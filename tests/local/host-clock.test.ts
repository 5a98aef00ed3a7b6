import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Folder, openFolder } from "#local/folder.ts";
import { startClock } from "#local/host/clock.ts";
import { dueBetween } from "#local/host/schedule.ts";

const london = { newsletter: "daily", timeZone: "Europe/London", sendAt: "07:00" };
const at = (instant: string) => Date.parse(instant);
const times = (schedule: typeof london, from: string, to: string) =>
  dueBetween(schedule, at(from), at(to)).map(({ scheduledFor }) => scheduledFor);

describe("schedules", () => {
  it("are due at local time, summer and winter", () => {
    expect(times(london, "2026-01-10T00:00:00Z", "2026-01-11T23:00:00Z")).toEqual([
      "2026-01-10T07:00:00Z",
      "2026-01-11T07:00:00Z",
    ]);
    expect(times(london, "2026-07-10T00:00:00Z", "2026-07-10T23:00:00Z")).toEqual(["2026-07-10T06:00:00Z"]);
  });

  it("count from after the beginning up to the end", () => {
    expect(times(london, "2026-01-10T07:00:00Z", "2026-01-10T08:00:00Z")).toEqual([]);
    expect(times(london, "2026-01-10T06:59:59Z", "2026-01-10T07:00:00Z")).toEqual(["2026-01-10T07:00:00Z"]);
  });

  it("skip a time that the day skips", () => {
    const gap = { ...london, sendAt: "01:30" };
    expect(times(gap, "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z")).toEqual(["2026-03-30T00:30:00Z"]);
  });

  it("take a time that the day has twice once", () => {
    const twice = { ...london, sendAt: "01:30" };
    expect(times(twice, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z")).toEqual(["2026-10-25T00:30:00Z"]);
  });

  it("lose and repeat nothing however often the clock looks", () => {
    const zones = ["Europe/London", "Pacific/Apia", "America/St_Johns", "Asia/Kathmandu", "UTC"];
    const looks = fc.array(fc.integer({ min: 1, max: 40 * 3_600_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 23 }), looks, (timeZone, hour, steps) => {
        const schedule = { newsletter: "daily", timeZone, sendAt: `${String(hour).padStart(2, "0")}:15` };
        let now = at("2026-03-20T00:00:00Z");
        const begin = now;
        const seen = steps.flatMap((step) => {
          const found = dueBetween(schedule, now, now + step);
          now += step;
          return found;
        });
        expect(seen).toEqual(dueBetween(schedule, begin, now));
      }),
      { numRuns: 60 },
    );
  });
});

describe("the clock", () => {
  let path: string;
  let folder: Folder;
  let now: number;
  let due: string[];
  let stop: () => void = () => undefined;

  beforeEach(() => {
    vi.useFakeTimers();
    path = mkdtempSync(join(tmpdir(), "broadsheet-clock-"));
    folder = openFolder(path);
    due = [];
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
    rmSync(path, { recursive: true });
  });

  const start = (instant: string) => {
    stop();
    now = at(instant);
    stop = startClock({
      folder,
      now: () => now,
      every: [],
      daily: [{ ...london, lateAfterHours: 3 }],
      due: ({ scheduledFor }) => due.push(scheduledFor),
    });
  };
  const pass = (minutes: number) => {
    for (let second = 0; second < minutes * 60; second += 10) {
      now += 10_000;
      vi.advanceTimersByTime(10_000);
    }
  };

  it("has missed nothing in a new folder", () => {
    start("2026-01-10T07:01:00Z");
    pass(2);
    expect(due).toEqual([]);
  });

  it("wakes a newsletter once at its time", () => {
    start("2026-01-10T06:58:00Z");
    pass(10);
    expect(due).toEqual(["2026-01-10T07:00:00Z"]);
  });

  it("meets a moment it missed while it was down, once, with the time it was due", () => {
    start("2026-01-10T05:00:00Z");
    start("2026-01-10T09:30:00Z");
    start("2026-01-10T09:31:00Z");
    expect(due).toEqual(["2026-01-10T07:00:00Z"]);
  });

  it("lets a moment go that is later than the edition may be", () => {
    start("2026-01-10T05:00:00Z");
    start("2026-01-10T10:30:00Z");
    expect(due).toEqual([]);
  });
});
