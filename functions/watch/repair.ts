import { givenUp, isClosed, isSilent } from "#domain/delivery/attempt.ts";
import type { Batch, BatchState } from "#domain/delivery/batch.ts";
import { type ClosingPorts, closeGroup } from "#domain/delivery/closing.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/instant.ts";

export type RepairPorts = ClosingPorts & {
  ledger: { saveBatch: (batch: Batch, only: { att: number; st: readonly BatchState[] }) => Promise<boolean> };
};

export type Repaired = {
  /** Batches whose call was given up, and groups that were closed, just now. */
  unknown: number;
  closed: number;
  /** What is not closed, as it is now. */
  open: Batch[];
  /** Groups of which nothing was ever claimed: all of their batches are ready. */
  untouched: number;
};

/**
 * Gives up calls that never recorded an answer, and closes groups whose last recorder did not. Of a million readers
 * nearly all groups are over or not begun at any moment: those are not read.
 */
export async function repairGroups(ports: RepairPorts, key: EditionKey, now: Instant): Promise<Repaired> {
  const repaired: Repaired = { unknown: 0, closed: 0, open: [], untouched: 0 };
  for (const commit of await ports.ledger.groups(key)) {
    if (commit.closedAt !== null) continue;
    if (commit.startedAt === null) {
      repaired.untouched += 1;
      continue;
    }
    const batches: Batch[] = [];
    for (const batch of await ports.ledger.batches(key, commit.group, commit.run)) {
      const after = await settleSilence(ports, batch, now);
      if (after !== batch && after.st === "unknown") repaired.unknown += 1;
      batches.push(after);
    }
    if (batches.every(isClosed) && (await closeGroup(ports, key, commit, now))) repaired.closed += 1;
    else repaired.open.push(...batches);
  }
  return repaired;
}

/** An answer recorded at the same moment wins: it is a fact, silence is none. */
async function settleSilence(ports: RepairPorts, batch: Batch, now: Instant): Promise<Batch> {
  if (!isSilent(batch, now)) return batch;
  const after = givenUp(batch, now);
  return (await ports.ledger.saveBatch(after, { att: batch.att, st: ["calling"] })) ? after : batch;
}
