import * as z from "zod";
import { Instant } from "../../time/instant.ts";
import { acceptedBy } from "../calls/attempt.ts";
import type { Batch } from "../ledger/batch.ts";
import { type DeliveryOutcome, OutcomeKind } from "../ledger/delivery-outcome.ts";
import { isOpen } from "../ledger/recorded-outcome.ts";
import { batchId } from "./resolve-by-person.ts";

/** A delivery's outcome in a word. `declared`: a person said that it was delivered. */
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

/** One reader's delivery, as the ledger and SES's events have it. */
export const DeliveryReport = z.object({
  /** The frozen reader's id. */
  reader: z.string(),
  state: DeliveryState,
  /** What SES told after it had accepted it; null: nothing bad. */
  after: OutcomeKind.nullable(),
  /** A batch as a person names it. */
  batch: z.string(),
  position: z.number().int(),
  /** Of an accepted one: by which attempt, since when, and which revision of the content. */
  attempt: z.number().int().nullable(),
  at: Instant.nullable(),
  rev: z.number().int().nullable(),
  messageId: z.string().nullable(),
  /** What was noted last about its batch; null where nothing went wrong. */
  note: z.string().nullable(),
});
export type DeliveryReport = z.infer<typeof DeliveryReport>;

/** The state of one position. While a call is without an answer, who has no outcome is unknown, as in the counts. */
export function stateAt(batch: Pick<Batch, "state" | "outcomes" | "call">, position: number): DeliveryState {
  const outcome = batch.outcomes[position];
  if (isOpen(outcome)) {
    if (batch.state === "unknown" || batch.state === "mixed") return "unknown";
    if (batch.state === "calling" && batch.call?.positions.includes(position)) return "calling";
  }
  return outcome === "given-up" ? "held" : (outcome ?? "unknown");
}

/** Of a refused one SES's own words; else what was noted last. */
const noteOf = ({ log }: Batch, state: DeliveryState): string | null =>
  (state === "refused" ? log.findLast(({ what }) => what.startsWith("refused:"))?.what : undefined) ??
  log.at(-1)?.what ??
  null;

/** A position of a batch as a person reads it. */
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
