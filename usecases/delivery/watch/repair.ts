import { isClosed } from "#domain/delivery/calls/attempt.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { type GroupPart, partsOf } from "#domain/delivery/ledger/cohorts.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { fromInstant, type Instant, toInstant } from "#domain/time/instant.ts";
import { type ClosingPorts, closeGroup } from "../close.ts";
import { createResolver, type Resolver, type ResolveUnknownPorts } from "./resolve-unknown.ts";

export type RepairPorts = ClosingPorts & ResolveUnknownPorts;

type Repaired = {
  /** Batches whose call was given up just now, those that were resolved, and groups that were closed. */
  unknown: number;
  resolved: number;
  closed: number;
  /** What is not closed, as it is now. */
  open: Batch[];
  /** Groups of which something is due and nothing was ever claimed. */
  untouched: number;
  /** When the first readers were due who may still wait, as far as was read now. */
  waitingSince: Instant | undefined;
  /** Groups that were begun long ago, and are not read each minute. */
  unread: number;
};

/** Each minute only what was begun lately is read: where something waits for long, it waits for a person or SES's quota. */
const RECENT_MS = 3_600_000;
/** What is due by another's clock may have been claimed before it is due by ours. */
const CLOCKS_DIFFER_MS = 5_000;
/** The rest is read in these minutes of the hour. */
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
 * Gives up calls that never recorded an answer, resolves those whose time has come, and closes groups whose last
 * recorder did not. Of a million readers nearly all groups are over or not begun at any moment: those are not read.
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
    // What is due later is no one's concern yet, and by its batches the group stays open.
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

/** @param parts those of the group that are due and looked at now */
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
