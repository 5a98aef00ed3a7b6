import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { type Calendar, calendarDay, calendarDays, weekdays } from "#domain/time/calendar.ts";
import { clockChanges } from "../../testing/clock-changes.ts";

const calendar = (change: Partial<Calendar> = {}): Calendar => ({
  timeZone: "Europe/London",
  sendAt: "07:00",
  days: [...weekdays],
  skip: new Map(),
  extra: new Set(),
  draftBefore: 12,
  ...change,
});

describe("in local time an edition is due where its time comes first", () => {
  test.each([
    ["Pacific/Kiritimati", "2026-11-23T17:00:00.000Z"],
    ["Asia/Tokyo", "2026-11-23T22:00:00.000Z"],
    // Never later than for the newsletter's own readers.
    ["America/New_York", "2026-11-24T07:00:00.000Z"],
  ])("%s", (firstZone, dueAt) => {
    const day = calendarDay(calendar({ firstZone }), "2026-11-24");
    const gateAt = new Date(Date.parse(dueAt) - 15 * 60_000).toISOString();
    expect(day).toMatchObject({ date: "2026-11-24", dueAt, gateAt, skipped: false });
    expect(day.note).toBe("Each reader gets it at 07:00 in their own time zone, the first of them at this time.");
  });
});

describe("when clocks change, each date has one edition at one instant", () => {
  test("gap and overlap in seven zones", () => {
    expect(new Set(clockChanges.map(({ zone, kind }) => `${zone} ${kind}`)).size).toBe(14);
  });

  test.each(clockChanges)("$kind in $zone at $sendAt on $date", ({ zone: timeZone, sendAt, date, dueAt, local }) => {
    const day = calendarDay(calendar({ timeZone, sendAt }), date);
    expect(day).toMatchObject({ date, dueAt, local, skipped: false, note: expect.stringContaining(timeZone) });
    expect(Date.parse(local)).toBe(Date.parse(dueAt));
  });

  test("a gap that ends at midnight moves the time to the next day, and the edition keeps its date", () => {
    const day = calendarDay(calendar({ timeZone: "America/Nuuk", sendAt: "23:30" }), "2024-03-30");
    expect(day).toMatchObject({ date: "2024-03-30", dueAt: "2024-03-31T01:30:00.000Z", skipped: false });
    expect(day.note).toContain("2024-03-31 00:30");
  });

  test("a date that a zone left out has no edition, and is listed", () => {
    const days = calendarDays(calendar({ timeZone: "Pacific/Apia" }), "2011-12-29", 3);
    expect(days.map(({ date, dueAt, skipped }) => [date, dueAt, skipped])).toEqual([
      ["2011-12-29", "2011-12-29T17:00:00.000Z", false],
      ["2011-12-30", null, true],
      ["2011-12-31", "2011-12-30T17:00:00.000Z", false],
    ]);
    expect(days[1]?.note).toBe("2011-12-30 does not exist in Pacific/Apia.");
  });

  test("as Temporal's `compatible` has it, for any date, time and zone", () => {
    const zones = Intl.supportedValuesOf("timeZone");
    const dates = fc.date({ min: new Date("2000-01-01"), max: new Date("2037-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...zones), dates, fc.integer({ min: 0, max: 1439 }), (timeZone, at, minutes) => {
        const date = at.toISOString().slice(0, 10);
        const two = (n: number) => String(n).padStart(2, "0");
        const sendAt = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
        const day = calendarDay(calendar({ timeZone, sendAt }), date);
        if (day.dueAt === null) return;
        const expected = Temporal.PlainDateTime.from(`${date}T${sendAt}`).toZonedDateTime(timeZone);
        expect(Date.parse(day.dueAt)).toBe(expected.epochMilliseconds);
      }),
      { numRuns: 500 },
    );
  });
});

describe("an edition's other times", () => {
  test("are before it is due: the draft by the config, the gate by 15 minutes", () => {
    expect(calendarDay(calendar({ draftBefore: 2 }), "2027-03-28")).toMatchObject({
      draftAt: "2027-03-28T04:00:00.000Z",
      gateAt: "2027-03-28T05:45:00.000Z",
      dueAt: "2027-03-28T06:00:00.000Z",
    });
  });

  test("count real hours across a change of clocks", () => {
    expect(calendarDay(calendar(), "2027-03-28").draftAt).toBe("2027-03-27T18:00:00.000Z");
  });
});

describe("dates without an edition", () => {
  const days = ["mon", "tue", "wed", "thu", "fri"] as const;

  test("are days of the week that the newsletter leaves out", () => {
    const week = calendarDays(calendar({ days }), "2026-11-27", 4);
    expect(week.map(({ skipped }) => skipped)).toEqual([false, true, true, false]);
    expect(week[1]).toMatchObject({ dueAt: null, local: null, note: "Not one of its days (mon, tue, wed, thu, fri)." });
  });

  test("are skipped with the reason", () => {
    const skip = new Map([["2026-12-25", "Christmas Day"]]);
    expect(calendarDay(calendar({ skip }), "2026-12-25")).toMatchObject({ skipped: true, note: "Christmas Day" });
  });

  test("an extra date has an edition whatever the other rules say", () => {
    const rules = calendar({
      days,
      skip: new Map([["2026-12-25", "Christmas Day"]]),
      extra: new Set(["2026-12-25", "2026-11-28", "2026-11-27"]),
    });
    const note = (date: string) => calendarDay(rules, date);
    expect(note("2026-12-25")).toMatchObject({ skipped: false, note: "Extra edition." });
    expect(note("2026-11-28")).toMatchObject({ skipped: false, note: "Extra edition." });
    expect(note("2026-11-27")).toMatchObject({ skipped: false, note: null });
  });
});
