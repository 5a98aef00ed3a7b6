import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { PushKey } from "#domain/source/push-key.ts";
import { type Table as DynamoTable, fromItem, type Keys, toItem, writeIf } from "../table.ts";

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
export function dynamoPushKeys({ document, name: TableName }: DynamoTable) {
  return {
    /** Strongly consistent, so a replaced key stops working at once. */
    get: async (sourceId: string): Promise<PushKey | undefined> => {
      const { Item } = await document.send(new GetCommand({ TableName, Key: keyOf(sourceId), ConsistentRead: true }));
      return Item === undefined ? undefined : fromItem(PushKey, KEY, VERSION, Item);
    },
    put: async (key: PushKey): Promise<void> => {
      await document.send(new PutCommand({ TableName, Item: toItem(KEY, VERSION, keyOf(key.sourceId), key) }));
    },
  };
}
export type DynamoPushKeys = ReturnType<typeof dynamoPushKeys>;

/** Receipts of pushes with an idempotency key, deleted by TTL. */
export function dynamoPushReceipts({ document, name: TableName }: DynamoTable) {
  return {
    /** Stores a first receipt until `expires`, in epoch milliseconds. False: there is one that hasn't expired. */
    open: (sourceId: string, name: string, receipt: Receipt, expires: number): Promise<boolean> => {
      const ttl = Math.floor(expires / 1000);
      const Item = toItem(RECEIPT, VERSION, receiptOf(sourceId, name), receipt, ttl);
      // DynamoDB may take two days to delete an expired item.
      const put = new PutCommand({
        TableName,
        Item,
        ConditionExpression: "attribute_not_exists(PK) OR #ttl <= :now",
        ExpressionAttributeNames: { "#ttl": "ttl" },
        ExpressionAttributeValues: { ":now": Math.floor(receipt.startedAt / 1000) },
      });
      return writeIf(document.send(put));
    },
    /** Strongly consistent. */
    read: async (sourceId: string, name: string): Promise<Receipt | undefined> => {
      const get = new GetCommand({ TableName, Key: receiptOf(sourceId, name), ConsistentRead: true });
      const { Item } = await document.send(get);
      return Item === undefined ? undefined : fromItem(Receipt, RECEIPT, VERSION, Item);
    },
    /**
     * Stores the answer, if it is still unanswered and being processed since `startedAt`. False: another process took
     * over.
     */
    update: (
      sourceId: string,
      name: string,
      startedAt: number,
      change: { startedAt: number; answer: string | null },
    ): Promise<boolean> =>
      writeIf(
        document.send(
          new UpdateCommand({
            TableName,
            Key: receiptOf(sourceId, name),
            UpdateExpression: "SET startedAt = :after, answer = :answer",
            ConditionExpression: "startedAt = :before AND answer = :none",
            ExpressionAttributeValues: {
              ":before": startedAt,
              ":after": change.startedAt,
              ":answer": change.answer,
              ":none": null,
            },
          }),
        ),
      ),
  };
}
export type DynamoPushReceipts = ReturnType<typeof dynamoPushReceipts>;
