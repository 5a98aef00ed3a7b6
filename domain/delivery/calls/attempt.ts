import { fromInstant, type Instant, toInstant } from "../../time/instant.ts";
import type { Batch, BatchState, Call, EarlierCall } from "../ledger/batch.ts";
import { isOpen, needsDecision, positionsOf, type RecordedOutcome, withOutcome } from "../ledger/recorded-outcome.ts";
import { positionsSeen, type SeenKey } from "../ledger/seen-deliveries.ts";
import type { Effect } from "./answer.ts";

/** Consecutive transient failures of whole calls after which a person decides. */
const MAX_FAILURES = 3;
const TRANSIENT_RETRY_SECONDS = 60;
const MAX_LOG_ENTRIES = 20;
const MAX_NOTE_LENGTH = 200;
/** Margin after a claim's end for an answer from a process whose clock is wrong. */
const GRACE_MS = 5_000;

/** Whether it is due; the claim's condition then makes sure that no other process has it. */
export function isClaimable(batch: Batch, now: Instant): boolean {
  return batch.state === "ready" && batch.key.due <= now && (batch.notBefore === null || batch.notBefore <= now);
}

/** When it can be claimed; undefined: it isn't waiting for a time. */
export function claimableFrom(batch: Batch): Instant | undefined {
  if (batch.state !== "ready") return undefined;
  return batch.notBefore !== null && batch.notBefore > batch.key.due ? batch.notBefore : batch.key.due;
}

/**
 * Positions of the next call: waiting, or failed with a transient error; at most `size`. Several calls are cut into
 * equal ones: 50 at 48 a call would leave two, too few to conclude anything from missing events.
 */
export function positionsToCall(batch: Batch, size: number): number[] {
  const open = positionsOf(batch.outcomes, isOpen);
  if (batch.single) return open.slice(0, 1);
  const largest = Math.max(1, Math.min(size, batch.most ?? size));
  const calls = Math.ceil(open.length / largest);
  return open.slice(0, Math.ceil(open.length / calls));
}

/** The batch as claimed. Saved only if it is still ready and its attempts are those read. */
export function claim(batch: Batch, size: number, call: Omit<Call, "positions">): Batch {
  const positions = positionsToCall(batch, size);
  return {
    ...withEarlier(batch),
    state: "calling",
    attempts: batch.attempts + 1,
    notBefore: null,
    // An earlier call's answer doesn't apply to this one.
    taken: undefined,
    answered: undefined,
    call: { ...call, positions },
  };
}

/** Keeps what was accepted or held in the last call before the next one replaces it. */
function withEarlier(batch: Batch): Batch {
  const { call, earlier = [], attempts, outcomes } = batch;
  if (call === null) return batch;
  const isKept = (outcome: RecordedOutcome | undefined) => outcome === "accepted" || outcome === "held";
  const positions = call.positions.filter((position) => isKept(outcomes[position]));
  if (positions.length === 0) return batch;
  return { ...batch, earlier: [...earlier, { attempt: attempts, at: call.at, rev: call.rev, positions }] };
}

/** A position's last call, if known; of earlier calls, only accepted and held positions are kept. */
export function callOf({ call, earlier = [], attempts }: Batch, position: number): EarlierCall | undefined {
  if (call?.positions.includes(position)) {
    return { attempt: attempts, at: call.at, rev: call.rev, positions: call.positions };
  }
  return earlier.findLast(({ positions }) => positions.includes(position));
}

/** The attempt that a position was accepted in, its claim's time, and its revision. */
export function acceptedBy(batch: Batch, position: number) {
  const by = batch.outcomes[position] === "accepted" ? callOf(batch, position) : undefined;
  return by && { attempt: by.attempt, at: by.at, rev: by.rev };
}

/** True if the stored batch is this claim, after a write whose answer was lost was repeated. */
export const isSameClaim = (stored: Batch, claimed: Batch): boolean =>
  stored.attempts === claimed.attempts &&
  stored.call?.run === claimed.call?.run &&
  stored.call?.at === claimed.call?.at;

/** Marks positions as accepted because SES's events prove it. */
export const markSeen = (batch: Batch, positions: readonly number[]): Batch => ({
  ...batch,
  outcomes: withOutcome(batch.outcomes, positions, "accepted"),
});

