import * as z from "zod";

/**
 * What is recorded of one delivery. waiting: not called for, or to be called for again. accepted: SES took it. refused:
 * for good. failed: with a transient error; tried again. given-up: failed so often that a person is asked. skipped: the
 * reader left, was erased or moved to another place of the edition. held: a person decides. declared: a person said it
 * was delivered. Stored as one letter each (adapters/dynamo/batches.ts).
 */
export const RecordedOutcome = z.enum([
  "waiting",
  "accepted",
  "refused",
  "failed",
  "given-up",
  "skipped",
  "held",
  "declared",
]);
export type RecordedOutcome = z.infer<typeof RecordedOutcome>;

/** Still to be called for. */
export const isOpen = (outcome: RecordedOutcome | undefined): boolean => outcome === "waiting" || outcome === "failed";

/** A person has to decide. */
export const needsDecision = (outcome: RecordedOutcome | undefined): boolean =>
  outcome === "held" || outcome === "given-up";

/** The positions whose outcome is such. */
export const positionsOf = (
  outcomes: readonly RecordedOutcome[],
  isSuch: (outcome: RecordedOutcome) => boolean,
): number[] => outcomes.flatMap((outcome, position) => (isSuch(outcome) ? [position] : []));

/** The outcomes with that of some positions changed. */
export function withOutcome(
  outcomes: readonly RecordedOutcome[],
  positions: readonly number[],
  outcome: RecordedOutcome,
): RecordedOutcome[] {
  const chosen = new Set(positions);
  return outcomes.map((before, position) => (chosen.has(position) ? outcome : before));
}

export const areSameOutcomes = (one: readonly RecordedOutcome[], other: readonly RecordedOutcome[]): boolean =>
  one.length === other.length && one.every((outcome, position) => outcome === other[position]);
