import type { DeliverySettings } from "../../config/delivery-settings.ts";
import { fromInstant, type Instant, toInstant } from "../../time/instant.ts";
import { markSeen, stateFromOutcomes, withLogEntry } from "../calls/attempt.ts";
import type { Batch } from "../ledger/batch.ts";
import { isOpen, withOutcome } from "../ledger/recorded-outcome.ts";
import { positionsSeen, type SeenKey } from "../ledger/seen-deliveries.ts";
import { isWitness } from "./evidence.ts";
import { readMixedAnswer } from "./mixed-answer.ts";

/** How a call ends of which the answer says nothing, or not enough. */
type EvidenceResolution =
  | { readonly is: "wait" }
  /** As evidence says, or held where evidence is missing. */
  | { readonly is: "resolved"; readonly batch: Batch }
  /** None of it was seen though all the time for it is over: that alone proves nothing. */
  | { readonly is: "silent" };

type Settings = Pick<DeliverySettings, "settleSeconds" | "confirmations" | "resend">;

/** Until when SES's events are waited for: its last moment to accept the call, and the events' own delay. */
const eventsAwaitedUntil = ({ call }: Pick<Batch, "call">, settleSeconds: number): Instant =>
  toInstant(fromInstant(call?.at ?? toInstant(0)) + settleSeconds * 1000);

/** Who was in the last call and has no outcome yet. */
const openPositions = ({ call, outcomes }: Batch): number[] =>
  (call?.positions ?? []).filter((at) => isOpen(outcomes[at]));

/**
 * Resolves a batch that is unknown or mixed by what was seen of it. Acceptance is believed at once; that it was not
 * accepted never follows from an event that did not come, except for a mixed answer, which says how many were.
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
  // It has said what it could, and a batch's item is best kept small.
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

/** A silent batch that a person has to decide on. */
export function holdSilentBatch(batch: Batch, why: string, now: Instant): Batch {
  const after = holdPositions(batch, openPositions(batch));
  return withLogEntry({ ...after, state: stateFromOutcomes(after.outcomes) }, `held: ${why}`, now);
}

/** A silent batch that is sent again: the neighbours' events came, and none of its own. */
export const resendSilentBatch = (batch: Batch, now: Instant): Batch =>
  withLogEntry(
    { ...batch, state: "ready", resends: batch.resends + 1 },
    "nothing of it was seen, while its neighbours were",
    now,
  );

/** Fewer deliveries than this may all go unseen by chance. */
const MIN_CALL_SIZE = 5;
const MIN_WITNESSES = 20;
const MIN_WITNESSES_EACH_SIDE = 5;
/** Witnesses called within half of the wait for events: so each has had as long for its own. 10 minutes of 20. */
const NEAR_PART = 1 / 2;
const MIN_SEEN_SHARE = 0.8;

/** A witness: a call that was answered, all of it accepted, and how much of it was seen. */
type Witness = { readonly at: Instant; readonly share: number };

/** A batch with what was seen of it. */
export type ObservedBatch = { readonly batch: Batch; readonly seen: ReadonlySet<SeenKey> };

/** What else has to be known before silence is believed. */
export type Evidence = {
  /** Batches of the same edition, its witnesses among them. */
  readonly observed: readonly ObservedBatch[];
  readonly edition: Parameters<typeof isWitness>[1];
  /** Events that lie in the queue and are not taken in, and those that never could be. */
  readonly waiting: number;
  readonly dead: number;
  /** A reader got something twice, and no person said since then that batches may be resent. */
  readonly doubled: boolean;
};

/** Whether silence may be taken for "not sent". */
type ResendVerdict =
  | { readonly may: "resend" }
  /** Not yet: events may still come in. */
  | { readonly may: "wait"; readonly why: string }
  | { readonly may: "hold"; readonly why: string };

/**
 * Judges a silent batch: one that no one answered and of which nothing was seen in time. Sent again only if everything
 * says that its events would have come; else a person decides. A measured bet, and the only way in which a reader can
 * get two without anybody's decision: docs/delivery.md says how likely that is.
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

/** Of a call that was answered with success for all, how much was seen. Undefined: it was not, or it was too small. */
function witnessOf({ batch, seen }: ObservedBatch): Witness | undefined {
  const { call, outcomes, messageIds, state, attempts } = batch;
  if (state !== "done" || !call) return undefined;
  const called = call.positions.filter((position) => outcomes[position] !== "skipped");
  // What is known by evidence alone has no message id, and says nothing of how well evidence comes.
  const answered = called.every((position) => outcomes[position] === "accepted" && (messageIds[position] ?? "") !== "");
  if (!answered || called.length < MIN_CALL_SIZE) return undefined;
  const came = positionsSeen(seen, { from: attempts, to: attempts });
  return { at: call.at, share: called.filter((position) => came.has(position)).length / called.length };
}
