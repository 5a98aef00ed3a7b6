import * as z from "zod";
import { Counts } from "../../edition/edition.ts";
import { fromInstant, Instant } from "../../time/instant.ts";

/** A group's commit: which walker's batches are the audience. The first commit counts forever. */
export const GroupCommit = z.strictObject({
  /** Two hex digits. */
  group: z.string(),
  run: z.string(),
  batches: z.number().int().min(0),
  readers: z.number().int().min(0),
  committedAt: Instant,
  /** When its first batch was claimed. */
  startedAt: Instant.nullable(),
  /** When nothing in it was ready, calling, unknown or mixed any more, with the counts at that time. */
  closedAt: Instant.nullable(),
  counts: Counts.nullable(),
  /** How often it was reopened; absent: never. Closing it fails if it was reopened since it was read. */
  opens: z.number().int().min(1).optional(),
  /** Its batches by due time, earliest first. Absent: all were due when the audience was frozen. */
  cohorts: z
    .array(z.strictObject({ due: Instant, batches: z.number().int().min(1), readers: z.number().int().min(1) }))
    .optional(),
  /** During a warm-up: how many of its readers are in the audience, and how many wait for a later edition. */
  warmUp: z.strictObject({ admitted: z.number().int().min(0), waiting: z.number().int().min(0) }).optional(),
});
export type GroupCommit = z.infer<typeof GroupCommit>;

type Times = Pick<GroupCommit, "startedAt" | "closedAt">;

/** When the last group was closed; undefined: none was. */
export const lastClosed = (groups: readonly Times[]): Instant | undefined =>
  groups
    .flatMap(({ closedAt }) => closedAt ?? [])
    .toSorted()
    .at(-1);

/** Seconds from the start of the first group to `end`; null: none was started, or there is no end. */
export function sendingSeconds(groups: readonly Times[], end = lastClosed(groups)): number | null {
  const [begun] = groups.flatMap(({ startedAt }) => startedAt ?? []).toSorted();
  return begun === undefined || end === undefined ? null : (fromInstant(end) - fromInstant(begun)) / 1000;
}
