import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Many tests wait for a lease or a retry, so a worker more than there are cores keeps all cores busy. */
const maxWorkers = availableParallelism() + 1;

/**
 * One command, `npm test`, runs every project. What needs more than npm (the AWS emulator) skips itself by name
 * when its set-up step was not run.
 */
export default defineConfig({
  test: {
    passWithNoTests: false,
    reporters: process.env.CI ? ["default", ["json", { outputFile: ".vitest/report.json" }]] : ["default"],
    projects: [
      {
        extends: true,
        test: {
          // What tests the rules and use cases has no state outside a test, so its files share their modules.
          name: "core",
          include: ["tests/{domain,usecases,templates}/**/*.test.ts"],
          isolate: false,
          maxWorkers,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/{rules,simulation,contracts,adapters,functions,infra,golden,local,cli}/**/*.test.ts"],
          maxWorkers,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // A browser has processes of its own: one for each core leaves none idle while a page waits.
          maxWorkers: availableParallelism(),
          maxConcurrency: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
