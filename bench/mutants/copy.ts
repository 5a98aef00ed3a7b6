import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Left out of the copy: large, or generated. The packages are linked. */
const leftOut = new Set(["node_modules", ".git", "cdk.out", ".broadsheet", ".e2e", ".vitest", ".golden", "coverage"]);

export type TestResult = {
  /** Full names of the tests that failed. */
  readonly failed: readonly string[];
  /** A test file failed before its tests ran. */
  readonly unloaded: boolean;
};

const Report = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

let running: ChildProcess | undefined;

/** A copy of the repository as it is now, uncommitted changes included. Removed at the end, also of an interrupted run. */
export function copyRepository(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "broadsheet-mutants-"));
  cpSync(root, path, { recursive: true, filter: (source) => source === root || !leftOut.has(basename(source)) });
  symlinkSync(join(root, "node_modules"), join(path, "node_modules"));
  const remove = () => rmSync(path, { recursive: true, force: true });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      running?.kill("SIGKILL");
      remove();
      process.exit(130);
    });
  }
  return { path, remove };
}

/** Runs these test files of the copy, up to the first test that fails. */
export async function runTests(copy: string, tests: readonly string[]): Promise<TestResult> {
  const report = join(copy, ".mutants-report.json");
  rmSync(report, { force: true });
  const vitest = join(copy, "node_modules/vitest/vitest.mjs");
  const projects = ["core", "unit"].flatMap((name) => ["--project", name]);
  const flags = ["run", ...projects, "--bail", "1", "--reporter", "json", "--outputFile", report];
  const child = spawn(process.execPath, [vitest, ...flags, ...tests], { cwd: copy, stdio: "ignore" });
  running = child;
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  running = undefined;
  if (status === 0) return { failed: [], unloaded: false };
  const { testResults } = Report.parse(JSON.parse(readFileSync(report, "utf8")));
  const assertions = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = assertions.filter(({ status: is }) => is === "failed").map(({ fullName }) => fullName);
  return { failed, unloaded: failed.length === 0 };
}
