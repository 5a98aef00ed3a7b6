import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Many tests wait for a lease or a retry, so a worker more than there are cores keeps all cores busy. */
const maxWorkers = availableParallelism() + 1;

/** Files that take from ten seconds to two minutes; vitest can't tell by their size. */
const slow = [
  "browser/email/email.test.ts",
  "browser/site/reader-pages.test.ts",
  "browser/desk/desk.test.ts",
  "browser/desk/desk-office.test.ts",
  "rules/patterns.test.ts",
  "simulation/planted.test.ts",
  "local/up-crash.test.ts",
  "local/up-system.test.ts",
  "usecases/delivery/send/calling/deliver.test.ts",
  "simulation/simulation.test.ts",
  "infra/stack-clean.test.ts",
  "usecases/delivery/welcome/welcome-reader.test.ts",
  "usecases/delivery/send/run.test.ts",
  "infra/bundling/bundle.test.ts",
  "infra/bundling/bundling.test.ts",
  "functions/watch/handler-clock-changes.test.ts",
  "functions/send/handler.test.ts",
];
const slowness = ({ moduleId }: TestSpecification) => {
  const place = slow.findIndex((file) => moduleId.endsWith(`/tests/${file}`));
  return place === -1 ? slow.length : place;
};

/** Begins with the slow files, so none of them keeps one core busy at the end while the others wait. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => slowness(a) - slowness(b));
  }
}

/**
 * One command, `npm test`, runs every project. What needs more than npm (the AWS emulator) skips itself by name
 * when its set-up step was not run.
 */
export default defineConfig({
  test: {
    passWithNoTests: false,
    sequence: { sequencer: SlowFirst },
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
