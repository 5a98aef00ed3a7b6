import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { Source } from "#domain/source/source.ts";
import { queryAll } from "../query.ts";
import { fromItem, type Keys, type Table, toItem, writeIf } from "../table.ts";

const TYPE = "source";
const VERSION = 1;
const PARTITION = "SOURCES";

const keysOf = (id: string): Keys => ({ PK: PARTITION, SK: id });
const read = (item: Record<string, unknown>) => fromItem(Source, TYPE, VERSION, item);

/** The fields of a source that have changed. All are single values. */
export const changedFields = (before: Source, after: Source): Partial<Source> =>
  Object.fromEntries(Object.entries(after).filter(([field, value]) => value !== Reflect.get(before, field)));

/** Sources, all in one partition, because there are hundreds and they are read together. */
export function dynamoSources({ document, name }: Table) {
  const put = (source: Source, condition?: { expression: string; values?: Record<string, unknown> }) =>
    writeIf(
      document.send(
        new PutCommand({
          TableName: name,
          Item: toItem(TYPE, VERSION, keysOf(source.id), source),
          ConditionExpression: condition?.expression,
          ExpressionAttributeValues: condition?.values,
        }),
      ),
    );
  return {
    /** All sources by id, including removed ones, which have `removedAt`. Strongly consistent. */
    all: async (): Promise<Source[]> => {
      const items = await queryAll(
        { document, name },
        { KeyConditionExpression: "PK = :sources", ExpressionAttributeValues: { ":sources": PARTITION } },
      );
      return items.map(read);
    },
    /** The sources in use by id. Strongly consistent. */
    async list(): Promise<Source[]> {
      return (await this.all()).filter((source) => source.removedAt === null);
    },
    get: async (id: string): Promise<Source | undefined> => {
      const { Item } = await document.send(new GetCommand({ TableName: name, Key: keysOf(id), ConsistentRead: true }));
      return Item === undefined ? undefined : read(Item);
    },
    /** Adds a source. False: there is one with that id, perhaps a removed one. */
    add: (source: Source): Promise<boolean> => put(source, { expression: "attribute_not_exists(PK)" }),
    /** Writes a source unconditionally. */
    put: async (source: Source): Promise<void> => {
      await put(source);
    },
    /**
     * Stores what a poll found, field by field, so changes by a person meanwhile are kept. False: another poll wrote
     * since, or the source was removed.
     */
    savePoll: (before: Source, after: Source): Promise<boolean> => {
      const changes = Object.entries(changedFields(before, after));
      const update = new UpdateCommand({
        TableName: name,
        Key: keysOf(before.id),
        UpdateExpression: `SET ${changes.map(([field]) => `#${field} = :${field}`).join(", ")}`,
        ConditionExpression: "#lastPolledAt = :before AND #removedAt = :removed",
        ExpressionAttributeNames: {
          "#lastPolledAt": "lastPolledAt",
          "#removedAt": "removedAt",
          ...Object.fromEntries(changes.map(([field]) => [`#${field}`, field])),
        },
        ExpressionAttributeValues: {
          ":before": before.lastPolledAt,
          ":removed": before.removedAt,
          ...Object.fromEntries(changes.map(([field, value]) => [`:${field}`, value])),
        },
      });
      return changes.length === 0 ? Promise.resolve(true) : writeIf(document.send(update));
    },
    /**
     * Records that editors are notified about a broken source. False: they were notified already, or it works again.
     */
    markReported: (source: Source, at: string): Promise<boolean> =>
      writeIf(
        document.send(
          new UpdateCommand({
            TableName: name,
            Key: keysOf(source.id),
            UpdateExpression: "SET reportedAt = :at",
            ConditionExpression: "reportedAt = :untold AND failures = :failures",
            ExpressionAttributeValues: { ":at": at, ":untold": null, ":failures": source.failures },
          }),
        ),
      ),
    /**
     * Counts articles that an edition shows, by their sources' ids, once for each article. Nothing else changes;
     * unknown ids are ignored.
     */
    countUse: async (ids: readonly string[]): Promise<void> => {
      const times = Map.groupBy(ids, (id) => id);
      const count = (id: string, n: number) =>
        new UpdateCommand({
          TableName: name,
          Key: keysOf(id),
          UpdateExpression: "ADD used :n",
          ConditionExpression: "attribute_exists(PK)",
          ExpressionAttributeValues: { ":n": n },
        });
      await Promise.all([...times].map(([id, { length }]) => writeIf(document.send(count(id, length)))));
    },
  };
}
export type DynamoSources = ReturnType<typeof dynamoSources>;
