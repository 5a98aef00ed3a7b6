import { type AudienceDay, type AudienceDays, noMoves } from "#domain/audience/audience-day.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import type { AudienceChange } from "../../dynamo/audience/audience-days.ts";

/** In-memory version of adapters/dynamo/audience/audience-days.ts. */
export function memoryAudienceDays() {
  const counts = new Map<string, Map<LocalDate, AudienceDay>>();
  return {
    count(newsletter: string, { move, at }: AudienceChange): void {
      const days = counts.get(newsletter) ?? new Map<LocalDate, AudienceDay>();
      const date = at.slice(0, 10);
      const day = days.get(date) ?? noMoves;
      counts.set(newsletter, days.set(date, { ...day, [move]: day[move] + 1 }));
    },
    read(newsletter: string, from: LocalDate): AudienceDays {
      const days = [...(counts.get(newsletter) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      return {
        since: days[0]?.[0] ?? null,
        days: days.filter(([date]) => date >= from).map(([date, day]) => ({ date, ...day })),
      };
    },
  };
}
