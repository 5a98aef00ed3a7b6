import type { Edition } from "../../edition/edition.ts";
import type { Instant } from "../../time/instant.ts";
import { isClosed, stateFromOutcomes, withLogEntry } from "../calls/attempt.ts";
import type { Batch } from "../ledger/batch.ts";
import { needsDecision, positionsOf, type RecordedOutcome, withOutcome } from "../ledger/recorded-outcome.ts";
import { positionsSeen, type SeenKey } from "../ledger/seen-deliveries.ts";
import { readMixedAnswer } from "./mixed-answer.ts";

/** The current time, and the batch's current edition. */
type Circumstances = { now: Instant; edition: Pick<Edition, "state"> | undefined };

/**
 * The batch with late evidence: held, given-up or refused positions that were seen accepted in a known attempt; and the
 * result of a mixed answer that was held because too little had been seen. Undefined: no change.
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

/** Outcomes of positions in a held mixed call: seen, not seen, or declared by a person. */
const OF_CALL: ReadonlySet<RecordedOutcome | undefined> = new Set(["accepted", "held", "declared"]);

/**
 * A held batch whose last answer can be interpreted now. Readers that SES didn't accept are retried while the edition
 * is being sent. After that, a person decides, as for other failures; SES never accepted them, so no one gets two
 * emails.
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
