import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import type { BatchState } from "#domain/delivery/ledger/batch.ts";
import { countBatch, noCounts, sumCounts } from "#domain/delivery/ledger/counts.ts";

describe("counts", () => {
  test("put every delivery in one place", () => {
    const letters = fc.string({
      unit: fc.constantFrom(".", "a", "r", "f", "x", "s", "h", "d"),
      minLength: 1,
      maxLength: 50,
    });
    const states = fc.constantFrom<BatchState[]>("ready", "calling", "unknown", "mixed", "done", "held");
    fc.assert(
      fc.property(letters, states, (out, state) => {
        const { audience, ...rest } = countBatch({ state, outcomes: fromLetters(out) });
        expect(audience).toBe(out.length);
        expect(Object.values(rest).reduce((sum, n) => sum + n, 0)).toBe(out.length);
        if (state === "unknown" || state === "mixed") expect(rest.waiting + rest.failed).toBe(0);
      }),
    );
    const one = { ...noCounts, audience: 2, accepted: 1, unknown: 1 };
    expect(sumCounts([one, one])).toEqual({ ...noCounts, audience: 4, accepted: 2, unknown: 2 });
  });
});
