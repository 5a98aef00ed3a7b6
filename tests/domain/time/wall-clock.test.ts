import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { clockAt, clockText, instantAt, wallClock } from "#domain/time/wall-clock.ts";

test.each([
  ["2026-11-24", "07:00", "Europe/London", { is: "once", at: "2026-11-24T07:00:00.000Z" }],
  ["2026-07-01", "07:00", "Europe/London", { is: "once", at: "2026-07-01T06:00:00.000Z" }],
  ["2026-03-29", "01:30", "Europe/London", { is: "skipped", instead: "2026-03-29T01:30:00.000Z" }],
  ["2026-03-29", "02:00", "Europe/London", { is: "once", at: "2026-03-29T01:00:00.000Z" }],
  [
    "2026-10-25",
    "01:30",
    "Europe/London",
    { is: "twice", first: "2026-10-25T00:30:00.000Z", second: "2026-10-25T01:30:00.000Z" },
  ],
  ["2026-11-23", "07:00", "Asia/Kathmandu", { is: "once", at: "2026-11-23T01:15:00.000Z" }],
  ["2026-03-08", "02:30", "America/New_York", { is: "skipped", instead: "2026-03-08T07:30:00.000Z" }],
  ["2026-11-23", "00:00", "UTC", { is: "once", at: "2026-11-23T00:00:00.000Z" }],
  // Half an hour only.
  [
    "2026-04-05",
    "01:45",
    "Australia/Lord_Howe",
    { is: "twice", first: "2026-04-04T14:45:00.000Z", second: "2026-04-04T15:15:00.000Z" },
  ],
  // A whole day that the zone skipped.
  ["2011-12-30", "07:00", "Pacific/Apia", { is: "skipped", instead: "2011-12-30T17:00:00.000Z" }],
])("%s %s in %s", (date, time, zone, expected) => {
  expect(wallClock(date, time, zone)).toEqual(expected);
});

test("a skipped time moves forward by the gap, a repeated one is the first", () => {
  expect(instantAt("2026-03-29", "01:30", "Europe/London")).toBe("2026-03-29T01:30:00.000Z");
  expect(clockAt("2026-03-29T01:30:00.000Z", "Europe/London")).toBe("2026-03-29T02:30");
  expect(instantAt("2026-10-25", "01:30", "Europe/London")).toBe("2026-10-25T00:30:00.000Z");
  expect(clockAt("2026-10-25T00:30:00.000Z", "Europe/London")).toBe("2026-10-25T01:30");
});

test("is what Temporal says, in any zone and hour", () => {
  const zone = fc.constantFrom("Europe/London", "America/St_Johns", "Asia/Tehran", "Africa/Casablanca", "UTC");
  const day = fc.integer({ min: 0, max: 3000 });
  fc.assert(
    fc.property(zone, day, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (timeZone, days, h, m) => {
      const date = Temporal.PlainDate.from("2024-01-01").add({ days });
      const time = `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`;
      const plain = date.toPlainDateTime(Temporal.PlainTime.from(time));
      const at = (disambiguation: "earlier" | "later") =>
        new Date(plain.toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds).toISOString();
      const clock = wallClock(date.toString(), time, timeZone);
      expect(instantAt(date.toString(), time, timeZone)).toBe(
        new Date(plain.toZonedDateTime(timeZone).epochMilliseconds).toISOString(),
      );
      if (clock.is === "once") expect([clock.at, clock.at]).toEqual([at("earlier"), at("later")]);
      else if (clock.is === "twice") expect([clock.first, clock.second]).toEqual([at("earlier"), at("later")]);
      else expect(clock.instead).toBe(at("later"));
    }),
    { numRuns: 300 },
  );
});

test("an instant as clocks show it", () => {
  expect(clockText("2026-11-24T07:00:00.000Z", "Europe/London")).toBe("Tue 24 Nov 07:00");
  expect(clockText("2026-11-23T23:30:00.000Z", "Asia/Tokyo")).toBe("Tue 24 Nov 08:30");
});
