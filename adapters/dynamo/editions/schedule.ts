import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { EditionKey } from "#domain/edition/edition.ts";
import { ScheduledEdition } from "#domain/edition/timing/schedule.ts";
import type { Instant, LocalDate } from "#domain/time/instant.ts";
import { queryAll } from "../query.ts";
import { fromItem, type Table, toItem, writeIf } from "../table.ts";

const TYPE = "scheduled-edition";
const VERSION = 1;
/** How long after an edition's date its times are kept, in seconds. */
const KEPT = 60 * 24 * 3600;

const partition = (newsletter: string) => `SCHEDULE#${newsletter}`;
const keysOf = ({ newsletter, date }: EditionKey) => ({ PK: partition(newsletter), SK: date });

/** The times of coming editions, and the progress of each. */
export function dynamoSchedule(table: Table) {
  const { document, name: TableName } = table;
  return {
    async scheduled(newsletter: string, from: LocalDate): Promise<ScheduledEdition[]> {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :pk AND SK >= :from",
        ExpressionAttributeValues: { ":pk": partition(newsletter), ":from": from },
      });
      return items.map((item) => fromItem(ScheduledEdition, TYPE, VERSION, item));
    },

    saveScheduled(edition: ScheduledEdition): Promise<boolean> {
      const ttl = Math.floor(Date.parse(`${edition.date}T00:00:00Z`) / 1000) + KEPT;
      const isFirst = edition.n === 1;
      return writeIf(
        document.send(
          new PutCommand({
            TableName,
            Item: toItem(TYPE, VERSION, keysOf(edition), edition, ttl),
            ConditionExpression: isFirst ? "attribute_not_exists(PK)" : "#n = :before",
            ...(isFirst
              ? {}
              : { ExpressionAttributeNames: { "#n": "n" }, ExpressionAttributeValues: { ":before": edition.n - 1 } }),
          }),
        ),
      );
    },

    async markScheduledDone(key: EditionKey, at: Instant): Promise<void> {
      await writeIf(
        document.send(
          new UpdateCommand({
            TableName,
            Key: keysOf(key),
            UpdateExpression: "SET doneAt = :at, #n = #n + :one",
            ConditionExpression: "attribute_exists(PK)",
            ExpressionAttributeNames: { "#n": "n" },
            ExpressionAttributeValues: { ":at": at, ":one": 1 },
          }),
        ),
      );
    },
  };
}
