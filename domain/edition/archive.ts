import * as z from "zod";
import { Instant, LocalDate } from "../time/instant.ts";
import type { Edition } from "./edition.ts";

/** An edition's entry in the archive, the feeds and the sitemap. */
export const ArchiveEntry = z.strictObject({
  date: LocalDate,
  subject: z.string(),
  /** The preheader: what else is in it. */
  summary: z.string(),
  publishedAt: Instant,
  /** Later than publishedAt if it was corrected or has a note. */
  updatedAt: Instant,
});
export type ArchiveEntry = z.infer<typeof ArchiveEntry>;

const Month = z.string().regex(/^\d{4}-\d\d$/);

/** A month of a newsletter's archive, in one item, so its page needs one read. */
export const ArchiveMonth = z.strictObject({
  newsletter: z.string(),
  month: Month,
  /** Version number; writes are conditional on it. */
  version: z.number().int().min(1),
  /** Newest first. */
  entries: z.array(ArchiveEntry),
  /** The last earlier month with editions; null: this is the first. */
  older: Month.nullable(),
});
export type ArchiveMonth = z.infer<typeof ArchiveMonth>;

export const monthOf = (date: LocalDate): string => date.slice(0, 7);

/** The month with the edition's entry added or replaced. */
export function withEntry(
  before: ArchiveMonth | undefined,
  about: { newsletter: string; older: string | null },
  entry: ArchiveEntry,
): ArchiveMonth {
  const known = before?.entries.find(({ date }) => date === entry.date);
  const entries = (before?.entries ?? []).filter(({ date }) => date !== entry.date);
  const kept = { ...entry, publishedAt: known?.publishedAt ?? entry.publishedAt };
  return {
    newsletter: about.newsletter,
    month: monthOf(entry.date),
    version: (before?.version ?? 0) + 1,
    entries: [...entries, kept].sort((a, b) => (a.date < b.date ? 1 : -1)),
    older: before === undefined ? about.older : before.older,
  };
}

/** The month without an edition that is unpublished. */
export const withoutEntry = (before: ArchiveMonth, date: LocalDate): ArchiveMonth => ({
  ...before,
  version: before.version + 1,
  entries: before.entries.filter((entry) => entry.date !== date),
});

/** The editions before and after a date, among those of neighbouring months. */
export function neighboursOf(months: readonly ArchiveMonth[], date: LocalDate) {
  const dates = months.flatMap(({ entries }) => entries.map((entry) => entry.date)).sort();
  return { previous: dates.filter((one) => one < date).at(-1) ?? null, next: dates.find((one) => one > date) ?? null };
}

/**
 * Whether an edition is public on the web. It is marked when sending begins, and the mark is removed only by cancelling
 * before the first mail.
 */
export const isPublished = ({ published, state }: Pick<Edition, "published" | "state">): boolean =>
  published === true || ["sending", "paused", "finished"].includes(state);
