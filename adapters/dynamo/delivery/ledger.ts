import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Batch, BatchKey } from "#domain/delivery/ledger/batch.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { SendingPointer } from "#domain/delivery/pace/sender.ts";
import { WELCOME_KEPT_SECONDS, WelcomePointer } from "#domain/delivery/welcome.ts";
import type { Counts, EditionKey } from "#domain/edition/edition.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
import type { BatchCondition } from "#usecases/ports/ledger.ts";
import { queryAll } from "../query.ts";
import { fromItem, type Table, toItem, writeIf } from "../table.ts";
import { tableIdentityOf } from "../table-identity.ts";
import {
  batchKeys,
  editionPK,
  fromBatchItem,
  fromGroupItem,
  groupKeys,
  groupPK,
  runPrefix,
  toBatchItem,
  toGroupItem,
  toLetters,
} from "./batches.ts";
import { evidenceOf } from "./evidence.ts";
import { dynamoSender } from "./sender.ts";

/** Batches of a freeze written in parallel. */
const WRITES_AT_ONCE = 32;
const pointerKeys = (pointer: SendingPointer) => ({
  PK: "SENDING",
  SK: `${pointer.dueAt}#${pointer.newsletter}#${pointer.date}`,
});

/**
 * The batches of all editions with their commits and evidence, the list of editions being sent, and the sender's lease.
 */
export function dynamoLedger(table: Table) {
  return {
    ...freezeOf(table),
    ...groupsOf(table),
    ...batchesOf(table),
    ...aroundOf(table),
    ...pointersOf(table),
    ...welcomesOf(table),
    ...dynamoSender(table),
    ...evidenceOf(table),
    ...tableIdentityOf(table),
  };
}

function freezeOf(table: Table) {
  const { document, name: TableName } = table;
  return {
    /**
     * Writes a run's batches, each only if it doesn't exist. BatchWriteItem would need fewer requests but has no
     * conditions: a delayed copy of such a write would overwrite what the sender recorded since.
     */
    async writeBatches(batches: readonly Batch[]): Promise<void> {
      const left = batches.values();
      const writer = async () => {
        for (const batch of left) {
          const Item = toBatchItem(batch);
          await writeIf(
            document.send(new PutCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(PK)" })),
          );
        }
      };
      await Promise.all(Array.from({ length: Math.min(WRITES_AT_ONCE, batches.length) }, writer));
    },

    /** False: another run was first. The first commit counts forever. */
    commitGroup(key: EditionKey, commit: GroupCommit): Promise<boolean> {
      const Item = toGroupItem(key, commit);
      return writeIf(
        document.send(new PutCommand({ TableName, Item, ConditionExpression: "attribute_not_exists(PK)" })),
      );
    },
  };
}

function groupsOf(table: Table) {
  return {
    async groups(key: EditionKey): Promise<GroupCommit[]> {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :pk AND begins_with(SK, :sk)",
        ExpressionAttributeValues: { ":pk": editionPK(key), ":sk": "G#" },
      });
      return items.map(fromGroupItem);
    },

    /** Marks a group at its first claim. Later calls change nothing. */
    startGroup: (key: EditionKey, group: string, startedAt: Instant): Promise<boolean> =>
      setOnce(table, groupKeys(key, group), "startedAt", { startedAt }),

    /** False: it was closed before, or reopened since it was read with these `opens`. */
    closeGroup: (key: EditionKey, group: string, closedAt: Instant, counts: Counts, opens?: number): Promise<boolean> =>
      setOnce(table, groupKeys(key, group), "closedAt", { closedAt, counts }, { opens }),

    /** Reopens a closed group, because a person resumed something in it. */
    async reopenGroup(key: EditionKey, group: string): Promise<void> {
      const { document, name: TableName } = table;
      await document.send(
        new UpdateCommand({
          TableName,
          Key: groupKeys(key, group),
          UpdateExpression: "SET #closedAt = :null, #counts = :null ADD #opens :one",
          ConditionExpression: "attribute_exists(PK)",
          ExpressionAttributeNames: { "#closedAt": "closedAt", "#counts": "counts", "#opens": "opens" },
          ExpressionAttributeValues: { ":null": null, ":one": 1 },
        }),
      );
    },
  };
}

/** Sets fields of an existing item if `field` is still null and, if given, `opens` is as it was read. */
function setOnce(
  { document, name }: Table,
  Key: ReturnType<typeof groupKeys>,
  field: string,
  set: object,
  read?: { opens: number | undefined },
) {
  const entries = Object.entries(set);
  const opens = read?.opens;
  const unopened = read && (opens === undefined ? " AND attribute_not_exists(#opens)" : " AND #opens = :opens");
  return writeIf(
    document.send(
      new UpdateCommand({
        TableName: name,
        Key,
        UpdateExpression: `SET ${entries.map((_, at) => `#f${at} = :v${at}`).join(", ")}`,
        ConditionExpression: `#once = :null${unopened ?? ""}`,
        ExpressionAttributeNames: {
          "#once": field,
          ...(read && { "#opens": "opens" }),
          ...Object.fromEntries(entries.map(([name], at) => [`#f${at}`, name])),
        },
        ExpressionAttributeValues: {
          ":null": null,
          ...(opens !== undefined && { ":opens": opens }),
          ...Object.fromEntries(entries.map(([, value], at) => [`:v${at}`, value])),
        },
      }),
    ),
  );
}

