import { claimableFrom, isClaimable, isClosed } from "#domain/delivery/calls/attempt.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import type { GroupPart } from "#domain/delivery/ledger/cohorts.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { canaryBatches } from "#domain/delivery/pace/canary.ts";
import { isWelcome } from "#domain/delivery/welcome.ts";
import { type EditionKey, editionLabel } from "#domain/edition/edition.ts";
import { fromInstant, type Instant, toInstant } from "#domain/time/instant.ts";
import { isUnreadableItem } from "#domain/unreadable-item.ts";
import { inParallel } from "../../../in-parallel.ts";
import { closeGroup, finishEdition } from "../../close.ts";
import type { Lease } from "../lease/lease.ts";
import type { SendPorts } from "../ports.ts";
import {
  addToTotals,
  isIdleFor,
  isOffered,
  isPartDue,
  type Job,
  nextPart,
  openJob,
  type Place,
  type Task,
} from "./job.ts";
import { createMailedTotals, type MailedTotals, type Outcomes } from "./mailed.ts";
import { refreshWelcomes } from "./welcomes.ts";

/** How often the list of editions, and an edition without work, is read again. Milliseconds. */
const REFRESH_MS = 2_000;
const REVISIT_MS = 30_000;

/** It waits for what is due within this time, longer than clocks differ: batches are due by another process's clock. */
export const WORTH_WAITING_MS = 5_000;

/** The batches to send, taking all editions in turn. Only one sender uses it, so it can keep them in memory. */
export type Work = {
  readonly ports: SendPorts;
  readonly place: Place;
  readonly totals: MailedTotals;
  readonly jobs: Map<string, Job>;
  refreshedAt: number;
  /** Index of the job whose turn it is. */
  nextJob: number;
};

export const createWork = (ports: SendPorts, { index, shares }: Pick<Lease, "index" | "shares">): Work => ({
  ports,
  // The first sender learns from SES's rate how many there are.
  place: { index, senders: index === 0 ? 1 : (shares()?.senders ?? 1) },
  totals: createMailedTotals(),
  jobs: new Map(),
  refreshedAt: Number.NEGATIVE_INFINITY,
  nextJob: 0,
});

/** Looks for editions that are being sent, unless this was done just before. */
export async function refresh(work: Work): Promise<void> {
  const { ports, jobs } = work;
  const at = ports.clock.mono();
  if (at - work.refreshedAt < REFRESH_MS) return;
  work.refreshedAt = at;
  for (const { newsletter, date } of await ports.ledger.pointers()) {
    const key = { newsletter, date };
    const known = jobs.get(editionLabel(key));
    if (known && known.stage !== "canary" && !isIdleFor(known, at, REVISIT_MS)) continue;
    await holdIfUnreadable(ports, key, async () => {
      const edition = await ports.editions.get(key);
      if (edition?.state !== "sending") jobs.delete(editionLabel(key));
      else if (known && !isIdleFor(known, at, REVISIT_MS)) known.stage = edition.stage;
      else jobs.set(editionLabel(key), await openJob(work, edition));
    });
  }
  if (work.place.index === 0) await refreshWelcomes(ports, jobs);
}

/** Opens all editions again at the next look, divided among so many senders. */
export function divideAmong(work: Work, senders: number): void {
  work.place.senders = senders;
  work.jobs.clear();
  work.refreshedAt = Number.NEGATIVE_INFINITY;
}

/**
 * Outcomes of the readers of an edition mailed so far, by all senders. Never too many, except that what others recorded
 * in the seconds before the job was opened may count twice.
 */
export function mailedOf({ totals }: Work, { key, mailed, mailedElsewhere }: Job): Outcomes {
  const { accepted, refused } = totals.byOthers(key);
  return {
    accepted: mailed.accepted + accepted - mailedElsewhere.accepted,
    refused: mailed.refused + refused - mailedElsewhere.refused,
  };
}

/** The next batch that is due, or undefined. A large edition doesn't delay a small one. */
export async function takeTask(work: Work): Promise<Task | undefined> {
  const all = [...work.jobs.values()];
  const { nextJob } = work;
  for (let tried = 0; tried < all.length; tried++) {
    const job = all[(nextJob + tried) % all.length];
    if (!job) continue;
    const batch = await holdIfUnreadable(work.ports, job.key, () => nextBatch(work.ports, job));
    if (!batch) continue;
    work.nextJob = (nextJob + tried + 1) % all.length;
    return { job, batch };
  }
  return undefined;
}

/** Milliseconds until a known batch can be claimed; Infinity: none is waiting for its time. */
export function millisecondsUntilDue({ jobs, ports }: Work): number {
  const waiting = [...jobs.values()].flatMap((job) => [
    ...job.ready.flatMap((batch) => (isOffered(job, batch) ? (claimableFrom(batch) ?? []) : [])),
    ...(nextPart(job) ? [nextPart(job)?.due ?? ""] : []),
  ]);
  return waiting.reduce((least, at) => Math.min(least, fromInstant(at) - ports.clock.now()), Number.POSITIVE_INFINITY);
}

