import type { Sender } from "#domain/delivery/pace/sender.ts";
import { type Means, nextShares, senderOfGroup, sendersFor } from "#domain/delivery/pace/shares.ts";
import { fromInstant, type Instant, toInstant } from "#domain/time/instant.ts";
import { isPartDue, type Job } from "../jobs/job.ts";
import { divideAmong, refresh } from "../jobs/work.ts";
import { type Run, setPace } from "../run.ts";
import { givenBack } from "./lease.ts";

/**
 * The first sender's part of sending with several. It divides the rate while others have groups to send, and kicks
 * those that aren't running. What another one doesn't send, because it never comes or stops, the first one sends.
 */
export type Sharing = {
  /** The other senders that have work, by index. */
  readonly called: Map<number, Called>;
  /** The parts of each job for which they were called. When a stopped one goes on, they are called again. */
  readonly calledFor: Map<string, Set<string>>;
  /** By the monotonic clock. */
  lookedAt: number;
};

/** `holder`: of its lease before the first kick. */
type Called = { kicks: number; kickedAt: number; readonly holder: string | undefined };

export const createSharing = (): Sharing => ({
  called: new Map(),
  calledFor: new Map(),
  lookedAt: Number.NEGATIVE_INFINITY,
});

/** Others' work is looked for this often. */
const LOOK_MS = 1_000;
/** A sender that was kicked is waited for so long, and then kicked again, so many times. */
const COMES_WITHIN_MS = 20_000;
const KICKS = 3;

const meansOf = ({ allowance, settings }: Run): Means => ({
  rate: allowance.rateOfAll(),
  free: allowance.free(),
  leaseSeconds: settings.leaseSeconds,
});

/** Whether this is the first sender and others may be at work. */
export const isSharing = ({ lease, work }: Run): boolean => lease.index === 0 && work.place.senders > 1;

/** Once SES's limits are known: what each renewal stores. A run that ends before renews no shares. */
export function prepareRenewals(run: Run): void {
  if (run.allowance.isKnown()) run.lease.beforeRenewal((now) => prepareRenewal(run, now));
}

/** Whether several senders may share SES's rate in this run, of which this is the first. */
export const canShare = (run: Run): boolean =>
  run.lease.index === 0 && run.allowance.isKnown() && sendersFor(run.settings.senders, meansOf(run)) > 1;

/** Divides the work, and calls the others. */
export async function beginSharing(run: Run): Promise<void> {
  divideAmong(run.work, sendersFor(run.settings.senders, meansOf(run)));
  await refresh(run.work);
  await shareOut(run);
}

function prepareRenewal(run: Run, now: number): void {
  const { lease, work } = run;
  if (lease.index === 0 && work.place.senders === 1 && !lease.sender().shares) return;
  work.totals.see(lease.others());
  if (lease.index > 0) {
    lease.note({ mailed: work.totals.own() });
    return;
  }
  const wanted = isAnyExpected(run) && mayShare(run) ? work.place.senders : 1;
  const shares = nextShares(lease.sender().shares, wanted, meansOf(run), now);
  lease.note({ shares, mailed: shares && work.totals.own() });
  // At once, also for calls that are already prepared: the others may use their shares as soon as they read of them.
  setPace(run);
}

/** SES's rate and quota still allow as many senders as this run began with. */
const mayShare = (run: Run): boolean => sendersFor(run.work.place.senders, meansOf(run)) === run.work.place.senders;

type State = "live" | "awaited" | "over";

function stateOf(run: Run, index: number): State {
  const called = run.sharing.called.get(index);
  const item = itemOf(run, index);
  if (item && fromInstant(item.until) >= run.ports.clock.now()) return "live";
  if (!called || hasEnded(item, called)) return "over";
  return called.kicks < KICKS || !isOverdue(run, called) ? "awaited" : "over";
}

