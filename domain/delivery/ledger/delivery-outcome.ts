import * as z from "zod";
import { Instant } from "../../time/instant.ts";

/**
 * What SES told of a delivery after it had accepted it, the gravest last. Only exceptions are kept: a delivery without
 * one was accepted and nothing bad is known of it. "soft-bounce": the reader's server refused it for now, such as for a
 * full mailbox; SES gave up. "blocked": it refused the sender, the signature or the content, which isn't the fault of the
 * reader's. "hard-bounce": there is no such mailbox. "delay": SES is still trying.
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
  /** When it happened, as SES says. */
  at: Instant,
  attempt: z.number().int().min(1),
  position: z.number().int().min(0),
  /** SES's message id. */
  messageId: z.string(),
  /** SES's words for it, without addresses. */
  detail: z.string(),
  /** A soft bounce whose status says that there is no such mailbox: believed when it happens in a second edition. */
  noMailbox: z.literal(true).optional(),
});
export type DeliveryOutcome = z.infer<typeof DeliveryOutcome>;

/** A graver outcome replaces a lesser one, whichever comes first. */
export const rankOf = (kind: OutcomeKind): number => OutcomeKind.options.indexOf(kind);

/** How many deliveries of an edition came to which grave outcome. */
export const outcomeCounters = ["bounced", "complained", "rejected"] as const;
export type OutcomeCounts = Record<(typeof outcomeCounters)[number], number>;

/** Which of the edition's counters an outcome belongs to, if any: soft bounces and delays pass. */
export function counterOf(kind: OutcomeKind): keyof OutcomeCounts | undefined {
  if (kind === "hard-bounce" || kind === "blocked") return "bounced";
  if (kind === "complaint") return "complained";
  return kind === "reject" || kind === "rendering-failure" ? "rejected" : undefined;
}