/** Called before a group's first claim, because watch reads only groups that have started. */
export async function startGroup({ ports }: Work, { job, batch }: Task): Promise<void> {
  const group = job.open.get(batch.key.group);
  if (!group) return;
  group.started ??= ports.ledger.startGroup(job.key, batch.key.group, toInstant(ports.clock.now()));
  try {
    await group.started;
  } catch (error) {
    group.started = undefined;
    throw error;
  }
}

/** Puts a task back untouched. */
export function returnTask({ job, batch }: Task): void {
  job.inProgress -= 1;
  job.ready.unshift(batch);
}

/** Records the outcome of a task's batch; undefined: its state isn't known any more. */
export async function finishTask(
  { ports, totals }: Work,
  { job, batch: before }: Task,
  batch: Batch | undefined,
): Promise<void> {
  job.inProgress -= 1;
  if (!batch) return;
  const added = addToTotals(job, batch, before);
  if (!job.welcomes) totals.addOwn(job.key, added);
  if (batch.state === "ready") job.ready.push(batch);
  if (isWelcome(batch.key)) return endWelcome(ports, job, batch);
  const group = job.open.get(batch.key.group);
  if (!group || !isClosed(batch)) return;
  group.left -= 1;
  if (group.left === 0) await close(ports, job, group.commit);
}

async function endWelcome(ports: SendPorts, { welcomes }: Job, batch: Batch): Promise<void> {
  const pointer = welcomes?.get(batch.key.first);
  if (pointer && batch.state === "done") await ports.ledger.unpointWelcome(pointer);
}

/** The edition can't be sent now. It is checked again if its state changes. */
export function dropEdition({ jobs }: Work, { job }: Task): void {
  if (jobs.get(editionLabel(job.key)) === job) jobs.delete(editionLabel(job.key));
}

/** Holds an edition whose items this version can't read. Other errors are thrown. */
export async function holdIfUnreadable<T>(
  ports: SendPorts,
  key: EditionKey,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!isUnreadableItem(error)) throw error;
    ports.log.error("an edition is held", { edition: editionLabel(key), reason: error.message });
    await ports.editions.update(
      key,
      { state: "held", reason: `Held because ${error.message}` },
      { state: ["sending"] },
    );
    return undefined;
  }
}

async function nextBatch(ports: SendPorts, job: Job): Promise<Batch | undefined> {
  for (;;) {
    const now = toInstant(ports.clock.now());
    const part = nextPart(job);
    const isDue = part !== undefined && part.due <= now;
    // Outcomes of earlier cohorts are read before the next is mailed: bounces are judged over all mailed readers.
    if (isDue && part.commit.cohorts !== undefined) await readDueParts(ports, job, now);
    const at = job.ready.findIndex((batch) => isClaimable(batch, now) && isOffered(job, batch));
    if (at >= 0) {
      job.inProgress += 1;
      return job.ready.splice(at, 1)[0];
    }
    if (!isDue) return undefined;
    if (job.unread.includes(part)) await readPart(ports, job, part);
  }
}

/** Parts read at once; a large audience has thousands of parts by the last cohort. */
const PARTS_AT_ONCE = 16;

async function readDueParts(ports: SendPorts, job: Job, now: Instant): Promise<void> {
  const due = job.unread.filter((part) => isPartDue(job, part, now));
  await inParallel(due, PARTS_AT_ONCE, (part) => readPart(ports, job, part));
}

async function readPart(ports: SendPorts, job: Job, part: GroupPart): Promise<void> {
  const { group, run, cohorts } = part.commit;
  job.unread.splice(job.unread.indexOf(part), 1); // First, so an unreadable part can't keep the run going.
  const batches = await ports.ledger.batches(job.key, group, run, cohorts && part.due);
  job.ready.push(...batches.filter(({ state }) => state === "ready"));
  const first = canaryBatches(batches, part.before, job.size ?? 0);
  for (const { key } of batches.slice(0, first)) job.canary.add(key.first);
  if (!job.adopted.has(group)) for (const batch of batches) addToTotals(job, batch);
  const open = job.open.get(group);
  if (!open) return;
  open.left -= batches.filter(isClosed).length;
  // The process that recorded its last batch died before closing it.
  if (open.left === 0) await close(ports, job, open.commit);
}

/** Closes the group whose last batch was recorded, and with the last group the edition. */
async function close(ports: SendPorts, job: Job, commit: GroupCommit): Promise<void> {
  if (!(await closeGroup(ports, job.key, commit, toInstant(ports.clock.now())))) return;
  const state = await finishEdition(ports, job.key);
  ports.log.info("a group is closed", { edition: editionLabel(job.key), group: commit.group, state });
}
