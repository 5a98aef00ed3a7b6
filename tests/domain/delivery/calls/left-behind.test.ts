import { describe, expect, test } from "vitest";
import { leftBehind, nextOfUnknown } from "#domain/delivery/calls/left-behind.ts";
import { type Batch, type BatchState, freshBatch } from "#domain/delivery/ledger/batch.ts";

const at = "2026-11-23T07:00:00.000Z";
const key = { newsletter: "daily", date: "2026-11-23", group: "00", run: "r", due: at, first: "a0" };
const batch = (state: BatchState, run: string, positions: number[]): Batch => ({
  ...freshBatch(key, ["a0", "a1", "a2"]),
  ...{ state, attempts: 1, call: { at, until: at, rev: 1, run, positions } },
});

describe("the calls that a sender left", () => {
  test("are the calls without a record that no running sender has made", () => {
    const batches = [
      batch("calling", "dead", [0, 1]),
      batch("calling", "dead", [2]),
      batch("calling", "mine", [0, 1, 2]),
      batch("done", "dead", [0, 1, 2]),
      batch("unknown", "dead", [0]),
      freshBatch(key, ["a0"]),
    ];
    expect(leftBehind(batches, ["mine"])).toEqual({ calls: 2, deliveries: 3 });
    expect(leftBehind(batches, [])).toEqual({ calls: 3, deliveries: 6 });
    expect(leftBehind([], ["mine"])).toEqual({ calls: 0, deliveries: 0 });
  });

  test.each([
    [1200, "within 20 minutes;"],
    [30, "within 1 minute;"],
  ])("is resolved or held: %i s", (seconds, expected) => {
    const text = nextOfUnknown(key, seconds);
    expect(text).toContain(expected);
    expect(text).toMatch(/edition calls daily --date 2026-11-23$/);
  });
});
