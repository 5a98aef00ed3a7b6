import { fromInstant, type Instant, toInstant } from "../../time/instant.ts";
import { callOf, stateFromOutcomes, withLogEntry } from "../calls/attempt.ts";
import type { Batch, BatchKey } from "../ledger/batch.ts";
import { isOpen, needsDecision, positionsOf, withOutcome } from "../ledger/recorded-outcome.ts";

/** A person's decision about deliveries that SES may or may not have accepted. */
export type DeliveryDecision = "delivered" | "resend";

/**
 * A batch's short id for people: the first digits of its first reader's id, a keyed hash. A reader is in one batch of
 * an edition, so the whole id identifies a batch, and nearly always its first eight digits do.
 */
export const batchId = ({ first }: Pick<BatchKey, "first">): string => first.slice(0, 8);
/** Any unambiguous prefix of it is accepted. */
export const isNamed = ({ first }: Pick<BatchKey, "first">, typed: string): boolean =>
  typed.length >= 4 && first.startsWith(typed.toLowerCase());

const isUnresolved = ({ state }: Batch): boolean => state === "unknown" || state === "mixed";

/** The positions a person may decide about: held ones, and those of an unanswered call. */
export function undecidedPositions(batch: Batch): number[] {
  const called = new Set(isUnresolved(batch) ? batch.call?.positions : []);
  return batch.outcomes.flatMap((outcome, at) =>
    needsDecision(outcome) || (isOpen(outcome) && called.has(at)) ? [at] : [],
  );
}

/**
 * The positions that failed so often that they aren't retried automatically. SES never accepted them, so they can be.
 */
export const givenUpPositions = ({ outcomes }: Pick<Batch, "outcomes">): number[] =>
  positionsOf(outcomes, (outcome) => outcome === "given-up");

/** The last quarter of the wait is for SES's late events; a person doesn't have to wait for them. */
const RESEND_PART = 0.75;

/**
 * From when a person may resend a batch: before, SES could still accept the old call, or its events may be on their
 * way. null: at once, because nothing in it can have been accepted.
 * @param settleSeconds W, how long events are waited for
 */
export function resendFrom(
  batch: Batch,
  settleSeconds: number,
  chosen: readonly number[] = undecidedPositions(batch),
): Instant | null {
  const uncertain = chosen.filter((at) => batch.outcomes[at] !== "given-up");
  // If a reader's call isn't known, it may have been the last one.
  const calls = uncertain.flatMap((position) => callOf(batch, position)?.at ?? batch.call?.at ?? []);
  const last = calls.toSorted().at(-1);
  return last === undefined ? null : toInstant(fromInstant(last) + settleSeconds * 1000 * RESEND_PART);
}

/**
 * The batch after a person's decision. It may only be saved if its attempts and state are still those that were read.
 * @param chosen the positions the decision is about
 */
export function applyDecision(
  batch: Batch,
  as: DeliveryDecision,
  by: string,
  now: Instant,
  chosen: readonly number[] = undecidedPositions(batch),
): Batch {
  const outcomes = withOutcome(batch.outcomes, chosen, as === "delivered" ? "declared" : "waiting");
  const again = as === "delivered" ? {} : { resends: batch.resends + 1, failures: 0, refusedSince: null };
  const said = as === "delivered" ? "delivered" : "to be sent again";
  const isStillUnanswered =
    isUnresolved(batch) && batch.call?.positions.some((at) => isOpen(batch.outcomes[at]) && !chosen.includes(at));
  return withLogEntry(
    { ...batch, ...again, outcomes, state: isStillUnanswered ? batch.state : stateFromOutcomes(outcomes) },
    `${by} declared ${chosen.length} ${said}`,
    now,
  );
}

/** The batch with another try for readers that failed repeatedly. */
export function applyRetry(batch: Batch, by: string, now: Instant): Batch {
  const chosen = givenUpPositions(batch);
  const outcomes = withOutcome(batch.outcomes, chosen, "failed");
  const fresh = { failures: 0, refusedSince: null, notBefore: null };
  return withLogEntry(
    { ...batch, ...fresh, outcomes, state: stateFromOutcomes(outcomes) },
    `${by} had ${chosen.length} tried again`,
    now,
  );
}
