import { describe, expect, test } from "vitest";
import { lastStart, localTimeOf } from "#domain/edition/timing/local-time.ts";

const config = { sendAt: "07:00", timeZone: "Europe/London", lateAfterHours: 3, localTime: undefined };
const local = (ifPassed: "send" | "skip") => ({
  ...config,
  localTime: { firstZone: "Pacific/Kiritimati", ifPassed },
});
const [date, first, own] = ["2026-11-24", "2026-11-23T17:00:00.000Z", "2026-11-24T07:00:00.000Z"];

describe("a newsletter's local time", () => {
  test("is its own time of day, for each reader where they are", () => {
    const time = { time: "07:00", timeZone: "Europe/London", lateHours: 3 };
    expect(localTimeOf(config)).toBeNull();
    expect(localTimeOf(local("send"))).toEqual({ ...time, skipLate: false });
    expect(localTimeOf(local("skip"))).toEqual({ ...time, skipLate: true });
  });

  test("may start until it is late by the newsletter's own zone", () => {
    expect(lastStart(config, date, own)).toBe("2026-11-24T10:00:00.000Z");
    expect(lastStart(local("send"), date, first)).toBe("2026-11-24T10:00:00.000Z");
  });

  test("without local time the start counts from when it is due, whatever the config says by now", () => {
    expect(lastStart(config, date, first)).toBe("2026-11-23T20:00:00.000Z");
    expect(lastStart(local("send"), date, "2026-11-24T09:00:00.000Z")).toBe("2026-11-24T12:00:00.000Z");
  });
});
