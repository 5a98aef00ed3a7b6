import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { CandidatesRecord, halved } from "#domain/edition/choosing/candidates-record.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
import { editionPK } from "../delivery/batches.ts";
import { fromItem, fromStored, type Table, toItem, writeIf } from "../table.ts";

const TYPE = "candidates";
const VERSION = 1;
/** Largest compressed record, in bytes. DynamoDB's limit for an item is 400 KB, including other attributes. */
const LIMIT = 360_000;

const Stored = z.strictObject({ brotli: z.instanceof(Uint8Array) });
const keysOf = (key: EditionKey) => ({ PK: editionPK(key), SK: "CANDIDATES" });

/** Candidates records: one compressed item for each edition. */
export function dynamoCandidates({ document, name: TableName }: Table) {
  return {
    async putCandidates(record: CandidatesRecord): Promise<void> {
      const Item = toItem(TYPE, VERSION, keysOf(record), { brotli: await compressed(record) });
      await document.send(new PutCommand({ TableName, Item }));
    },

    async candidates(key: EditionKey): Promise<CandidatesRecord | undefined> {
      const { Item } = await document.send(new GetCommand({ TableName, Key: keysOf(key), ConsistentRead: true }));
      if (!Item) return undefined;
      const { brotli } = fromItem(Stored, TYPE, VERSION, Item);
      const record: unknown = JSON.parse((await decompress(brotli)).toString("utf8"));
      return fromStored(CandidatesRecord, record, `the candidates of ${key.newsletter} ${key.date}`);
    },

    /** Lets it expire; deleting would need a permission that is used for nothing else. */
    async dropCandidates(key: EditionKey, now: Instant): Promise<void> {
      const expiry = {
        UpdateExpression: "SET #ttl = :now",
        ConditionExpression: "attribute_exists(PK)",
        ExpressionAttributeNames: { "#ttl": "ttl" },
        ExpressionAttributeValues: { ":now": Math.floor(fromInstant(now) / 1000) },
      };
      await writeIf(document.send(new UpdateCommand({ TableName, Key: keysOf(key), ...expiry })));
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
