import type { Batch, BatchKey } from "#domain/delivery/ledger/batch.ts";
import type { SeenKey } from "#domain/delivery/ledger/seen-deliveries.ts";
import type { FeedbackPorts } from "./ports.ts";

type EvidenceLedger = Pick<FeedbackPorts["ledger"], "batch" | "addSeen">;
type Remembered = { readonly batch: Batch; readonly at: number; readonly noted: Set<SeenKey> };

/**
 * Nearly all events of a batch arrive within seconds; at 5,000 recipients a second, a process sees 100 batches a
 * second.
 */
const KEPT_MS = 60_000;
const MOST = 2_000;

/**
 * A process's cache of finished batches and their recorded events, because events of a batch come in many polls and
 * nearly always agree. A finished batch only changes if events disprove it, and then it is read again, strongly
 * consistent. A restored table has another name, so its processes start with an empty cache.
 * @param now milliseconds of a clock
 */
export function createDoneBatches(now: () => number) {
  const remembered = new Map<string, Remembered>();
  const nameOf = (key: BatchKey) => Object.values(key).join(" ");
  const find = (key: BatchKey): Remembered | undefined => {
    const found = remembered.get(nameOf(key));
    return found && now() - found.at < KEPT_MS ? found : undefined;
  };
  const remember = (key: BatchKey, batch: Batch | undefined): void => {
    const noted = find(key)?.noted ?? new Set();
    remembered.delete(nameOf(key));
    if (batch?.state !== "done") return;
    remembered.set(nameOf(key), { batch, at: now(), noted });
    const [oldest] = remembered.keys();
    if (remembered.size > MOST && oldest !== undefined) remembered.delete(oldest);
  };
  return {
    /** The ledger with this cache in front. */
    over<Ledger extends EvidenceLedger>(ledger: Ledger): Ledger {
      return {
        ...ledger,
        async batch(key: BatchKey, consistent = true) {
          const found = consistent ? undefined : find(key);
          if (found) return found.batch;
          const batch = await ledger.batch(key, consistent);
          remember(key, batch);
          return batch;
        },
        async addSeen(key: BatchKey, places: readonly SeenKey[]) {
          const noted = find(key)?.noted;
          const added = places.filter((place) => !noted?.has(place));
          if (added.length === 0) return;
          await ledger.addSeen(key, added);
          for (const place of added) noted?.add(place);
        },
      };
    },
  };
}
