import type { Batch } from "../ledger/batch.ts";

/**
 * DynamoDB charges strong reads in units of this many bytes, and a query for all items it passes. A subscriber has at
 * most 400 bytes.
 */
const BYTES_A_UNIT = 4_096;
const BYTES_A_SUBSCRIBER = 400;
/** Most parallel queries, one for each shard; more would cost more time than they save. */
const MOST_QUERIES = 8;

/**
 * Whether to read these readers' status by their span: a query of each shard from the first to the last of them. A
 * query also passes other readers, who left or belong to another cohort, but is charged by bytes; reading one by one
 * takes a unit each. Batches frozen by an earlier version don't have the size of their span.
 */
export function isReadBySpan({ ids, span }: Pick<Batch, "ids" | "span">, positions: readonly number[]): boolean {
  if (span === undefined) return false;
  const shards = new Set(positions.map((position) => ids[position]?.slice(0, 2))).size;
  // Each query's last unit is charged in full.
  const units = Math.ceil((span * BYTES_A_SUBSCRIBER) / BYTES_A_UNIT) + shards - 1;
  return shards <= MOST_QUERIES && units < positions.length;
}
