import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { countBatch, sumCounts } from "#domain/delivery/ledger/counts.ts";
import { pointerOf } from "#domain/delivery/pace/sender.ts";
import type { EditionState } from "#domain/edition/edition.ts";
import { now, type setting } from "../command-setting.ts";

export const key = { newsletter: "daily", date: "2026-11-24" };
export const called = "2026-11-23T23:00:00.000Z";

/** An edition whose audience is frozen, one batch for each of these, the first of them beginning with 1000…, 2000…. */
export async function frozen(
  { put, editions, ledger }: Pick<ReturnType<typeof setting>, "put" | "editions" | "ledger">,
  state: EditionState,
  outs: readonly (Partial<Batch> & Pick<Batch, "outcomes">)[],
  closed = false,
) {
  await put(key.date, state, called);
  const batches = outs.map(({ outcomes, ...change }, at): Batch => {
    const id = (position: number) => `${at + 1}${position.toString(16).padStart(23, "0")}`;
    const place = { ...key, group: "00", run: "won", due: called, first: id(0) };
    const call = { at: called, until: called, positions: outcomes.map((_, position) => position), rev: 1, run: "s" };
    return {
      ...freshBatch(
        place,
        outcomes.map((_, position) => id(position)),
      ),
      attempts: 1,
      call,
      outcomes,
      ...change,
    };
  });
  await ledger.writeBatches(batches);
  const readers = batches.reduce((sum, { ids }) => sum + ids.length, 0);
  const commit = { group: "00", run: "won", batches: batches.length, readers, committedAt: called, startedAt: called };
  const ended = closed
    ? { closedAt: called, counts: sumCounts(batches.map(countBatch)) }
    : { closedAt: null, counts: null };
  await ledger.commitGroup(key, { ...commit, ...ended });
  await editions.update(key, { groups: 1, size: 50, frozen: readers, dueAt: called });
  const edition = await editions.get(key);
  if (edition) await ledger.point(pointerOf(edition));
  return {
    batch: async (at: number) => ledger.batch(batches[at]?.key ?? { ...key, group: "", run: "", due: now, first: "" }),
  };
}
