import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import { ArchiveMonth } from "#domain/edition/archive.ts";
import { Edition, type EditionKey, type Revision } from "#domain/edition/edition.ts";
import { SearchEntry } from "#domain/edition/search.ts";
import { editionPK } from "../delivery/batches.ts";
import { inParallel } from "../in-parallel.ts";
import { inPartition, queryAll } from "../query.ts";
import { deleteItem, getItem, isNext, putItem } from "../requests.ts";
import { fromItem, fromStored, type Keys, type Table, toItem } from "../table.ts";
import { fromRevisionItem, revisionKeys } from "./editions.ts";

const searchPK = (newsletter: string, term: string) => `SEARCH#${newsletter}#${term}`;
const searchKeys = (newsletter: string, { term, date }: SearchEntry): Keys => ({
  PK: searchPK(newsletter, term),
  SK: date,
});
/** Writes in parallel. */
const AT_ONCE = 16;
const monthKeys = (newsletter: string, month: string): Keys => ({ PK: `ARCHIVE#${newsletter}`, SK: month });
/** Compressed, because entries repeat the same words: a month is a quarter as large, and costs a quarter. */
const StoredMonth = ArchiveMonth.omit({ entries: true }).extend({ gzip: z.instanceof(Uint8Array) });

function read(item: Record<string, unknown>): ArchiveMonth {
  const { gzip, ...month } = fromItem(StoredMonth, "archive-month", 1, item);
  const entries: unknown = JSON.parse(gunzipSync(gzip).toString("utf8"));
  return { ...month, entries: fromStored(ArchiveMonth.shape.entries, entries, `the archive of ${month.month}`) };
}

/** Sort keys before and after every month. */
const FIRST = "0";
const LAST = "9";

/**
 * What public pages read: one item for the list, two for an edition. Reads are eventually consistent at half the price,
 * so a page may be a second old.
 */
export function dynamoArchive(table: Table) {
  return {
    /** An edition, published or not. */
    async edition(key: EditionKey): Promise<Edition | undefined> {
      const item = await getItem(table, { PK: editionPK(key), SK: "#" }, false);
      return item && fromItem(Edition, "edition", 1, item);
    },
    /** Revisions never change, so only missing ones are read again. */
    async revision(key: EditionKey, rev: number): Promise<Revision | undefined> {
      const keys = revisionKeys(key, rev);
      const item = (await getItem(table, keys, false)) ?? (await getItem(table, keys));
      return item && fromRevisionItem(item);
    },
    /** At most `limit` months, newest first. */
    newest: (newsletter: string, limit: number) =>
      months(table, newsletter, { from: FIRST, to: LAST, limit, newestFirst: true }),
    /** A month and the one after it. */
    from: (newsletter: string, month: string, limit: number) =>
      months(table, newsletter, { from: month, to: LAST, limit, newestFirst: false }),
    /** The newest month before this one, strongly consistent, to change it. */
    async before(newsletter: string, month: string): Promise<ArchiveMonth | undefined> {
      const found = await months(table, newsletter, {
        from: FIRST,
        to: month,
        limit: 2,
        newestFirst: true,
        consistent: true,
      });
      return found.find((one) => one.month < month);
    },
    /** A month, strongly consistent, to change it. */
    async month(newsletter: string, month: string): Promise<ArchiveMonth | undefined> {
      const item = await getItem(table, monthKeys(newsletter, month));
      return item && read(item);
    },
    /** Stores a search entry of an edition. Storing it twice makes one item. */
    async index(newsletter: string, entries: readonly SearchEntry[]): Promise<void> {
      await inParallel(entries, AT_ONCE, async (entry) => {
        await putItem(table, toItem("search-entry", 1, searchKeys(newsletter, entry), entry));
      });
    },
    async unindex(newsletter: string, entries: readonly SearchEntry[]): Promise<void> {
      await inParallel(entries, AT_ONCE, async (entry) => {
        await deleteItem(table, searchKeys(newsletter, entry));
      });
    },
    async search(newsletter: string, term: string, limit: number): Promise<SearchEntry[]> {
      const query = { ...inPartition(searchPK(newsletter, term)), ConsistentRead: false };
      const items = await queryAll(table, query, { limit, newestFirst: true });
      return items.map((item) => fromItem(SearchEntry, "search-entry", 1, item));
    },
    /** Stores the next version of a month. False: another process stored one first; read it again. */
    save(month: ArchiveMonth): Promise<boolean> {
      const { entries, ...rest } = month;
      const body = { ...rest, gzip: gzipSync(JSON.stringify(entries)) };
      const item = toItem("archive-month", 1, monthKeys(month.newsletter, month.month), body);
      return putItem(table, item, isNext("version", month.version));
    },
  };
}
export type DynamoArchive = ReturnType<typeof dynamoArchive>;

type Range = { from: string; to: string; limit: number; newestFirst: boolean; consistent?: boolean };

async function months(table: Table, newsletter: string, { from, to, limit, newestFirst, consistent }: Range) {
  const query = { ...inPartition(`ARCHIVE#${newsletter}`, { from, to }), ConsistentRead: consistent === true };
  return (await queryAll(table, query, { limit, newestFirst })).map(read);
}
