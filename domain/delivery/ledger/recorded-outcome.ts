import * as z from "zod";

/**
 * The recorded outcome of one delivery. waiting: not called yet, or to be retried. accepted: by SES. refused:
 * permanently. failed: with a transient error, to be retried. given-up: failed so often that a person decides. skipped:
 * the reader left, was erased, or moved to another position of the edition. held: a person decides. declared: a person
 * declared it delivered. Stored as one letter each (adapters/dynamo/delivery/batches.ts).
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

/** The positions with such an outcome. */
export const positionsOf = (
  outcomes: readonly RecordedOutcome[],
  isSuch: (outcome: RecordedOutcome) => boolean,
): number[] => {
  const positions: number[] = [];
  for (const [position, outcome] of outcomes.entries()) if (isSuch(outcome)) positions.push(position);
  return positions;
};

/** The outcomes with some positions changed. */
export function withOutcome(
  outcomes: readonly RecordedOutcome[],
  positions: readonly number[],
  outcome: RecordedOutcome,
): RecordedOutcome[] {
  const after = [...outcomes];
  for (const position of positions) if (position < after.length) after[position] = outcome;
  return after;
}

export const areSameOutcomes = (one: readonly RecordedOutcome[], other: readonly RecordedOutcome[]): boolean =>
  one.length === other.length && one.every((outcome, position) => outcome === other[position]);
