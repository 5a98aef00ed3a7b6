import type { Mutant } from "../mutant.ts";

/** Mistakes in what late events make of a call that was held. */
export const lateEvidenceMutants: readonly Mutant[] = [
  {
    mistake: "a mixed call that was held is never weighed again",
    file: "usecases/delivery/feedback/apply-evidence.ts",
    find: "if (!corrected.outcomes.some(needsDecision)) return corrected;",
    replace: "if (corrected.outcomes.length > 0) return corrected;",
    tests: ["tests/usecases/delivery/feedback/apply-evidence.test.ts"],
  },
  {
    mistake: "late events count only once all readers of a batch were called",
    file: "domain/delivery/resolving/evidence.ts",
    find: 'if (outcome === "accepted" || outcome === "declared") return false;',
    replace: 'if (outcome === "accepted" || outcome === "declared" || !isClosed(batch)) return false;',
    tests: [
      "tests/domain/delivery/resolving/evidence.test.ts",
      "tests/usecases/delivery/feedback/apply-evidence.test.ts",
    ],
  },
  {
    mistake: "late events decide for readers of a call that has no answer yet",
    file: "domain/delivery/resolving/evidence.ts",
    find: "return !(isOpen(outcome) && isCalled(batch, position));",
    replace: "return !(isOpen(outcome) && batch.attempts < 0);",
    tests: ["tests/domain/delivery/resolving/evidence.test.ts"],
  },
  {
    mistake: "a call that a person has decided on is read by its answer",
    file: "domain/delivery/resolving/late-evidence.ts",
    find: "if (call.positions.some((position) => isOpen(outcomes[position]))) return undefined;",
    replace: "",
    tests: ["tests/domain/delivery/resolving/late-evidence.test.ts"],
  },
  {
    mistake: "a record forgets what events proved during its call",
    file: "usecases/delivery/send/calling/record.ts",
    find: "return late && (await ports.ledger.saveBatch(late, asRead(batch))) ? late : batch;",
    replace: "return late && (await ports.ledger.saveBatch(late, asRead(late))) ? late : batch;",
    tests: ["tests/usecases/delivery/send/calling/deliver.test.ts"],
  },
  {
    mistake: "a claim forgets what events proved since its batch was read",
    file: "usecases/delivery/send/calling/deliver.ts",
    find: "if (await ports.ledger.saveBatch(claimed, asRead(before))) return claimed;",
    replace:
      'if (await ports.ledger.saveBatch(claimed, { attempts: before.attempts, states: ["ready"] })) return claimed;',
    tests: ["tests/usecases/delivery/send/calling/deliver.test.ts"],
  },
  {
    mistake: "what late events prove mails the readers of an edition that is held",
    file: "domain/delivery/resolving/late-evidence.ts",
    find: 'const isBeingSent = edition?.state === "sending"',
    replace: 'const isBeingSent = edition !== undefined || edition === "sending"',
    tests: ["tests/domain/delivery/resolving/late-evidence.test.ts"],
  },
  {
    mistake: "a held call is read by the answer to an earlier one",
    file: "domain/delivery/calls/attempt.ts",
    find: "    taken: undefined,\n    answered: undefined,\n    call:",
    replace: "    call:",
    tests: ["tests/domain/delivery/resolving/late-evidence.test.ts"],
  },
  {
    mistake: "late events read an answer whose order they disprove",
    file: "domain/delivery/resolving/mixed-answer.ts",
    find: 'if (order.is !== "proven") return undefined;',
    replace: 'if (order.is === "open") return undefined;',
    tests: ["tests/domain/delivery/resolving/late-evidence.test.ts"],
  },
  {
    mistake: "a group is closed while the failures of a late answer wait in it",
    file: "usecases/delivery/close.ts",
    find: "if (batches.length < found.length) return false;",
    replace: "",
    tests: ["tests/usecases/delivery/feedback/apply-evidence.test.ts"],
  },
];
