import type { EditionKey } from "#domain/edition/edition.ts";
import type { ScheduledEdition } from "#domain/edition/timing/schedule.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";

/** In-memory version of adapters/dynamo/editions/schedule.ts. */
export function memorySchedule() {
  const items = new Map<string, ScheduledEdition>();
  const name = ({ newsletter, date }: EditionKey) => `${newsletter}#${date}`;
  return {
    async scheduled(newsletter: string, from: LocalDate): Promise<ScheduledEdition[]> {
      return [...items.values()]
        .filter((one) => one.newsletter === newsletter && one.date >= from)
        .toSorted((a, b) => (a.date < b.date ? -1 : 1));
    },
    async saveScheduled(edition: ScheduledEdition): Promise<boolean> {
      const stored = items.get(name(edition));
      if ((stored?.n ?? 0) !== edition.n - 1) return false;
      items.set(name(edition), edition);
      return true;
    },
    async markScheduledDone(key: EditionKey, at: Instant): Promise<void> {
      const stored = items.get(name(key));
      if (stored) items.set(name(key), { ...stored, doneAt: at, n: stored.n + 1 });
    },
  };
}
