import { isSameTable, maybeSentReason, type TableIdentity } from "#domain/delivery/table-identity.ts";
import { newEdition } from "#domain/edition/states.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { addDays, type Calendar } from "#domain/time/calendar.ts";
import { localDate } from "#domain/time/instant.ts";
import type { Newsletters } from "../../editions/edition-request.ts";
import { hadBegun } from "../../editions/had-begun.ts";
import { ownDue } from "../../editions/sending/due.ts";
import type { EditionStore } from "../../ports/editions.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { AuditLog, Log } from "../../ports/services.ts";
import { holdAllRestored } from "../own-table.ts";

export type RestorePorts = Newsletters & {
  calendar: (newsletter: string) => Calendar;
  editions: Pick<EditionStore, "approved" | "update" | "get" | "list" | "create">;
  ledger: Pick<Ledger, "tableNow" | "tableKnown" | "adoptTable" | "pointers" | "welcomes" | "unpointWelcome">;
  audit: Pick<AuditLog, "append">;
  log: Pick<Log, "warn" | "error">;
};

/**
 * A person accepts a restored table, and sending resumes. Unfinished editions are held until each is resumed or
 * cancelled, because more of each may have been sent than the table knows. They are held here too: while the clock is
 * stopped for the restore, nothing else has looked at them. So are those that were due meanwhile.
 */
export async function acceptRestore(
  ports: RestorePorts,
  { by }: { by: string },
): Promise<Outcome<{ accepted: boolean; table: TableIdentity }>> {
  const { ledger, editions, audit, now } = ports;
  const [table, known] = await Promise.all([ledger.tableNow(), ledger.tableKnown()]);
  if (known !== undefined && isSameTable(known, table)) return done({ accepted: false, table });
  await holdAllRestored(ports, await editions.approved());
  await holdDue(ports);
  if (!(await ledger.adoptTable(table, known))) {
    return fault("conflict", "Someone else accepted the table at the same moment. Check it again.");
  }
  const note = known ? `${known.arn} of ${known.createdAt} before` : null;
  await audit.append({ at: now(), by, did: "restore accept", newsletter: null, subjects: [table.arn], note });
  return done({ accepted: true, table });
}

/**
 * An edition that was due since the backup may have been sent. Within its send window, it would go out once more as soon
 * as the clock runs again.
 */
async function holdDue({ config, calendar, editions, now, log }: RestorePorts): Promise<void> {
  const at = now();
  const held = { state: "held", reason: maybeSentReason } as const;
  for (const [newsletter, of] of Object.entries(config.newsletters)) {
    const today = localDate(at, of.timeZone);
    for (const date of [addDays(today, -1), today]) {
      const key = { newsletter, date };
      const own = ownDue(key, of, calendar(newsletter));
      if (own === undefined || own.at > at || (own.latest ?? own.at) < at) continue;
      const isNew = (await editions.get(key)) === undefined && (await hadBegun(editions, newsletter, own.at));
      const isHeld = isNew
        ? await editions.create({ ...newEdition({ ...key, now: at, rev: 0, cutoff: null }), ...held })
        : await editions.update(key, held, { state: ["draft"] });
      if (isHeld) log.error("an edition is held", { edition: `${newsletter} ${date}`, reason: maybeSentReason });
    }
  }
}
