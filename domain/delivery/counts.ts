import type { Counts } from "../edition/edition.ts";
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
  ".": "waiting",
};

/**
 * A batch's deliveries by outcome. What was in a call that died without an answer counts as unknown, whatever its
 * letter says: SES may have taken it.
 */
export function countBatch(batch: Pick<Batch, "st" | "out" | "call">): Counts {
  const counts = { ...noCounts, audience: batch.out.length };
  const open = batch.st === "unknown" || batch.st === "mixed" ? new Set(batch.call?.pos) : new Set<number>();
  for (const [position, letter] of [...batch.out].entries()) {
    const undecided = letter === "." || letter === "f";
    const field = undecided && open.has(position) ? "unknown" : letterCounts[letter];
    if (field) counts[field] += 1;
  }
  return counts;
}

/** Sums counts of batches or of groups. */
export function sumCounts(all: Iterable<Counts>): Counts {
  const sum = { ...noCounts };
  for (const counts of all) {
    for (const field of Object.keys(sum) as (keyof Counts)[]) sum[field] += counts[field];
  }
  return sum;
}
