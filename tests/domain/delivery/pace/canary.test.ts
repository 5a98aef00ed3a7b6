import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { canaryBatches, canarySize, judgeCanary, receptionProblem } from "#domain/delivery/pace/canary.ts";

const called = "2026-11-23T07:00:00.000Z";
const instantAfter = (seconds: number) => new Date(Date.parse(called) + seconds * 1000).toISOString();

describe("the first readers", () => {
  test.each([
    [500, null],
    [501, 50],
    [5_000, 50],
    [5_001, 51],
    [1_000_000, 10_000],
  ])("of %d are %s", (frozen, size) => {
    expect(canarySize(frozen)).toBe(size);
  });

  test("are the first batches of the first groups, as few as needed", () => {
    const groups = fc.array(fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 8 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(groups, fc.integer({ min: 1, max: 400 }), (sizes, size) => {
        let before = 0;
        const chosen: number[] = [];
        for (const group of sizes) {
          const batches = group.map((n) => ({ ids: Array.from({ length: n }, () => "") }));
          chosen.push(...group.slice(0, canaryBatches(batches, before, size)));
          before += group.reduce((sum, n) => sum + n, 0);
        }
        const sum = chosen.reduce((total, n) => total + n, 0);
        expect(chosen).toEqual(sizes.flat().slice(0, chosen.length));
        expect(sum >= size || sum === before).toBe(true);
        expect(sum - (chosen.at(-1) ?? 0)).toBeLessThan(size);
      }),
    );
  });
});

describe("did it go well", () => {
  test.each<[string, number, number, number, number, string | undefined]>([
    ["by all", 50, 0, 0, 0, undefined],
    ["all except four", 50, 2, 2, 0, undefined],
    ["all except five", 45, 2, 3, 0, "5 of the first 47"],
    ["all except 5 % of many", 950, 10, 38, 0, "48 of the first 960"],
    ["all except less than 5 % of many", 950, 10, 37, 0, undefined],
    ["with a complaint", 50, 0, 0, 1, undefined],
    ["with two", 50, 0, 0, 2, "2 of the first 50 readers called it spam"],
    ["with few complaints of many", 100_000, 0, 0, 299, undefined],
    ["with many complaints of many", 100_000, 0, 0, 300, "called it spam"],
  ])("%s", (_, accepted, refused, bounced, complained, expected) => {
    const said = receptionProblem({ accepted, refused, bounced, complained });
    if (expected === undefined) expect(said).toBeUndefined();
    else expect(said).toContain(expected);
  });
});

describe("whether the rest follow", () => {
  const one = (out: string, state: Batch["state"] = "done", seen = out.length, at = called) => {
    const place = { newsletter: "d", date: "2026-11-23", group: "00", run: "r", due: called, first: "0" };
    const positions = Array.from(out, (_, position) => position);
    const batch = {
      ...freshBatch(place, positions.map(String)),
      attempts: 1,
      state,
      outcomes: fromLetters(out),
      call: { at, until: at, positions, rev: 1, run: "s" },
    };
    return { batch, seen: new Set(positions.slice(0, seen).map((position) => `1:${position}`)) };
  };
  const well = "a".repeat(50);
  type Batches = Parameters<typeof judgeCanary>[1];
  const judged = (batches: Batches, seconds: number, edition = {}, confirmations = true) =>
    judgeCanary(edition, batches, { now: instantAfter(seconds), seconds: 120, confirmations });

  test.each<[string, Batches, number, object, string]>([
    [
      "not before two minutes after the last call",
      [one(well), one(well, "done", 50, instantAfter(60))],
      179,
      {},
      "wait",
    ],
    ["two minutes after the last call", [one(well), one(well, "done", 50, instantAfter(60))], 180, {}, "full"],
    ["not while one of them waits", [one(well), one("....", "ready")], 1_000, {}, "wait"],
    ["not while one is being called", [one(well), one("....", "calling")], 1_000, {}, "wait"],
    ["whatever an unanswered call may have done", [one(well), one("....", "unknown")], 120, {}, "full"],
    ["not when no call was answered", [one("....", "unknown", 0)], 300, {}, "held"],
    ["with nine tenths answered", [one(`${"a".repeat(45)}hhhhh`, "held")], 120, {}, "full"],
    ["not with fewer, and not yet held", [one(`${"a".repeat(44)}hhhhxh`, "held")], 299, {}, "wait"],
    ["held with fewer, after five minutes", [one(`${"a".repeat(44)}hhhhxh`, "held")], 300, {}, "held"],
    ["with four fifths seen", [one(well, "done", 40)], 120, {}, "full"],
    ["held with fewer seen", [one(well, "done", 39)], 300, {}, "held"],
    ["if all of them left", [one("s".repeat(50), "done", 0)], 0, {}, "full"],
    ["declared delivered is delivered", [one("d".repeat(50), "done", 0)], 120, {}, "full"],
    ["halted as soon as five bounced", [one(well), one("....", "ready")], 1, { bounced: 5 }, "halted"],
    [
      "halted by refusals and bounces together",
      [one(`${"a".repeat(48)}rr`)],
      120,
      { bounced: 2, rejected: 1 },
      "halted",
    ],
    ["halted by two complaints", [one(well)], 120, { complained: 2 }, "halted"],
  ])("%s", (_, batches, seconds, edition, verdict) => {
    expect(judged(batches, seconds, edition).is).toBe(verdict);
  });

  test("without confirmations, answers are enough", () => {
    expect(judged([one(well, "done", 0)], 120, {}, false).is).toBe("full");
    expect(judged([one(well, "done", 0)], 300)).toMatchObject({
      is: "held",
      reason: expect.stringContaining("SES's events came for 0 of 50"),
    });
  });

  test("ends, whatever the batches are, once none of the first readers waits", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "r", "x", "s", "h", "d"), minLength: 1, maxLength: 50 });
    const some = fc.array(fc.tuple(letters, fc.constantFrom<Batch["state"]>("done", "held", "unknown"), fc.nat(50)), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(some, fc.nat(10), (batches, bounced) => {
        const all = batches.map(([out, st, seen]) => one(out, st, seen));
        expect(judged(all, 300, { bounced }).is).not.toBe("wait");
      }),
    );
  });
});
