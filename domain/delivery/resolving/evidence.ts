import type { Edition } from "../../edition/edition.ts";
import { isClosed, stateFromOutcomes } from "../calls/attempt.ts";
import type { Batch } from "../ledger/batch.ts";
import { isOpen, type RecordedOutcome } from "../ledger/recorded-outcome.ts";
import { readSeenKey, type SeenKey, seenKeyOf } from "../ledger/seen-deliveries.ts";

/** What an event proves: SES accepted this position of a batch in this attempt, as this message. */
export type AcceptanceProof = { readonly attempt: number; readonly position: number; readonly messageId: string };

/** The effect of events on their batch. */
export type EvidenceFindings = {
  /** To be added to what was seen. */
  readonly newlySeen: readonly SeenKey[];
  /** SES accepted these a second time: in an attempt or message that the ledger doesn't know. */
  readonly doubled: readonly AcceptanceProof[];
  /** Attempts that the table doesn't know, so it is an older copy. */
  readonly unknownAttempts: readonly AcceptanceProof[];
  /** Positions that SES accepted although the ledger says it didn't. */
  readonly contradicting: readonly AcceptanceProof[];
  /** The answer's message ids aren't in the request's order. */
  readonly misplaced: boolean;
};

/**
 * Below this many readers, every batch is a witness: recording it costs a few cents, and with one batch in
 * sixteen, an edition of 20,000 readers would have too few next to an unanswered one.
 */
const ALL_WITNESSES_BELOW = 100_000;
const WITNESS_DIGIT = "0";

/**
 * Whether this batch's events are recorded although it was answered, to measure how reliably events arrive: all batches
 * of a small edition, those of a canary, and one in sixteen by the hash in a reader's id.
 */
export const isWitness = (batch: Pick<Batch, "key">, edition: Pick<Edition, "frozen" | "stage">): boolean =>
  edition.stage === "canary" || (edition.frozen ?? 0) < ALL_WITNESSES_BELOW || batch.key.first.endsWith(WITNESS_DIGIT);

/** The effect of events on a stored batch. Something is written only if it is new. */
export function assessEvidence(batch: Batch, all: readonly AcceptanceProof[], witness: boolean): EvidenceFindings {
  const proofs = all.filter((proof) => hasPosition(batch, proof));
  const unknownAttempts = proofs.filter(({ attempt }) => attempt > batch.attempts);
  const ofKnownAttempts = proofs.filter(({ attempt }) => attempt <= batch.attempts);
  const doubled = ofKnownAttempts.filter((proof) => isSecondMessage(batch, proof));
  const contradicting = ofKnownAttempts.filter(({ position }) => contradictsLedger(batch, position));
  const toRecord = ofKnownAttempts.filter((proof) => witness || !isRecorded(batch, proof));
  return {
    newlySeen: [...new Set([...toRecord, ...unknownAttempts].map((proof) => seenKeyOf(asSeen(batch, proof))))],
    doubled,
    unknownAttempts,
    contradicting,
    misplaced: ofKnownAttempts.some((proof) => isMisplaced(batch, proof)),
  };
}

/** The recorded form of a proof, with its message id if that can still prove an answer's order (`proveOrder`). */
const asSeen = ({ state }: Batch, { attempt, position, messageId }: AcceptanceProof) =>
  state === "done" ? { attempt, position } : { attempt, position, messageId };

/** Whether the batch has this position; otherwise the event is forged or belongs to another table. */
export const hasPosition = (batch: Batch, { position }: Pick<AcceptanceProof, "position">): boolean =>
  position < batch.ids.length;

/** The ledger says so already. */
function isRecorded(batch: Batch, { attempt, position, messageId }: AcceptanceProof): boolean {
  if (batch.state !== "done") return false;
  if (batch.outcomes[position] === "declared") return true;
  return (
    batch.outcomes[position] === "accepted" && (batch.messageIds.includes(messageId) || attempt === batch.attempts)
  );
}

/**
 * A message that isn't in the answers, for a reader whose own message is known. Compared by message and not by attempt,
 * because for readers who were called one by one, the attempt doesn't show whether an earlier one was accepted too.
 */
function isSecondMessage(batch: Batch, { position, messageId }: AcceptanceProof): boolean {
  if (batch.outcomes[position] !== "accepted" || (batch.messageIds[position] ?? "") === "") return false;
  return !batch.messageIds.includes(messageId);
}

/** Positions seen accepted in more than one attempt. */
export function positionsSeenTwice(seen: ReadonlySet<SeenKey>): number[] {
  const attempts = new Map<number, Set<number>>();
  for (const { attempt, position } of [...seen].map(readSeenKey)) {
    attempts.set(position, (attempts.get(position) ?? new Set()).add(attempt));
  }
  return [...attempts].flatMap(([position, { size }]) => (size > 1 ? [position] : []));
}

/**
 * Whether the ledger doesn't say that SES accepted this position: proof overrides conclusions. Not so for readers in a
 * call that has no outcome yet, since its answer or its resolution decides about all of them.
 */
export function contradictsLedger(batch: Batch, position: number): boolean {
  const outcome = batch.outcomes[position];
  if (outcome === "accepted" || outcome === "declared") return false;
  return !(isOpen(outcome) && isCalled(batch, position));
}

const isCalled = ({ state, call }: Batch, position: number): boolean =>
  (state === "calling" || state === "unknown" || state === "mixed") && call?.positions.includes(position) === true;

/** The batch with outcomes corrected by evidence. While its last call has no outcome, it waits for that. */
export function withCorrected(batch: Batch, outcomes: RecordedOutcome[]): Batch {
  const state = isClosed(batch) || batch.state === "ready" ? stateFromOutcomes(outcomes) : batch.state;
  return { ...batch, outcomes, state };
}

/** An event identifies its delivery and an answer doesn't, so if they differ, the event is right. */
const isMisplaced = ({ outcomes, messageIds }: Batch, { position, messageId }: AcceptanceProof) =>
  outcomes[position] === "accepted" && messageIds.includes(messageId) && messageIds[position] !== messageId;

/** The batch corrected by events: outcomes, and the assignment of message ids. Undefined: nothing to correct. */
export function correctByProofs(batch: Batch, proofs: readonly AcceptanceProof[]): Batch | undefined {
  const ofKnownAttempts = proofs.filter((proof) => proof.attempt <= batch.attempts && hasPosition(batch, proof));
  const outcomes = [...batch.outcomes];
  const messageIds = batch.ids.map((_, at) => batch.messageIds[at] ?? "");
  let changed = false;
  for (const { position, messageId } of ofKnownAttempts) {
    if (contradictsLedger(batch, position)) {
      outcomes[position] = "accepted";
      messageIds[position] = messageId;
    } else if (isMisplaced({ ...batch, messageIds }, { attempt: 0, position, messageId })) {
      messageIds[messageIds.indexOf(messageId)] = messageIds[position] ?? "";
      messageIds[position] = messageId;
    } else continue;
    changed = true;
  }
  if (!changed) return undefined;
  return { ...withCorrected(batch, outcomes), messageIds };
}
