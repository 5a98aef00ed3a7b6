import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { AudienceDay, type AudienceDays, type AudienceMove, noMoves } from "#domain/audience/audience-day.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";
import { queryAll } from "../query.ts";
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
  for (const [date, moves] of byDay) await addToDay(table, newsletter, date, moves);
}

async function addToDay(
  { document, name }: Table,
  newsletter: string,
  date: LocalDate,
  changes: readonly AudienceChange[],
): Promise<void> {
  const counts = [...Map.groupBy(changes, ({ move }) => move)];
  await document.send(
    new UpdateCommand({
      TableName: name,
      Key: { PK: `COUNT#${newsletter}`, SK: date },
      UpdateExpression: `SET #type = :type, v = :v ADD ${counts.map((_, at) => `#m${at} :m${at}`).join(", ")}`,
      ExpressionAttributeNames: {
        "#type": "type",
        ...Object.fromEntries(counts.map(([move], at) => [`#m${at}`, move])),
      },
      ExpressionAttributeValues: {
        ":type": "audience-day",
        ":v": 1,
        ...Object.fromEntries(counts.map(([, { length }], at) => [`:m${at}`, length])),
      },
    }),
  );
}

/** The days since a date, and the first day of all. */
export async function readDays(table: Table, newsletter: string, from: LocalDate): Promise<AudienceDays> {
  const after = (start: string) => ({
    KeyConditionExpression: "PK = :pk AND SK >= :start",
    ExpressionAttributeValues: { ":pk": `COUNT#${newsletter}`, ":start": start },
  });
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
