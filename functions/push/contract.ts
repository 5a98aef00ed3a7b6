import * as z from "zod";
import { pushPaths } from "#domain/site-paths.ts";

/** push takes articles that an API client sends, one source a client. */
export const name = "push";

/** Routes of the website's HTTP API, payload format 2.0. */
export const trigger = {
  http: "2.0",
  routes: [
    { method: "POST", path: pushPaths.articles },
    { method: "GET", path: pushPaths.description },
  ],
  /** Requests a second, and at once, that each route accepts from all clients together. It bounds the cost of a flood;
   * one client is limited by its address, in the function. */
  rate: 100,
  burst: 200,
} as const;

/** Seconds: less than the 30 after which the HTTP API gives up. */
export const timeout = 25;

/** Megabytes. */
export const memory = 1024;

export const Environment = z.object({
  TABLE_NAME: z.string(),
  KEYS_SECRET: z.string(),
  /** What the distribution in front sends as x-origin-secret; absent: there is none, and no header is trusted. */
  ORIGIN_SECRET: z.string().min(16).optional(),
});

export { pushPaths } from "#domain/site-paths.ts";
