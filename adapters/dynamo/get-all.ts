import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import type { Keys, Table } from "./table.ts";

/** DynamoDB's limit of keys in a BatchGetItem. */
const BATCH = 100;
const AT_ONCE = 8;

/** The items with these keys, strongly consistent; items that don't exist are missing. */
export async function getAll(table: Table, keys: readonly Keys[]): Promise<Record<string, unknown>[]> {
  const batches: Keys[][] = [];
  for (let from = 0; from < keys.length; from += BATCH) batches.push(keys.slice(from, from + BATCH));
  const found: Record<string, unknown>[] = [];
  for (let from = 0; from < batches.length; from += AT_ONCE) {
    const some = await Promise.all(batches.slice(from, from + AT_ONCE).map((batch) => getBatch(table, batch)));
    found.push(...some.flat());
  }
  return found;
}

/** Repeats until nothing is unprocessed, so a throttled key is never taken for a missing item. */
async function getBatch({ document, name }: Table, batch: readonly Keys[]): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  let keys: Record<string, unknown>[] = [...batch];
  for (let attempt = 0; keys.length > 0; attempt += 1) {
    if (attempt > 0) await new Promise((wake) => setTimeout(wake, Math.min(1000, 25 * 2 ** attempt)));
    const answer = await document.send(
      new BatchGetCommand({ RequestItems: { [name]: { Keys: keys, ConsistentRead: true } } }),
    );
    found.push(...(answer.Responses?.[name] ?? []));
    keys = answer.UnprocessedKeys?.[name]?.Keys ?? [];
  }
  return found;
}