const itemOf = ({ lease }: Run, at: number): Sender | undefined => lease.others().find(({ index }) => index === at);
const isOverdue = ({ ports }: Run, { kickedAt }: Called) => ports.clock.mono() - kickedAt >= COMES_WITHIN_MS;
/** It came, and ended by itself. */
const hasEnded = (item: Sender | undefined, { holder }: Called) =>
  item !== undefined && item.holder !== holder && item.until === givenBack;

/** Whether another sender is at work, or called and waited for. */
export const isAnyExpected = (run: Run): boolean =>
  [...run.sharing.called.keys()].some((index) => stateOf(run, index) !== "over");

export const mustShareOut = (run: Run): boolean =>
  isSharing(run) && run.ports.clock.mono() - run.sharing.lookedAt >= LOOK_MS;

/** Looks for work of others, gives them their shares, and kicks those that aren't running. */
export async function shareOut(run: Run): Promise<void> {
  const { ports, lease, work, sharing } = run;
  const now = ports.clock.mono();
  sharing.lookedAt = now;
  if (!mayShare(run)) return;
  for (const name of [...sharing.calledFor.keys()].filter((one) => !work.jobs.has(one))) sharing.calledFor.delete(name);
  for (const [name, job] of work.jobs) callFor(run, name, job);
  const missing = [...sharing.called].filter(
    ([index, called]) => stateOf(run, index) === "awaited" && isOverdue(run, called),
  );
  if (missing.length === 0) return;
  // Stored first, because a sender that finds no share ends.
  await lease.keep();
  for (const [index, called] of missing) {
    called.kicks += 1;
    called.kickedAt = now;
    await ports.kick(index);
  }
}

function callFor(run: Run, nameOfJob: string, job: Job): void {
  const { ports, work, sharing } = run;
  const now = toInstant(ports.clock.now());
  const calledFor = sharing.calledFor.get(nameOfJob) ?? new Set();
  sharing.calledFor.set(nameOfJob, calledFor);
  for (const { commit, due } of partsDue(job, now)) {
    // An empty group only has to be closed.
    if (commit.batches === 0) continue;
    const index = senderOfGroup(commit.group, work.place.senders);
    const part = `${job.stage} ${due} ${index}`;
    if (calledFor.has(part)) continue;
    calledFor.add(part);
    const state = stateOf(run, index);
    if (state === "awaited") continue;
    // One that works already, for the first sender before this one, is waited for until it ends.
    const holder = state === "live" ? undefined : itemOf(run, index)?.holder;
    sharing.called.set(index, { kicks: 0, kickedAt: Number.NEGATIVE_INFINITY, holder });
  }
}

const partsDue = (job: Job, now: Instant) => job.elsewhere.filter((part) => isPartDue(job, part, now));

/**
 * When there is nothing else to send: takes over what other senders don't send. True: something was taken over, or
 * other senders are still at work, and need the first one for their shares.
 */
export async function adoptOrWait(run: Run): Promise<boolean> {
  const { ports, work } = run;
  const now = toInstant(ports.clock.now());
  const isTheirs = (group: string) =>
    mayShare(run) && stateOf(run, senderOfGroup(group, work.place.senders)) !== "over";
  let busy = false;
  for (const job of work.jobs.values()) {
    const due = partsDue(job, now);
    if (due.length === 0) continue;
    const left = new Set(due.filter(({ commit }) => !isTheirs(commit.group)));
    busy ||= left.size < due.length;
    if (left.size === 0) continue;
    const commits = await ports.ledger.groups(job.key);
    const open = new Set(commits.filter(({ closedAt }) => closedAt === null).map(({ group }) => group));
    const adopted = [...left].filter(({ commit }) => open.has(commit.group));
    for (const { commit } of adopted) job.adopted.add(commit.group);
    job.elsewhere = job.elsewhere.filter((part) => !left.has(part));
    job.unread.push(...adopted);
    busy ||= adopted.length > 0;
  }
  return busy;
}
