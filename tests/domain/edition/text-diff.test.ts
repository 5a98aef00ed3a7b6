import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textDiff } from "#domain/edition/text-diff.ts";
import { clockAt, instantAt, instantsAt } from "#domain/zoned.ts";

describe("what became of a text", () => {
  const marked = (before: string, after: string) =>
    textDiff(before, after)
      .map(({ text, is }) => (is === "same" ? text : is === "out" ? `[-${text}-]` : `[+${text}+]`))
      .join("");

  it.each([
    ["Snow at last", "Snow at last", "Snow at last"],
    ["Snow falls at last", "Snow at last", "Snow [-falls -]at last"],
    ["The mayor resigns", "The mayor’s deputy resigns", "The [-mayor-][+mayor’s+] [+deputy +]resigns"],
    ["", "New", "[+New+]"],
    ["Old", "", "[-Old-]"],
    ["", "", ""],
  ])("%j to %j", (before, after, expected) => {
    expect(marked(before, after)).toBe(expected);
  });

  it("holds both texts whole, whatever they are", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const diff = textDiff(before, after);
        const without = (is: "in" | "out") => diff.flatMap((one) => (one.is === is ? [] : [one.text])).join("");
        expect([without("in"), without("out")]).toEqual([before, after]);
      }),
    );
  });

  it("is quick for the longest texts", () => {
    const long = (seed: string) => Array.from({ length: 3000 }, (_, n) => `${seed}${n % 700}`).join(" ");
    const diff = textDiff(long("a"), long("b"));
    expect(diff.map(({ is }) => is)).toEqual(["out", "in"]);
  });
});

describe("clocks of a time zone", () => {
  it.each([
    ["2026-11-23", "07:00", "Europe/London", ["2026-11-23T07:00:00.000Z"]],
    ["2026-07-01", "07:00", "Europe/London", ["2026-07-01T06:00:00.000Z"]],
    ["2026-03-29", "01:30", "Europe/London", []],
    ["2026-10-25", "01:30", "Europe/London", ["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"]],
    ["2026-11-23", "07:00", "Asia/Kathmandu", ["2026-11-23T01:15:00.000Z"]],
    ["2026-03-08", "02:30", "America/New_York", []],
    ["2026-11-23", "00:00", "UTC", ["2026-11-23T00:00:00.000Z"]],
  ])("show %s %s in %s at %j", (date, time, zone, expected) => {
    expect(instantsAt(date, time, zone)).toEqual(expected);
    expect(expected.map((at) => clockAt(at, zone))).toEqual(expected.map(() => `${date}T${time}`));
  });

  it("go on after the hour they skip", () => {
    expect(instantAt("2026-03-29", "01:30", "Europe/London")).toBe("2026-03-29T01:30:00.000Z");
    expect(clockAt("2026-03-29T01:30:00.000Z", "Europe/London")).toBe("2026-03-29T02:30");
  });
});
