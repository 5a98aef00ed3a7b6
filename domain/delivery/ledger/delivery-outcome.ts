import * as z from "zod";
import { Instant } from "../../time/instant.ts";

/**
 * Outcomes of deliveries after SES's acceptance, in ascending rank. Only exceptions are kept; a delivery without one
 * was accepted and nothing bad is known about it. "delay": SES is still trying. "soft-bounce": the reader's server
 * refused it temporarily, such as for a full mailbox, and SES gave up. "blocked": the server refused the sender, the
 * signature or the content, not the reader. "hard-bounce": the mailbox doesn't exist.
 */
export const OutcomeKind = z.enum([
  "delay",
  "soft-bounce",
  "rendering-failure",
  "reject",
  "blocked",
  "hard-bounce",
  "complaint",
]);
export type OutcomeKind = z.infer<typeof OutcomeKind>;

/** One delivery's outcome after acceptance (`O#id`). */
export const DeliveryOutcome = z.strictObject({
  /** The frozen reader's id. */
  id: z.string(),
  kind: OutcomeKind,
  /** When it happened, according to SES. */
  at: Instant,
  attempt: z.number().int().min(1),
  position: z.number().int().min(0),
  /** SES's message id. */
  messageId: z.string(),
  /** SES's message, without addresses. */
  detail: z.string(),
  /** A soft bounce whose status means that the mailbox doesn't exist; it counts if it happens in a second edition. */
  noMailbox: z.literal(true).optional(),
});
export type DeliveryOutcome = z.infer<typeof DeliveryOutcome>;

/** An outcome of higher rank replaces one of lower rank, whichever comes first. */
export const rankOf = (kind: OutcomeKind): number => OutcomeKind.options.indexOf(kind);

/** Counts of an edition's deliveries by outcome. */
export const outcomeCounters = ["bounced", "complained", "rejected"] as const;
export type OutcomeCounts = Record<(typeof outcomeCounters)[number], number>;

/** The edition's counter for an outcome, if any; soft bounces and delays have none. */
export function counterOf(kind: OutcomeKind): keyof OutcomeCounts | undefined {
  if (kind === "hard-bounce" || kind === "blocked") return "bounced";
  if (kind === "complaint") return "complained";
  return kind === "reject" || kind === "rendering-failure" ? "rejected" : undefined;
}
