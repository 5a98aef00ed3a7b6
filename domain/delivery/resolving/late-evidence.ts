import type { Edition } from "../../edition/edition.ts";
import type { Instant } from "../../time/instant.ts";
import { isClosed, stateFromOutcomes, withLogEntry } from "../calls/attempt.ts";
import type { Batch } from "../ledger/batch.ts";
import { needsDecision, positionsOf, type RecordedOutcome, withOutcome } from "../ledger/recorded-outcome.ts";
import { positionsSeen, type SeenKey } from "../ledger/seen-deliveries.ts";
import { readMixedAnswer } from "./mixed-answer.ts";

/** When it is applied, and the batch's edition as it is then. */
type Circumstances = { now: Instant; edition: Pick<Edition, "state"> | undefined };

/**
 * The batch with late evidence: what is held, given up or refused, and was seen accepted in an attempt that was made; and
 * what a mixed answer says, where it was held because too little had been seen to read it. Undefined: nothing of that.
 */
export function applyLateEvidence(
  batch: Batch,
  seen: ReadonlySet<SeenKey>,
  circumstances: Circumstances,
): Batch | undefined {
  if (!isClosed(batch)) return undefined;
  const accepted = acceptSeen(batch, seen);
  return readHeldAnswer(accepted ?? batch, seen, circumstances) ?? accepted;
}

function acceptSeen(batch: Batch, seen: ReadonlySet<SeenKey>): Batch | undefined {
  const proven = positionsSeen(seen, { from: 1, to: batch.attempts });
  const late = positionsOf(batch.outcomes, (outcome) => needsDecision(outcome) || outcome === "refused").filter(
    (position) => proven.has(position),
  );
  if (late.length === 0) return undefined;
  const outcomes = withOutcome(batch.outcomes, late, "accepted");
  return { ...batch, outcomes, state: stateFromOutcomes(outcomes) };
}

/** Outcomes of those who were in a mixed call, once it is held: seen, not seen, or declared by a person. */
const OF_CALL: ReadonlySet<RecordedOutcome | undefined> = new Set(["accepted", "held", "declared"]);

/**
 * A held batch whose last answer can be read by now. Readers SES did not take are called again while the edition is being
 * sent. Later a person decides, as on others that SES failed: no one has taken those, so no one gets two.
 */
function readHeldAnswer(batch: Batch, seen: ReadonlySet<SeenKey>, { now, edition }: Circumstances) {
  const { call, outcomes, taken, state } = batch;
  if (state !== "held" || taken === undefined || call === null) return undefined;
  const called = call.positions.filter((position) => OF_CALL.has(outcomes[position]));
  const unseen = called.filter((position) => outcomes[position] === "held");
  const read = unseen.length === 0 ? undefined : readMixedAnswer(batch, called, unseen, seen);
  if (!read) return undefined;
  const isBeingSent = edition?.state === "sending" || edition?.state === "paused";
  const declared = positionsOf(outcomes, (outcome) => outcome === "declared");
  const decided = withOutcome(read.batch.outcomes, read.failures, isBeingSent ? "failed" : "given-up");
  const after = {
    ...read.batch,
    outcomes: withOutcome(decided, declared, "declared"),
    single: true,
    answered: undefined,
  };
  const what = isBeingSent ? "are tried again, one by one" : "wait for a person";
  return withLogEntry(
    { ...after, taken: undefined, state: stateFromOutcomes(after.outcomes) },
    `${read.why}: the ${read.failures.length} it did not take ${what}`,
    now,
  );
}
