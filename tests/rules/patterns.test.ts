import { describe, expect, test } from "vitest";
import { built, faultsOf, literals, literalsOf } from "./patterns.ts";

/**
 * A regular expression that backtracks takes the square of its input's length or worse: 110 KB of slashes once held the
 * process for 42 seconds. recheck judges every pattern; one whose input is bounded says so in a comment beside it.
 */
describe("every pattern is linear, or its input is marked as bounded", () => {
  test("in the literals of production code", { timeout: 300_000 }, () => {
    const found = literals();
    expect(found.length).toBeGreaterThan(300);
    expect(faultsOf(found)).toEqual([]);
  });

  test("in those that are put together out of strings", { timeout: 300_000 }, async () => {
    const found = await built();
    expect(found.length).toBeGreaterThan(10);
    expect(faultsOf(found)).toEqual([]);
  });
});

describe("the rule", () => {
  const faults = (text: string) => faultsOf(literalsOf("x.ts", text), () => text.split("\n"));

  test.each([
    ["a run before the end", "const a = /[/#]+$/;"],
    ["two runs side by side", "const a: RegExp = /a*a*$/;"],
    ["a tag without an end", "const a = text.replace(/<a\\b[^>]*>/g, '');"],
    ["runs in runs", "const a = /^(\\w+\\s?)*$/;"],
  ])("finds %s", (_what, text) => expect(faults(text)).toHaveLength(1));

  test.each([
    ["a run that nothing can begin inside of", "const a = /(?<![/#])[/#]+$/;"],
    ["a tag that ends at the next", "const a = /<a\\b[^<>]*>/g;"],
    ["a bounded input", "// bounded: 80 characters\nconst a = /[/#]+$/;"],
  ])("lets %s pass", (_what, text) => expect(faults(text)).toEqual([]));

  test("lets no bound excuse a pattern that takes exponential time", () => {
    expect(faults("// bounded: 80 characters\nconst a = /^(?:\\.{2,3}|>)+$/;")).toHaveLength(1);
  });

  test("wants a number with the bound", () => {
    expect(faults("// bounded: it is short\nconst a = /[/#]+$/;")).toHaveLength(1);
  });
});
