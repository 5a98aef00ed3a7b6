import * as z from "zod";

/** feedback processes SES's events about deliveries: their acceptance and their outcome. */
export const name = "feedback";

/**
 * SES's events on the queue `feedback`, by EventBridge. Seconds. A message that keeps failing becomes a dead letter
 * after attempts × visibility = 15 minutes. That is less than the time for which an unanswered call waits for its
 * events (settleSeconds), so no event is still invisible when that time ends.
 */
export const trigger = {
  queue: "feedback",
  batchSize: 1_000,
  window: 5,
  maxConcurrency: 20,
  visibility: 180,
  attempts: 5,
} as const;

/** Seconds. */
export const timeout = 30;

/** Megabytes. */
export const memory = 512;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  CONFIGURATION_SET: z.string(),
  FEEDBACK_DEAD_QUEUE_URL: z.url(),
  KEYS_SECRET: z.string(),
});
