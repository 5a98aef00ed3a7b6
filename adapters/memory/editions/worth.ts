import type { WorthCounts } from "#domain/edition/worth.ts";
import type { DynamoWorth } from "../../dynamo/editions/worth.ts";

/** In-memory version of adapters/dynamo/editions/worth.ts. */
export function memoryWorth(): DynamoWorth {
  const marks = new Set<string>();
  const counts = new Map<string, Map<string, WorthCounts>>();
  return {
    count: async ({ newsletter, date }, mark, answer) => {
      const known = `${newsletter}#${date}#${mark}`;
      if (marks.has(known)) return false;
      marks.add(known);
      const own = counts.get(newsletter) ?? new Map<string, WorthCounts>();
      const before = own.get(date) ?? { yes: 0, no: 0 };
      counts.set(newsletter, own.set(date, { ...before, [answer]: before[answer] + 1 }));
      return true;
    },
    of: async (newsletter, limit) =>
      new Map(
        [...(counts.get(newsletter) ?? [])]
          .sort(([a], [b]) => (a < b ? 1 : -1))
          .slice(0, limit)
          .map(([date, own]) => [date, { ...own }]),
      ),
  };
}
