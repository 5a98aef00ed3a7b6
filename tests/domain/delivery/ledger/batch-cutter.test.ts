import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { createBatchCutter, isInAudience } from "#domain/delivery/ledger/batch-cutter.ts";

const at = (minutes: number, seconds = 0) => new Date(Date.UTC(2026, 10, 23, 7, minutes, seconds)).toISOString();
const id = (n: number) => n.toString(16).padStart(24, "0");

describe("the freeze", () => {
  test("takes active readers, and those who moved while it ran", () => {
    const edition = { date: "2026-11-23", frozenAt: at(0) };
    expect(isInAudience({ status: "active", movedAt: null }, edition)).toBe(true);
    for (const status of ["pending", "left", "removed"] as const) {
      expect(isInAudience({ status, movedAt: null }, edition)).toBe(false);
    }
    expect(isInAudience({ status: "moved", movedAt: at(-1, 51) }, edition)).toBe(true);
    expect(isInAudience({ status: "moved", movedAt: at(-1, 50) }, edition)).toBe(false);
  });

  test("leaves out paused readers, up to the day before mail resumes", () => {
    const paused = { status: "active", movedAt: null, pausedUntil: "2026-11-24" } as const;
    expect(isInAudience(paused, { date: "2026-11-23", frozenAt: at(0) })).toBe(false);
    expect(isInAudience(paused, { date: "2026-11-24", frozenAt: at(0) })).toBe(true);
    const moved = { ...paused, status: "moved", movedAt: at(0) } as const;
    expect(isInAudience(moved, { date: "2026-11-23", frozenAt: at(0) })).toBe(false);
  });

  test("cuts any stream into batches that hold each reader once, in order", () => {
    fc.assert(
      fc.property(
        fc.nat(300),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 3 }),
        (readers, size, dues) => {
          const place = { newsletter: "daily", date: "2026-11-23", group: "00", run: "r" };
          const freezer = createBatchCutter(place, size);
          const ids = Array.from({ length: readers }, (_, n) => id(n));
          const full = ids.flatMap((reader, n) => freezer.add({ id: reader, place: 2 * n }, at(n % dues)) ?? []);
          const batches = [...full, ...freezer.rest()];
          expect(batches.flatMap((batch) => batch.ids).toSorted()).toEqual(ids);
          expect(freezer.counted).toEqual({ batches: batches.length, readers });
          expect(batches.length).toBeLessThanOrEqual(Math.ceil(readers / size) + dues - 1);
          for (const batch of batches) {
            expect(batch.key.first).toBe(batch.ids[0]);
            expect(batch.ids).toEqual(batch.ids.toSorted());
            expect(batch.ids.length).toBeLessThanOrEqual(size);
            // Every second subscriber that the walk met was a reader, alternating between the due times.
            expect(batch.span).toBe((batch.ids.length - 1) * 2 * dues + 1);
            expect(batch.outcomes).toEqual(fromLetters(".".repeat(batch.ids.length)));
          }
        },
      ),
    );
  });
});
