import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textDiff } from "#domain/edition/history/text-diff.ts";

describe("the changes to a text", () => {
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

  it("contains both texts whole, whatever they are", () => {
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
