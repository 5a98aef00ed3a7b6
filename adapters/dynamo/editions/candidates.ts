import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import * as z from "zod";
import { CandidatesRecord, halved } from "#domain/edition/choosing/candidates-record.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
import { editionPK } from "../delivery/batches.ts";
import { getItem, isKnown, putItem, updateItem } from "../requests.ts";
import { fromItem, fromStored, type Table, toItem } from "../table.ts";

const TYPE = "candidates";
const VERSION = 1;
/** Largest compressed record, in bytes. DynamoDB's limit for an item is 400 KB, including other attributes. */
const LIMIT = 360_000;

const Stored = z.strictObject({ brotli: z.instanceof(Uint8Array) });
const keysOf = (key: EditionKey) => ({ PK: editionPK(key), SK: "CANDIDATES" });

/** Candidates records: one compressed item for each edition. */
export function dynamoCandidates(table: Table) {
  return {
    async putCandidates(record: CandidatesRecord): Promise<void> {
      await putItem(table, toItem(TYPE, VERSION, keysOf(record), { brotli: await compressed(record) }));
    },

    async candidates(key: EditionKey): Promise<CandidatesRecord | undefined> {
      const item = await getItem(table, keysOf(key));
      if (!item) return undefined;
      const { brotli } = fromItem(Stored, TYPE, VERSION, item);
      const record: unknown = JSON.parse((await decompress(brotli)).toString("utf8"));
      return fromStored(CandidatesRecord, record, `the candidates of ${key.newsletter} ${key.date}`);
    },

    /** Lets it expire; deleting would need a permission that is used for nothing else. */
    async dropCandidates(key: EditionKey, now: Instant): Promise<void> {
      const values = { now: Math.floor(fromInstant(now) / 1000) };
      await updateItem(table, keysOf(key), { update: "SET #ttl = :now", ...isKnown, values });
    },
  };
}

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
/** Quality 11 takes seconds for a day's stories and saves only a tenth. */
const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };

/** A record that fits into an item; from one that is too large, only the best stories. */
async function compressed(record: CandidatesRecord): Promise<Buffer> {
  const bytes = await compress(JSON.stringify(record), { params });
  return bytes.length <= LIMIT || record.stories.length <= 1 ? bytes : compressed(halved(record));
}
