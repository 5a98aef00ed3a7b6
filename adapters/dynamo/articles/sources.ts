import { Source } from "#domain/source/source.ts";
import { inPartition, queryAll } from "../query.ts";
import { type Condition, getItem, isKnown, isNew, putItem, updateItem } from "../requests.ts";
import { fromItem, type Keys, type Table, toItem } from "../table.ts";

const TYPE = "source";
const VERSION = 1;
const PARTITION = "SOURCES";

const keysOf = (id: string): Keys => ({ PK: PARTITION, SK: id });
const read = (item: Record<string, unknown>) => fromItem(Source, TYPE, VERSION, item);

/** The fields of a source that have changed. All are single values. */
export const changedFields = (before: Source, after: Source): Partial<Source> =>
  Object.fromEntries(Object.entries(after).filter(([field, value]) => value !== Reflect.get(before, field)));

/** Sources, all in one partition, because there are hundreds and they are read together. */
export function dynamoSources(table: Table) {
  const put = (source: Source, only?: Condition) =>
    putItem(table, toItem(TYPE, VERSION, keysOf(source.id), source), only);
  return {
    all: async (): Promise<Source[]> => {
      return (await queryAll(table, inPartition(PARTITION))).map(read);
    },
    async list(): Promise<Source[]> {
      return (await this.all()).filter((source) => source.removedAt === null);
    },
    get: async (id: string): Promise<Source | undefined> => {
      const item = await getItem(table, keysOf(id));
      return item && read(item);
    },
    add: (source: Source): Promise<boolean> => put(source, isNew),
    put: async (source: Source): Promise<void> => {
      await put(source);
    },
    /**
     * Stores what a poll found, field by field, so changes by a person meanwhile are kept. False: another poll wrote
     * since, or the source was removed.
     */
    savePoll: (before: Source, after: Source): Promise<boolean> => {
      const changes = changedFields(before, after);
      const fields = Object.keys(changes);
      if (fields.length === 0) return Promise.resolve(true);
      return updateItem(table, keysOf(before.id), {
        update: `SET ${fields.map((field) => `#${field} = :${field}`).join(", ")}`,
        if: "#lastPolledAt = :before AND #removedAt = :removed",
        values: { ...changes, before: before.lastPolledAt, removed: before.removedAt },
      });
    },
    markReported: (source: Source, at: string): Promise<boolean> =>
      updateItem(table, keysOf(source.id), {
        update: "SET reportedAt = :at",
        if: "reportedAt = :none AND failures = :failures",
        values: { at, none: null, failures: source.failures },
      }),
    /**
     * Counts articles that an edition shows, by their sources' ids, once for each article. Nothing else changes;
     * unknown ids are ignored.
     */
    countUse: async (ids: readonly string[]): Promise<void> => {
      const times = Map.groupBy(ids, (id) => id);
      const count = (id: string, n: number) =>
        updateItem(table, keysOf(id), { update: "ADD used :n", ...isKnown, values: { n } });
      await Promise.all([...times].map(([id, { length }]) => count(id, length)));
    },
  };
}
export type DynamoSources = ReturnType<typeof dynamoSources>;
