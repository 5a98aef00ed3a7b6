import { defineConfig } from "vitest/config";

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
          name: "unit",
          include: [
            "tests/{rules,simulation,domain,usecases,contracts,adapters,functions,infra,golden,templates,local,cli}/**/*.test.ts",
          ],
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
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
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
        },
      },
    ],
  },
});
