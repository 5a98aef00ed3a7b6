import { isSameTable, restoredReason, type TableIdentity, unfinishedStates } from "#domain/delivery/table-identity.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import type { EditionStore } from "../ports/editions.ts";
import type { Ledger } from "../ports/ledger.ts";
import type { Log } from "../ports/services.ts";

export type TableIdentityPorts = {
  editions: Pick<EditionStore, "update">;
  ledger: Pick<Ledger, "tableNow" | "tableKnown" | "adoptTable">;
  log: Log;
};

/**
 * Whether this is the table its items were written in, or one that a person accepted; asked before anything is sent.
 * Where the database does not say, nothing is held: a restore is rarer than that.
 */
export async function isOwnTable({ ledger, log }: Pick<TableIdentityPorts, "ledger" | "log">): Promise<boolean> {
  let now: TableIdentity;
  try {
    now = await ledger.tableNow();
  } catch (error) {
    log.warn("the database did not say which table this is", { error });
    return true;
  }
  const known = await ledger.tableKnown();
  if (known !== undefined) return isSameTable(known, now);
  // The first one to look. Who looks at the same moment writes the same.
  await ledger.adoptTable(now, undefined);
  return true;
}

/** Holds an edition of a restored table until a person has looked. */
export async function holdRestored(
  { editions, log }: TableIdentityPorts,
  { newsletter, date }: EditionKey,
): Promise<void> {
  const held = { state: "held", reason: restoredReason } as const;
  if (!(await editions.update({ newsletter, date }, held, { state: unfinishedStates }))) return;
  log.error("an edition is held", { edition: `${newsletter} ${date}`, reason: restoredReason });
}
