import * as z from "zod";
import { Instant } from "../../time/instant.ts";
import { acceptedBy } from "../calls/attempt.ts";
import type { Batch } from "../ledger/batch.ts";
import { type DeliveryOutcome, OutcomeKind } from "../ledger/delivery-outcome.ts";
import { isOpen } from "../ledger/recorded-outcome.ts";
import { batchId } from "./resolve-by-person.ts";

/** A delivery's state. `declared`: a person declared it delivered. */
export const DeliveryState = z.enum([
  "waiting",
  "calling",
  "accepted",
  "declared",
  "refused",
  "failed",
  "skipped",
  "held",
  "unknown",
]);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** One reader's delivery, from the ledger and SES's events. */
export const DeliveryReport = z.object({
  /** The frozen reader's id. */
  reader: z.string(),
  state: DeliveryState,
  /** The outcome after SES's acceptance; null: nothing bad. */
  after: OutcomeKind.nullable(),
  /** A batch's short id for people. */
  batch: z.string(),
  position: z.number().int(),
  /** For an accepted one: its attempt, time, and revision of the content. */
  attempt: z.number().int().nullable(),
  at: Instant.nullable(),
  rev: z.number().int().nullable(),
  messageId: z.string().nullable(),
  /** The last log entry of its batch; null: nothing went wrong. */
  note: z.string().nullable(),
});
export type DeliveryReport = z.infer<typeof DeliveryReport>;

/**
 * The state of one position. While a call is unanswered, positions without an outcome are unknown, as in the counts.
 */
export function stateAt(batch: Pick<Batch, "state" | "outcomes" | "call">, position: number): DeliveryState {
  const outcome = batch.outcomes[position];
  if (isOpen(outcome)) {
    if (batch.state === "unknown" || batch.state === "mixed") return "unknown";
    if (batch.state === "calling" && batch.call?.positions.includes(position)) return "calling";
  }
  return outcome === "given-up" ? "held" : (outcome ?? "unknown");
}

/** For a refused one, SES's message; otherwise the last log entry. */
const noteOf = ({ log }: Batch, state: DeliveryState): string | null =>
  (state === "refused" ? log.findLast(({ what }) => what.startsWith("refused:"))?.what : undefined) ??
  log.at(-1)?.what ??
  null;

/** A position of a batch, for people. */
export function reportOf(batch: Batch, position: number, outcome: DeliveryOutcome | undefined): DeliveryReport {
  const accepted = acceptedBy(batch, position);
  const state = stateAt(batch, position);
  const messageId = batch.messageIds[position] || outcome?.messageId || null;
  return {
    reader: batch.ids[position] ?? "",
    state,
    after: outcome?.kind ?? null,
    batch: batchId(batch.key),
    position,
    attempt: accepted?.attempt ?? null,
    at: accepted?.at ?? null,
    rev: accepted?.rev ?? null,
    messageId,
    note: state === "accepted" || state === "skipped" ? null : noteOf(batch, state),
  };
}
