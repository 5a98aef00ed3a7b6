import type { AuditEntry } from "#domain/audit.ts";
import type { LocalDate } from "#domain/time/instant.ts";

/** In-memory version of adapters/dynamo/desk/audit.ts. */
export function memoryAudit() {
  const entries: AuditEntry[] = [];
  return {
    async append(entry: AuditEntry): Promise<void> {
      entries.push(structuredClone(entry));
    },
    async day(date: LocalDate): Promise<AuditEntry[]> {
      const found = entries.filter(({ at }) => at.startsWith(date)).sort((a, b) => (a.at < b.at ? -1 : 1));
      return structuredClone(found);
    },
  };
}
