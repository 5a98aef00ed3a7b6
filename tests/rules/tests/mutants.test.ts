import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { occurrences } from "#bench/mutants/mutant.ts";
import { mutants } from "#bench/mutants/table.ts";

const root = new URL("../../../", import.meta.url);
const pathOf = (file: string) => new URL(file, root);

test.each(mutants)("the code still has the line in which a mistake is planted: $mistake", (mutant) => {
  const { file, find, replace, tests } = mutant;
  expect(occurrences(readFileSync(pathOf(file), "utf8"), find), `${file}: ${find}`).toBe(1);
  expect(replace).not.toBe(find);
  expect(tests).not.toEqual([]);
  for (const one of tests) expect(existsSync(pathOf(one)), one).toBe(true);
});

test("no mistake is planted twice", () => {
  const names = mutants.map(({ mistake }) => mistake);
  expect(new Set(names).size).toBe(names.length);
});
