import * as z from "zod";
import { Instant } from "../time/instant.ts";

/** A source of articles, with the results of its last polls. */
export const Source = z.strictObject({
  /** A readable slug of the address's host and path, unique in the deployment. */
  id: z.string(),
  /** Feeds are polled; pushed sources get articles by POST. */
  kind: z.enum(["feed", "push"]).default("feed"),
  /** The feed's address; `push:` and the id for a pushed source. */
  url: z.string(),
  /**
   * The address it was added by, because `url` follows permanent redirects; adding it again, or a configured source
   * with it, is the same source.
   */
  addedUrl: z.string().nullable().default(null),
  /** The target of its permanent redirect, since when, and the number of consecutive polls; see moving.ts. */
  movingTo: z.string().nullable().default(null),
  movingSince: Instant.nullable().default(null),
  movingPolls: z.number().int().min(0).default(0),
  title: z.string(),
  /** 1 is normal. */
  weight: z.number().positive(),
  addedAt: Instant,
  /** Removed sources stay in the table, so the config doesn't add them again. */
  removedAt: Instant.nullable(),
  /** When it was restored, until its next article; null otherwise. */
  returnedAt: Instant.nullable().default(null),
  /** Validators of the last good answer (RFC 9110 §8.8). */
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** Hash of the last answer that was read; see answer-hash.ts. */
  answerHash: z.string().optional(),
  /** When it was last polled, or last pushed to. */
  lastPolledAt: Instant.nullable(),
  lastArticleAt: Instant.nullable(),
  /** The earliest time of the next scheduled poll. */
  nextPollAt: Instant,
  /** Number of consecutive failed polls; 0: healthy. */
  failures: z.number().int().min(0),
  /** The last failure as a sentence, null when the last poll was good. */
  lastError: z.string().nullable(),
  /** What it added or changed on the UTC day `landedOn`; see allowance.ts. */
  landedOn: z.string().nullable().default(null),
  landedArticles: z.number().int().min(0).default(0),
  landedBytes: z.number().int().min(0).default(0),
  /** When its editors were last notified that it is over its limit. */
  limitReportedAt: Instant.nullable().default(null),
  /** When its editors were notified that it is broken; null: not notified. */
  reportedAt: Instant.nullable(),
  /** Number of its articles, and how often sent editions showed one. */
  articles: z.number().int().min(0),
  used: z.number().int().min(0),
});
export type Source = z.infer<typeof Source>;
