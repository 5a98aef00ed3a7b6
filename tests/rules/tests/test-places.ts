import { existsSync, globSync } from "node:fs";
import { posix } from "node:path";

/** Rooms of the tests that mirror no production folder, each with the reason. */
export const roomsOfTheirOwn: Readonly<Record<string, string>> = {
  rules: "rules about the repository itself",
  contracts: "one suite for each port, run over every adapter that fits it",
  simulation: "the whole of sending over random runs",
  golden: "the emails as files",
  browser: "pages in a browser",
  e2e: "a real deployment",
  testing: "what tests share: fixtures, systems in memory, fakes",
};

/**
 * Production rooms: `tests/` has a folder for each, and in it every test has the place of what it tests. Its name is
 * the module's or the folder's, alone or followed by a dash and the aspect it looks at.
 */
export const mirrored = ["domain", "usecases", "adapters", "functions", "templates", "cli", "local", "infra"] as const;

export const testFiles = (): string[] => globSync(`tests/{${mirrored.join(",")}}/**/*.test.ts`).sort();

/** The module or folder that a test is named after; `null` if there is none. */
export function subjectOf(test: string, exists: (path: string) => boolean = existsSync): string | null {
  const place = posix.dirname(test).slice("tests/".length);
  const parts = posix.basename(test, ".test.ts").split("-");
  for (let length = parts.length; length > 0; length -= 1) {
    const path = posix.join(place, parts.slice(0, length).join("-"));
    const found = [`${path}.ts`, `${path}.js`, path].find((one) => exists(one));
    if (found !== undefined) return found;
  }
  return null;
}
