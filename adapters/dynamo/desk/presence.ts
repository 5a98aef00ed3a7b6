import { Presence } from "#domain/desk/presence.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { inPartition, queryAll } from "../query.ts";
import { putItem } from "../requests.ts";
import { fromItem, type Table, toItem } from "../table.ts";

const TYPE = "presence";
const VERSION = 1;
/** Deleted by TTL an hour after the person was last there. */
const KEPT = 3600;

const partition = ({ newsletter, date }: EditionKey) => `DESK#${newsletter}#${date}`;

/** People who have an edition open at the desk. The reader of the list decides how old an entry may be. */
export function dynamoPresence(table: Table) {
  return {
    put: async (key: EditionKey, presence: Presence): Promise<void> => {
      const keys = { PK: partition(key), SK: presence.id };
      const ttl = Math.ceil(presence.seenAt / 1000) + KEPT;
      await putItem(table, toItem(TYPE, VERSION, keys, presence, ttl));
    },
    all: async (key: EditionKey): Promise<Presence[]> => {
      const items = await queryAll(table, inPartition(partition(key)));
      return items.map((item) => fromItem(Presence, TYPE, VERSION, item));
    },
  };
}
export type DynamoPresence = ReturnType<typeof dynamoPresence>;
