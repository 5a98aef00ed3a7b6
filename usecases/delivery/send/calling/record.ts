import type { Effect } from "#domain/delivery/calls/answer.ts";
import { noteLateAnswer } from "#domain/delivery/calls/attempt.ts";
import type { Batch, BatchState } from "#domain/delivery/ledger/batch.ts";
import { areSameOutcomes } from "#domain/delivery/ledger/recorded-outcome.ts";
import { positionsSeen, type SeenKey } from "#domain/delivery/ledger/seen-deliveries.ts";
import { applyLateEvidence } from "#domain/delivery/resolving/late-evidence.ts";
import { toInstant } from "#domain/time/instant.ts";
import { asRead } from "../../as-read.ts";
import type { SendPorts } from "../ports.ts";

/** All states but done: SES's answer is a fact, whatever was concluded from its absence meanwhile. */
const NOT_DONE: readonly BatchState[] = ["ready", "calling", "unknown", "mixed", "held"];

export const logFieldsOf = ({ key, attempts }: Batch) => ({ batch: key, attempt: attempts });

/**
 * Stores the outcome of an attempt, if it is still the last one. Returns the batch as stored, or undefined if it went
 * on without this answer.
 */
export async function saveRecord(
  ports: SendPorts,
  after: Batch,
  called: readonly number[],
  effect: Effect,
): Promise<Batch | undefined> {
  if (await ports.ledger.saveBatch(after, { attempts: after.attempts, states: NOT_DONE })) {
    return after.attempts < 2 ? after : compareWithSeen(ports, after, called, effect);
  }
  const stored = await ports.ledger.batch(after.key);
  if (!stored || isSameRecord(stored, after)) return stored;
  if (stored.attempts === after.attempts) return addMessageIds(ports, stored, after, effect);
  // A later attempt was claimed before this answer came.
  const tookSome = effect.is === "accepted" || effect.is === "mixed";
  const report = tookSome ? ports.log.error : ports.log.warn;
  report("an answer came after its batch had gone on", { ...logFieldsOf(after), effect: effect.is });
  const now = toInstant(ports.clock.now());
  if (tookSome) {
    await ports.ledger.noteDouble({ key: after.key, attempt: after.attempts, positions: [...called], noticedAt: now });
  }
  const noted = noteLateAnswer(stored, effect, after.attempts, now);
  await ports.ledger.saveBatch(noted, asRead(stored));
  return undefined;
}

const isSameRecord = (stored: Batch, after: Batch) =>
  stored.attempts === after.attempts &&
  stored.state === after.state &&
  areSameOutcomes(stored.outcomes, after.outcomes);

/** SES's events resolved this attempt before its answer was stored: the answer only adds the message ids. */
async function addMessageIds(ports: SendPorts, stored: Batch, after: Batch, effect: Effect): Promise<Batch> {
  if (effect.is !== "accepted") return stored;
  const whole = { ...stored, messageIds: after.messageIds };
  return (await ports.ledger.saveBatch(whole, asRead(stored))) ? whole : stored;
}

/**
 * An event of an earlier attempt may have arrived during this one. It was added to what was seen, but this record knows
 * nothing of it: its reader has two emails, or has one although this attempt failed. Feedback compares events that
 * arrive later.
 */
async function compareWithSeen(
  ports: SendPorts,
  batch: Batch,
  called: readonly number[],
  effect: Effect,
): Promise<Batch> {
  try {
    const seen = await ports.ledger.seen(batch.key);
    if (effect.is === "accepted") await lookForDoubles(ports, batch, called, seen);
    const late = applyLateEvidence(batch, seen, { now: toInstant(ports.clock.now()), edition: undefined });
    return late && (await ports.ledger.saveBatch(late, asRead(batch))) ? late : batch;
  } catch (error) {
    ports.log.warn("what SES accepted before could not be looked up", { ...logFieldsOf(batch), error });
    return batch;
  }
}

async function lookForDoubles(
  ports: SendPorts,
  batch: Batch,
  called: readonly number[],
  seen: ReadonlySet<SeenKey>,
): Promise<void> {
  const before = positionsSeen(seen, { from: 1, to: batch.attempts - 1 });
  const positions = called.filter((position) => before.has(position));
  if (positions.length === 0) return;
  const noticedAt = toInstant(ports.clock.now());
  await ports.ledger.noteDouble({ key: batch.key, attempt: batch.attempts, positions, noticedAt });
  ports.log.error("SES took deliveries twice", { ...logFieldsOf(batch), positions });
}
