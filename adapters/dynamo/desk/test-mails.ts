import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { TestMailCount } from "#domain/edition/test-mail.ts";
import { fromInstant } from "#domain/time/instant.ts";
import { fromItem, type Table, toItem, writeIf } from "../table.ts";

/** How long a count is kept after its last mail, in seconds; only the last hour counts. */
const KEPT = 2 * 3600;
const countKeys = (id: string) => ({ PK: `TEST#${id}`, SK: "#" });
const keyKeys = { PK: "TEST#KEY", SK: "#" };
const StoredKey = z.strictObject({ key: z.string().min(32) });

/** Numbers of test mails by person and by address, and the key for their hashes. */
export function dynamoTestMails(table: Table) {
  const { document, name: TableName } = table;
  const get = async (Key: Record<string, string>) =>
    (await document.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
  const readKey = async () => {
    const Item = await get(keyKeys);
    return Item && fromItem(StoredKey, "test-mail-key", 1, Item).key;
  };
  return {
    /** The deployment's key; if there is none, `made` is stored. */
    async key(made: () => string): Promise<string> {
      const known = await readKey();
      if (known !== undefined) return known;
      const Item = toItem("test-mail-key", 1, keyKeys, { key: made() });
      await writeIf(
        document.send(new PutCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(PK)" })),
      );
      return (await readKey()) ?? Item.key;
    },

    async count(id: string): Promise<TestMailCount | undefined> {
      const Item = await get(countKeys(id));
      return Item && fromItem(TestMailCount, "test-mails", 1, Item);
    },

    /** False: another test mail was counted since it was read. */
    saveCount(id: string, count: TestMailCount): Promise<boolean> {
      const last = count.sentAt.at(-1);
      const ttl = Math.ceil((last === undefined ? 0 : fromInstant(last)) / 1000) + KEPT;
      const only =
        count.n === 1
          ? { ConditionExpression: "attribute_not_exists(PK)" }
          : {
              ConditionExpression: "#n = :before",
              ExpressionAttributeNames: { "#n": "n" },
              ExpressionAttributeValues: { ":before": count.n - 1 },
            };
      const Item = toItem("test-mails", 1, countKeys(id), count, ttl);
      return writeIf(document.send(new PutCommand({ TableName, Item, ...only })));
    },
  };
}
export type DynamoTestMails = ReturnType<typeof dynamoTestMails>;
