import type { DeliverySettings } from "../../config/delivery-settings.ts";
import { fromInstant, type Instant, toInstant } from "../../time/instant.ts";
import { markSeen, stateFromOutcomes, withLogEntry } from "../calls/attempt.ts";
import type { Batch } from "../ledger/batch.ts";
import { isOpen, withOutcome } from "../ledger/recorded-outcome.ts";
import { positionsSeen, type SeenKey } from "../ledger/seen-deliveries.ts";
import { isWitness } from "./evidence.ts";
import { readMixedAnswer } from "./mixed-answer.ts";

/** How a call without an answer, or with an incomplete one, is resolved. */
type EvidenceResolution =
  | { readonly is: "wait" }
  /** Resolved by evidence, or held if evidence is missing. */
  | { readonly is: "resolved"; readonly batch: Batch }
  /** Nothing was seen within the wait, which alone proves nothing. */
  | { readonly is: "silent" };

type Settings = Pick<DeliverySettings, "settleSeconds" | "confirmations" | "resend">;

/** Until when to wait for SES's events: the last moment at which SES can accept the call, plus the events' delay. */
const eventsAwaitedUntil = ({ call }: Pick<Batch, "call">, settleSeconds: number): Instant =>
  toInstant(fromInstant(call?.at ?? toInstant(0)) + settleSeconds * 1000);

/** Positions of the last call without an outcome. */
const openPositions = ({ call, outcomes }: Batch): number[] =>
  (call?.positions ?? []).filter((at) => isOpen(outcomes[at]));

/**
 * Resolves an unknown or mixed batch by what was seen. Proof of acceptance counts at once; a missing event never proves
 * that a delivery wasn't accepted, except with a mixed answer, which says how many were.
 */
export function resolveByEvidence(
  batch: Batch,
  seen: ReadonlySet<SeenKey>,
  now: Instant,
  settings: Settings,
): EvidenceResolution {
  const called = openPositions(batch);
  const anySeen = positionsSeen(seen, { from: 1, to: batch.attempts });
  const accepted = called.filter((position) => anySeen.has(position));
  const rest = called.filter((position) => !anySeen.has(position));
  const taken = markSeen(batch, accepted);
  if (rest.length === 0) return resolvedWith(taken, "every delivery of it was seen accepted", now);
  if (batch.state === "mixed") {
    const read = readMixedAnswer(batch, called, rest, seen);
    if (read) {
      const { failures } = read;
      const why = `${read.why}: the ${failures.length} it did not take are tried again, one by one`;
      return resolvedWith(retryFailures(markSeen(read.batch, accepted), failures), why, now);
    }
    if (!settings.confirmations)
      return resolvedWith(holdPositions(taken, rest), "it is not known which readers SES accepted", now);
  }
  if (now < eventsAwaitedUntil(batch, settings.settleSeconds)) return { is: "wait" };
  if (accepted.length === 0 && batch.state === "unknown") return { is: "silent" };
  return resolvedWith(holdPositions(taken, rest), `${rest.length} of it were not seen accepted`, now);
}

const retryFailures = (batch: Batch, failures: readonly number[]): Batch => ({
  ...batch,
  outcomes: withOutcome(batch.outcomes, failures, "failed"),
  single: true,
  // It isn't needed any more, and a batch's item should stay small.
  answered: undefined,
});

const resolvedWith = (batch: Batch, why: string, now: Instant): EvidenceResolution => ({
  is: "resolved",
  batch: withLogEntry({ ...batch, state: stateFromOutcomes(batch.outcomes) }, why, now),
});

const holdPositions = (batch: Batch, positions: readonly number[]): Batch => ({
  ...batch,
  outcomes: withOutcome(batch.outcomes, positions, "held"),
});

/** A batch without events that needs a person's decision. */
export function holdSilentBatch(batch: Batch, why: string, now: Instant): Batch {
  const after = holdPositions(batch, openPositions(batch));
  return withLogEntry({ ...after, state: stateFromOutcomes(after.outcomes) }, `held: ${why}`, now);
}

/** A batch without events that is resent, because its neighbours' events arrived. */
export const resendSilentBatch = (batch: Batch, now: Instant): Batch =>
  withLogEntry(
    { ...batch, state: "ready", resends: batch.resends + 1 },
    "nothing of it was seen, while its neighbours were",
    now,
  );

