import * as z from "zod";
import { Counts } from "../../edition/edition.ts";
import { Instant } from "../../time/instant.ts";

/** A group's commit: which walker's batches are the audience. The first to commit wins, forever. */
export const GroupCommit = z.strictObject({
  /** Two hex digits. */
  group: z.string(),
  run: z.string(),
  batches: z.number().int().min(0),
  readers: z.number().int().min(0),
  committedAt: Instant,
  /** When its first batch was claimed. */
  startedAt: Instant.nullable(),
  /** When nothing was left ready, calling, unknown or mixed in it, with the sums of then. */
  closedAt: Instant.nullable(),
  counts: Counts.nullable(),
  /** How often a person opened it again; absent: never. A close counts only if no one did since it looked. */
  opens: z.number().int().min(1).optional(),
  /** Its batches by when they are due, the first first. Absent: all of them were due when the audience was frozen. */
  cohorts: z
    .array(z.strictObject({ due: Instant, batches: z.number().int().min(1), readers: z.number().int().min(1) }))
    .optional(),
});
export type GroupCommit = z.infer<typeof GroupCommit>;
