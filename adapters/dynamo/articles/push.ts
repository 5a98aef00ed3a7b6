import * as z from "zod";
import { PushKey } from "#domain/source/push-key.ts";
import { getItem, putItem, updateItem } from "../requests.ts";
import { fromItem, type Keys, type Table, toItem } from "../table.ts";

const KEY = "push-key";
const RECEIPT = "push-receipt";
const VERSION = 1;

/** Receipt of a push with an idempotency key: its body's hash, since when it is being processed, and the answer. */
const Receipt = z.strictObject({
  bodyHash: z.string(),
  /** Epoch milliseconds; 0: processing failed. */
  startedAt: z.number().int(),
  /** The answer's text; null while it is being processed. */
  answer: z.string().nullable(),
});
type Receipt = z.infer<typeof Receipt>;

const keyOf = (sourceId: string): Keys => ({ PK: `PUSH#${sourceId}`, SK: "KEY" });
const receiptOf = (sourceId: string, name: string): Keys => ({ PK: `RECEIPT#${sourceId}#${name}`, SK: "#" });

/** The keys of pushed sources: one for each source; a new key replaces the old. */
export function dynamoPushKeys(table: Table) {
  return {
    /** Strongly consistent, so a replaced key stops working at once. */
    get: async (sourceId: string): Promise<PushKey | undefined> => {
      const item = await getItem(table, keyOf(sourceId));
      return item && fromItem(PushKey, KEY, VERSION, item);
    },
    put: async (key: PushKey): Promise<void> => {
      await putItem(table, toItem(KEY, VERSION, keyOf(key.sourceId), key));
    },
  };
}
export type DynamoPushKeys = ReturnType<typeof dynamoPushKeys>;

/** Receipts of pushes with an idempotency key, deleted by TTL. */
export function dynamoPushReceipts(table: Table) {
  return {
    open: (sourceId: string, name: string, receipt: Receipt, expires: number): Promise<boolean> => {
      const ttl = Math.floor(expires / 1000);
      const item = toItem(RECEIPT, VERSION, receiptOf(sourceId, name), receipt, ttl);
      // DynamoDB may take two days to delete an expired item.
      const values = { now: Math.floor(receipt.startedAt / 1000) };
      return putItem(table, item, { if: "attribute_not_exists(PK) OR #ttl <= :now", values });
    },
    read: async (sourceId: string, name: string): Promise<Receipt | undefined> => {
      const item = await getItem(table, receiptOf(sourceId, name));
      return item && fromItem(Receipt, RECEIPT, VERSION, item);
    },
    update: (
      sourceId: string,
      name: string,
      startedAt: number,
      change: { startedAt: number; answer: string | null },
    ): Promise<boolean> =>
      updateItem(table, receiptOf(sourceId, name), {
        update: "SET startedAt = :after, answer = :answer",
        if: "startedAt = :before AND answer = :none",
        values: { before: startedAt, after: change.startedAt, answer: change.answer, none: null },
      }),
  };
}
export type DynamoPushReceipts = ReturnType<typeof dynamoPushReceipts>;
