import type { Batch } from "#domain/delivery/ledger/batch.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import type { Ledger } from "../ports/ledger.ts";

/** The batches of an edition's groups that were started and aren't closed: those that may have calls in flight. */
export async function openBatches(ledger: Pick<Ledger, "groups" | "batches">, key: EditionKey): Promise<Batch[]> {
  const groups = await ledger.groups(key);
  return batchesOf(
    ledger,
    key,
    groups.filter(({ startedAt, closedAt }) => startedAt !== null && closedAt === null),
  );
}

export const batchesOf = async (
  ledger: Pick<Ledger, "batches">,
  key: EditionKey,
  groups: readonly GroupCommit[],
): Promise<Batch[]> => (await Promise.all(groups.map(({ group, run }) => ledger.batches(key, group, run)))).flat();
