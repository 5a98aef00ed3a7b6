import type { Mutant } from "./mutant.ts";

const sending = "tests/usecases/delivery/send";

/** Mistakes in how an edition is frozen, sent, recorded and closed. */
export const deliveryMutants: readonly Mutant[] = [
  {
    mistake: "readers' status is read eventually consistent before a call",
    file: "usecases/delivery/send/readers.ts",
    find: "positions.map(idAt), true)",
    replace: "positions.map(idAt), false)",
    tests: [`${sending}/send-lease.test.ts`],
  },
  {
    mistake: "a lease is given back while a renewal of it is under way",
    file: "usecases/delivery/send/lease.ts",
    find: "await endsWithin(ports.clock, RELEASE_MS, Promise.all(underWay));",
    replace: "",
    tests: [`${sending}/send-lease.test.ts`],
  },
  {
    mistake: "an earlier claim of the same run passes for this one",
    file: "domain/delivery/calls/attempt.ts",
    find: "  stored.call?.run === claimed.call?.run &&\n  stored.call?.at === claimed.call?.at;",
    replace: "  stored.call?.run === claimed.call?.run;",
    tests: [`${sending}/send-guards.test.ts`],
  },
  {
    mistake: "neighbours of a silent call are those of less than a second",
    file: "usecases/delivery/watch/resolve-unknown.ts",
    find: "const NEAR_MS = 10 * 60_000;",
    replace: "const NEAR_MS = 10 * 60;",
    tests: ["tests/usecases/delivery/watch/resolve-unknown.test.ts"],
  },
  {
    mistake: "SES is asked what it allows sixteen times a second",
    file: "usecases/delivery/send/allowance.ts",
    find: "const READ_EVERY_MS = 60_000;",
    replace: "const READ_EVERY_MS = 60;",
    tests: [`${sending}/send-guards.test.ts`],
  },
  {
    mistake: "SES is asked what it allows twice a day",
    file: "usecases/delivery/send/allowance.ts",
    find: "const READ_EVERY_MS = 60_000;",
    replace: "const READ_EVERY_MS = 60_000_000;",
    tests: [`${sending}/send-guards.test.ts`],
  },
  {
    mistake: "clocks may differ by more than an hour",
    file: "domain/delivery/pace/sender.ts",
    find: "export const SKEW_LIMIT_MS = 5_000;",
    replace: "export const SKEW_LIMIT_MS = 5_000_000;",
    tests: [`${sending}/send-lease.test.ts`],
  },
  {
    mistake: "a group whose batch was corrected is opened once only, before the correction",
    file: "usecases/delivery/feedback/apply-evidence.ts",
    find: "      await ports.ledger.reopenGroup({ newsletter, date }, group);\n      if (edition)",
    replace: "      if (edition)",
    tests: ["tests/usecases/delivery/feedback/apply-evidence.test.ts"],
  },
  {
    mistake: "a freeze that ends revives an edition that was held or cancelled meanwhile",
    file: "usecases/delivery/freeze/dispatch.ts",
    find: 'await ports.editions.update(edition, sending, { state: ["freezing"] });',
    replace: 'await ports.editions.update(edition, sending, { state: ["freezing", "held", "cancelled"] });',
    tests: ["tests/usecases/delivery/freeze/dispatch.test.ts"],
  },
  {
    mistake: "an edition ends though a person has just sent it on again",
    file: "usecases/delivery/close.ts",
    find: ", approvedAt: edition.approvedAt } as const;",
    replace: " } as const;",
    tests: [`${sending}/send-guards.test.ts`],
  },
  {
    mistake: "a claim keeps the batch's old revision after a correction",
    file: "usecases/delivery/send/deliver.ts",
    find: "rev: revision.rev, run: lease.run",
    replace: "rev: task.batch.call?.rev ?? 1, run: lease.run",
    tests: [`${sending}/send-guards.test.ts`],
  },
  {
    mistake: "a corrected edition goes out as it was read first",
    file: "usecases/delivery/send/run.ts",
    find: "const reading = known.get(name) ??",
    replace: "const reading = [...known.values()][0] ??",
    tests: [`${sending}/send-guards.test.ts`],
  },
  {
    mistake: "what is reserved for calls in preparation is still free",
    file: "usecases/delivery/send/allowance.ts",
    find: "ports.clock.now()) - state.reserved);",
    replace: "ports.clock.now()));",
    tests: [`${sending}/send-guards.test.ts`],
  },
  {
    mistake: "a lease is judged by the wall clock alone",
    file: "usecases/delivery/send/lease.ts",
    find: "({ wall: now(), mono: mono() })",
    replace: "({ wall: now(), mono: now() })",
    tests: [`${sending}/send-guards.test.ts`],
  },
  {
    mistake: "a cancelled edition is forgotten while groups of it were not read",
    file: "usecases/delivery/watch/watch.ts",
    find: "if (unread === 0 && !open.some(",
    replace: "if (!open.some(",
    tests: ["tests/usecases/delivery/watch/watch.test.ts"],
  },
];
