import { fromInstant, type Instant, toInstant } from "../../time/instant.ts";
import type { Batch, BatchState, Call, EarlierCall } from "../ledger/batch.ts";
import { isOpen, needsDecision, positionsOf, type RecordedOutcome, withOutcome } from "../ledger/recorded-outcome.ts";
import { positionsSeen, type SeenKey } from "../ledger/seen-deliveries.ts";
import type { Effect } from "./answer.ts";

/** Passing failures of a whole call in a row after which a person looks. */
const MAX_FAILURES = 3;
const TRANSIENT_RETRY_SECONDS = 60;
const MAX_LOG_ENTRIES = 20;
const MAX_NOTE_LENGTH = 200;
/** How long after a claim ran out its call may still be answered by a clock that is off. */
const GRACE_MS = 5_000;

/** Whether its time has come; no one else has it if the claim's condition holds too. */
export function isClaimable(batch: Batch, now: Instant): boolean {
  return batch.state === "ready" && batch.key.due <= now && (batch.notBefore === null || batch.notBefore <= now);
}

/** When it can be claimed, or undefined if it is not waiting for time. */
export function claimableFrom(batch: Batch): Instant | undefined {
  if (batch.state !== "ready") return undefined;
  return batch.notBefore !== null && batch.notBefore > batch.key.due ? batch.notBefore : batch.key.due;
}

/**
 * Who goes into the next call: waiting or failed for a passing reason, at most `size` of them. What needs several calls
 * is cut into equal ones: 50 at 48 a call would leave two, and of so few no one can tell whether their events were lost.
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
    // An earlier call's answer says nothing of this one.
    taken: undefined,
    answered: undefined,
    call: { ...call, positions },
  };
}

/** Before the last call is forgotten for the next one: what of it was accepted, or is held, stays known. */
function withEarlier(batch: Batch): Batch {
  const { call, earlier = [], attempts, outcomes } = batch;
  if (call === null) return batch;
  const isKept = (outcome: RecordedOutcome | undefined) => outcome === "accepted" || outcome === "held";
  const positions = call.positions.filter((position) => isKept(outcomes[position]));
  if (positions.length === 0) return batch;
  return { ...batch, earlier: [...earlier, { attempt: attempts, at: call.at, rev: call.rev, positions }] };
}

/** The last call that a position was in, if that is known: of an earlier one only who was accepted or held by it. */
export function callOf({ call, earlier = [], attempts }: Batch, position: number): EarlierCall | undefined {
  if (call?.positions.includes(position)) {
    return { attempt: attempts, at: call.at, rev: call.rev, positions: call.positions };
  }
  return earlier.findLast(({ positions }) => positions.includes(position));
}

/** By which attempt a position was accepted, when that was claimed, and which revision it carried. */
export function acceptedBy(batch: Batch, position: number) {
  const by = batch.outcomes[position] === "accepted" ? callOf(batch, position) : undefined;
  return by && { attempt: by.attempt, at: by.at, rev: by.rev };
}

/** True when the stored batch is this very claim: a write whose answer was lost, and that was then repeated. */
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
 * A claim with what was seen of earlier attempts: readers that SES has accepted already are not called again.
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
 * A claim of a batch of which events show an attempt that the table never saw made: SES may have taken all of it, so it
 * is held for a person except for those who were seen. Undefined: events show none such.
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

/** Marks positions as skipped: left, erased or moved on. They stay in the call's list, for that is what was claimed. */
export const skip = (batch: Batch, positions: readonly number[]): Batch => ({
  ...batch,
  outcomes: withOutcome(batch.outcomes, positions, "skipped"),
});

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

/** The limit on the next call: half of one that a reader spoilt, twice of one that went well, none once that reader is found. */
function callLimitAfter({ most }: Batch, called: number, effect: Effect): number | undefined {
  if (effect.is === "again" && effect.split) return Math.max(1, Math.ceil(called / 2));
  if (effect.is === "again" && !effect.single) return most;
  return effect.is === "accepted" && most !== undefined ? most * 2 : undefined;
}

/** What SES said isn't pushed out of the log by the same wait, noted again and again. */
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
      // SES's events say who was taken; until then no one is mailed again.
      return { ...batch, taken: effect.accepted, answered: answeredBy(batch, called, effect.messageIds) };
    case "unknown":
      return batch;
  }
}

/** How long calls may be refused, one after the other, before a person is asked. */
const REFUSED_MS = 30 * 60_000;

/**
 * Why it was refused last, if it has been refused for too long. A reader's own trouble is not meant: that is `r`.
 * @param sentAt when a person last said that it should go; what was before that is forgiven
 */
export function refusedTooLong(batch: Batch, now: Instant, sentAt: Instant | null = null): string | undefined {
  if (batch.state !== "ready" || batch.refusedSince === null) return undefined;
  const since = sentAt !== null && sentAt > batch.refusedSince ? sentAt : batch.refusedSince;
  if (fromInstant(now) - fromInstant(since) <= REFUSED_MS) return undefined;
  return batch.log.at(-1)?.what ?? "";
}

/** A claim that ran out without an answer: SES may have the call or not. */
export function isUnanswered(batch: Batch, now: Instant): boolean {
  if (batch.state !== "calling" || batch.call === null) return false;
  return fromInstant(batch.call.until) + GRACE_MS < fromInstant(now);
}

/** The batch after its claim ran out. Never sent again by itself. */
export function markUnanswered(batch: Batch, now: Instant): Batch {
  return { ...batch, state: "unknown", log: logWith(batch, now, "no answer was recorded before the claim ran out") };
}

/** An answer that came after a later attempt was claimed, or after all was done: kept as a fact, changes no outcome. */
export const noteLateAnswer = (stored: Batch, effect: Effect, attempt: number, now: Instant): Batch => ({
  ...stored,
  log: logWith({ ...stored, attempts: attempt }, now, `a late answer: ${describe(effect)}`, stored.log),
});

/** What a batch with these outcomes waits for: its calls are all answered. */
export function stateFromOutcomes(outcomes: readonly RecordedOutcome[]): BatchState {
  if (outcomes.some(isOpen)) return "ready";
  return outcomes.some(needsDecision) ? "held" : "done";
}

/** Nothing more happens to it by itself. */
export const isClosed = (batch: Pick<Batch, "state">): boolean => batch.state === "done" || batch.state === "held";

function withMessageIds(batch: Batch, called: readonly number[], messageIds: readonly string[]): string[] {
  const all = batch.ids.map((_, at) => batch.messageIds[at] ?? "");
  for (const [at, position] of called.entries()) all[position] = messageIds[at] ?? "";
  return all;
}

/** By position, as if the answer had the order of its call: `proveOrder` says whether it has. */
const answeredBy = ({ ids }: Batch, called: readonly number[], messageIds: readonly string[] | undefined) =>
  messageIds && ids.map((_, position) => messageIds[called.indexOf(position)] ?? "");

function logWith(batch: Batch, at: Instant, what: string, log = batch.log) {
  return [
    ...log,
    { attempt: batch.attempts, rev: batch.call?.rev ?? 0, at, what: what.slice(0, MAX_NOTE_LENGTH) },
  ].slice(-MAX_LOG_ENTRIES);
}

/** The batch with a line more in its log. */
export const withLogEntry = (batch: Batch, what: string, at: Instant): Batch => ({
  ...batch,
  log: logWith(batch, at, what),
});

const describe = (effect: Effect) => (effect.is === "accepted" ? "accepted" : `${effect.is}: ${effect.why}`);
