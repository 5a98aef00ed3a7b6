/**
 * `npm run mutants [-- WORD…]`: plants each mistake of the table in a copy of the repository, one at a time, and runs the
 * tests that must notice it. Ends with 1 where one is not noticed. The checkout itself is never changed.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { copyRepository, runTests, type TestResult } from "./copy.ts";
import { type Mutant, plant } from "./mutant.ts";
import { mutants } from "./table.ts";

const usage = `Plants mistakes in a copy of the repository, one at a time, and runs the tests that must notice them.

  npm run mutants [-- WORD… --json]

WORD: only the mistakes whose description or file contains one of these words.

Example:
  $ npm run mutants -- lease adapters/dynamo`;

type Verdict = "noticed" | "survived" | "broken";
type Result = { readonly mutant: Mutant; readonly verdict: Verdict; readonly detail: string };

/** A file that can't be loaded fails too, and proves nothing about its tests. */
function verdictOf({ failed, unloaded }: TestResult): Pick<Result, "verdict" | "detail"> {
  const [first] = failed;
  if (first !== undefined) return { verdict: "noticed", detail: first };
  if (unloaded) return { verdict: "broken", detail: "the tests could not be loaded" };
  return { verdict: "survived", detail: "no test failed" };
}

async function tryMutant(copy: string, mutant: Mutant): Promise<Result> {
  const path = join(copy, mutant.file);
  const original = readFileSync(path, "utf8");
  writeFileSync(path, plant(original, mutant));
  try {
    return { mutant, ...verdictOf(await runTests(copy, mutant.tests)) };
  } finally {
    writeFileSync(path, original);
  }
}

/** Tests that fail without a mistake would notice everything. */
async function checkUnchanged(copy: string, selected: readonly Mutant[]): Promise<void> {
  const tests = [...new Set(selected.flatMap((mutant) => mutant.tests))];
  const { failed, unloaded } = await runTests(copy, tests);
  if (failed.length > 0) throw new Error(`Fails without any mistake: ${failed[0]}. Fix it first.`);
  if (unloaded) throw new Error("Tests can't be loaded without any mistake. Run `npm test` to see why.");
}

async function tryAll(selected: readonly Mutant[], say: (line: string) => void): Promise<Result[]> {
  const { path, remove } = copyRepository();
  try {
    say(`${selected.length} mistakes; first their tests without any of them`);
    await checkUnchanged(path, selected);
    const results: Result[] = [];
    for (const [at, mutant] of selected.entries()) {
      const result = await tryMutant(path, mutant);
      results.push(result);
      say(`${at + 1}/${selected.length} ${result.verdict}: ${mutant.mistake} (${mutant.file})`);
      if (result.verdict !== "noticed") say(`  ${result.detail}: ${mutant.tests.join(", ")}`);
    }
    return results;
  } finally {
    remove();
  }
}

async function main(): Promise<void> {
  const options = { json: { type: "boolean", default: false }, help: { type: "boolean", default: false } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (values.help) return console.log(usage);
  const isSelected = ({ mistake, file }: Mutant) =>
    positionals.length === 0 || positionals.some((word) => `${mistake} ${file}`.includes(word));
  const selected = mutants.filter(isSelected);
  if (selected.length === 0) throw new Error(`No mistake of the table contains ${positionals.join(" or ")}.`);
  const results = await tryAll(selected, (line) => console.error(line));
  const unnoticed = results.filter(({ verdict }) => verdict !== "noticed");
  if (values.json) {
    const rows = results.map(({ mutant, verdict, detail }) => ({ ...mutant, verdict, detail }));
    console.log(JSON.stringify({ planted: results.length, noticed: results.length - unnoticed.length, rows }));
  } else console.log(`${results.length - unnoticed.length} of ${results.length} mistakes are noticed`);
  if (unnoticed.length > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
