import * as z from "zod";

/**
 * requests answers readers' requests from the website by mail, reminds unconfirmed readers, and requests the welcome
 * for confirmed ones.
 */
export const name = "requests";

/**
 * Readers' requests on the queue `requests`, and a schedule. Seconds. Few at once, because these mails share SES's rate
 * with editions; a throttled one is retried. A request is retried for a day (attempts × visibility) before it becomes a
 * dead letter.
 */
export const trigger = {
  queue: "requests",
  batchSize: 5,
  window: 0,
  maxConcurrency: 2,
  visibility: 90,
  attempts: 960,
  every: "5 minutes",
} as const;

/** Seconds. */
export const timeout = 60;

/** Megabytes. */
export const memory = 512;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  SITE_URL: z.url(),
  CONFIGURATION_SET: z.string(),
  KEYS_SECRET: z.string(),
  /** The queue that wakes the sender for a welcome. */
  KICKS_QUEUE_URL: z.url(),
});
