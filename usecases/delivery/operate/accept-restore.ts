import type { TableIdentity } from "#domain/delivery/table-identity.ts";
import { isSameTable } from "#domain/delivery/table-identity.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { AuditLog } from "../../ports/services.ts";

export type RestorePorts = {
  now: () => Instant;
  ledger: Pick<Ledger, "tableNow" | "tableKnown" | "adoptTable">;
  audit: Pick<AuditLog, "append">;
};

/**
 * A person accepts a restored table, and sending resumes. Held editions stay held until each is resumed or cancelled,
 * because more of each may have been sent than the table knows.
 */
export async function acceptRestore(
  { ledger, audit, now }: RestorePorts,
  { by }: { by: string },
): Promise<Outcome<{ accepted: boolean; table: TableIdentity }>> {
  const [table, known] = await Promise.all([ledger.tableNow(), ledger.tableKnown()]);
  if (known !== undefined && isSameTable(known, table)) return done({ accepted: false, table });
  if (!(await ledger.adoptTable(table, known))) {
    return fault("conflict", "Someone else accepted the table at the same moment. Check it again.");
  }
  const note = known ? `${known.arn} of ${known.createdAt} before` : null;
  await audit.append({ at: now(), by, did: "restore accept", newsletter: null, subjects: [table.arn], note });
  return done({ accepted: true, table });
}
