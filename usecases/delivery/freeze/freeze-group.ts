import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { createBatchCutter, isInAudience } from "#domain/delivery/ledger/batch-cutter.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import { shardsOf } from "#domain/delivery/pace/size.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { SubscriberStore } from "../../ports/audience.ts";
import type { Ledger } from "../../ports/ledger.ts";

export type FreezePorts = {
  ledger: Pick<Ledger, "writeBatches" | "commitGroup">;
  subscribers: Pick<SubscriberStore, "walkShard">;
  newRun: () => string;
  now: () => Instant;
};

type GroupFreeze = { key: EditionKey; group: string; groups: number; size: number; frozenAt: Instant };

/** Shards read ahead at once; batches written at once. */
const SHARDS_AT_ONCE = 16;
const BATCHES_AT_ONCE = 100;

/**
 * Walks a group's shards and commits what it wrote. If another walker committed first, what this one wrote is never
 * read and expires.
 */
export async function freezeGroup(ports: FreezePorts, { key, group, groups, size, frozenAt }: GroupFreeze) {
  const { newsletter, date } = key;
  const run = ports.newRun();
  const freezer = createBatchCutter({ newsletter, date, group, run }, size);
  let full: Batch[] = [];
  for await (const id of readersOf(ports, key, shardsOf(group, groups), frozenAt)) {
    const batch = freezer.add(id, frozenAt);
    if (batch) full.push(batch);
    if (full.length < BATCHES_AT_ONCE) continue;
    await ports.ledger.writeBatches(full);
    full = [];
  }
  await ports.ledger.writeBatches([...full, ...freezer.rest()]);
  const committedAt = ports.now();
  const { batches, readers } = freezer.counted;
  // A group without readers is closed from the start: no one would ever record a last batch in it.
  const closed = batches === 0 ? { closedAt: committedAt, counts: noCounts } : { closedAt: null, counts: null };
  await ports.ledger.commitGroup(key, { group, run, batches, readers, committedAt, startedAt: null, ...closed });
}

/** The audience's ids in ascending order, read some shards ahead. */
async function* readersOf(ports: FreezePorts, key: EditionKey, shards: readonly number[], frozenAt: Instant) {
  for (let at = 0; at < shards.length; at += SHARDS_AT_ONCE) {
    const wave = shards.slice(at, at + SHARDS_AT_ONCE);
    const read = await Promise.all(wave.map((shard) => audienceOf(ports, key, shard, frozenAt)));
    for (const ids of read) yield* ids;
  }
}

async function audienceOf(ports: FreezePorts, { newsletter, date }: EditionKey, shard: number, frozenAt: Instant) {
  const ids: string[] = [];
  for await (const subscriber of ports.subscribers.walkShard(newsletter, shard)) {
    if (isInAudience(subscriber, { date, frozenAt })) ids.push(subscriber.id);
  }
  return ids;
}
