import { describe, expect, test } from "vitest";
import { broadsheet, json } from "../command-line.ts";

describe("calendar", () => {
  test("lists the days from a date on, from the config alone", async () => {
    const ran = await broadsheet(["calendar", "daily", "--from", "2027-03-27", "--days", "3", "--json"]);
    expect(ran.code).toBe(0);
    expect(json(ran)).toEqual([
      {
        date: "2027-03-27",
        dueAt: "2027-03-27T07:00:00.000Z",
        local: "2027-03-27T07:00:00+00:00",
        note: null,
        skipped: false,
      },
      {
        date: "2027-03-28",
        dueAt: "2027-03-28T06:00:00.000Z",
        local: "2027-03-28T07:00:00+01:00",
        note: null,
        skipped: false,
      },
      {
        date: "2027-03-29",
        dueAt: "2027-03-29T06:00:00.000Z",
        local: "2027-03-29T07:00:00+01:00",
        note: null,
        skipped: false,
      },
    ]);
  });

  test("is a table for people, two weeks long", async () => {
    const { out, code } = await broadsheet(["calendar", "daily", "--from", "2027-03-27"]);
    expect(code).toBe(0);
    expect(out.trim().split("\n")).toHaveLength(15);
    expect(out).toMatch(/^Sun 2027-03-28 {2}07:00 +2027-03-28 06:00$/m);
  });

  test.each([
    [["calendar", "weekly"], 'no newsletter "weekly"'],
    [["calendar", "daily", "--days", "0"], "from 1 to 400"],
    [["calendar", "daily", "--from", "2027-02-30"], "not a calendar date"],
  ])("%j is wrong usage", async (args, message) => {
    const { code, err } = await broadsheet(args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
