import { isClosed } from "#domain/delivery/calls/attempt.ts";
import { endStateOf, isHeldForDecisions } from "#domain/delivery/edition.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { countBatch, sumCounts } from "#domain/delivery/ledger/counts.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { groupNames } from "#domain/delivery/pace/size.ts";
import { applyLateEvidence } from "#domain/delivery/resolving/late-evidence.ts";
import type { Edition, EditionKey, EditionState } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { EditionStore } from "../ports/editions.ts";
import type { Ledger } from "../ports/ledger.ts";
import { asRead } from "./as-read.ts";

/** Ports for closing groups, used by the sender and by watch. */
export type ClosingPorts = {
  editions: Pick<EditionStore, "get" | "update">;
  ledger: Pick<Ledger, "groups" | "batches" | "closeGroup" | "seen" | "saveBatch">;
};

/**
 * Closes a group if all its batches are done or wait for a person. True: it is closed now, unless a person has reopened
 * it since the commit was read.
 */
export async function closeGroup(
  ports: ClosingPorts,
  key: EditionKey,
  { group, run, opens }: GroupCommit,
  now: Instant,
): Promise<boolean> {
  const found = await ports.ledger.batches(key, group, run);
  if (!found.every(isClosed)) return false;
  // Events that arrived while other readers of a batch were still being called, or while a decision was being written.
  const edition = found.some(({ state }) => state === "held") ? await ports.editions.get(key) : undefined;
  const read = await Promise.all(
    found.map((batch) => (batch.state === "held" ? applyLate(ports, batch, { now, edition }) : batch)),
  );
  const batches = read.flatMap((batch) => (batch && isClosed(batch) ? [batch] : []));
  // Readers that SES didn't accept are retried.
  if (batches.length < found.length) return false;
  await ports.ledger.closeGroup(key, group, now, sumCounts(batches.map(countBatch)), opens);
  return true;
}

/** The batch as stored afterwards; undefined: another process changed it. */
async function applyLate(
  { ledger }: ClosingPorts,
  batch: Batch,
  circumstances: { now: Instant; edition: Edition | undefined },
): Promise<Batch | undefined> {
  const late = applyLateEvidence(batch, await ledger.seen(batch.key), circumstances);
  if (!late) return batch;
  return (await ledger.saveBatch(late, asRead(batch))) ? late : undefined;
}

/**
 * Ends an edition when every group is closed: finished, or held if a person has to decide. Its pointer stays until watch
 * has left its heartbeat.
 */
export async function finishEdition(ports: ClosingPorts, key: EditionKey): Promise<EditionState | undefined> {
  const edition = await ports.editions.get(key);
  if (!edition || edition.groups === null) return edition?.state;
  const groups = await ports.ledger.groups(key);
  const closed = groups.flatMap((group) => (group.closedAt && group.counts ? [group.counts] : []));
  if (closed.length < groupNames(edition.groups).length) return edition.state;
  const end = endStateOf(sumCounts(closed));
  const isNews = isHeldForDecisions(edition) && edition.reason !== end.reason;
  if (edition.state === end.state && !isNews) return edition.state;
  // If a person has resumed the edition meanwhile, its groups are open again and it doesn't end.
  const only = { state: ["sending", "paused", "held"], approvedAt: edition.approvedAt } as const;
  const ended = await ports.editions.update(key, end, only);
  return ended ? end.state : edition.state;
}
