import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import * as z from "zod";
import type { TextPlace } from "#domain/article/excerpt.ts";
import { getAll } from "../get-all.ts";
import { putItem, updateItem } from "../requests.ts";
import { fromItem, type Keys, type Table, toItem } from "../table.ts";

const TYPE = "article-text";
const VERSION = 1;
/** How long a replaced text is kept for processes that have read its article before. Seconds. */
const REPLACED = 24 * 3600;
/** Margin for two writers' clocks, and for the time between reading an article and replacing it. Seconds. */
const AT_ONCE = 600;

const StoredText = z.strictObject({ id: z.string(), brotli: z.instanceof(Uint8Array) });
const Paragraphs = z.array(z.string());

/** In its article's partition, outside the key range of candidates. */
export const textKeys = ({ seenAt, id, text }: TextPlace): Keys => ({
  PK: `A#${seenAt.slice(0, 10)}`,
  SK: `T#${seenAt}#${id}#${text}`,
});

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
/** Largest text in bytes, far above what landing keeps. */
const MOST = 1_000_000;

/** Stores a text under its name. It is stored before an article refers to it, and never changes. */
export async function putText(table: Table, place: TextPlace, paragraphs: readonly string[], until: number) {
  const brotli = await compress(JSON.stringify(paragraphs), { params });
  await putItem(table, toItem(TYPE, VERSION, textKeys(place), { id: place.id, brotli }, until));
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

/** Lets a text expire that its article no longer refers to, unless another process has just stored or extended it. */
export async function dropText(table: Table, place: TextPlace, keptUntil: number, now: number): Promise<void> {
  const values = { soon: Math.floor(now / 1000) + REPLACED, again: keptUntil - AT_ONCE };
  await updateItem(table, textKeys(place), { update: "SET #ttl = :soon", if: "#ttl < :again", values });
}
