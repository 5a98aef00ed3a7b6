import type { Batch } from "../ledger/batch.ts";

/** DynamoDB charges a strong read by this many bytes, and a query for all it passes. A subscriber has at most 400. */
const BYTES_A_UNIT = 4_096;
const BYTES_A_SUBSCRIBER = 400;
/** A query reads one shard; more of them at once than this would cost more time than they save. */
const MOST_QUERIES = 8;

/**
 * Whether the status of these readers is read by their span: a query of each shard from the first of them to the last.
 * That passes others too, who left or belong to another cohort, but charges by the bytes; to read one by one takes a
 * unit each. Batches frozen by an earlier version do not say how many their span holds.
 */
export function isReadBySpan({ ids, span }: Pick<Batch, "ids" | "span">, positions: readonly number[]): boolean {
  if (span === undefined) return false;
  const shards = new Set(positions.map((position) => ids[position]?.slice(0, 2))).size;
  // Each query's last unit is charged whole.
  const units = Math.ceil((span * BYTES_A_SUBSCRIBER) / BYTES_A_UNIT) + shards - 1;
  return shards <= MOST_QUERIES && units < positions.length;
}