/**
 * A claim without readers who were seen accepted in earlier attempts.
 * @param before the batch as it was claimed, with its last call
 */
export function excludeSeen(claimed: Batch, before: Batch, seen: ReadonlySet<SeenKey>): Batch {
  const { call } = claimed;
  const known = positionsSeen(seen, { from: 1, to: claimed.attempts });
  const positions = call?.positions.filter((position) => known.has(position)) ?? [];
  if (!call || positions.length === 0) return claimed;
  const left = call.positions.filter((position) => !known.has(position));
  const last = before.call && { attempt: before.attempts, at: before.call.at, rev: before.call.rev, positions };
  const earlier = [...(claimed.earlier ?? []), ...(last ? [last] : [])];
  return { ...markSeen(claimed, positions), call: { ...call, positions: left }, earlier };
}

/**
 * For a batch whose events show an attempt that the table doesn't know: SES may have accepted all of it, so it is held
 * for a person, except for readers who were seen. Undefined: no such events.
 * @param seen as read after the claim and before its call, so none of it is this attempt's own
 */
export function holdUnknownAttempt(claimed: Batch, seen: ReadonlySet<SeenKey>): Batch | undefined {
  const known = positionsSeen(seen, { from: claimed.attempts, to: Number.POSITIVE_INFINITY });
  const { call } = claimed;
  if (!call || known.size === 0) return undefined;
  const all = positionsSeen(seen, { from: 1, to: Number.POSITIVE_INFINITY });
  const unseen = positionsOf(claimed.outcomes, isOpen).filter((position) => !all.has(position));
  const accepted = call.positions.filter((position) => all.has(position));
  const outcomes = withOutcome(markSeen(claimed, accepted).outcomes, unseen, "held");
  return { ...claimed, outcomes, call: { ...call, positions: [] } };
}

/** Marks positions as skipped: left, erased or moved. They stay in the call's list, because they were claimed. */
export const skip = (batch: Batch, positions: readonly number[]): Batch =>
  positions.length === 0 ? batch : { ...batch, outcomes: withOutcome(batch.outcomes, positions, "skipped") };

/**
 * The batch after the answer to its call. `called` are the positions that were truly in the request.
 * @param now when the answer came
 */
export function record(batch: Batch, called: readonly number[], effect: Effect, now: Instant): Batch {
  const after = applyEffect(batch, called, effect, now);
  const state = called.length > 0 && isUnresolved(effect) ? effect.is : stateFromOutcomes(after.outcomes);
  const most = callLimitAfter(batch, called.length, effect);
  const refusedSince = effect.is === "again" && effect.refused ? (batch.refusedSince ?? now) : null;
  return {
    ...after,
    state,
    refusedSince,
    most,
    log: isWorthNoting(batch, effect) ? logWith(after, now, describe(effect)) : after.log,
  };
}

/**
 * The limit of the next call: half after one that a reader made fail, twice after a good one, none once that reader is
 * found.
 */
function callLimitAfter({ most }: Batch, called: number, effect: Effect): number | undefined {
  if (effect.is === "again" && effect.split) return Math.max(1, Math.ceil(called / 2));
  if (effect.is === "again" && !effect.single) return most;
  return effect.is === "accepted" && most !== undefined ? most * 2 : undefined;
}

/** Repeated waits don't push SES's messages out of the log. */
const isWorthNoting = ({ log }: Batch, effect: Effect): boolean =>
  effect.is !== "accepted" && log.at(-1)?.what !== describe(effect).slice(0, MAX_NOTE_LENGTH);

const isUnresolved = (effect: Effect) => effect.is === "unknown" || effect.is === "mixed";

