import type { Counts, Edition, EditionKey, EditionState } from "../edition/edition.ts";
import { type Instant, toInstant } from "../instant.ts";
import { isClosed } from "./attempt.ts";
import type { Batch } from "./batch.ts";
import { countBatch, sumCounts } from "./counts.ts";
import { ending } from "./edition.ts";
import type { GroupCommit } from "./group.ts";
import type { SendingPointer } from "./sender.ts";
import { groupNames } from "./size.ts";

/** What closing needs of its surroundings. It is the same for the sender, which closes, and watch, which repairs. */
export type ClosingPorts = {
  editions: {
    get: (key: EditionKey) => Promise<Edition | undefined>;
    update: (
      key: EditionKey,
      change: Partial<Edition>,
      only: { state: readonly EditionState[]; approvedAt?: Instant | null },
    ) => Promise<boolean>;
  };
  ledger: {
    groups: (key: EditionKey) => Promise<GroupCommit[]>;
    batches: (key: EditionKey, group: string, run: string) => Promise<Batch[]>;
    closeGroup: (
      key: EditionKey,
      group: string,
      closedAt: Instant,
      counts: Counts,
      opens: number | undefined,
    ) => Promise<boolean>;
    unpoint: (pointer: SendingPointer) => Promise<void>;
  };
};

/** Where the sender finds the edition; frozenAt, unlike dueAt, never changes. */
export const pointerOf = ({ newsletter, date, frozenAt }: Edition): SendingPointer => ({
  newsletter,
  date,
  dueAt: frozenAt ?? toInstant(0),
});

/**
 * Closes a group if nothing more happens to any of its batches by itself. True: it is closed now, unless a person has
 * opened it again since the commit was read.
 */
export async function closeGroup(
  ports: ClosingPorts,
  key: EditionKey,
  { group, run, opens }: GroupCommit,
  now: Instant,
): Promise<boolean> {
  const batches = await ports.ledger.batches(key, group, run);
  if (!batches.every(isClosed)) return false;
  await ports.ledger.closeGroup(key, group, now, sumCounts(batches.map(countBatch)), opens);
  return true;
}

/** Ends an edition when every group is closed: finished, or held for what a person has to decide. */
export async function finishEdition(ports: ClosingPorts, key: EditionKey): Promise<EditionState | undefined> {
  const edition = await ports.editions.get(key);
  if (!edition || edition.groups === null) return edition?.state;
  const groups = await ports.ledger.groups(key);
  const closed = groups.flatMap((group) => (group.closedAt && group.counts ? [group.counts] : []));
  if (closed.length < groupNames(edition.groups).length) return edition.state;
  const end = ending(sumCounts(closed));
  if (edition.state === end.state) return edition.state;
  // Whom a person sent on again in between has groups that are open again: this ending is not theirs.
  const only = { state: ["sending", "paused", "held"], approvedAt: edition.approvedAt } as const;
  const ended = await ports.editions.update(key, end, only);
  if (ended && end.state === "finished") await ports.ledger.unpoint(pointerOf(edition));
  return ended ? end.state : edition.state;
}
