import * as z from "zod";
import { TestMailCount } from "#domain/edition/test-mail.ts";
import { fromInstant } from "#domain/time/instant.ts";
import { getItem, isNew, isNext, putItem } from "../requests.ts";
import { fromItem, type Table, toItem } from "../table.ts";

/** How long a count is kept after its last mail, in seconds; only the last hour counts. */
const KEPT = 2 * 3600;
const countKeys = (id: string) => ({ PK: `TEST#${id}`, SK: "#" });
const keyKeys = { PK: "TEST#KEY", SK: "#" };
const StoredKey = z.strictObject({ key: z.string().min(32) });

/** Numbers of test mails by person and by address, and the key for their hashes. */
export function dynamoTestMails(table: Table) {
  const readKey = async () => {
    const item = await getItem(table, keyKeys);
    return item && fromItem(StoredKey, "test-mail-key", 1, item).key;
  };
  return {
    /** The deployment's key; if there is none, `made` is stored. */
    async key(made: () => string): Promise<string> {
      const known = await readKey();
      if (known !== undefined) return known;
      const item = toItem("test-mail-key", 1, keyKeys, { key: made() });
      await putItem(table, item, isNew);
      return (await readKey()) ?? item.key;
    },

    async count(id: string): Promise<TestMailCount | undefined> {
      const item = await getItem(table, countKeys(id));
      return item && fromItem(TestMailCount, "test-mails", 1, item);
    },

    saveCount(id: string, count: TestMailCount): Promise<boolean> {
      const last = count.sentAt.at(-1);
      const ttl = Math.ceil((last === undefined ? 0 : fromInstant(last)) / 1000) + KEPT;
      return putItem(table, toItem("test-mails", 1, countKeys(id), count, ttl), isNext("n", count.n));
    },
  };
}
export type DynamoTestMails = ReturnType<typeof dynamoTestMails>;
