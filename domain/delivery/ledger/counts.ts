import { Counts } from "../../edition/edition.ts";
import type { Batch } from "./batch.ts";
import type { GroupCommit } from "./group.ts";
import { isOpen, type RecordedOutcome } from "./recorded-outcome.ts";

export const noCounts: Counts = {
  audience: 0,
  accepted: 0,
  refused: 0,
  failed: 0,
  skipped: 0,
  held: 0,
  unknown: 0,
  waiting: 0,
};

const fieldOf: Record<RecordedOutcome, keyof Counts> = {
  waiting: "waiting",
  accepted: "accepted",
  declared: "accepted",
  refused: "refused",
  failed: "failed",
  skipped: "skipped",
  held: "held",
  "given-up": "held",
};

/**
 * A batch's deliveries by outcome. While its last call is unanswered, all readers without an outcome count as unknown:
 * SES may have accepted them, and those who weren't in that call wait until it is resolved.
 */
export function countBatch(batch: Pick<Batch, "state" | "outcomes">): Counts {
  const counts = { ...noCounts, audience: batch.outcomes.length };
  const isUnresolved = batch.state === "unknown" || batch.state === "mixed";
  for (const outcome of batch.outcomes) {
    counts[isUnresolved && isOpen(outcome) ? "unknown" : fieldOf[outcome]] += 1;
  }
  return counts;
}

/** A group's counts without reading its batches, if it is closed or never begun. Undefined: the batches are needed. */
export function knownCounts({
  readers,
  startedAt,
  closedAt,
  counts,
}: Pick<GroupCommit, "readers" | "startedAt" | "closedAt" | "counts">): Counts | undefined {
  if (closedAt !== null && counts !== null) return counts;
  // A group is marked before its first claim.
  return startedAt === null ? { ...noCounts, audience: readers, waiting: readers } : undefined;
}

const fields = Counts.keyof().options;

/** Sums counts of batches or of groups. */
export function sumCounts(all: Iterable<Counts>): Counts {
  const sum = { ...noCounts };
  for (const counts of all) {
    for (const field of fields) sum[field] += counts[field];
  }
  return sum;
}
