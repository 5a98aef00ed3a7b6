import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { BatchKey } from "#domain/delivery/ledger/batch.ts";
import { DeliveryOutcome, rankOf } from "#domain/delivery/ledger/delivery-outcome.ts";
import { Double, ResendAllowed } from "#domain/delivery/ledger/double.ts";
import type { SeenKey } from "#domain/delivery/ledger/seen-deliveries.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
import { queryAll } from "../query.ts";
import { fromItem, type Keys, type Table, toItem, writeIf } from "../table.ts";
import { groupPK, KEPT_SECONDS } from "./batches.ts";

const seenPrefix = (run: string) => `S#${run}#`;
const seenKeys = (key: BatchKey): Keys => ({
  PK: groupPK(key, key.group),
  SK: `${seenPrefix(key.run)}${key.due}#${key.first}`,
});
const outcomeKeys = (key: EditionKey, group: string, id: string): Keys => ({ PK: groupPK(key, group), SK: `O#${id}` });
const keptAfter = (instant: Instant) => Math.floor(fromInstant(instant) / 1000) + KEPT_SECONDS;

const StoredSeen = z.strictObject({ first: z.string(), places: z.set(z.string()) });
const StoredOutcome = DeliveryOutcome.extend({ rank: z.number().int() });

const readSeen = (item: Record<string, unknown>) => fromItem(StoredSeen, "seen", 1, item);

function readOutcome(item: Record<string, unknown>): DeliveryOutcome {
  const { rank: _, ...outcome } = fromItem(StoredOutcome, "outcome", 1, item);
  return outcome;
}

/** What SES's events prove: deliveries seen, and their outcome after acceptance. */
export function evidenceOf(table: Table) {
  return { ...seenOf(table), ...outcomesOf(table), ...doublesOf(table) };
}

function seenOf(table: Table) {
  const { document, name: TableName } = table;
  return {
    /** The deliveries of a batch that events prove accepted. Strongly consistent. */
    async seen(key: BatchKey): Promise<Set<SeenKey>> {
      const { Item } = await document.send(new GetCommand({ TableName, Key: seenKeys(key), ConsistentRead: true }));
      return Item ? readSeen(Item).places : new Set();
    },

    /** The same for all batches of a run that have any, by their first reader. */
    async seenInGroup(key: EditionKey, group: string, run: string): Promise<Map<string, Set<SeenKey>>> {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :pk AND begins_with(SK, :sk)",
        ExpressionAttributeValues: { ":pk": groupPK(key, group), ":sk": seenPrefix(run) },
      });
      return new Map(items.map(readSeen).map(({ first, places }) => [first, places]));
    },

    /** Adds places to the set. Order and repetition don't matter. */
    async addSeen(key: BatchKey, places: readonly SeenKey[]): Promise<void> {
      if (places.length === 0) return;
      await document.send(
        new UpdateCommand({
          TableName,
          Key: seenKeys(key),
          UpdateExpression: "ADD places :places SET #type = :type, v = :v, #first = :first, #ttl = :ttl",
          ExpressionAttributeNames: { "#type": "type", "#first": "first", "#ttl": "ttl" },
          ExpressionAttributeValues: {
            ...{ ":places": new Set(places), ":type": "seen", ":v": 1 },
            ...{ ":first": key.first, ":ttl": keptAfter(key.due) },
          },
        }),
      );
    },
  };
}

function outcomesOf(table: Table) {
  const { document, name: TableName } = table;
  return {
    async outcome(key: EditionKey, group: string, id: string): Promise<DeliveryOutcome | undefined> {
      const Key = outcomeKeys(key, group, id);
      const { Item } = await document.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && readOutcome(Item);
    },

    /** All exceptions of a group, ordered by readers' ids. */
    async outcomes(key: EditionKey, group: string): Promise<DeliveryOutcome[]> {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :pk AND begins_with(SK, :sk)",
        ExpressionAttributeValues: { ":pk": groupPK(key, group), ":sk": "O#" },
      });
      return items.map(readOutcome);
    },

    /** Stores an outcome if there is none, or one of lower rank. False: this one or one of higher rank is stored. */
    putOutcome(key: EditionKey, group: string, outcome: DeliveryOutcome): Promise<boolean> {
      const rank = rankOf(outcome.kind);
      const keys = outcomeKeys(key, group, outcome.id);
      return writeIf(
        document.send(
          new PutCommand({
            TableName,
            Item: toItem("outcome", 1, keys, { ...outcome, rank }, keptAfter(outcome.at)),
            ConditionExpression: "attribute_not_exists(PK) OR #rank < :rank",
            ExpressionAttributeNames: { "#rank": "rank" },
            ExpressionAttributeValues: { ":rank": rank },
          }),
        ),
      );
    },
  };
}

const DOUBLES = "DOUBLES";
const allowedKeys: Keys = { PK: DOUBLES, SK: "#" };
const doubleKeys = ({ key, attempt }: Double): Keys => ({
  PK: DOUBLES,
  SK: ["D", key.newsletter, key.date, key.group, key.run, key.first, attempt].join("#"),
});

function doublesOf(table: Table) {
  const { document, name: TableName } = table;
  return {
    /** False: it was recorded before. */
    noteDouble(double: Double): Promise<boolean> {
      const Item = toItem("double", 1, doubleKeys(double), double);
      return writeIf(
        document.send(new PutCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(PK)" })),
      );
    },

    /** All double deliveries. */
    async doubles(): Promise<Double[]> {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :pk AND begins_with(SK, :sk)",
        ExpressionAttributeValues: { ":pk": DOUBLES, ":sk": "D#" },
      });
      return items.map((item) => fromItem(Double, "double", 1, item));
    },

    /** When a person last accepted the doubles and allowed automatic resends again. */
    async resendAllowed(): Promise<ResendAllowed | undefined> {
      const { Item } = await document.send(new GetCommand({ TableName, Key: allowedKeys, ConsistentRead: true }));
      return Item && fromItem(ResendAllowed, "resend-allowed", 1, Item);
    },

    async allowResend(allowed: ResendAllowed): Promise<void> {
      const Item = toItem("resend-allowed", 1, allowedKeys, allowed);
      await document.send(new PutCommand({ TableName, Item }));
    },
  };
}
