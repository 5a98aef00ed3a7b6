import { describe, expect, test } from "vitest";
import { productionFiles, testFiles, untestedModules } from "./tested-modules.ts";

test("every module of domain/ and usecases/ that decides something has a test", () => {
  const production = productionFiles();
  expect(production.size).toBeGreaterThan(500);
  expect(untestedModules(production, testFiles())).toEqual([]);
});

describe("a module is tested", () => {
  const decides = "export const isLate = (n: number) => (n > 3 ? 1 : 0);";
  const uses = (path: string) => `import { isLate as is } from "${path}";\n${decides}`;
  const untested = (production: Record<string, string>, tests: Record<string, string>) =>
    untestedModules(new Map(Object.entries(production)), new Map(Object.entries(tests)));
  const rule = "domain/edition/late.ts";

  test("by a test of its name, and by one that imports it", () => {
    expect(untested({ [rule]: decides }, {})).toEqual([rule]);
    expect(untested({ [rule]: decides }, { "tests/domain/edition/late.test.ts": "" })).toEqual([]);
    expect(untested({ [rule]: decides }, { "tests/browser/desk.test.ts": uses("#domain/edition/late.ts") })).toEqual(
      [],
    );
  });

  test("not by a test that takes only a type of it", () => {
    const test = 'import type { Late } from "#domain/edition/late.ts";';
    expect(untested({ [rule]: decides }, { "tests/browser/desk.test.ts": test })).toEqual([rule]);
  });

  test("as a part of a module beside it that is tested, and not of one elsewhere", () => {
    const tests = { "tests/domain/edition/due.test.ts": "", "tests/usecases/editions/due.test.ts": "" };
    expect(untested({ [rule]: decides, "domain/edition/due.ts": uses("./late.ts") }, tests)).toEqual([]);
    expect(untested({ [rule]: decides, "usecases/editions/due.ts": uses("#domain/edition/late.ts") }, tests)).toEqual([
      rule,
    ]);
  });

  test("as a use case by the page or command that runs it, if that has a test of its name", () => {
    const production = { "usecases/a/late.ts": decides, "functions/site/late.ts": uses("#usecases/a/late.ts") };
    expect(untested(production, {})).toEqual(["usecases/a/late.ts"]);
    expect(untested(production, { "tests/functions/site/late.test.ts": "" })).toEqual([]);
  });

  test("not needed where there is nothing to decide: types, constants, and functions without a branch", () => {
    expect(untested({ [rule]: "export type Late = { n: number };" }, {})).toEqual([]);
    expect(untested({ [rule]: "export const latest = 3;" }, {})).toEqual([]);
    expect(untested({ [rule]: "export const twice = (n: number) => n * 2;" }, {})).toEqual([]);
  });
});
