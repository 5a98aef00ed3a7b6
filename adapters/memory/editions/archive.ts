import type { ArchiveMonth } from "#domain/edition/archive.ts";
import type { SearchEntry } from "#domain/edition/search.ts";
import type { DynamoArchive } from "../../dynamo/editions/archive.ts";
import { deepFreeze } from "../deep-freeze.ts";
import { type DeliveryStore, deliveryStore, editionName } from "../store.ts";

/** In-memory version of adapters/dynamo/editions/archive.ts. */
export function memoryArchive(store: DeliveryStore = deliveryStore()): DynamoArchive {
  const months = new Map<string, ArchiveMonth>();
  const found = new Map<string, SearchEntry>();
  const name = (newsletter: string, month: string) => `${newsletter}#${month}`;
  const of = (newsletter: string) =>
    [...months.values()].filter((one) => one.newsletter === newsletter).sort((a, b) => (a.month < b.month ? -1 : 1));
  return {
    edition: async (key) => store.editions.get(editionName(key)),
    revision: async (key, rev) => store.revisions.get(`${editionName(key)}#${rev}`),
    newest: async (newsletter, limit) => of(newsletter).reverse().slice(0, limit),
    from: async (newsletter, month, limit) =>
      of(newsletter)
        .filter((one) => one.month >= month)
        .slice(0, limit),
    before: async (newsletter, month) => of(newsletter).findLast((one) => one.month < month),
    month: async (newsletter, month) => months.get(name(newsletter, month)),
    index: async (newsletter, entries) => {
      for (const entry of entries) found.set(`${newsletter}#${entry.term}#${entry.date}`, deepFreeze(entry));
    },
    unindex: async (newsletter, entries) => {
      for (const { term, date } of entries) found.delete(`${newsletter}#${term}#${date}`);
    },
    search: async (newsletter, term, limit) =>
      [...found]
        .filter(([name]) => name.startsWith(`${newsletter}#${term}#`))
        .map(([, entry]) => entry)
        .sort((a, b) => (a.date < b.date ? 1 : -1))
        .slice(0, limit),
    save: async (month) => {
      const before = months.get(name(month.newsletter, month.month));
      if ((before?.version ?? 0) !== month.version - 1) return false;
      months.set(name(month.newsletter, month.month), deepFreeze(month));
      return true;
    },
  };
}
