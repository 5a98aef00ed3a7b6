import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { PushKey } from "#domain/source/push-key.ts";
import { type Table as DynamoTable, fromItem, type Keys, toItem, writeIf } from "./table.ts";

const KEY = "push-key";
const RECEIPT = "push-receipt";
const VERSION = 1;

/** What is remembered of a push that named itself: what came, who works on it since when, and what was answered. */
const Receipt = z.strictObject({
  bodyHash: z.string(),
  /** Epoch milliseconds; 0: anyone who worked on it gave up. */
  startedAt: z.number().int(),
  /** The answer's text; null while it is worked on. */
  answer: z.string().nullable(),
});
type Receipt = z.infer<typeof Receipt>;

const keyOf = (sourceId: string): Keys => ({ PK: `PUSH#${sourceId}`, SK: "KEY" });
const receiptOf = (sourceId: string, name: string): Keys => ({ PK: `RECEIPT#${sourceId}#${name}`, SK: "#" });

/** The keys of sources that articles are pushed to: one a source, a new one replaces the old. */
export function dynamoPushKeys({ document, name: TableName }: DynamoTable) {
  return {
    /** Strongly consistent: a key that was replaced is worth nothing from then on. */
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

/** Receipts of pushes that named themselves, forgotten by TTL. */
export function dynamoPushReceipts({ document, name: TableName }: DynamoTable) {
  return {
    /** Keeps a first receipt until `expires`, in epoch milliseconds. False: there is one that has not expired. */
    open: (sourceId: string, name: string, receipt: Receipt, expires: number): Promise<boolean> => {
      const ttl = Math.floor(expires / 1000);
      const Item = toItem(RECEIPT, VERSION, receiptOf(sourceId, name), receipt, ttl);
      // What has expired may stay for two days before DynamoDB deletes it.
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
    /** Writes its outcome, if it is still unanswered and worked on since `startedAt`. False: another took over. */
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
