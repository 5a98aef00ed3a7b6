import type { Edition } from "../../edition/edition.ts";
import { isClosed, stateFromOutcomes } from "../calls/attempt.ts";
import type { Batch } from "../ledger/batch.ts";
import { needsDecision } from "../ledger/recorded-outcome.ts";
import { readSeenKey, type SeenKey, seenKeyOf } from "../ledger/seen-deliveries.ts";

/** What an event proves: SES accepted this position of a batch in this attempt, as this message. */
export type AcceptanceProof = { readonly attempt: number; readonly position: number; readonly messageId: string };

/** What some events mean for their batch. */
export type EvidenceFindings = {
  /** To be added to what was seen. */
  readonly newlySeen: readonly SeenKey[];
  /** SES accepted these a second time: an attempt or a message that the ledger knows nothing of. */
  readonly doubled: readonly AcceptanceProof[];
  /** Attempts that the table never saw made: it is older than the world. */
  readonly unknownAttempts: readonly AcceptanceProof[];
  /** Where the ledger says that SES did not take it, and SES did. */
  readonly contradicting: readonly AcceptanceProof[];
  /** The answer gave the message ids in another order than the request's. */
  readonly misplaced: boolean;
};

/**
 * Below this many readers every batch is a witness: to note what was seen costs less than a cent, and of one in sixteen of
 * 20,000 readers' batches too few would stand beside a silent one.
 */
const ALL_WITNESSES_BELOW = 100_000;
const WITNESS_DIGIT = "0";

/**
 * Whether it is noted of this batch what was seen though its answer came: such batches show how well events come. All of
 * a small edition's, those of a canary, and one in sixteen by the hash that a reader's id is.
 */
export const isWitness = (batch: Pick<Batch, "key">, edition: Pick<Edition, "frozen" | "stage">): boolean =>
  edition.stage === "canary" || (edition.frozen ?? 0) < ALL_WITNESSES_BELOW || batch.key.first.endsWith(WITNESS_DIGIT);

/** What events about a batch mean, given the batch as stored. Written only where something is to be learnt. */
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

/** What is noted of a proof: also its message, where that may yet tell the order of an answer (`proveOrder`). */
const asSeen = ({ state }: Batch, { attempt, position, messageId }: AcceptanceProof) =>
  state === "done" ? { attempt, position } : { attempt, position, messageId };

/** The batch has such a position; otherwise the event is forged, or of another world. */
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
 * Another message than those of the answers, to someone whose own is known. By the message and not by the attempt: of
 * readers who were called one by one the attempt does not say whether an earlier one was accepted too.
 */
function isSecondMessage(batch: Batch, { position, messageId }: AcceptanceProof): boolean {
  if (batch.outcomes[position] !== "accepted" || (batch.messageIds[position] ?? "") === "") return false;
  return !batch.messageIds.includes(messageId);
}

/** Positions that were seen accepted in more than one attempt. */
export function positionsSeenTwice(seen: ReadonlySet<SeenKey>): number[] {
  const attempts = new Map<number, Set<number>>();
  for (const { attempt, position } of [...seen].map(readSeenKey)) {
    attempts.set(position, (attempts.get(position) ?? new Set()).add(attempt));
  }
  return [...attempts].flatMap(([position, { size }]) => (size > 1 ? [position] : []));
}

/** Held, refused or skipped, and SES has it: what was concluded is overruled by what is proven. */
const contradictsLedger = (batch: Batch, position: number) => {
  const outcome = batch.outcomes[position];
  return isClosed(batch) && (needsDecision(outcome) || outcome === "refused" || outcome === "skipped");
};

/** An event names its delivery, an answer does not: where the two differ the event is right. */
const isMisplaced = ({ outcomes, messageIds }: Batch, { position, messageId }: AcceptanceProof) =>
  outcomes[position] === "accepted" && messageIds.includes(messageId) && messageIds[position] !== messageId;

/** The batch with what events prove put right: outcomes, and whose message id is whose. Undefined: nothing is wrong. */
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
  // While a call is under way, or no one knows what came of it, that stays so: others of the batch wait for it.
  const state = isClosed(batch) ? stateFromOutcomes(outcomes) : batch.state;
  return { ...batch, outcomes, messageIds, state };
}
