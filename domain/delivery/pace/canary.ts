import { counted, number } from "../../counted.ts";
import type { Edition } from "../../edition/edition.ts";
import { fromInstant, type Instant } from "../../time/instant.ts";
import type { Batch } from "../ledger/batch.ts";
import { isOpen, needsDecision } from "../ledger/recorded-outcome.ts";
import { positionsSeen, type SeenKey } from "../ledger/seen-deliveries.ts";

/** An edition for more readers than this goes to some of them first. */
const CANARY_ABOVE = 500;
const CANARY_AT_LEAST = 50;
const CANARY_PART = 0.01;

/** Number of readers to mail before deciding about the rest; null: all at once. */
export const canarySize = (frozen: number): number | null =>
  frozen > CANARY_ABOVE ? Math.max(CANARY_AT_LEAST, Math.ceil(frozen * CANARY_PART)) : null;

/**
 * How many of a group's batches belong to the canary: in the order of groups and batches, the first that together hold
 * enough readers. Committed batches never change, so every process gets the same result.
 * @param before readers of the groups before this one
 */
export function canaryBatches(batches: readonly Pick<Batch, "ids">[], before: number, size: number): number {
  let readers = before;
  const end = batches.findIndex(({ ids }) => {
    if (readers >= size) return true;
    readers += ids.length;
    return false;
  });
  return end < 0 ? batches.length : end;
}

/** Results from readers' servers and SES for the mailed readers. */
type Reception = {
  /** Deliveries that SES accepted, and those that it refused. */
  readonly accepted: number;
  readonly refused: number;
  readonly bounced: number;
  readonly complained: number;
};

/** Refusals and bounces, of those mailed: a list that bounces 2 % passes 5 of 50 with 0.3 %. */
const BAD_AT_LEAST = 5;
const BAD_PART = 0.05;
/** Complaints: SES reviews an account at 0.1 % and stops it at 0.5 %. */
const COMPLAINTS_AT_LEAST = 2;
const COMPLAINTS_PART = 0.003;

/** Why no one else may be mailed, as a sentence; undefined: the results are good. */
export function receptionProblem({ accepted, refused, bounced, complained }: Reception): string | undefined {
  const mailed = accepted + refused;
  const failed = refused + bounced;
  if (failed >= Math.max(BAD_AT_LEAST, mailed * BAD_PART)) {
    return (
      `Halted because SES or a mail server refused it for ${number(failed)} of the first ${counted(mailed, "reader")} (${number(refused)} refused, ${number(bounced)} ` +
      "bounced). Find out why before you cancel it or resume it anyway."
    );
  }
  if (complained >= Math.max(COMPLAINTS_AT_LEAST, mailed * COMPLAINTS_PART)) {
    return (
      `Halted because ${number(complained)} of the first ${counted(mailed, "reader")} called it spam. ` +
      "Find out why before you cancel it or resume it anyway."
    );
  }
  return undefined;
}

/** The edition's counters from SES's events, together with the ledger's counts. */
export const receptionOf = (
  { bounced = 0, complained = 0, rejected = 0 }: Pick<Edition, "bounced" | "complained" | "rejected">,
  { accepted, refused }: Pick<Reception, "accepted" | "refused">,
): Reception => ({ accepted, refused, bounced: bounced + rejected, complained });

type CanaryTimes = {
  readonly now: Instant;
  /** How long to wait for bounces and complaints after the last call. */
  readonly seconds: number;
  /** Whether SES reports each acceptance. */
  readonly confirmations: boolean;
};

export type CanaryVerdict =
  | { readonly is: "wait" }
  | { readonly is: "full" }
  | { readonly is: "halted" | "held"; readonly reason: string };

/** The shares that must have been answered, and reported as accepted by events, before the rest follows. */
const ANSWERED_PART = 0.9;
const SEEN_PART = 0.8;
/** After this multiple of the wait, missing answers and events no longer count as late. */
const GIVEN_UP_AFTER = 2.5;

/**
 * Whether the rest follows, by the canary's batches and what was seen of them. Unanswered calls count on neither side,
 * and delay no one.
 */
export function judgeCanary(
  edition: Pick<Edition, "bounced" | "complained" | "rejected">,
  batches: readonly { readonly batch: Batch; readonly seen: ReadonlySet<SeenKey> }[],
  { now, seconds, confirmations }: CanaryTimes,
): CanaryVerdict {
  const tally = tallyOf(batches);
  const failed = receptionProblem(receptionOf(edition, tally));
  if (failed !== undefined) return { is: "halted", reason: failed };
  if (batches.some(({ batch: { state } }) => state === "ready" || state === "calling")) return { is: "wait" };
  const last = batches
    .flatMap(({ batch: { call } }) => call?.at ?? [])
    .toSorted()
    .at(-1);
  // All of them had left, so there is no result, and the rest is sent as in a small edition.
  if (last === undefined || tally.accepted + tally.refused + tally.failed + tally.unknown === 0) return { is: "full" };
  const age = fromInstant(now) - fromInstant(last);
  if (age < seconds * 1000) return { is: "wait" };
  const missing = missingEvidence(tally, confirmations);
  if (missing === undefined) return { is: "full" };
  if (age < seconds * 1000 * GIVEN_UP_AFTER) return { is: "wait" };
  const reason =
    `Held because too little is known of how the first readers' servers took it: ${missing}. See whether SES and its ` +
    "events are well; then resume it, or resume it anyway without waiting for them.";
  return { is: "held", reason };
}

type Tally = { accepted: number; refused: number; failed: number; unknown: number; seen: number };

function missingEvidence({ accepted, refused, failed, seen }: Tally, confirmations: boolean): string | undefined {
  const answered = accepted + refused;
  const expected = answered + failed;
  if (answered === 0 || answered < expected * ANSWERED_PART) return `SES answered for ${answered} of ${expected}`;
  if (confirmations && seen < accepted * SEEN_PART) return `SES's events came for ${seen} of ${accepted}`;
  return undefined;
}

function tallyOf(batches: Parameters<typeof judgeCanary>[1]): Tally {
  const tally: Tally = { accepted: 0, refused: 0, failed: 0, unknown: 0, seen: 0 };
  for (const { batch, seen } of batches) {
    const proven = positionsSeen(seen, { from: 1, to: batch.attempts });
    const isUnresolved = batch.state === "unknown" || batch.state === "mixed";
    for (const [position, outcome] of batch.outcomes.entries()) {
      if (outcome === "accepted" || outcome === "declared") tally.accepted += 1;
      if (outcome === "declared" || (outcome === "accepted" && proven.has(position))) tally.seen += 1;
      if (outcome === "refused") tally.refused += 1;
      if (needsDecision(outcome)) tally.failed += 1;
      if (isUnresolved && isOpen(outcome)) tally.unknown += 1;
    }
  }
  return tally;
}
