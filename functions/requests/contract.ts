import * as z from "zod";

/**
 * requests answers by mail what readers asked for on the web, reminds those who have not confirmed, and has those who
 * confirmed get the newest edition.
 */
export const name = "requests";

/**
 * Readers' requests on the queue `requests`; and the clock. Seconds. Few at once: these mails share SES's rate with
 * editions, and one that SES throttles comes again. A request stays for a day (attempts × visibility) before it is dead.
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
  /** Wakes the sender for the edition that welcomes a new reader. */
  KICKS_QUEUE_URL: z.url(),
});
