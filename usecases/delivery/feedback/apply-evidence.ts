import type { Batch, BatchKey } from "#domain/delivery/ledger/batch.ts";
import { areSameOutcomes } from "#domain/delivery/ledger/recorded-outcome.ts";
import { pointerOf } from "#domain/delivery/pace/sender.ts";
import {
  type AcceptanceProof,
  assessEvidence,
  correctByProofs,
  type EvidenceFindings,
  isWitness,
  positionsSeenTwice,
} from "#domain/delivery/resolving/evidence.ts";
import { unfinishedStates, unknownCallsReason } from "#domain/delivery/table-identity.ts";
import { isWelcome } from "#domain/delivery/welcome.ts";
import type { Edition, EditionState } from "#domain/edition/edition.ts";
import { asRead } from "../as-read.ts";
import type { FeedbackPorts } from "./ports.ts";
import type { ReceivedDelivery } from "./process-events.ts";

/**
 * Compares what events prove of a batch with what is stored, and writes down what was not known. Gives the batch, or
 * undefined where there is none such.
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
  // What was read may be a second old; nothing is concluded from that.
  const batch = first && findings && !needsConsistentRead(findings) ? first : await ports.ledger.batch(key);
  if (!batch) {
    if (edition) await holdRestored(ports, key, edition);
    return undefined;
  }
  if (batch !== first || !findings) findings = assess(batch, proofs, edition);
  await ports.ledger.addSeen(key, findings.newlySeen);
  if (findings.unknownAttempts.length > 0 && edition) await holdRestored(ports, key, edition);
  await noteDoubles(ports, batch, findings);
  // What watch decides meanwhile it decides by what was seen before: it is read again after this was added.
  const latest = batch.state === "done" ? batch : ((await ports.ledger.batch(key)) ?? batch);
  return correct(ports, latest, proofs, edition);
}

/** Another process changed the batch in the same moment; so often it is tried again before the events come again. */
const TRIES = 5;

/**
 * Puts right what events disprove. Where outcomes change, the group's sums are made again: opened before and after, as
 * anyone who would close it meanwhile has read the batch as it was. A finished edition has lost its pointer, by which watch
 * finds it and closes the group again, before its batches are gone.
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
    const after = correctByProofs(batch, proofs);
    if (!after) return batch;
    // A welcome is in no group whose sums are kept.
    const reopens = !isWelcome(found.key) && !areSameOutcomes(after.outcomes, batch.outcomes);
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

const assess = (batch: Batch, proofs: readonly AcceptanceProof[], edition: Edition | undefined) =>
  assessEvidence(batch, proofs, edition !== undefined && isWitness(batch, edition));

const needsConsistentRead = ({ doubled, unknownAttempts, contradicting, misplaced }: EvidenceFindings) =>
  doubled.length + unknownAttempts.length + contradicting.length > 0 || misplaced;

/** Events tell of attempts that this table never saw: it is a copy from before them. */
async function holdRestored(
  ports: FeedbackPorts,
  key: BatchKey,
  { newsletter, date, state, reason: known }: Edition,
): Promise<void> {
  // One that is held for another reason is not to be resumed without a look at this one.
  const from: readonly EditionState[] = [...unfinishedStates, "held", "halted"];
  if (!from.includes(state) || known === unknownCallsReason) return;
  const reason = unknownCallsReason;
  if (!(await ports.editions.update({ newsletter, date }, { state: "held", reason }, { state: from }))) return;
  ports.log.error("an edition is held", { edition: `${newsletter} ${date}`, batch: key, reason });
}

/** A reader has two. Nothing is resent by itself any more, until a person has looked. */
async function noteDoubles(
  ports: FeedbackPorts,
  batch: Batch,
  { doubled, newlySeen }: EvidenceFindings,
): Promise<void> {
  // Only where there was more than one attempt, and something new was seen, can something have been seen twice.
  const twice =
    batch.attempts > 1 && newlySeen.length > 0 ? positionsSeenTwice(await ports.ledger.seen(batch.key)) : [];
  const positions = [...new Set([...doubled.map(({ position }) => position), ...twice])].sort((a, b) => a - b);
  if (positions.length === 0) return;
  const attempt = doubled[0]?.attempt ?? batch.attempts;
  const isNew = await ports.ledger.noteDouble({ key: batch.key, attempt, positions, noticedAt: ports.now() });
  if (isNew) ports.log.error("SES took deliveries twice", { batch: batch.key, attempt, positions });
}
