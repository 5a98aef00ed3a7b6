import type { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { isUnanswered, markUnanswered } from "#domain/delivery/calls/attempt.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { isUnaccepted } from "#domain/delivery/ledger/double.ts";
import type { GroupCommit } from "#domain/delivery/ledger/group.ts";
import { applyLateEvidence } from "#domain/delivery/resolving/late-evidence.ts";
import {
  type Evidence,
  holdSilentBatch,
  judgeSilence,
  type ObservedBatch,
  resendSilentBatch,
  resolveByEvidence,
} from "#domain/delivery/resolving/resolve-by-evidence.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import { fromInstant, type Instant, toInstant } from "#domain/time/instant.ts";
import type { Ledger } from "../../ports/ledger.ts";
import type { Log } from "../../ports/services.ts";
import { asRead } from "../as-read.ts";

export type ResolveUnknownPorts = {
  settings: Pick<DeliverySettings, "settleSeconds" | "confirmations" | "resend">;
  ledger: Pick<Ledger, "batches" | "saveBatch" | "seen" | "seenInGroup" | "doubles" | "resendAllowed">;
  /** Number of SES's events waiting in the queue and in its dead-letter queue. */
  backlog: () => Promise<{ waiting: number; dead: number }>;
  log: Log;
};

/** Resolves the batches of one edition whose calls were unanswered, or answered for only some readers. */
export type Resolver = (batch: Batch, now: Instant) => Promise<Batch>;

/** Returns the batch as it is stored afterwards. An edition's witnesses are read once, when first needed. */
export function createResolver(
  ports: ResolveUnknownPorts,
  key: EditionKey,
  commits: readonly GroupCommit[],
  edition: Edition | undefined,
): Resolver {
  const read = evidenceReader(ports, key, commits, edition);
  return async (found, now) => {
    const batch = await markIfUnanswered(ports, found, now);
    if (batch.state !== "unknown" && batch.state !== "mixed") return batch;
    const settlement = resolveByEvidence(batch, await ports.ledger.seen(batch.key), now, ports.settings);
    if (settlement.is === "wait") return batch;
    if (settlement.is === "resolved") return save(ports, batch, settlement.batch, { now, edition });
    const judgement = judgeSilence(batch, await read(batch), now, ports.settings);
    if (judgement.may === "wait") return batch;
    if (judgement.may === "hold")
      return save(ports, batch, holdSilentBatch(batch, judgement.why, now), { now, edition });
    return save(ports, batch, resendSilentBatch(batch, now), { now, edition });
  };
}

/** An answer recorded at the same moment wins, because it is a fact and silence isn't. */
async function markIfUnanswered(ports: ResolveUnknownPorts, batch: Batch, now: Instant): Promise<Batch> {
  if (!isUnanswered(batch, now)) return batch;
  const after = markUnanswered(batch, now);
  return (await ports.ledger.saveBatch(after, asRead(batch))) ? after : batch;
}

async function save(
  ports: ResolveUnknownPorts,
  before: Batch,
  after: Batch,
  { now, edition }: { now: Instant; edition: Edition | undefined },
): Promise<Batch> {
  if (!(await ports.ledger.saveBatch(after, asRead(before)))) return before;
  const what = {
    batch: before.key,
    attempt: before.attempts,
    before: before.state,
    now: after.state,
    why: after.log.at(-1)?.what,
  };
  // Feedback may have added evidence since it was read, while the batch was still open.
  const late = applyLateEvidence(after, await ports.ledger.seen(after.key), { now, edition });
  if (late && (await ports.ledger.saveBatch(late, asRead(after)))) return late;
  if (after.state === "held") ports.log.error("deliveries wait for a person's decision", what);
  else ports.log.info("a call without an answer is resolved", what);
  return after;
}

/** A call's neighbours are those of the ten minutes before and after it. */
const NEAR_MS = 10 * 60_000;

function evidenceReader(
  ports: ResolveUnknownPorts,
  key: EditionKey,
  commits: readonly GroupCommit[],
  edition: Edition | undefined,
) {
  const groups = new Map<string, Promise<ObservedBatch[]>>();
  const group = ({ group, run }: GroupCommit) => {
    const reading = groups.get(group) ?? observeGroup(ports, key, group, run);
    groups.set(group, reading);
    return reading;
  };
  return async ({ call }: Batch): Promise<Evidence> => {
    const at = fromInstant(call?.at ?? toInstant(0));
    const near = commits.filter((commit) => isNear(commit, toInstant(at - NEAR_MS), toInstant(at + NEAR_MS)));
    const observed = (await Promise.all(near.map(group))).flat();
    const [backlog, doubles, allowed] = await Promise.all([
      ports.backlog(),
      ports.ledger.doubles(),
      ports.ledger.resendAllowed(),
    ]);
    const doubled = doubles.some((double) => isUnaccepted(double, allowed));
    return { ...backlog, observed, edition: edition ?? { frozen: null, stage: null }, doubled };
  };
}

/** Whether batches of the group may have been sent in this period. */
const isNear = ({ startedAt, closedAt }: GroupCommit, from: Instant, to: Instant) =>
  startedAt !== null && startedAt <= to && (closedAt === null || closedAt >= from);

async function observeGroup(
  ports: ResolveUnknownPorts,
  key: EditionKey,
  group: string,
  run: string,
): Promise<ObservedBatch[]> {
  const batches = await ports.ledger.batches(key, group, run);
  const seen = await ports.ledger.seenInGroup(key, group, run);
  return batches.map((batch) => ({ batch, seen: seen.get(batch.key.first) ?? new Set() }));
}
