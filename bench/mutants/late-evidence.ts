import type { Mutant } from "./mutant.ts";

/** Mistakes in what late events make of a call that was held. */
export const lateEvidenceMutants: readonly Mutant[] = [
  {
    mistake: "a mixed call that was held is never weighed again",
    file: "usecases/delivery/feedback/apply-evidence.ts",
    find: 'if (corrected.state !== "held") return corrected;',
    replace: 'if (corrected.state !== "mixed") return corrected;',
    tests: ["tests/usecases/delivery/feedback/apply-evidence.test.ts"],
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
    find: "if (!batches.every(isClosed)) return false;",
    replace: "",
    tests: ["tests/usecases/delivery/feedback/apply-evidence.test.ts"],
  },
];
