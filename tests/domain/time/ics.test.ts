import { describe, expect, test } from "vitest";
import { readIcs } from "#domain/time/ics.ts";

const ics = (...events: string[][]) =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    ...events.flatMap((lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"]),
    "END:VCALENDAR",
  ].join("\r\n");

describe("a calendar file", () => {
  test("gives whole days with their names", () => {
    const text = ics(["DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261226", "SUMMARY:Christmas Day"]);
    expect(readIcs(text)).toEqual([{ date: "2026-12-25", name: "Christmas Day" }]);
  });

  test.each([
    [
      "several days",
      ["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227", "SUMMARY:Break"],
      ["2026-12-24", "2026-12-25", "2026-12-26"],
    ],
    ["no end", ["DTSTART;VALUE=DATE:20270101", "SUMMARY:New Year"], ["2027-01-01"]],
    ["a time", ["DTSTART:20270101T090000Z", "DTEND:20270101T170000Z", "SUMMARY:Closed"], ["2027-01-01"]],
    [
      "an end at a time on the next day",
      ["DTSTART:20270101T090000Z", "DTEND:20270102T170000Z", "SUMMARY:Closed"],
      ["2027-01-01", "2027-01-02"],
    ],
    [
      "each year",
      ["DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY;COUNT=3", "SUMMARY:May Day"],
      ["2026-05-01", "2027-05-01", "2028-05-01"],
    ],
    [
      "each year until",
      ["DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY;UNTIL=20270601", "SUMMARY:May Day"],
      ["2026-05-01", "2027-05-01"],
    ],
    [
      "29 February, in leap years only",
      ["DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY;COUNT=5", "SUMMARY:Leap"],
      ["2024-02-29", "2028-02-29"],
    ],
    ["cancelled", ["DTSTART;VALUE=DATE:20270101", "STATUS:CANCELLED", "SUMMARY:Gone"], []],
    ["no start", ["SUMMARY:Nothing"], []],
    ["an impossible date", ["DTSTART;VALUE=DATE:20270230", "SUMMARY:Nothing"], []],
  ])("%s", (_, lines, dates) => {
    expect(readIcs(ics(lines)).map(({ date }) => date)).toEqual(dates);
  });

  test("unfolds long lines and unescapes names", () => {
    const text = ics(["DTSTART;VALUE=DATE:20270101", "SUMMARY:New Year\\, the fi", " rst of January"]);
    expect(readIcs(text)).toEqual([{ date: "2027-01-01", name: "New Year, the first of January" }]);
  });

  const unreadable = ["COUNT=-1", "COUNT=x", "COUNT=", "INTERVAL=0", "INTERVAL=-1", "INTERVAL=1.5", "UNTIL=soon"];
  test.each([
    ...["FREQ=WEEKLY", "FREQ=YEARLY;BYDAY=4TH", "FREQ=YEARLY;BYMONTH=5"],
    ...unreadable.map((part) => `FREQ=YEARLY;${part}`),
  ])("%s is refused", (rule) => {
    expect(() => readIcs(ics(["DTSTART;VALUE=DATE:20270101", `RRULE:${rule}`, "SUMMARY:Odd"]))).toThrow(
      '"Odd" repeats',
    );
  });

  test("a rule that is refused is shown shortened and without control characters", () => {
    const rule = `RRULE:FREQ=\u001b[31mDAILY;X=${"A".repeat(10_000)}`;
    const read = () => readIcs(ics(["DTSTART;VALUE=DATE:20270101", rule, "SUMMARY:Odd"]));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none
    expect(read).toThrow(/^[^\u0000-\u001f]{1,250}$/);
  });

  test("a text that isn't one, or is huge, is refused", () => {
    expect(() => readIcs("<html>")).toThrow("not an iCalendar file");
    expect(() => readIcs(`BEGIN:VCALENDAR${"x".repeat(1_000_001)}`)).toThrow("larger than 1 MB");
  });
});
