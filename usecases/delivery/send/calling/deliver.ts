import type { Subscriber } from "#domain/audience/subscriber.ts";
import {
  type Consequence,
  type Effect,
  interpretAnswer,
  retryLater,
  type SesAnswer,
  type Verdict,
} from "#domain/delivery/calls/answer.ts";
import { claim, excludeSeen, holdUnknownAttempt, isSameClaim, record, skip } from "#domain/delivery/calls/attempt.ts";
import type { BulkCall, Gate } from "#domain/delivery/calls/call.ts";
import { sendPermission } from "#domain/delivery/edition.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import type { SeenKey } from "#domain/delivery/ledger/seen-deliveries.ts";
import type { Pace } from "#domain/delivery/pace/pace.ts";
import type { Reading } from "#domain/delivery/pace/reading.ts";
import { claimIsFresh } from "#domain/delivery/pace/sender.ts";
import type { Edition, EditionKey, Revision } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { asRead } from "../../as-read.ts";
import type { Job, Task } from "../jobs/job.ts";
import { welcomePermission } from "../jobs/welcomes.ts";
import { type Lease, readClock } from "../lease/lease.ts";
import type { CallReader, SendPorts } from "../ports.ts";
import { readersToMail } from "./readers.ts";
import { logFieldsOf, saveRecord } from "./record.ts";

/** State shared by the deliveries of one run. */
export type RunContext = {
  readonly ports: SendPorts;
  readonly lease: Lease;
  readonly pace: Pace;
  readonly claimSeconds: number;
  readonly quota: () => number | null;
  /** As of the request or later. */
  readonly editionOf: (key: EditionKey) => Promise<Edition | undefined>;
  readonly revisionOf: (edition: Edition) => Promise<Revision | undefined>;
  /** Before the first claim of a group. */
  readonly startGroup: (task: Task) => Promise<void>;
  /** Outcomes of the readers of the job's edition mailed so far. */
  readonly mailedOf: (job: Job) => Job["mailed"];
  /** Time from the start of a delivery until its call was ready, in milliseconds. */
  readonly notePreparation: (milliseconds: number) => void;
  /** Whether this run has time left. */
  readonly hasTimeLeft: () => boolean;
};

/** A slot: at most `size` recipients, at this reading of the monotonic clock. */
export type Slot = {
  readonly size: number;
  readonly at: number;
  /** Number of recipients that departed. */
  readonly departed: (n: number) => void;
};

/** The result of one delivery. `batch`: as stored now; undefined if another process has it or that isn't known. */
export type Outcome = {
  readonly batch: Batch | undefined;
  readonly consequence: Consequence | { readonly is: "stop-edition" };
};

const noConsequence: Consequence = { is: "none" };
/** The longest single wait for the pace's window. */
const WINDOW_MS = 1_000;
/** A claim is retried as long as it is young enough for its call. */
const CLAIM_PAUSES_MS = [100, 400, 1_000];
/** Pauses between tries to store an answer; the last one repeats until the run ends. */
const RECORD_PAUSES_MS = [50, 200, 1_000, 3_000, 5_000, 5_000, 5_000];
const RECORD_PAUSE_MS = 5_000;

