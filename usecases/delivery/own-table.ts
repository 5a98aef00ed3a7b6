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
 * Whether this is the table its items were written in, or one that a person accepted; checked before anything is sent.
 * If the database doesn't answer, nothing is held, because that is more common than a restore.
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
  // The first check stores it. Processes that check at the same moment write the same.
  await ledger.adoptTable(now, undefined);
  return true;
}

/** Holds an edition of a restored table until a person has checked it. */
export async function holdRestored(
  { editions, log }: Pick<TableIdentityPorts, "editions"> & { log: Pick<Log, "error"> },
  { newsletter, date }: EditionKey,
): Promise<void> {
  const held = { state: "held", reason: restoredReason } as const;
  if (!(await editions.update({ newsletter, date }, held, { state: unfinishedStates }))) return;
  log.error("an edition is held", { edition: `${newsletter} ${date}`, reason: restoredReason });
}

/** Holds these editions and all that are being sent, and forgets the welcomes. */
export async function holdAllRestored(
  ports: Parameters<typeof holdRestored>[0] &
    Parameters<typeof forgetWelcomes>[0] & { ledger: Pick<Ledger, "pointers"> },
  approved: readonly EditionKey[] = [],
): Promise<void> {
  for (const key of [...approved, ...(await ports.ledger.pointers())]) await holdRestored(ports, key);
  await forgetWelcomes(ports);
}

/** A restored table doesn't know which welcomes were sent since, so none is sent. */
export async function forgetWelcomes({
  ledger,
  log,
}: {
  ledger: Pick<Ledger, "welcomes" | "unpointWelcome">;
  log: Pick<Log, "warn">;
}): Promise<void> {
  const pointers = await ledger.welcomes();
  for (const pointer of pointers) await ledger.unpointWelcome(pointer);
  if (pointers.length > 0) log.warn("welcomes of a restored table are not sent", { welcomes: pointers.length });
}
