import { isPaused } from "../../audience/preferences.ts";
import type { Subscriber } from "../../audience/subscriber.ts";
import { fromInstant, type Instant, type LocalDate } from "../../time/instant.ts";
import { type Batch, type BatchKey, freshBatch } from "./batch.ts";

/**
 * Readers who moved within this time are still included: two clocks may differ by 2 s each way, and a read may be
 * slightly old.
 */
const MOVED_WITHIN_MS = 10_000;

/**
 * Whether the audience of an edition frozen at `frozenAt` includes this subscriber. Readers who change address during
 * the freeze are frozen under one id or both; the claim decides which counts.
 */
export function isInAudience(
  subscriber: Pick<Subscriber, "status" | "movedAt" | "pausedUntil">,
  { date, frozenAt }: { date: LocalDate; frozenAt: Instant },
): boolean {
  if (isPaused(subscriber, date)) return false;
  if (subscriber.status === "active") return true;
  if (subscriber.status !== "moved" || subscriber.movedAt === null) return false;
  return fromInstant(subscriber.movedAt) > fromInstant(frozenAt) - MOVED_WITHIN_MS;
}

/** A reader of the audience, with their position among all subscribers that the walker read. */
export type WalkedReader = { readonly id: string; readonly place: number };

type BatchCutter = {
  /** Adds a reader due at that time. Returns a batch when it is full. */
  add: (reader: WalkedReader, due: Instant) => Batch | undefined;
  /** The remaining batches at the end. */
  rest: () => Batch[];
  readonly counted: { batches: number; readers: number };
  /** The same by due time, earliest first. */
  cohorts: () => { due: Instant; batches: number; readers: number }[];
};

/**
 * Cuts a stream of readers into batches of `size`, with one buffer for each due time. Readers must be ordered by id: a
 * batch's key is its first reader, and a reader's batch is found by that order.
 */
export function createBatchCutter(group: Omit<BatchKey, "due" | "first">, size: number): BatchCutter {
  const buffers = new Map<Instant, WalkedReader[]>();
  const counted = { batches: 0, readers: 0 };
  const cohorts = new Map<Instant, { batches: number; readers: number }>();
  const cut = (due: Instant, readers: readonly WalkedReader[]): Batch[] => {
    const [first, last] = [readers[0], readers.at(-1)];
    if (first === undefined || last === undefined) return [];
    counted.batches += 1;
    const cohort = cohorts.get(due) ?? { batches: 0, readers: 0 };
    cohorts.set(due, { batches: cohort.batches + 1, readers: cohort.readers + readers.length });
    const ids = readers.map(({ id }) => id);
    return [freshBatch({ ...group, due, first: first.id }, ids, last.place - first.place + 1)];
  };
  return {
    counted,
    add(reader, due) {
      const buffer = buffers.get(due) ?? [];
      buffer.push(reader);
      counted.readers += 1;
      const full = buffer.length >= size;
      buffers.set(due, full ? [] : buffer);
      return full ? cut(due, buffer)[0] : undefined;
    },
    rest: () => [...buffers].flatMap(([due, readers]) => cut(due, readers)),
    cohorts: () => [...cohorts].map(([due, own]) => ({ due, ...own })).sort((a, b) => (a.due < b.due ? -1 : 1)),
  };
}
