import { randomBytes } from "node:crypto";
import { AuditEntry } from "#domain/audit.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import { inPartition, queryAll } from "../query.ts";
import { putItem } from "../requests.ts";
import { fromItem, type Table, toItem } from "../table.ts";

const TYPE = "audit";
const VERSION = 1;

/** Changes made by people, by UTC day. Append-only: nothing is updated or deleted. */
export function dynamoAudit(table: Table) {
  return {
    async append(entry: AuditEntry): Promise<void> {
      const keys = { PK: `AUDIT#${entry.at.slice(0, 10)}`, SK: `${entry.at}#${randomBytes(6).toString("hex")}` };
      await putItem(table, toItem(TYPE, VERSION, keys, entry));
    },

    /** A day's entries, oldest first. */
    async day(date: LocalDate): Promise<AuditEntry[]> {
      const items = await queryAll(table, inPartition(`AUDIT#${date}`));
      return items.map((item) => fromItem(AuditEntry, TYPE, VERSION, item));
    },
  };
}
