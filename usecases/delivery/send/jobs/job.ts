import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { type GroupPart, partsOf } from "#domain/delivery/ledger/cohorts.ts";
import { countBatch, noCounts, sumCounts } from "#domain/delivery/ledger/counts.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { canarySize } from "#domain/delivery/pace/canary.ts";
import { senderOfGroup } from "#domain/delivery/pace/shares.ts";
import type { WelcomePointer } from "#domain/delivery/welcome.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import type { Instant } from "#domain/time/instant.ts";
import { inParallel } from "../../../in-parallel.ts";
import { finishEdition } from "../../close.ts";
import { type Runs, runsOf } from "../../reader-place.ts";
import type { SendPorts } from "../ports.ts";
import type { MailedTotals, Outcomes } from "./mailed.ts";

/** An edition in this run: which parts are loaded, and which aren't. */
export type Job = {
  readonly key: EditionKey;
  readonly runs: Runs;
  /** Parts whose batches haven't been read yet, in the order of their due times. */
  readonly unread: GroupPart[];
  /** Parts that other senders send. */
  elsewhere: GroupPart[];
  /** Groups taken over from other senders, whose totals already count them. */
  readonly adopted: Set<string>;
  /** Batches that this run may claim now or later. */
  ready: Batch[];
  /** canary: only the first batches may be sent. */
  stage: Edition["stage"];
  /** The first readers of the canary's batches, of the groups that were read. */
  readonly canary: Set<string>;
  readonly size: number | null;
  /** Outcomes of the readers mailed so far, as far as this run knows; never too many. */
  readonly mailed: Outcomes;
  /** What other senders had mailed, by this run's totals, when the job was opened. */
  readonly mailedElsewhere: Outcomes;
  /** Unfinished batches of a group, as far as this run knows, including those of later cohorts. */
  readonly open: Map<string, { readonly commit: GroupCommit; left: number; started: Promise<unknown> | undefined }>;
  inProgress: number;
  idleSince: number | null;
  /** For welcomes: the batches that this run has read, by their first id. */
  readonly welcomes?: Map<string, WelcomePointer>;
};

export type Task = { readonly job: Job; readonly batch: Batch };

/** Which of how many senders this is: each sends its groups. */
export type Place = { readonly index: number; senders: number };

/** Groups of others that are read at once when a job is opened. */
const GROUPS_AT_ONCE = 16;

type JobPorts = { readonly ports: SendPorts; readonly place: Place; readonly totals: MailedTotals };

export async function openJob({ ports, place, totals }: JobPorts, edition: Edition): Promise<Job> {
  const { newsletter, date, stage } = edition;
  const key = { newsletter, date };
  const commits = await ports.ledger.groups(key);
  const closed = sumCounts(commits.flatMap(({ closedAt, counts }) => (closedAt && counts ? [counts] : [])));
  const open = commits.filter(({ closedAt }) => closedAt === null);
  // The process that closed its last group died before ending the edition, or the audience is empty.
  if (open.length === 0) await finishEdition(ports, key);
  const isOwn = ({ group }: GroupCommit) => senderOfGroup(group, place.senders) === place.index;
  const parts = partsOf(commits, edition.frozenAt ?? "").filter(({ commit }) => commit.closedAt === null);
  const mailed = { accepted: closed.accepted, refused: closed.refused };
  const begunElsewhere = open.filter((commit) => commit.startedAt !== null && !isOwn(commit));
  if (begunElsewhere.length > 0) {
    await inParallel(begunElsewhere, GROUPS_AT_ONCE, async ({ group, run }) => {
      for (const batch of await ports.ledger.batches(key, group, run)) addToTotals({ mailed }, batch);
    });
  }
  return {
    key,
    stage,
    canary: new Set(),
    size: canarySize(edition.frozen ?? 0),
    mailed,
    mailedElsewhere: totals.byOthers(key),
    runs: runsOf(commits),
    unread: parts.filter(({ commit }) => isOwn(commit)),
    elsewhere: parts.filter(({ commit }) => !isOwn(commit)),
    adopted: new Set(),
    ready: [],
    open: new Map(open.map((commit) => [commit.group, openGroup(commit)])),
    inProgress: 0,
    idleSince: null,
  };
}

const openGroup = (commit: GroupCommit) => ({
  commit,
  left: commit.batches,
  started: commit.startedAt === null ? undefined : Promise.resolve(),
});

export function isIdleFor(job: Job, at: number, milliseconds: number): boolean {
  const idle = job.unread.length === 0 && job.ready.length === 0 && job.inProgress === 0;
  job.idleSince = idle ? (job.idleSince ?? at) : null;
  return job.idleSince !== null && at - job.idleSince >= milliseconds;
}

/** Until the first readers' servers have answered, no one else is mailed. */
export const isOffered = ({ stage, canary }: Job, { key }: Batch): boolean =>
  stage !== "canary" || canary.has(key.first);

/** Adds outcomes of a batch that weren't counted before, and returns them. */
export function addToTotals(
  { mailed }: Pick<Job, "mailed">,
  after: Pick<Batch, "state" | "outcomes">,
  before?: Pick<Batch, "state" | "outcomes">,
): Outcomes {
  const now = countBatch(after);
  const then = before ? countBatch(before) : noCounts;
  const added = { accepted: now.accepted - then.accepted, refused: now.refused - then.refused };
  mailed.accepted += added.accepted;
  mailed.refused += added.refused;
  return added;
}

/** Until the first readers' servers have answered, only their parts are read. */
const isPartOffered = ({ stage, size }: Job, { before }: GroupPart): boolean =>
  stage !== "canary" || before < (size ?? 0);

export const isPartDue = (job: Job, part: GroupPart, now: Instant): boolean =>
  part.due <= now && isPartOffered(job, part);

export const nextPart = (job: Job): GroupPart | undefined => job.unread.find((part) => isPartOffered(job, part));
