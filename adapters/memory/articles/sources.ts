import type { Source } from "#domain/source/source.ts";
import { changedFields, type DynamoSources } from "../../dynamo/articles/sources.ts";

/** In-memory version of adapters/dynamo/articles/sources.ts. */
export function memorySources(): DynamoSources {
  const sources = new Map<string, Source>();
  const all = () => [...sources.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map((one) => structuredClone(one));
  const put = (source: Source) => void sources.set(source.id, structuredClone(source));
  return {
    all: async () => all(),
    list: async () => all().filter((source) => source.removedAt === null),
    get: async (id) => structuredClone(sources.get(id)),
    add: async (source) => {
      if (sources.has(source.id)) return false;
      put(source);
      return true;
    },
    put: async (source) => put(source),
    savePoll: async (before, after) => {
      const changes = changedFields(before, after);
      if (Object.keys(changes).length === 0) return true;
      const now = sources.get(after.id);
      if (now?.lastPolledAt !== before.lastPolledAt || now.removedAt !== before.removedAt) return false;
      put({ ...now, ...changes });
      return true;
    },
    markReported: async (source, at) => {
      const now = sources.get(source.id);
      if (now === undefined || now.reportedAt !== null || now.failures !== source.failures) return false;
      put({ ...now, reportedAt: at });
      return true;
    },
    countUse: async (ids) => {
      for (const id of ids) {
        const now = sources.get(id);
        if (now !== undefined) put({ ...now, used: now.used + 1 });
      }
    },
  };
}
