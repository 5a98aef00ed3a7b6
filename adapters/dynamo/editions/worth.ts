import * as z from "zod";
import type { EditionKey } from "#domain/edition/edition.ts";
import { type WorthAnswer, WorthCounts } from "#domain/edition/worth.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import { inPartition, queryAll } from "../query.ts";
import { isNew, putItem, updateItem } from "../requests.ts";
import { fromItem, type Table, toItem } from "../table.ts";

const StoredCounts = z.object({ yes: z.number().int().default(0), no: z.number().int().default(0) });

/**
 * Readers' answers to whether editions were worth reading: two counters for each, and marks that a reader answered,
 * without the answer.
 */
export function dynamoWorth(table: Table) {
  return {
    /** Counts an answer. False: that mark has answered. */
    async count(
      { newsletter, date }: EditionKey,
      mark: string,
      answer: WorthAnswer,
      ttlSeconds: number,
    ): Promise<boolean> {
      const item = toItem("worth-mark", 1, { PK: `WORTH#${newsletter}#${date}`, SK: mark }, {}, ttlSeconds);
      const isFirst = await putItem(table, item, isNew);
      if (!isFirst) return false;
      const keys = { PK: `WORTH#${newsletter}`, SK: date };
      const update = `SET #type = :type, v = :v ADD #${answer} :one`;
      return updateItem(table, keys, { update, values: { type: "worth", v: 1, one: 1 } });
    },
    /** Counts of the newest editions with answers, by date. */
    async of(newsletter: string, limit: number): Promise<Map<LocalDate, WorthCounts>> {
      const items = await queryAll(table, inPartition(`WORTH#${newsletter}`), { limit, newestFirst: true });
      return new Map(
        items.map((item) => [String(item.SK), WorthCounts.parse(fromItem(StoredCounts, "worth", 1, item))]),
      );
    },
  };
}
export type DynamoWorth = ReturnType<typeof dynamoWorth>;
