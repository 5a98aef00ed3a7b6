import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { Presence } from "#domain/desk/presence.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { queryAll } from "../query.ts";
import { fromItem, type Table, toItem } from "../table.ts";

const TYPE = "presence";
const VERSION = 1;
/** Deleted by TTL an hour after the person was last there. */
const KEPT = 3600;

const partition = ({ newsletter, date }: EditionKey) => `DESK#${newsletter}#${date}`;

/** People who have an edition open at the desk. The reader of the list decides how old an entry may be. */
export function dynamoPresence(table: Table) {
  const { document, name: TableName } = table;
  return {
    put: async (key: EditionKey, presence: Presence): Promise<void> => {
      const keys = { PK: partition(key), SK: presence.id };
      const ttl = Math.ceil(presence.seenAt / 1000) + KEPT;
      await document.send(new PutCommand({ TableName, Item: toItem(TYPE, VERSION, keys, presence, ttl) }));
    },
    all: async (key: EditionKey): Promise<Presence[]> => {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :pk",
        ExpressionAttributeValues: { ":pk": partition(key) },
      });
      return items.map((item) => fromItem(Presence, TYPE, VERSION, item));
    },
  };
}
export type DynamoPresence = ReturnType<typeof dynamoPresence>;
