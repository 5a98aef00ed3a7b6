import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { TextPlace } from "#domain/article/excerpt.ts";
import { getAll } from "./get-all.ts";
import { fromItem, type Keys, type Table, toItem, writeIf } from "./table.ts";

const TYPE = "article-text";
const VERSION = 1;
/** How long a text that was replaced is still there for who has read its article before. Seconds. */
const REPLACED = 24 * 3600;
/** Two writers' clocks, and the seconds between reading an article and replacing it. Seconds. */
const AT_ONCE = 600;

const StoredText = z.strictObject({ id: z.string(), brotli: z.instanceof(Uint8Array) });
const Paragraphs = z.array(z.string());

/** Beside its article, and outside of the range in which candidates are read. */
export const textKeys = ({ seenAt, id, text }: TextPlace): Keys => ({
  PK: `A#${seenAt.slice(0, 10)}`,
  SK: `T#${seenAt}#${id}#${text}`,
});

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
/** Bytes of a text, far above what landing keeps of one. */
const MOST = 1_000_000;

/** Keeps a text under its name. It is there before an article names it, and never changes. */
export async function putText(table: Table, place: TextPlace, paragraphs: readonly string[], until: number) {
  const brotli = await compress(JSON.stringify(paragraphs), { params });
  const Item = toItem(TYPE, VERSION, textKeys(place), { id: place.id, brotli }, until);
  await table.document.send(new PutCommand({ TableName: table.name, Item }));
}

/** Texts by their articles' ids, strongly consistent. */
export async function readTexts(table: Table, places: readonly TextPlace[]): Promise<Map<string, string[]>> {
  const items = await getAll(table, places.map(textKeys));
  const texts = await Promise.all(
    items.map(async (item) => {
      const { id, brotli } = fromItem(StoredText, TYPE, VERSION, item);
      const json = await decompress(brotli, { maxOutputLength: MOST });
      return [id, Paragraphs.parse(JSON.parse(json.toString("utf8")))] as const;
    }),
  );
  return new Map(texts);
}

/** Lets a text expire that its article doesn't name any more, unless someone has just put or kept it again. */
export async function dropText(table: Table, place: TextPlace, keptUntil: number, now: number): Promise<void> {
  const drop = new UpdateCommand({
    TableName: table.name,
    Key: textKeys(place),
    UpdateExpression: "SET #ttl = :soon",
    ConditionExpression: "#ttl < :again",
    ExpressionAttributeNames: { "#ttl": "ttl" },
    ExpressionAttributeValues: { ":soon": Math.floor(now / 1000) + REPLACED, ":again": keptUntil - AT_ONCE },
  });
  await writeIf(table.document.send(drop));
}
