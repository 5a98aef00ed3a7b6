import type { Edition } from "../../edition/edition.ts";
import type { Instant } from "../../time/instant.ts";
import { stateFromOutcomes, withLogEntry } from "../calls/attempt.ts";
import type { Batch } from "../ledger/batch.ts";
import { isOpen, positionsOf, type RecordedOutcome, withOutcome } from "../ledger/recorded-outcome.ts";
import { positionsSeen, type SeenKey } from "../ledger/seen-deliveries.ts";
import { contradictsLedger, withCorrected } from "./evidence.ts";
import { readMixedAnswer } from "./mixed-answer.ts";

/** The current time, and the batch's current edition. */
type Circumstances = { now: Instant; edition: Pick<Edition, "state"> | undefined };

/**
 * The batch with late evidence, in whatever state it is: positions that were seen accepted in a known attempt although
 * it says otherwise; and the result of a mixed answer that was held because too little had been seen. Undefined: no
 * change.
 */
export function applyLateEvidence(
  batch: Batch,
  seen: ReadonlySet<SeenKey>,
  circumstances: Circumstances,
): Batch | undefined {
  const accepted = acceptSeen(batch, seen);
  return readHeldAnswer(accepted ?? batch, seen, circumstances) ?? accepted;
}

function acceptSeen(batch: Batch, seen: ReadonlySet<SeenKey>): Batch | undefined {
  const proven = positionsSeen(seen, { from: 1, to: batch.attempts });
  const late = [...proven].filter((position) => position < batch.ids.length && contradictsLedger(batch, position));
  return late.length === 0 ? undefined : withCorrected(batch, withOutcome(batch.outcomes, late, "accepted"));
}

/** Outcomes of positions in a held mixed call: seen, not seen, or declared by a person. */
const OF_CALL: ReadonlySet<RecordedOutcome | undefined> = new Set(["accepted", "held", "declared"]);

/**
 * A batch whose last answer was held and can be interpreted now; it is ready if its other readers are still to be
 * called. Readers that SES didn't accept are retried while the edition is being sent. After that, a person decides, as
 * for other failures; SES never accepted them, so no one gets two emails.
 */
function readHeldAnswer(batch: Batch, seen: ReadonlySet<SeenKey>, { now, edition }: Circumstances) {
  const { call, outcomes, taken, state } = batch;
  if ((state !== "held" && state !== "ready") || taken === undefined || call === null) return undefined;
  // Its failures are known already, or a person decided to call some of it again: its answer is used up.
  if (call.positions.some((position) => isOpen(outcomes[position]))) return undefined;
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
