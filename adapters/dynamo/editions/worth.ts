import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { EditionKey } from "#domain/edition/edition.ts";
import { type WorthAnswer, WorthCounts } from "#domain/edition/worth.ts";
import type { LocalDate } from "#domain/time/instant.ts";
import { queryAll } from "../query.ts";
import { fromItem, type Table, toItem, writeIf } from "../table.ts";

const StoredCounts = z.object({ yes: z.number().int().default(0), no: z.number().int().default(0) });

/**
 * Readers' answers to whether editions were worth reading: two counters for each, and marks that a reader answered,
 * without the answer.
 */
export function dynamoWorth(table: Table) {
  const { document, name: TableName } = table;
  return {
    /** Counts an answer. False: that mark has answered. */
    async count(
      { newsletter, date }: EditionKey,
      mark: string,
      answer: WorthAnswer,
      ttlSeconds: number,
    ): Promise<boolean> {
      const Item = toItem("worth-mark", 1, { PK: `WORTH#${newsletter}#${date}`, SK: mark }, {}, ttlSeconds);
      const isNew = await writeIf(
        document.send(new PutCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(PK)" })),
      );
      if (!isNew) return false;
      await document.send(
        new UpdateCommand({
          TableName,
          Key: { PK: `WORTH#${newsletter}`, SK: date },
          UpdateExpression: "SET #type = :type, v = :v ADD #answer :one",
          ExpressionAttributeNames: { "#type": "type", "#answer": answer },
          ExpressionAttributeValues: { ":type": "worth", ":v": 1, ":one": 1 },
        }),
      );
      return true;
    },
    /** Counts of the newest editions with answers, by date. */
    async of(newsletter: string, limit: number): Promise<Map<LocalDate, WorthCounts>> {
      const items = await queryAll(
        table,
        {
          KeyConditionExpression: "PK = :pk",
          ExpressionAttributeValues: { ":pk": `WORTH#${newsletter}` },
        },
        { limit, newestFirst: true },
      );
      return new Map(
        items.map((item) => [String(item.SK), WorthCounts.parse(fromItem(StoredCounts, "worth", 1, item))]),
      );
    },
  };
}
export type DynamoWorth = ReturnType<typeof dynamoWorth>;
