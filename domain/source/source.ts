import * as z from "zod";
import { Instant } from "../time/instant.ts";

/** Where articles come from, with what its last polls told us. */
export const Source = z.strictObject({
  /** A readable slug of the address's host and path, unique in the deployment. */
  id: z.string(),
  /** A feed is polled; a push source's articles come by POST. Sources stored before there were two kinds are feeds. */
  kind: z.enum(["feed", "push"]).default("feed"),
  /** The feed's address; a push source has none, and `push:` with its id is there. */
  url: z.string(),
  /** The address it was added by: `url` follows permanent redirects, and neither it nor a seed of it is another source. */
  addedUrl: z.string().nullable().default(null),
  /** Where it permanently redirects to, since when, and at how many polls in a row; see moving.ts. */
  movingTo: z.string().nullable().default(null),
  movingSince: Instant.nullable().default(null),
  movingPolls: z.number().int().min(0).default(0),
  title: z.string(),
  /** 1 is normal. */
  weight: z.number().positive(),
  addedAt: Instant,
  /** Removed sources stay as tombstones, so a seed in the config does not bring them back. */
  removedAt: Instant.nullable(),
  /** When it came back after it was removed, until it has brought an article again; null otherwise. */
  returnedAt: Instant.nullable().default(null),
  /** Validators of the last good answer (RFC 9110 §8.8). */
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** When it was last polled, or last pushed to. */
  lastPolledAt: Instant.nullable(),
  lastArticleAt: Instant.nullable(),
  /** Not before this instant is it polled by the clock. */
  nextPollAt: Instant,
  /** Polls that failed in a row; 0 is healthy. */
  failures: z.number().int().min(0),
  /** The last failure as a sentence, null when the last poll was good. */
  lastError: z.string().nullable(),
  /** What it added or changed on the UTC day `landedOn`; see allowance.ts. */
  landedOn: z.string().nullable().default(null),
  landedArticles: z.number().int().min(0).default(0),
  landedBytes: z.number().int().min(0).default(0),
  /** When its editors were last told that it brings more than it may. */
  limitReportedAt: Instant.nullable().default(null),
  /** When its editors were notified that it stays broken; null: not told. */
  reportedAt: Instant.nullable(),
  /** Articles seen, and how often an edition that went out showed one of them. */
  articles: z.number().int().min(0),
  used: z.number().int().min(0),
});
export type Source = z.infer<typeof Source>;
