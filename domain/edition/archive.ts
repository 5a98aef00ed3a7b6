import * as z from "zod";
import { Instant, LocalDate } from "../time/instant.ts";
import type { Edition } from "./edition.ts";

/** An edition as the archive, the feeds and the sitemap list it. */
export const ArchiveEntry = z.strictObject({
  date: LocalDate,
  subject: z.string(),
  /** The preheader: what else is in it. */
  summary: z.string(),
  publishedAt: Instant,
  /** Later than publishedAt where it was corrected, or an editor added a note. */
  updatedAt: Instant,
});
export type ArchiveEntry = z.infer<typeof ArchiveEntry>;

const Month = z.string().regex(/^\d{4}-\d\d$/);

/** A month of a newsletter's archive: one item, so a page of it is one read, however the editions went. */
export const ArchiveMonth = z.strictObject({
  newsletter: z.string(),
  month: Month,
  /** Counts its changes: a write is conditional on it. */
  version: z.number().int().min(1),
  /** Newest first. */
  entries: z.array(ArchiveEntry),
  /** The month with editions before it; null: this is the first. */
  older: Month.nullable(),
});
export type ArchiveMonth = z.infer<typeof ArchiveMonth>;

export const monthOf = (date: LocalDate): string => date.slice(0, 7);

/** The month with the edition in it, or with its entry replaced. */
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

/** The month without an edition that reached no one. */
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
 * Whether anyone may see an edition on the web. It is stored when sending begins, and taken back only by a cancellation
 * before the first mail. Editions of earlier versions lack the mark: what was frozen then may have been mailed.
 */
export function isPublished({
  published,
  state,
  frozenAt,
}: Pick<Edition, "published" | "state" | "frozenAt">): boolean {
  if (["sending", "paused", "finished"].includes(state)) return true;
  return published ?? (frozenAt !== null && state !== "freezing" && state !== "approved");
}
