import type { Subscriber } from "#domain/audience/subscriber.ts";
import { type Admission, isWaiting } from "#domain/audience/warm-up.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { createBatchCutter, isInAudience, type WalkedReader } from "#domain/delivery/ledger/batch-cutter.ts";
import { createCohortClock } from "#domain/delivery/ledger/cohorts.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import { shardsOf } from "#domain/delivery/pace/size.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { SubscriberStore } from "../../ports/audience.ts";
import type { Ledger } from "../../ports/ledger.ts";

export type FreezePorts = {
  ledger: Pick<Ledger, "writeBatches" | "commitGroup">;
  subscribers: Pick<SubscriberStore, "walkShard">;
  newRun: () => string;
  now: () => Instant;
};

type GroupFreeze = {
  key: EditionKey;
  group: string;
  groups: number;
  size: number;
  frozenAt: Instant;
  localTime: Edition["localTime"];
  warmUp: Admission | undefined;
};

/** Shards read ahead at once; batches written at once. */
const SHARDS_AT_ONCE = 16;
const BATCHES_AT_ONCE = 100;

/**
 * Reads a group's shards, writes its batches and commits them. If another walker committed first, these batches are
 * never read and expire.
 */
export async function freezeGroup(ports: FreezePorts, { key, group, groups, size, warmUp, ...edition }: GroupFreeze) {
  const { newsletter, date } = key;
  const run = ports.newRun();
  const freezer = createBatchCutter({ newsletter, date, group, run }, size);
  const audience = { ...key, ...edition };
  const dueIn = createCohortClock(audience);
  const admitted = countAdmitted(warmUp);
  let full: Batch[] = [];
  for await (const { rank, ...reader } of readersOf(ports, audience, shardsOf(group, groups))) {
    const due = dueIn(reader.zone);
    if (due === undefined || !admitted.isIn(rank)) continue;
    const batch = freezer.add(reader, due);
    if (batch) full.push(batch);
    if (full.length < BATCHES_AT_ONCE) continue;
    await ports.ledger.writeBatches(full);
    full = [];
  }
  await ports.ledger.writeBatches([...full, ...freezer.rest()]);
  const committedAt = ports.now();
  const { batches, readers } = freezer.counted;
  // A group without readers is closed from the start, since there is no last batch that could close it.
  const closed = batches === 0 ? { closedAt: committedAt, counts: noCounts } : { closedAt: null, counts: null };
  const cohorts = edition.localTime ? { cohorts: freezer.cohorts() } : {};
  const commit = {
    group,
    run,
    batches,
    readers,
    committedAt,
    startedAt: null,
    ...closed,
    ...cohorts,
    ...admitted.counts(),
  };
  await ports.ledger.commitGroup(key, commit);
}

/**
 * The admitted imported readers. If none were imported before the freeze began, there is no limit yet, and readers
 * imported during it wait for the next edition.
 */
function countAdmitted(warmUp: Admission | undefined) {
  const { below, from } = warmUp ?? { below: 0, from: 0 };
  const counted = { admitted: 0, waiting: 0 };
  return {
    isIn(rank: number | undefined): boolean {
      const waits = isWaiting({ rank }, below);
      if (waits) counted.waiting += 1;
      else if (rank !== undefined && rank >= from) counted.admitted += 1;
      return !waits;
    },
    counts: () => (counted.admitted + counted.waiting > 0 ? { warmUp: counted } : {}),
  };
}

type Audience = EditionKey & { frozenAt: Instant };
type FrozenReader = WalkedReader & Pick<Subscriber, "zone" | "rank">;

/** The audience in ascending order of ids, read some shards ahead. */
async function* readersOf(
  ports: FreezePorts,
  audience: Audience,
  shards: readonly number[],
): AsyncGenerator<FrozenReader> {
  let before = 0;
  for (let at = 0; at < shards.length; at += SHARDS_AT_ONCE) {
    const wave = shards.slice(at, at + SHARDS_AT_ONCE);
    for (const { readers, met } of await Promise.all(wave.map((shard) => audienceOf(ports, audience, shard)))) {
      for (const { place, ...reader } of readers) yield { ...reader, place: before + place };
      before += met;
    }
  }
}

/** A shard's readers in the audience, and its total number of subscribers. */
async function audienceOf(ports: FreezePorts, audience: Audience, shard: number) {
  const readers: FrozenReader[] = [];
  let met = 0;
  for await (const subscriber of ports.subscribers.walkShard(audience.newsletter, shard)) {
    const { id, zone, rank } = subscriber;
    if (isInAudience(subscriber, audience)) readers.push({ id, zone, rank, place: met });
    met += 1;
  }
  return { readers, met };
}
