import { isClosed } from "#domain/delivery/calls/attempt.ts";
import type { Batch, BatchKey } from "#domain/delivery/ledger/batch.ts";
import { areSameOutcomes, needsDecision } from "#domain/delivery/ledger/recorded-outcome.ts";
import { pointerOf } from "#domain/delivery/pace/sender.ts";
import {
  type AcceptanceProof,
  assessEvidence,
  correctByProofs,
  type EvidenceFindings,
  isWitness,
  positionsSeenTwice,
} from "#domain/delivery/resolving/evidence.ts";
import { applyLateEvidence } from "#domain/delivery/resolving/late-evidence.ts";
import { unfinishedStates, unknownCallsReason } from "#domain/delivery/table-identity.ts";
import { isWelcome } from "#domain/delivery/welcome.ts";
import type { Edition, EditionState } from "#domain/edition/edition.ts";
import { asRead } from "../as-read.ts";
import type { FeedbackPorts } from "./ports.ts";
import type { ReceivedDelivery } from "./process-events.ts";

/**
 * Compares what events prove about a batch with what is stored, and stores what is new. Returns the batch, or undefined
 * if it doesn't exist.
 */
export async function applyEvidence(
  ports: FeedbackPorts,
  key: BatchKey,
  events: readonly ReceivedDelivery[],
): Promise<Batch | undefined> {
  const proofs = events.map(({ delivery: { attempt, position }, messageId }) => ({ attempt, position, messageId }));
  const edition = await ports.editions.get({ newsletter: key.newsletter, date: key.date });
  const first = await ports.ledger.batch(key, false);
  let findings = first && assess(first, proofs, edition);
  // This read may be a second old, so nothing is decided by it alone.
  const batch = first && findings && !needsConsistentRead(findings) ? first : await ports.ledger.batch(key);
  if (!batch) {
    if (edition) await holdUnknownCalls(ports, key, edition);
    return undefined;
  }
  if (batch !== first || !findings) findings = assess(batch, proofs, edition);
  await ports.ledger.addSeen(key, findings.newlySeen);
  if (findings.unknownAttempts.length > 0 && edition) await holdUnknownCalls(ports, key, edition);
  await noteDoubles(ports, batch, findings);
  // Watch may have decided without this evidence, so the batch is read again after adding it.
  const latest = batch.state === "done" ? batch : ((await ports.ledger.batch(key)) ?? batch);
  return correct(ports, latest, proofs, edition);
}

/**
 * Number of tries when another process changes the batch at the same moment; after that, the queue redelivers the
 * events.
 */
const TRIES = 5;

/**
 * Corrects outcomes that events disprove. If outcomes of a closed batch change, its group is counted again: it is
 * reopened before and after, because a process that would close it meanwhile has read the old batch. A finished edition
 * has no pointer any more, so it gets a new one, by which watch finds it and closes the group again.
 */
async function correct(
  ports: FeedbackPorts,
  found: Batch,
  proofs: readonly AcceptanceProof[],
  edition: Edition | undefined,
): Promise<Batch> {
  const { newsletter, date, group } = found.key;
  let batch: Batch | undefined = found;
  for (let tries = 0; batch && tries < TRIES; tries++) {
    const after = await afterProofs(ports, batch, proofs, edition);
    if (after === batch) return batch;
    // A welcome's group has no sums.
    const reopens = isClosed(batch) && !isWelcome(found.key) && !areSameOutcomes(after.outcomes, batch.outcomes);
    if (reopens) await ports.ledger.reopenGroup({ newsletter, date }, group);
    if (await ports.ledger.saveBatch(after, asRead(batch))) {
      if (!reopens) return after;
      await ports.ledger.reopenGroup({ newsletter, date }, group);
      if (edition) await ports.ledger.point(pointerOf(edition));
      return after;
    }
    batch = await ports.ledger.batch(found.key);
  }
  throw new Error("the batch changed at every try");
}

/** The batch corrected by these events. What is held of it is judged again by everything that was seen. */
async function afterProofs(
  { ledger, now }: FeedbackPorts,
  batch: Batch,
  proofs: readonly AcceptanceProof[],
  edition: Edition | undefined,
): Promise<Batch> {
  const corrected = correctByProofs(batch, proofs) ?? batch;
  if (!corrected.outcomes.some(needsDecision)) return corrected;
  return applyLateEvidence(corrected, await ledger.seen(batch.key), { now: now(), edition }) ?? corrected;
}

const assess = (batch: Batch, proofs: readonly AcceptanceProof[], edition: Edition | undefined) =>
  assessEvidence(batch, proofs, edition !== undefined && isWitness(batch, edition));

const needsConsistentRead = ({ doubled, unknownAttempts, contradicting, misplaced }: EvidenceFindings) =>
  doubled.length + unknownAttempts.length + contradicting.length > 0 || misplaced;

/** The events name attempts that aren't in this table, so it is an older copy. */
async function holdUnknownCalls(
  ports: FeedbackPorts,
  key: BatchKey,
  { newsletter, date, state, reason: known }: Edition,
): Promise<void> {
  // Even if it is held for another reason, it must not be resumed before a person has checked this.
  const from: readonly EditionState[] = [...unfinishedStates, "held", "halted"];
  if (!from.includes(state) || known === unknownCallsReason) return;
  const reason = unknownCallsReason;
  if (!(await ports.editions.update({ newsletter, date }, { state: "held", reason }, { state: from }))) return;
  ports.log.error("an edition is held", { edition: `${newsletter} ${date}`, batch: key, reason });
}

/** A reader got two emails. Nothing is resent automatically until a person has checked it. */
async function noteDoubles(
  ports: FeedbackPorts,
  batch: Batch,
  { doubled, newlySeen }: EvidenceFindings,
): Promise<void> {
  // A delivery can only be seen twice if there was more than one attempt and something new was seen.
  const twice =
    batch.attempts > 1 && newlySeen.length > 0 ? positionsSeenTwice(await ports.ledger.seen(batch.key)) : [];
  const positions = [...new Set([...doubled.map(({ position }) => position), ...twice])].sort((a, b) => a - b);
  if (positions.length === 0) return;
  const attempt = doubled[0]?.attempt ?? batch.attempts;
  const isNew = await ports.ledger.noteDouble({ key: batch.key, attempt, positions, noticedAt: ports.now() });
  if (isNew) ports.log.error("SES took deliveries twice", { batch: batch.key, attempt, positions });
}