/** Claims a batch, reads its readers' current status, calls SES once, and records the outcome. */
export async function deliver(context: RunContext, task: Task, slot: Slot): Promise<Outcome> {
  const { ports, lease } = context;
  const started = ports.clock.mono();
  const edition = await context.editionOf(task.batch.key);
  const now = toInstant(ports.clock.now());
  const welcome = edition && task.job.welcomes ? await welcomePermission(ports, task, edition) : undefined;
  if (welcome?.may === "keep") return { batch: welcome.batch, consequence: noConsequence };
  const claiming = { due: task.batch.key.due, now, quota: context.quota(), mailed: context.mailedOf(task.job) };
  const ofEdition = () => edition && sendPermission(edition, claiming);
  const permission = welcome ?? ofEdition() ?? ({ may: "stop" } as const);
  if (permission.may === "hold" || permission.may === "halt") {
    return { batch: task.batch, consequence: { is: `${permission.may}-edition`, reason: permission.reason } };
  }
  if (permission.may === "stop" || !edition) return { batch: task.batch, consequence: { is: "stop-edition" } };
  const revision = await context.revisionOf(edition);
  if (!revision) {
    const reason = `Held because revision ${edition.rev} of the edition is missing. Build the edition again.`;
    return { batch: task.batch, consequence: { is: "hold-edition", reason } };
  }
  await context.startGroup(task);
  // Nothing is claimed if the gate would refuse it.
  if (!lease.isFresh()) return { batch: task.batch, consequence: noConsequence };
  const began = readClock(ports.clock);
  const until = toInstant(began.wall + context.claimSeconds * 1000);
  const at = toInstant(began.wall);
  const claimed = claim(task.batch, slot.size, { at, until, rev: revision.rev, run: lease.run });
  const stored = await saveClaim(ports, task.batch, claimed);
  if (stored !== claimed) return { batch: stored, consequence: noConsequence };
  return attempt(context, { task, slot, edition, revision, claimed, began, started });
}

/**
 * If a claim's answer is lost, the batch would become unknown although SES wasn't called, so the claim is retried. The
 * gate still counts from the first try.
 */
async function saveClaim(ports: SendPorts, before: Batch, claimed: Batch): Promise<Batch | undefined> {
  for (const wait of CLAIM_PAUSES_MS) {
    try {
      return await tryClaim(ports, before, claimed);
    } catch {
      await ports.clock.sleep(wait);
    }
  }
  return tryClaim(ports, before, claimed);
}

/** The claim if it is stored; otherwise the batch if events changed it since it was read; undefined: another has it. */
async function tryClaim(ports: SendPorts, before: Batch, claimed: Batch): Promise<Batch | undefined> {
  if (await ports.ledger.saveBatch(claimed, asRead(before))) return claimed;
  // Refused, or written by our first try, whose answer was lost.
  const stored = await ports.ledger.batch(before.key);
  if (stored?.state === "calling" && isSameClaim(stored, claimed)) return claimed;
  return stored?.attempts === before.attempts ? stored : undefined;
}

type Attempt = {
  readonly task: Task;
  readonly slot: Slot;
  readonly edition: Edition;
  readonly revision: Revision;
  readonly claimed: Batch;
  /** Start of the claim, and start of the whole delivery. */
  readonly began: Reading;
  readonly started: number;
};

/** From a claim to its record. A failure before the call is recorded as well: nothing was sent. */
async function attempt(context: RunContext, own: Attempt): Promise<Outcome> {
  const { ports } = context;
  const { task, slot, edition, claimed, began } = own;
  const read = await valueOrReason(() => selectReaders(ports, task, edition, claimed));
  if ("why" in read) return finish(context, claimed, claimed.call?.positions ?? [], notSent(read.why));
  const { batch, mailed } = read.value;
  const positions = batch.call?.positions ?? [];
  const [called, skipped] = divideBy(positions, mailed);
  const rest = skip(batch, skipped);
  if (called.length === 0) return finish(context, rest, called, { effect: noOneCalled(), consequence: noConsequence });
  const bulkCall = compose(ports, own, rest, called, mailed);
  if ("problem" in bulkCall) {
    const consequence = { is: "hold-edition", reason: bulkCall.problem } as const;
    return finish(context, rest, called, { ...notSent(bulkCall.problem), consequence });
  }
  context.notePreparation(ports.clock.mono() - own.started);
  const answer = await call(context, bulkCall, began, slot);
  return finish(context, rest, called, interpretAnswer(answer, called.length));
}

/** The positions of those to mail, and of the others. */
function divideBy(positions: readonly number[], mailed: ReadonlyMap<number, Subscriber>) {
  if (mailed.size === positions.length) return [positions, []] as const;
  const isCalled = (position: number) => mailed.has(position);
  return [positions.filter(isCalled), positions.filter((position) => !isCalled(position))] as const;
}

