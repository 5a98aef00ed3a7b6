import { fromInstant, type Instant, toInstant } from "../../time/instant.ts";
import { callOf, stateFromOutcomes, withLogEntry } from "../calls/attempt.ts";
import type { Batch, BatchKey } from "../ledger/batch.ts";
import { isOpen, needsDecision, positionsOf, withOutcome } from "../ledger/recorded-outcome.ts";

/** What a person decides of deliveries that no one knows whether SES took them. */
export type DeliveryDecision = "delivered" | "resend";

/**
 * How a person names a batch: the first digits of its first reader's id, which is a keyed hash. A reader is in one batch
 * of an edition, so all of the id names one batch, and nearly always its first eight digits do.
 */
export const batchId = ({ first }: Pick<BatchKey, "first">): string => first.slice(0, 8);
/** What was typed may be any beginning of it, so long as it is unambiguous. */
export const isNamed = ({ first }: Pick<BatchKey, "first">, typed: string): boolean =>
  typed.length >= 4 && first.startsWith(typed.toLowerCase());

const isUnresolved = ({ state }: Batch): boolean => state === "unknown" || state === "mixed";

/** The positions a person may decide on: held ones, and those of a call that no one answered. */
export function undecidedPositions(batch: Batch): number[] {
  const called = new Set(isUnresolved(batch) ? batch.call?.positions : []);
  return batch.outcomes.flatMap((outcome, at) =>
    needsDecision(outcome) || (isOpen(outcome) && called.has(at)) ? [at] : [],
  );
}

/** The positions that SES failed so often that they are no longer tried: no one took them, so they may be again. */
export const givenUpPositions = ({ outcomes }: Pick<Batch, "outcomes">): number[] =>
  positionsOf(outcomes, (outcome) => outcome === "given-up");

/** A quarter of the wait is for the tail of SES's events; a person who knows more need not wait for that. */
const RESEND_PART = 0.75;

/**
 * From when a batch may be sent again by a person: before that SES could still accept the old call, or its events be on
 * their way. null: at once, for nothing in it may have been accepted.
 * @param settleSeconds W, how long events are waited for
 */
export function resendFrom(
  batch: Batch,
  settleSeconds: number,
  chosen: readonly number[] = undecidedPositions(batch),
): Instant | null {
  const uncertain = chosen.filter((at) => batch.outcomes[at] !== "given-up");
  // Where it isn't known which call someone was in, it may have been the last one.
  const calls = uncertain.flatMap((position) => callOf(batch, position)?.at ?? batch.call?.at ?? []);
  const last = calls.toSorted().at(-1);
  return last === undefined ? null : toInstant(fromInstant(last) + settleSeconds * 1000 * RESEND_PART);
}

/**
 * The batch as a person decided. To be saved only if its attempts and its state are those that were read.
 * @param chosen of the positions that may be decided on those that are
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

/** The batch with another try for which SES failed so often. */
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
