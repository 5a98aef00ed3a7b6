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
      ["DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY;COUNT=2", "SUMMARY:Leap"],
      ["2024-02-29", "2028-02-29"],
    ],
    [
      "each year since long ago",
      ["DTSTART;VALUE=DATE:19700704", "RRULE:FREQ=YEARLY;UNTIL=20270101", "SUMMARY:Independence Day"],
      Array.from({ length: 57 }, (_, at) => `${1970 + at}-07-04`),
    ],
    [
      "the fourth Thursday of a month",
      ["DTSTART;VALUE=DATE:20251127", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=3", "SUMMARY:Thanksgiving"],
      ["2025-11-27", "2026-11-26", "2027-11-25"],
    ],
    [
      "the last Monday of a month",
      ["DTSTART;VALUE=DATE:20260525", "RRULE:FREQ=YEARLY;BYDAY=-1MO;BYMONTH=5;COUNT=2", "SUMMARY:Bank holiday"],
      ["2026-05-25", "2027-05-31"],
    ],
    [
      "the first and the last Friday of the year",
      ["DTSTART;VALUE=DATE:20260102", "RRULE:FREQ=YEARLY;BYDAY=1FR,-1FR;COUNT=4", "SUMMARY:Stocktaking"],
      ["2026-01-02", "2026-12-25", "2027-01-01", "2027-12-31"],
    ],
    [
      "each second week",
      ["DTSTART;VALUE=DATE:20260107", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4", "SUMMARY:Press"],
      ["2026-01-07", "2026-01-19", "2026-01-21", "2026-02-02"],
    ],
    [
      "the last day of each month",
      ["DTSTART;VALUE=DATE:20260131", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20260430", "SUMMARY:Closing"],
      ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"],
    ],
    [
      "the last working day of each quarter",
      [
        "DTSTART;VALUE=DATE:20260331",
        "RRULE:FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3",
        "SUMMARY:Closing",
      ],
      ["2026-03-31", "2026-06-30", "2026-09-30"],
    ],
    [
      "each day but some",
      ["DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=DAILY;COUNT=4", "EXDATE;VALUE=DATE:20261225,20261226", "SUMMARY:A"],
      ["2026-12-24", "2026-12-27"],
    ],
    [
      "some dates more",
      ["DTSTART;VALUE=DATE:20261224", "RDATE;VALUE=DATE:20261231", "RDATE:20270106T090000/PT1H", "SUMMARY:A"],
      ["2026-12-24", "2026-12-31", "2027-01-06"],
    ],
    ["a duration in days", ["DTSTART;VALUE=DATE:20261224", "DURATION:P2D", "SUMMARY:A"], ["2026-12-24", "2026-12-25"]],
    ["in hours", ["DTSTART:20261224T180000", "DURATION:PT6H", "SUMMARY:A"], ["2026-12-24"]],
    ["past midnight", ["DTSTART:20261224T180000", "DURATION:PT6H1M", "SUMMARY:A"], ["2026-12-24", "2026-12-25"]],
    [
      "a start in a zone, with a parameter in quotes",
      ['DTSTART;TZID="GMT+1: Berlin; Paris":20261225T000000', "DTEND:20261226T000000", "SUMMARY:A"],
      ["2026-12-25"],
    ],
    [
      "an alarm, which has a time and a length of its own",
      ["BEGIN:VALARM", "DTSTART:20200101", "DURATION:P9D", "END:VALARM", "DTSTART;VALUE=DATE:20261225", "SUMMARY:A"],
      ["2026-12-25"],
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

  test("one of a repeating event's dates can be moved or cancelled", () => {
    const weekly = ["UID:a", "DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=WEEKLY;COUNT=4", "SUMMARY:Press"];
    const moved = ["UID:a", "RECURRENCE-ID;VALUE=DATE:20260112", "DTSTART;VALUE=DATE:20260113", "SUMMARY:Press"];
    const gone = ["UID:a", "RECURRENCE-ID;VALUE=DATE:20260119", "DTSTART;VALUE=DATE:20260119", "STATUS:CANCELLED"];
    const dates = readIcs(ics(weekly, moved, gone)).map(({ date }) => date);
    expect(dates).toEqual(["2026-01-05", "2026-01-26", "2026-01-13"]);
  });

  test("a time in UTC counts for its date where the newsletter is", () => {
    const text = ics(["DTSTART:20261224T230000Z", "DTEND:20261225T230000Z", "SUMMARY:Christmas"]);
    expect(readIcs(text, "Europe/Berlin").map(({ date }) => date)).toEqual(["2026-12-25"]);
    expect(readIcs(text, "America/New_York").map(({ date }) => date)).toEqual(["2026-12-24", "2026-12-25"]);
  });

  test.each(["\r\n", "\n", "\r"])("lines can end in %j", (end) => {
    const text = ics(["DTSTART;VALUE=DATE:20270101", "SUMMARY:New", "  Year"]).replaceAll("\r\n", end);
    expect(readIcs(text)).toEqual([{ date: "2027-01-01", name: "New Year" }]);
  });

  test("a repeating event without an end is followed to the year 2100", () => {
    const dates = readIcs(ics(["DTSTART;VALUE=DATE:19000101", "RRULE:FREQ=YEARLY", "SUMMARY:New Year"]));
    expect(dates).toHaveLength(201);
    expect(dates.at(-1)?.date).toBe("2100-01-01");
  });

  const unreadable = ["COUNT=-1", "COUNT=x", "COUNT=", "INTERVAL=0", "INTERVAL=-1", "INTERVAL=1.5", "UNTIL=soon"];
  test.each([
    ...["FREQ=HOURLY", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=WEEKLY;BYDAY=2MO", "FREQ=YEARLY;BYDAY=MX", "INTERVAL=2"],
    ...[...unreadable, "UNTIL=20261340"].map((part) => `FREQ=YEARLY;${part}`),
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

  test("a small text can't ask for endless work", () => {
    const never = ["DTSTART;VALUE=DATE:19000101", "RRULE:FREQ=YEARLY;BYDAY=MO;BYMONTHDAY=31;BYSETPOS=20", "SUMMARY:A"];
    expect(() => readIcs(ics(...Array.from({ length: 5_000 }, () => never)))).toThrow("too many repeating events");
    const long = ["DTSTART;VALUE=DATE:19000101", "DTEND;VALUE=DATE:99990101", "SUMMARY:A"];
    expect(() => readIcs(ics(long))).toThrow("more than 100000 dates");
    const daily = ["DTSTART;VALUE=DATE:20000101", "RRULE:FREQ=DAILY", "SUMMARY:A"];
    expect(() => readIcs(ics(daily, daily, daily))).toThrow("more than 100000 dates");
  });

  test.each([
    ["BYDAY", "MO,"],
    ["BYMONTHDAY", "1,"],
    ["BYMONTH", "1,"],
    ["BYSETPOS", "1,"],
  ])("a rule whose %s lists 200,000 is refused at once", (part, one) => {
    const rule = `RRULE:FREQ=DAILY;${part}=${one.repeat(200_000)}${one.slice(0, -1)}`;
    expect(() => readIcs(ics(["DTSTART;VALUE=DATE:20270101", rule]))).toThrow("not supported");
  });

  test("a text that isn't one, or is huge, is refused", () => {
    expect(() => readIcs("<html>")).toThrow("not an iCalendar file");
    expect(() => readIcs(`BEGIN:VCALENDAR${"x".repeat(1_000_001)}`)).toThrow("larger than 1 MB");
  });
});
