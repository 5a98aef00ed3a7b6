import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { inParallel } from "./in-parallel.ts";
import type { Keys, Table } from "./table.ts";

type Item = Record<string, unknown>;

/** DynamoDB's limit of keys in a BatchGetItem. */
const BATCH = 100;
const AT_ONCE = 16;

/** The items with these keys, strongly consistent unless asked otherwise; items that don't exist are missing. */
export async function getAll(table: Table, keys: readonly Keys[], ConsistentRead = true): Promise<Item[]> {
  const batches = Array.from({ length: Math.ceil(keys.length / BATCH) }, (_, at) =>
    keys.slice(at * BATCH, (at + 1) * BATCH),
  );
  const found: Item[] = [];
  await inParallel(batches, AT_ONCE, async (batch) => {
    found.push(...(await getBatch(table, batch, ConsistentRead)));
  });
  return found;
}

/** Repeats until nothing is unprocessed, so a throttled key is never taken for a missing item. */
async function getBatch({ document, name }: Table, batch: readonly Keys[], ConsistentRead: boolean): Promise<Item[]> {
  const found: Item[] = [];
  let keys: Item[] = [...batch];
  for (let attempt = 0; keys.length > 0; attempt += 1) {
    if (attempt > 0) await new Promise((wake) => setTimeout(wake, Math.min(1000, 25 * 2 ** attempt)));
    const answer = await document.send(
      new BatchGetCommand({ RequestItems: { [name]: { Keys: keys, ConsistentRead } } }),
    );
    found.push(...(answer.Responses?.[name] ?? []));
    keys = answer.UnprocessedKeys?.[name]?.Keys ?? [];
  }
  return found;
}
