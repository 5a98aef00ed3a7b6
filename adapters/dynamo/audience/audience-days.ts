import { AudienceDay, type AudienceDays, type AudienceMove, noMoves } from "#domain/audience/audience-day.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";
import { inPartition, queryAll } from "../query.ts";
import { updateItem } from "../requests.ts";
import { fromItem, type Table } from "../table.ts";

/** Changes of readers' status, with their time. */
export type AudienceChange = { move: AudienceMove; at: Instant };

const StoredDay = AudienceDay.partial();
/** A sort key between the count of active readers, in the same partition, and all dates. */
const BEFORE_DATES = "0";

/**
 * Adds to the counts of each day, one write a day. Like the count of active readers, they are approximate: a crash
 * between a reader's item and its count loses one.
 */
export async function countMoves(table: Table, newsletter: string, changes: readonly AudienceChange[]): Promise<void> {
  const byDay = Map.groupBy(changes, ({ at }) => at.slice(0, 10));
  for (const [date, moves] of byDay) {
    const counts = [...Map.groupBy(moves, ({ move }) => move)].map(([move, { length }]) => [move, length] as const);
    const update = `SET #type = :type, v = :v ADD ${counts.map(([move]) => `#${move} :${move}`).join(", ")}`;
    const values = { type: "audience-day", v: 1, ...Object.fromEntries(counts) };
    await updateItem(table, { PK: `COUNT#${newsletter}`, SK: date }, { update, values });
  }
}

/** The days since a date, and the first day of all. */
export async function readDays(table: Table, newsletter: string, from: LocalDate): Promise<AudienceDays> {
  const after = (start: string) => inPartition(`COUNT#${newsletter}`, { from: start });
  const [first, items] = await Promise.all([
    queryAll(table, after(BEFORE_DATES), { limit: 1 }),
    queryAll(table, after(from)),
  ]);
  const days = items.map((item) => ({
    date: String(item.SK),
    ...noMoves,
    ...fromItem(StoredDay, "audience-day", 1, item),
  }));
  return { since: first[0] === undefined ? null : String(first[0].SK), days };
}
