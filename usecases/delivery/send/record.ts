import type { Effect } from "#domain/delivery/calls/answer.ts";
import { noteLateAnswer } from "#domain/delivery/calls/attempt.ts";
import type { Batch, BatchState } from "#domain/delivery/ledger/batch.ts";
import { positionsSeen } from "#domain/delivery/ledger/seen.ts";
import { toInstant } from "#domain/time/instant.ts";
import type { SendPorts } from "./ports.ts";

/** Any but done: what SES answered is a fact, whatever somebody took the silence for meanwhile. */
const NOT_DONE: readonly BatchState[] = ["ready", "calling", "unknown", "mixed", "held"];

export const whatOf = ({ key, att }: Batch) => ({ batch: key, attempt: att });

/**
 * Stores what became of an attempt, if it is still the last one. Gives the batch as stored, or undefined where it has
 * gone on without this answer.
 */
export async function saveRecord(
  ports: SendPorts,
  after: Batch,
  called: readonly number[],
  effect: Effect,
): Promise<Batch | undefined> {
  if (await ports.ledger.saveBatch(after, { att: after.att, st: NOT_DONE })) {
    await lookForDoubles(ports, after, called, effect);
    return after;
  }
  const stored = await ports.ledger.batch(after.key);
  if (!stored || isSameRecord(stored, after)) return stored;
  if (stored.att === after.att) return agreed(ports, stored, after, effect);
  // A later attempt was claimed before this answer came.
  const tookSome = effect.is === "accepted" || effect.is === "mixed";
  const tell = tookSome ? ports.log.error : ports.log.warn;
  tell("an answer came after its batch had gone on", { ...whatOf(after), effect: effect.is });
  const now = toInstant(ports.clock.now());
  if (tookSome) {
    await ports.ledger.noteDouble({ key: after.key, attempt: after.att, positions: [...called], noticedAt: now });
  }
  const noted = noteLateAnswer(stored, effect, after.att, now);
  await ports.ledger.saveBatch(noted, { att: stored.att, st: [stored.st] });
  return undefined;
}

const isSameRecord = (stored: Batch, after: Batch) =>
  stored.att === after.att && stored.st === after.st && stored.out === after.out;

/** SES's events settled this very attempt before its answer was written: the answer only adds the message ids. */
async function agreed(ports: SendPorts, stored: Batch, after: Batch, effect: Effect): Promise<Batch> {
  if (effect.is !== "accepted") return stored;
  const whole = { ...stored, messageIds: after.messageIds };
  return (await ports.ledger.saveBatch(whole, { att: stored.att, st: [stored.st] })) ? whole : stored;
}

/**
 * An event of an earlier attempt may have come while this one was under way: its reader has two. Events that come
 * later are compared by feedback.
 */
async function lookForDoubles(
  ports: SendPorts,
  batch: Batch,
  called: readonly number[],
  effect: Effect,
): Promise<void> {
  if (effect.is !== "accepted" || batch.att < 2 || called.length === 0) return;
  try {
    const seen = positionsSeen(await ports.ledger.seen(batch.key), { from: 1, to: batch.att - 1 });
    const positions = called.filter((position) => seen.has(position));
    if (positions.length === 0) return;
    const noticedAt = toInstant(ports.clock.now());
    await ports.ledger.noteDouble({ key: batch.key, attempt: batch.att, positions, noticedAt });
    ports.log.error("SES took deliveries twice", { ...whatOf(batch), positions });
  } catch (error) {
    ports.log.warn("whether SES took deliveries twice could not be looked up", { ...whatOf(batch), error });
  }
}
