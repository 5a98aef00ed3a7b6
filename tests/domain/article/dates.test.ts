import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDate, readDates } from "#domain/article/dates.ts";

const read = (raw: string) => {
  const date = parseDate(raw);
  return date === null ? null : new Date(date.at).toISOString();
};

describe("forms of dates", () => {
  test.each([
    ["Mon, 23 Nov 2026 07:05:09 GMT", "2026-11-23T07:05:09.000Z"],
    ["23 Nov 2026 07:05:09 +0100", "2026-11-23T06:05:09.000Z"],
    ["Mon, 23 Nov 26 07:05 EST", "2026-11-23T12:05:00.000Z"],
    ["Monday, 23-Nov-26 07:05:09 GMT", "2026-11-23T07:05:09.000Z"],
    ["Mon, 23 November 2026 07:05:09 Z", "2026-11-23T07:05:09.000Z"],
    ["Sun, 23 Nov 2026 07:05:09 GMT", "2026-11-23T07:05:09.000Z"],
    ["2026-11-23T07:05:09Z", "2026-11-23T07:05:09.000Z"],
    ["2026-11-23T07:05:09.123456789+05:30", "2026-11-23T01:35:09.123Z"],
    ["2026-11-23 07:05:09 -0800", "2026-11-23T15:05:09.000Z"],
    ["2026-11-23T07:05-08", "2026-11-23T15:05:00.000Z"],
    ["20261123T070509Z", "2026-11-23T07:05:09.000Z"],
    ["2026/11/23 07:05:09 UTC", "2026-11-23T07:05:09.000Z"],
    ["Nov 23, 2026 7:05 PM EST", "2026-11-24T00:05:00.000Z"],
    ["November 23rd, 2026 at 7:05 p.m. GMT", "2026-11-23T19:05:00.000Z"],
    ["Mon Nov 23 07:05:09 2026", "2026-11-23T07:05:09.000Z"],
    ["Mon Nov 23 07:05:09 CET 2026", "2026-11-23T06:05:09.000Z"],
    ["Mon Nov 23 2026 07:05:09 GMT+0100 (Central European Standard Time)", "2026-11-23T06:05:09.000Z"],
    ["23.11.2026 07:05", "2026-11-23T07:05:00.000Z"],
    ["23/11/2026 07:05", "2026-11-23T07:05:00.000Z"],
    ["11/23/2026 07:05", "2026-11-23T07:05:00.000Z"],
    ["23 de novembro de 2026 07:05", "2026-11-23T07:05:00.000Z"],
    ["Seg, 23 Nov 2026 07:05:09 -0300", "2026-11-23T10:05:09.000Z"],
    ["lun., 23 févr. 2026 07:05:09 +0100", "2026-02-23T06:05:09.000Z"],
    ["Mo, 23 Mär 2026 07:05:09 +0100", "2026-03-23T06:05:09.000Z"],
    ["Пн, 23 ноября 2026 07:05:09 +0300", "2026-11-23T04:05:09.000Z"],
    ["2026年11月23日 07:05", "2026-11-23T07:05:00.000Z"],
    ["2026-11-23", "2026-11-23T00:00:00.000Z"],
    ["Mon, 23 Nov 2026 24:00:00 GMT", "2026-11-24T00:00:00.000Z"],
    ["Mon, 23 Nov 2026 23:59:60 GMT", "2026-11-23T23:59:59.000Z"],
    ["\n  Mon, 23 Nov 2026\t07:05:09 GMT ", "2026-11-23T07:05:09.000Z"],
  ])("%s", (raw, utc) => {
    expect(read(raw)).toBe(utc);
  });

  test.each([
    "",
    "now",
    "yesterday",
    "Monday",
    "2026",
    "31 Feb 2026 07:00 GMT",
    "Mon, 23 Foo 2026 07:00 GMT",
    "2026-13-01",
    "2026-11-23T25:00:00Z",
    "2026-11-23T07:61:00Z",
    "2026-11-23T07:00:00+15:00",
    "Mon, 23 Nov 2026 07:00 +00:zz",
    "0000-00-00 00:00:00",
    "0001-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z",
    "04/05/2026 10:00",
    "9999-12-31T00:00:00Z",
    "x".repeat(100_000),
    "1".repeat(79),
  ])("%.30s is no date, and none is made up", (raw) => {
    expect(read(raw)).toBeNull();
  });

  test("whatever instant is written in the two standard forms is read back", () => {
    const instant = fc.date({ min: new Date("1990-01-02"), max: new Date("2900-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(instant, (date) => {
        expect(read(date.toISOString())).toBe(date.toISOString());
        expect(read(date.toUTCString())).toBe(new Date(Math.floor(date.getTime() / 1000) * 1000).toISOString());
      }),
    );
  });

  test("any text ends in a date or in none, quickly", () => {
    const piece = fc.constantFrom(
      "Mon",
      ",",
      " ",
      "23",
      "Nov",
      "2026",
      ":",
      "07",
      "GMT",
      "+",
      "-",
      "T",
      "Z",
      "/",
      ".",
      "de",
      "am",
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => void parseDate(pieces.join(""))));
  });
});

describe("what is doubtful", () => {
  const now = Date.parse("2026-11-23T07:00:00Z");

  test.each([
    [[], ["date-missing"], null],
    [["", undefined, null], ["date-missing"], null],
    [["soonish, perhaps"], ["date-unparseable"], null],
    [["2026-11-23T06:00:00Z"], [], "2026-11-23T06:00:00.000Z"],
    [["nonsense!", "2026-11-23T06:00:00Z"], [], "2026-11-23T06:00:00.000Z"],
    [["2026-11-23 06:00:00"], ["date-without-zone"], "2026-11-23T06:00:00.000Z"],
    [["2026-11-23"], ["date-without-zone"], "2026-11-23T00:00:00.000Z"],
    [["2026-11-23T07:10:00Z"], [], "2026-11-23T07:10:00.000Z"],
    [["2026-11-23T08:00:00Z"], ["date-in-future"], "2026-11-23T08:00:00.000Z"],
    [["2027-01-01 00:00"], ["date-in-future", "date-without-zone"], "2027-01-01T00:00:00.000Z"],
  ])("%j", (raw, doubts, published) => {
    expect(readDates(raw, now)).toEqual({ published, doubts });
  });
});