function batchesOf(table: Table) {
  const { document, name: TableName } = table;
  return {
    /** A run's batches in a group, ordered by due time and first reader; with `due`, only those due at that time. */
    async batches(key: EditionKey, group: string, run: string, due?: Instant): Promise<Batch[]> {
      const prefix = due === undefined ? runPrefix(run) : `${runPrefix(run)}${due}#`;
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :pk AND begins_with(SK, :sk)",
        ExpressionAttributeValues: { ":pk": groupPK(key, group), ":sk": prefix },
      });
      return items.map(fromBatchItem);
    },

    /** An eventually consistent read may be a second old. */
    async batch(key: BatchKey, ConsistentRead = true): Promise<Batch | undefined> {
      const { Item } = await document.send(new GetCommand({ TableName, Key: batchKeys(key), ConsistentRead }));
      return Item && fromBatchItem(Item);
    },

    /** Writes the batch if the stored one matches the condition. False: it doesn't. */
    saveBatch(batch: Batch, only: BatchCondition): Promise<boolean> {
      const states = Object.fromEntries(only.states.map((st, at) => [`:st${at}`, st]));
      return writeIf(
        document.send(
          new PutCommand({
            TableName,
            Item: toBatchItem(batch),
            ConditionExpression: `#att = :att AND #st IN (${Object.keys(states).join(", ")})${only.outcomes ? " AND #out = :out" : ""}`,
            ExpressionAttributeNames: { "#att": "att", "#st": "st", ...(only.outcomes && { "#out": "out" }) },
            ExpressionAttributeValues: {
              ...{ ":att": only.attempts, ...states },
              ...(only.outcomes && { ":out": toLetters(only.outcomes) }),
            },
          }),
        ),
      );
    },
  };
}

function aroundOf(table: Table) {
  return {
    /** The run's batch that would contain this reader, if any: the last one whose first reader isn't after it. */
    async batchAround(key: Omit<BatchKey, "first">, id: string): Promise<Batch | undefined> {
      const prefix = `${runPrefix(key.run)}${key.due}#`;
      const [item] = await queryAll(
        table,
        {
          KeyConditionExpression: "PK = :pk AND SK BETWEEN :from AND :to",
          ExpressionAttributeValues: { ":pk": groupPK(key, key.group), ":from": prefix, ":to": `${prefix}${id}` },
        },
        { newestFirst: true, limit: 1 },
      );
      return item && fromBatchItem(item);
    },
  };
}

function pointersOf(table: Table) {
  const { document, name: TableName } = table;
  return {
    async point(pointer: SendingPointer): Promise<void> {
      const Item = toItem("sending-pointer", 1, pointerKeys(pointer), pointer);
      await document.send(new PutCommand({ TableName, Item }));
    },

    async unpoint(pointer: SendingPointer): Promise<void> {
      await document.send(new DeleteCommand({ TableName, Key: pointerKeys(pointer) }));
    },

    /** Editions being sent, earliest due first. */
    async pointers(): Promise<SendingPointer[]> {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :pk",
        ExpressionAttributeValues: { ":pk": "SENDING" },
      });
      return items.map((item) => fromItem(SendingPointer, "sending-pointer", 1, item));
    },
  };
}

const welcomeKeys = ({ newsletter, date, root }: WelcomePointer) => ({
  PK: "WELCOME",
  SK: `${newsletter}#${date}#${root}`,
});

function welcomesOf(table: Table) {
  const { document, name: TableName } = table;
  return {
    async pointWelcome(pointer: WelcomePointer): Promise<void> {
      const ttl = Math.floor(fromInstant(pointer.askedAt) / 1000) + WELCOME_KEPT_SECONDS;
      const Item = toItem("welcome-pointer", 1, welcomeKeys(pointer), pointer, ttl);
      await document.send(new PutCommand({ TableName, Item }));
    },

    async unpointWelcome(pointer: WelcomePointer): Promise<void> {
      await document.send(new DeleteCommand({ TableName, Key: welcomeKeys(pointer) }));
    },

    async welcomes(): Promise<WelcomePointer[]> {
      const items = await queryAll(table, {
        KeyConditionExpression: "PK = :pk",
        ExpressionAttributeValues: { ":pk": "WELCOME" },
      });
      return items.map((item) => fromItem(WelcomePointer, "welcome-pointer", 1, item));
    },
  };
}