function applyEffect(batch: Batch, called: readonly number[], effect: Effect, now: Instant): Batch {
  const later = (seconds: number) => toInstant(fromInstant(now) + seconds * 1000);
  switch (effect.is) {
    case "accepted":
      return {
        ...batch,
        outcomes: withOutcome(batch.outcomes, called, "accepted"),
        failures: 0,
        messageIds: withMessageIds(batch, called, effect.messageIds),
      };
    case "again": {
      const notBefore = effect.afterSeconds > 0 ? later(effect.afterSeconds) : null;
      return {
        ...batch,
        outcomes: withOutcome(batch.outcomes, called, "waiting"),
        notBefore,
        single: batch.single || effect.single,
      };
    }
    case "refused":
      return { ...batch, outcomes: withOutcome(batch.outcomes, called, "refused") };
    case "passing": {
      const failures = batch.failures + 1;
      const outcome = failures >= MAX_FAILURES ? "given-up" : "failed";
      return {
        ...batch,
        failures,
        outcomes: withOutcome(batch.outcomes, called, outcome),
        notBefore: later(TRANSIENT_RETRY_SECONDS),
      };
    }
    case "mixed":
      // SES's events show who was accepted; until then, no one is retried.
      return { ...batch, taken: effect.accepted, answered: answeredBy(batch, called, effect.messageIds) };
    case "unknown":
      return batch;
  }
}

/** How long consecutive calls may be refused before the edition is held. */
const REFUSED_MS = 30 * 60_000;

/**
 * The last refusal, if calls have been refused for too long. Refusals of single readers don't count.
 * @param sentAt when a person last sent or resumed it; earlier refusals don't count
 */
export function refusedTooLong(batch: Batch, now: Instant, sentAt: Instant | null = null): string | undefined {
  if (batch.state !== "ready" || batch.refusedSince === null) return undefined;
  const since = sentAt !== null && sentAt > batch.refusedSince ? sentAt : batch.refusedSince;
  if (fromInstant(now) - fromInstant(since) <= REFUSED_MS) return undefined;
  return batch.log.at(-1)?.what ?? "";
}

/** A claim that expired without an answer: SES may have accepted the call or not. */
export function isUnanswered(batch: Batch, now: Instant): boolean {
  if (batch.state !== "calling" || batch.call === null) return false;
  return fromInstant(batch.call.until) + GRACE_MS < fromInstant(now);
}

/** The batch after its claim expired. It is never resent by this step. */
export function markUnanswered(batch: Batch, now: Instant): Batch {
  return { ...batch, state: "unknown", log: logWith(batch, now, "no answer was recorded before the claim ran out") };
}

/**
 * An answer that came after a later attempt was claimed, or after everything was done: it is logged and changes no
 * outcome.
 */
export const noteLateAnswer = (stored: Batch, effect: Effect, attempt: number, now: Instant): Batch => ({
  ...stored,
  log: logWith({ ...stored, attempts: attempt }, now, `a late answer: ${describe(effect)}`, stored.log),
});

/** The state of a batch with these outcomes, when all its calls are answered. */
export function stateFromOutcomes(outcomes: readonly RecordedOutcome[]): BatchState {
  if (outcomes.some(isOpen)) return "ready";
  return outcomes.some(needsDecision) ? "held" : "done";
}

/** Whether nothing more happens to it automatically. */
export const isClosed = (batch: Pick<Batch, "state">): boolean => batch.state === "done" || batch.state === "held";

function withMessageIds(batch: Batch, called: readonly number[], messageIds: readonly string[]): string[] {
  const all = batch.ids.map((_, at) => batch.messageIds[at] ?? "");
  for (const [at, position] of called.entries()) all[position] = messageIds[at] ?? "";
  return all;
}

/** By position, assuming that the answer has the order of its call; `proveOrder` checks that. */
const answeredBy = ({ ids }: Batch, called: readonly number[], messageIds: readonly string[] | undefined) =>
  messageIds && ids.map((_, position) => messageIds[called.indexOf(position)] ?? "");

function logWith(batch: Batch, at: Instant, what: string, log = batch.log) {
  return [
    ...log,
    { attempt: batch.attempts, rev: batch.call?.rev ?? 0, at, what: what.slice(0, MAX_NOTE_LENGTH) },
  ].slice(-MAX_LOG_ENTRIES);
}

/** The batch with one more entry in its log. */
export const withLogEntry = (batch: Batch, what: string, at: Instant): Batch => ({
  ...batch,
  log: logWith(batch, at, what),
});

const describe = (effect: Effect) => (effect.is === "accepted" ? "accepted" : `${effect.is}: ${effect.why}`);
