import type { Mutant } from "../mutant.ts";

const sender = "tests/functions/send/handler.test.ts";
const guards = "tests/usecases/delivery/send/send-guards.test.ts";

/** Mistakes in how functions are wired and limited. */
export const handlerMutants: readonly Mutant[] = [
  {
    mistake: "a run of the sender claims until a quarter of a second before its time-out",
    file: "functions/send/handler.ts",
    find: "const DRAIN_MS = 26_000;",
    replace: "const DRAIN_MS = 260;",
    tests: [sender],
  },
  {
    mistake: "a run of the sender never hears that its time is over",
    file: "functions/send/handler.ts",
    find: "context.getRemainingTimeInMillis() < DRAIN_MS",
    replace: "false",
    tests: [sender],
  },
  {
    mistake: "the sender measures spans of time by the wall clock",
    file: "functions/send/open.ts",
    find: "mono: () => performance.now()",
    replace: "mono: Date.now",
    tests: [sender],
  },
  {
    mistake: "connections to SES are kept after a run",
    file: "functions/send/handler.ts",
    find: ".finally(() => client.destroy())",
    replace: "",
    tests: [sender],
  },
  {
    mistake: "events that could not be taken in are not brought again",
    file: "adapters/sqs/records.ts",
    find: "batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier }))",
    replace: "batchItemFailures: failed.slice(failed.length).map((itemIdentifier) => ({ itemIdentifier }))",
    tests: ["tests/functions/feedback/handler.test.ts"],
  },
  {
    mistake: "events lie hidden until after the wait for them is over",
    file: "functions/feedback/contract.ts",
    find: "visibility: 180,",
    replace: "visibility: 600,",
    tests: [guards],
  },
  {
    mistake: "a kick comes again while its run is still at work",
    file: "functions/send/contract.ts",
    find: "visibility: 720,",
    replace: "visibility: 600,",
    tests: [guards],
  },
];
