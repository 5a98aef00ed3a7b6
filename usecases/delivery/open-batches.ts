import type { Batch } from "#domain/delivery/ledger/batch.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import type { Ledger } from "../ports/ledger.ts";

/** The batches of an edition's groups that were started and aren't closed: those that may have calls in flight. */
export async function openBatches(ledger: Pick<Ledger, "groups" | "batches">, key: EditionKey): Promise<Batch[]> {
  const open = (await ledger.groups(key)).filter(({ startedAt, closedAt }) => startedAt !== null && closedAt === null);
  return (await Promise.all(open.map(({ group, run }) => ledger.batches(key, group, run)))).flat();
}
