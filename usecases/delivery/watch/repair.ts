import { isClosed } from "#domain/delivery/calls/attempt.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { fromInstant, type Instant } from "#domain/time/instant.ts";
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
  /** Groups of which nothing was ever claimed: all of their batches are ready. */
  untouched: number;
  /** Groups that were begun long ago, and are not read each minute. */
  unread: number;
};

/** Each minute only what was begun lately is read: where something waits for long, it waits for a person or SES's quota. */
const RECENT_MS = 3_600_000;
/** The rest is read in these minutes of the hour. */
const ALL_EACH_MINUTES = 15;

/** @param sentAt when a person last said that the edition should go */
function isReadNow({ startedAt }: GroupCommit, sentAt: Instant | null, now: Instant): boolean {
  const at = fromInstant(now);
  if (new Date(at).getUTCMinutes() % ALL_EACH_MINUTES === 0) return true;
  return [startedAt, sentAt].some((began) => began !== null && at - fromInstant(began) < RECENT_MS);
}

/**
 * Gives up calls that never recorded an answer, resolves those whose time has come, and closes groups whose last
 * recorder did not. Of a million readers nearly all groups are over or not begun at any moment: those are not read.
 */
export async function repairGroups(ports: RepairPorts, key: EditionKey, now: Instant): Promise<Repaired> {
  const repaired: Repaired = { unknown: 0, resolved: 0, closed: 0, open: [], untouched: 0, unread: 0 };
  const commits = await ports.ledger.groups(key);
  const edition = await ports.editions.get(key);
  const resolve = createResolver(ports, key, commits, edition);
  for (const commit of commits) {
    if (commit.closedAt !== null) continue;
    if (commit.startedAt === null) repaired.untouched += 1;
    else if (!isReadNow(commit, edition?.approvedAt ?? null, now)) repaired.unread += 1;
    else await repairGroup(ports, key, commit, now, resolve, repaired);
  }
  return repaired;
}

async function repairGroup(
  ports: RepairPorts,
  key: EditionKey,
  commit: GroupCommit,
  now: Instant,
  resolve: Resolver,
  repaired: Repaired,
): Promise<void> {
  const batches: Batch[] = [];
  for (const batch of await ports.ledger.batches(key, commit.group, commit.run)) {
    const after = await resolve(batch, now);
    batches.push(after);
    if (after.state === batch.state) continue;
    if (batch.state === "calling") repaired.unknown += 1;
    if (after.state !== "unknown") repaired.resolved += 1;
  }
  if (batches.every(isClosed) && (await closeGroup(ports, key, commit, now))) repaired.closed += 1;
  else repaired.open.push(...batches);
}
