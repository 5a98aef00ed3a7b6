import * as z from "zod";

/** site is what readers see on the web: editions, subscribing, leaving, and what is stored about them. */
export const name = "site";

/** An HTTP API with payload format 2.0, at the public base URL. */
export const trigger = { http: "2.0" } as const;

/** Seconds: less than the 30 after which the HTTP API gives up. */
export const timeout = 25;

/** Megabytes. */
export const memory = 1024;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  SITE_URL: z.url(),
  KEYS_SECRET: z.string(),
  /** Where readers' requests wait to be answered by mail. */
  REQUESTS_QUEUE_URL: z.url(),
  /** Where our own copies of leads' pictures are served; absent: by the website itself. */
  PICTURES_URL: z.url().optional(),
  /** What the distribution in front sends as x-origin-secret; absent: there is none, and no header is trusted. */
  ORIGIN_SECRET: z.string().min(16).optional(),
});

export { sitePaths } from "#domain/site-paths.ts";