/** With fewer deliveries, all events could be lost by chance. */
const MIN_CALL_SIZE = 5;
const MIN_WITNESSES = 20;
const MIN_WITNESSES_EACH_SIDE = 5;
/** Witnesses must have been called within half of the wait for events, 10 minutes of 20. */
const NEAR_PART = 1 / 2;
const MIN_SEEN_SHARE = 0.8;

/** A witness: an answered, fully accepted call, and how much of it was seen. */
type Witness = { readonly at: Instant; readonly share: number };

/** A batch and what was seen of it. */
export type ObservedBatch = { readonly batch: Batch; readonly seen: ReadonlySet<SeenKey> };

/** What else is needed before missing events count as proof. */
export type Evidence = {
  /** Batches of the same edition, including its witnesses. */
  readonly observed: readonly ObservedBatch[];
  readonly edition: Parameters<typeof isWitness>[1];
  /** Number of events waiting in the queue, and of dead letters. */
  readonly waiting: number;
  readonly dead: number;
  /** There was a double delivery, and no person has allowed resends since. */
  readonly doubled: boolean;
};

/** Whether missing events may count as "not sent". */
type ResendVerdict =
  | { readonly may: "resend" }
  /** Not yet: events may still arrive. */
  | { readonly may: "wait"; readonly why: string }
  | { readonly may: "hold"; readonly why: string };

/**
 * Decides about an unanswered batch without events after the wait. It is resent only if everything shows that its
 * events would have arrived; otherwise a person decides. This is the only way in which a reader can get two emails
 * without a person's decision; docs/delivery.md has the odds.
 */
export function judgeSilence(batch: Batch, evidence: Evidence, now: Instant, settings: Settings): ResendVerdict {
  const hold = (why: string): ResendVerdict => ({ may: "hold", why });
  if (settings.resend === "ask") return hold("the settings leave every resend to a person");
  if (!settings.confirmations) return hold("SES is not asked for confirmations, so silence proves nothing");
  if (batch.resends > 0) return hold("it was sent again once before");
  const n = openPositions(batch).length;
  if (n < MIN_CALL_SIZE) return hold(`the events of ${n} could all be lost by chance`);
  if (evidence.doubled) return hold("a reader got something twice, and no one has looked into it");
  if (evidence.dead > 0) return hold("events lie among the dead letters");
  const witnesses = witnessesNear(batch, evidence, settings);
  const before = witnesses.filter(({ at }) => at < (batch.call?.at ?? "")).length;
  if (
    witnesses.length < MIN_WITNESSES ||
    before < MIN_WITNESSES_EACH_SIDE ||
    witnesses.length - before < MIN_WITNESSES_EACH_SIDE
  ) {
    return hold("too few other calls near it can tell whether events came at that time");
  }
  if (witnesses.some(({ share }) => share < MIN_SEEN_SHARE)) return hold("events of its neighbours are missing too");
  if (evidence.waiting === 0) return { may: "resend" };
  const last = toInstant(
    fromInstant(eventsAwaitedUntil(batch, settings.settleSeconds)) + settings.settleSeconds * 1000,
  );
  return now < last
    ? { may: "wait", why: "events wait to be taken in" }
    : hold("events waited too long to be taken in");
}

function witnessesNear({ call, key }: Batch, { observed, edition }: Evidence, { settleSeconds }: Settings): Witness[] {
  if (!call) return [];
  const middle = fromInstant(call.at);
  return observed.flatMap((one) => {
    const near =
      one.batch.call && Math.abs(fromInstant(one.batch.call.at) - middle) <= settleSeconds * 1000 * NEAR_PART;
    if (!near || one.batch.key.first === key.first || !isWitness(one.batch, edition)) return [];
    return witnessOf(one) ?? [];
  });
}

/** How much of a fully accepted call was seen. Undefined: it wasn't fully accepted, or is too small. */
function witnessOf({ batch, seen }: ObservedBatch): Witness | undefined {
  const { call, outcomes, messageIds, state, attempts } = batch;
  if (state !== "done" || !call) return undefined;
  const called = call.positions.filter((position) => outcomes[position] !== "skipped");
  // Deliveries known only by evidence have no message id, and don't show how reliably events arrive.
  const answered = called.every((position) => outcomes[position] === "accepted" && (messageIds[position] ?? "") !== "");
  if (!answered || called.length < MIN_CALL_SIZE) return undefined;
  const came = positionsSeen(seen, { from: attempts, to: attempts });
  return { at: call.at, share: called.filter((position) => came.has(position)).length / called.length };
}