/** The readers to mail now: those not seen accepted in an earlier attempt whose status allows it. */
async function selectReaders(ports: SendPorts, { batch: before, job }: Task, edition: Edition, claimed: Batch) {
  // If a person resumed the edition despite a hold, more of it may have been sent than the table knows.
  const mayBeSeen = claimed.attempts > 1 || edition.anyway === true;
  const seen = mayBeSeen ? await ports.ledger.seen(claimed.key) : new Set<SeenKey>();
  const batch = holdUnknownAttempt(claimed, seen) ?? excludeSeen(claimed, before, seen);
  const audience = { runs: job.runs, frozenAt: edition.frozenAt ?? claimed.key.due };
  return { batch, mailed: await readersToMail(ports, batch, batch.call?.positions ?? [], audience) };
}

const notSent = (why: string): Verdict => ({
  effect: retryLater(why, 1),
  consequence: noConsequence,
});
/** No reader is left to mail; skipped ones are recorded. */
const noOneCalled = (): Effect => ({ is: "accepted", messageIds: [] });

async function valueOrReason<T>(read: () => Promise<T>): Promise<{ value: T } | { why: string }> {
  try {
    return { value: await read() };
  } catch (error) {
    return { why: `the readers' status could not be read (${error instanceof Error ? error.name : "unknown"})` };
  }
}

function compose(
  ports: SendPorts,
  { edition, revision, task: { job } }: Attempt,
  { key, attempts: attempt }: Batch,
  called: readonly number[],
  mailed: ReadonlyMap<number, Subscriber>,
): BulkCall | { problem: string } {
  // A late joiner gets the edition like its other readers.
  const isFirst = job.welcomes !== undefined && job.welcomes.get(key.first)?.ownTime === undefined;
  const readers: CallReader[] = [];
  // In the order of the record, which has the answer's message ids by place.
  for (const position of called) {
    const subscriber = mailed.get(position);
    if (subscriber) readers.push({ key, attempt, position, subscriber, isFirst });
  }
  return ports.composeCall(edition, revision, readers);
}

/** Makes the call when its slot has come and the pace allows it; signed again each time the gate was full. */
async function call(context: RunContext, bulkCall: BulkCall, began: Reading, slot: Slot): Promise<SesAnswer> {
  const { ports, lease, pace } = context;
  const n = bulkCall.entries.length;
  const fresh = () => claimIsFresh(began, readClock(ports.clock)) && lease.isFresh();
  const gate: Gate = () => {
    if (!fresh()) return "late";
    if (!pace.depart(ports.clock.mono(), n)) return "wait";
    slot.departed(n);
    return "go";
  };
  const early = slot.at - ports.clock.mono();
  // No timer for a wait of zero: in a busy process it would fire only after all other pending work.
  if (early > 0) await ports.clock.sleep(early);
  while (fresh()) {
    const wait = pace.opensIn(ports.clock.mono(), n);
    if (wait > 0) {
      await ports.clock.sleep(Math.min(wait, WINDOW_MS));
      continue;
    }
    const answer = await ports.ses.sendBulk(bulkCall, gate);
    if (answer.is !== "window") return answer;
  }
  return { is: "not-sent", why: "the pace left no room while the claim and the lease were fresh" };
}

/** Stores the outcome of an attempt, whatever state the batch has by now, because an answer is a fact. */
async function finish(
  context: RunContext,
  batch: Batch,
  called: readonly number[],
  { effect, consequence }: Verdict,
): Promise<Outcome> {
  const { ports, lease } = context;
  const now = toInstant(ports.clock.now());
  const after = record(batch, called, effect, now);
  for (let tries = 0; ; tries++) {
    try {
      return { batch: await saveRecord(ports, after, called, effect), consequence };
    } catch (error) {
      ports.log.warn("an answer of SES was not written down yet", { ...logFieldsOf(batch), error });
    }
    const wait = RECORD_PAUSES_MS[tries] ?? (context.hasTimeLeft() ? RECORD_PAUSE_MS : undefined);
    if (wait === undefined) break;
    await ports.clock.sleep(wait);
  }
  ports.log.error("an answer of SES was lost", {
    ...logFieldsOf(batch),
    effect: effect.is,
    messageIds: after.messageIds,
  });
  return {
    batch: undefined,
    consequence: lease.isLost() ? { is: "end-run", reason: "the lease is lost" } : consequence,
  };
}
