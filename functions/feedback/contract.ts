import * as z from "zod";

/** feedback takes in what SES tells of deliveries: that it accepted them, and the outcome of them. */
export const name = "feedback";

/**
 * SES's events on the queue `feedback`, by EventBridge. Seconds. A message that fails again and again is dead after
 * attempts × visibility = 15 minutes: within the time for which a call without an answer waits for its events
 * (settleSeconds), so none of them can still lie hidden when that is over.
 */
export const trigger = {
  queue: "feedback",
  batchSize: 100,
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
