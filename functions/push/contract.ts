import * as z from "zod";
import { pushPaths } from "#domain/site-paths.ts";

/** push accepts articles from API clients, one source for each client. */
export const name = "push";

/** Routes of the website's HTTP API, payload format 2.0. */
export const trigger = {
  http: "2.0",
  routes: [
    { method: "POST", path: pushPaths.articles },
    { method: "GET", path: pushPaths.description },
  ],
  /**
   * Requests a second, and burst, that each route accepts from all clients together. It limits the cost of a flood; the
   * function limits each client by its address.
   */
  rate: 100,
  burst: 200,
} as const;

/** Seconds: less than the HTTP API's limit of 30. */
export const timeout = 25;

/** Megabytes. */
export const memory = 1024;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  KEYS_SECRET: z.string(),
  /** The value that CloudFront sends as x-origin-secret; absent: there is no distribution, and no header is trusted. */
  ORIGIN_SECRET: z.string().min(16).optional(),
});

export { pushPaths } from "#domain/site-paths.ts";
