import { describe, expect, test } from "vitest";
import { type ArchiveEntry, isPublished, neighboursOf, withEntry, withoutEntry } from "#domain/edition/archive.ts";
import type { EditionState } from "#domain/edition/edition.ts";

const entry = (date: string, over: Partial<ArchiveEntry> = {}): ArchiveEntry => ({
  date,
  subject: `News of ${date}`,
  summary: "",
  publishedAt: `${date}T07:00:00.000Z`,
  updatedAt: `${date}T07:00:00.000Z`,
  ...over,
});
const about = { newsletter: "daily", older: "2026-10" };

describe("a month of the archive", () => {
  test("begins with its first edition, and knows the month before it", () => {
    expect(withEntry(undefined, about, entry("2026-11-21"))).toEqual({
      newsletter: "daily",
      month: "2026-11",
      version: 1,
      entries: [entry("2026-11-21")],
      older: "2026-10",
    });
  });

  test("has its editions newest first, whatever order they come in, and counts its changes", () => {
    const month = ["2026-11-22", "2026-11-20", "2026-11-21"].reduce(
      (before: ReturnType<typeof withEntry> | undefined, date) => withEntry(before, about, entry(date)),
      undefined,
    );
    expect(month?.entries.map(({ date }) => date)).toEqual(["2026-11-22", "2026-11-21", "2026-11-20"]);
    expect(month?.version).toBe(3);
  });

  test("shows a corrected edition as published when it first was", () => {
    const month = withEntry(undefined, about, entry("2026-11-21"));
    const later = "2026-11-23T09:00:00.000Z";
    const corrected = entry("2026-11-21", { subject: "Corrected", publishedAt: later, updatedAt: later });
    expect(withEntry(month, about, corrected).entries).toEqual([
      { ...corrected, publishedAt: "2026-11-21T07:00:00.000Z" },
    ]);
  });

  test("loses an edition that reached no one, and keeps the month before it", () => {
    const month = withEntry(undefined, about, entry("2026-11-21"));
    const emptied = withoutEntry(month, "2026-11-21");
    expect(emptied).toEqual({ ...month, version: 2, entries: [] });
    expect(withEntry(emptied, { ...about, older: "2026-09" }, entry("2026-11-22")).older).toBe("2026-10");
  });
});

test("the editions before and after one are found across months", () => {
  const november = withEntry(undefined, about, entry("2026-11-02"));
  const october = withEntry(undefined, { ...about, older: null }, entry("2026-10-30"));
  const months = [november, october];
  expect(neighboursOf(months, "2026-11-01")).toEqual({ previous: "2026-10-30", next: "2026-11-02" });
  expect(neighboursOf(months, "2026-10-30")).toEqual({ previous: null, next: "2026-11-02" });
  expect(neighboursOf(months, "2026-11-02")).toEqual({ previous: "2026-10-30", next: null });
});

describe("an edition is on the web", () => {
  const seen = (state: EditionState, over: { published?: boolean; frozenAt?: string | null }) =>
    isPublished({ state, frozenAt: null, ...over });

  test("from the moment sending begins, whatever its mark", () => {
    for (const state of ["sending", "paused", "finished"] as const)
      expect(seen(state, { published: false })).toBe(true);
  });

  test("as its mark says in any other state", () => {
    expect(seen("cancelled", { published: true })).toBe(true);
    expect(seen("held", { published: false, frozenAt: "2026-11-21T07:00:00.000Z" })).toBe(false);
    for (const state of ["draft", "approved", "freezing", "halted"] as const)
      expect(seen(state, { frozenAt: "2026-11-21T07:00:00.000Z" })).toBe(false);
  });
});
