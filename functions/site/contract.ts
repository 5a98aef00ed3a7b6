import * as z from "zod";

/** site serves readers' pages: editions, subscribing, unsubscribing, and their stored data. */
export const name = "site";

/** An HTTP API with payload format 2.0, at the public base URL. */
export const trigger = { http: "2.0" } as const;

/** Seconds: less than the HTTP API's limit of 30. */
export const timeout = 25;

/** Megabytes. */
export const memory = 1024;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  SITE_URL: z.url(),
  KEYS_SECRET: z.string(),
  /** The queue of readers' requests that are answered by mail. */
  REQUESTS_QUEUE_URL: z.url(),
  /** Public address of our copies of pictures; absent: the website itself. */
  PICTURES_URL: z.url().optional(),
  /** The value that CloudFront sends as x-origin-secret; absent: there is no distribution, and no header is trusted. */
  ORIGIN_SECRET: z.string().min(16).optional(),
});

export { personalPaths, sitePaths } from "#domain/site-paths.ts";
