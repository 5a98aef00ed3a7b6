import type { TableIdentity } from "#domain/delivery/table-identity.ts";
import { isSameTable } from "#domain/delivery/table-identity.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { AuditLog, Log } from "../../ports/services.ts";
import { holdRestored } from "../own-table.ts";
import { forgetWelcomes } from "../welcome/forget-welcomes.ts";

export type RestorePorts = {
  now: () => Instant;
  editions: Pick<EditionStore, "approved" | "update">;
  ledger: Pick<Ledger, "tableNow" | "tableKnown" | "adoptTable" | "pointers" | "welcomes" | "unpointWelcome">;
  audit: Pick<AuditLog, "append">;
  log: Pick<Log, "warn" | "error">;
};

/**
 * A person accepts a restored table, and sending resumes. Unfinished editions are held until each is resumed or
 * cancelled, because more of each may have been sent than the table knows. They are held here too: while the clock is
 * stopped for the restore, nothing else has looked at them.
 */
export async function acceptRestore(
  ports: RestorePorts,
  { by }: { by: string },
): Promise<Outcome<{ accepted: boolean; table: TableIdentity }>> {
  const { ledger, editions, audit, now } = ports;
  const [table, known] = await Promise.all([ledger.tableNow(), ledger.tableKnown()]);
  if (known !== undefined && isSameTable(known, table)) return done({ accepted: false, table });
  const unfinished = [...(await editions.approved()), ...(await ledger.pointers())];
  for (const edition of unfinished) await holdRestored(ports, edition);
  await forgetWelcomes(ports);
  if (!(await ledger.adoptTable(table, known))) {
    return fault("conflict", "Someone else accepted the table at the same moment. Check it again.");
  }
  const note = known ? `${known.arn} of ${known.createdAt} before` : null;
  await audit.append({ at: now(), by, did: "restore accept", newsletter: null, subjects: [table.arn], note });
  return done({ accepted: true, table });
}
