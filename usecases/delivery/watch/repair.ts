import { isClosed } from "#domain/delivery/calls/attempt.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { type GroupPart, partsOf } from "#domain/delivery/ledger/cohorts.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { HOUR } from "#domain/time/durations.ts";
import { fromInstant, type Instant, toInstant } from "#domain/time/instant.ts";
import { type ClosingPorts, closeGroup } from "../close.ts";
import { createResolver, type Resolver, type ResolveUnknownPorts } from "./resolve-unknown.ts";

export type RepairPorts = ClosingPorts & ResolveUnknownPorts;

type Repaired = {
  /** Batches that became unknown in this round, batches that were resolved, and groups that were closed. */
  unknown: number;
  resolved: number;
  closed: number;
  /** Everything that isn't closed, with its current state. */
  open: Batch[];
  /** Groups with due batches in which nothing was ever claimed. */
  untouched: number;
  /** The earliest due time of readers who may still be waiting, as far as was read now. */
  waitingSince: Instant | undefined;
  /** Groups begun long ago, which aren't read each minute. */
  unread: number;
};

/** Each minute, only groups begun recently are read: what waits longer waits for a person or for SES's quota. */
const RECENT_MS = HOUR;
/** A batch that is due by another process's clock may be claimed before it is due by ours. */
const CLOCKS_DIFFER_MS = 5_000;
/** All other groups are read in these minutes of the hour. */
const ALL_EACH_MINUTES = 15;

/**
 * Whether a group's part is read in this round.
 * @param sentAt when a person last said that the edition should go
 */
function isReadNow({ commit, due }: GroupPart, sentAt: Instant | null, now: Instant): boolean {
  const at = fromInstant(now);
  if (new Date(at).getUTCMinutes() % ALL_EACH_MINUTES === 0) return true;
  const began = commit.cohorts === undefined ? commit.startedAt : due;
  return [began, sentAt].some((one) => one !== null && at - fromInstant(one) < RECENT_MS);
}

/**
 * Marks calls without a recorded answer as unknown, resolves those whose wait is over, and closes groups that are
 * complete. Of a million readers, nearly all groups are closed or not begun at any moment, and those aren't read.
 */
export async function repairGroups(ports: RepairPorts, key: EditionKey, now: Instant): Promise<Repaired> {
  const repaired: Repaired = {
    ...{ unknown: 0, resolved: 0, closed: 0, open: [], untouched: 0, waitingSince: undefined, unread: 0 },
  };
  const commits = await ports.ledger.groups(key);
  const edition = await ports.editions.get(key);
  const horizon = toInstant(fromInstant(now) + CLOCKS_DIFFER_MS);
  const round = { ports, key, now, resolve: createResolver(ports, key, commits, edition), repaired };
  for (const commit of commits) {
    if (commit.closedAt !== null) continue;
    // Later batches aren't read, and they keep the group open.
    const due = partsOf([commit], edition?.frozenAt ?? "").filter((part) => part.due <= horizon);
    const read = due.filter((part) => isReadNow(part, edition?.approvedAt ?? null, now));
    if (commit.startedAt === null) {
      if (due[0]) repaired.untouched += 1;
      noteWaiting(repaired, due[0]?.due);
      continue;
    }
    if (read.length < due.length) repaired.unread += 1;
    if (read.length > 0) await repairParts(round, commit, read);
  }
  return repaired;
}

function noteWaiting(repaired: Repaired, due: Instant | undefined): void {
  const { waitingSince } = repaired;
  if (due !== undefined && (waitingSince === undefined || due < waitingSince)) repaired.waitingSince = due;
}

type Round = {
  readonly ports: RepairPorts;
  readonly key: EditionKey;
  readonly now: Instant;
  readonly resolve: Resolver;
  readonly repaired: Repaired;
};

/** @param parts the group's due parts that are read now */
async function repairParts(round: Round, commit: GroupCommit, parts: readonly GroupPart[]): Promise<void> {
  const { ports, key, now, repaired } = round;
  const batches: Batch[] = [];
  for (const part of parts) batches.push(...(await repairPart(round, part)));
  const isWhole = parts.length === (commit.cohorts?.length ?? 1);
  if (isWhole && batches.every(isClosed) && (await closeGroup(ports, key, commit, now))) repaired.closed += 1;
  else repaired.open.push(...batches);
}

async function repairPart({ ports, key, now, resolve, repaired }: Round, { commit, due }: GroupPart): Promise<Batch[]> {
  const batches: Batch[] = [];
  for (const batch of await ports.ledger.batches(key, commit.group, commit.run, commit.cohorts && due)) {
    const after = await resolve(batch, now);
    batches.push(after);
    if (after.state === "ready") noteWaiting(repaired, after.key.due);
    if (after.state === batch.state) continue;
    if (batch.state === "calling") repaired.unknown += 1;
    if (after.state !== "unknown") repaired.resolved += 1;
  }
  return batches;
}
