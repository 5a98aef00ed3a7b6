import { Counts } from "../../edition/edition.ts";
import type { Batch } from "./batch.ts";

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

const letterCounts: Record<string, keyof Counts> = {
  a: "accepted",
  d: "accepted",
  r: "refused",
  f: "failed",
  s: "skipped",
  h: "held",
  x: "held",
  ".": "waiting",
};

/**
 * A batch's deliveries by outcome. While its last call is without an answer, whoever has no outcome counts as unknown:
 * SES may have taken them, and those of the batch who were not in that call wait for the same settling.
 */
export function countBatch(batch: Pick<Batch, "st" | "out">): Counts {
  const counts = { ...noCounts, audience: batch.out.length };
  const unsettled = batch.st === "unknown" || batch.st === "mixed";
  for (const letter of batch.out) {
    const undecided = letter === "." || letter === "f";
    const field = undecided && unsettled ? "unknown" : letterCounts[letter];
    if (field) counts[field] += 1;
  }
  return counts;
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
