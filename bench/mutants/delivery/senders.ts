import type { Mutant } from "../mutant.ts";

const file = "domain/delivery/pace/shares.ts";
const tests = ["tests/domain/delivery/pace/shares.test.ts"];
const stories = ["tests/simulation/several-senders.test.ts"];

/** Mistakes in how several senders share the rate. */
export const senderMutants: readonly Mutant[] = [
  {
    mistake: "two senders have the same group, and another has none",
    file,
    find: "? index % senders : 0;",
    replace: "? index % (senders - 1 || 1) : 0;",
    tests,
  },
  {
    mistake: "the rate is divided by fewer than the senders that share it",
    file,
    find: "const own = rate / inForce.senders;",
    replace: "const own = rate / (inForce.senders - 1);",
    tests,
  },
  {
    mistake: "another division begins while one is in force",
    file,
    find: "const inForce = divisorAt(before, rate, now) > 1 ? before : undefined;",
    replace: "const inForce = before?.senders === senders ? before : undefined;",
    tests,
  },
  {
    mistake: "a division that isn't wanted any more is extended",
    file,
    find: "return { ...inForce, rate: Math.min(inForce.rate, own) };",
    replace: "return { ...inForce, rate: Math.min(inForce.rate, own), until };",
    tests,
  },
  {
    mistake: "the first sender uses the whole rate while others have shares",
    file,
    find: "now <= fromInstant(shares.until) + countsFor(rate)",
    replace: "now <= fromInstant(shares.since) + countsFor(rate)",
    tests,
  },
  {
    mistake: "a share is used for as long as it is stored, whenever it was read",
    file,
    find: "return elapsedSince(read, now) < Math.min(usable, left);",
    replace: "return elapsedSince(read, now) < left;",
    tests,
  },
  {
    mistake: "a share is used to its end by a clock that may be wrong",
    file,
    find: "fromInstant(shares.until) - (leaseSeconds * 1000 - usable) - read.wall",
    replace: "fromInstant(shares.until) - read.wall",
    tests,
  },
  {
    mistake: "the rate is divided although the quota is nearly used up",
    file,
    find: "if (free < rate * leaseSeconds * LEASES_OF_QUOTA) return 1;",
    replace: "",
    tests,
  },
  {
    mistake: "bounces are judged by what one sender mailed",
    file: "usecases/delivery/send/jobs/mailed.ts",
    find: "add(editionLabel(one), { accepted, refused: one.refused - (known?.refused ?? 0) });",
    replace: "",
    tests: ["tests/usecases/delivery/send/jobs/mailed.test.ts"],
  },
  {
    mistake: "a sender that works already isn't expected by the next run of the first one",
    file: "usecases/delivery/send/lease/sharing.ts",
    find: 'if (state === "awaited") continue;',
    replace: 'if (state !== "over") continue;',
    tests: stories,
  },
  {
    mistake: "the first sender ends although others are at work",
    file: "usecases/delivery/send/send.ts",
    find: "|| !isSharing(run) || !isAnyExpected(run)",
    replace: "|| true",
    tests: stories,
  },
  {
    mistake: "a sender that lost its share waits for a slot forever",
    file: "usecases/delivery/send/send-all.ts",
    find: "!ports.mustEnd() && !lease.isLost(); left",
    replace: "!ports.mustEnd(); left",
    tests: stories,
  },
  {
    mistake: "a heartbeat compares with an edition that some readers didn't get",
    file: "usecases/notices/leave-heartbeat.ts",
    find: 'previous?.state === "finished" ? (previous.frozen ?? null) : null',
    replace: "previous?.frozen ?? null",
    tests: ["tests/usecases/notices/leave-heartbeat.test.ts"],
  },
];
