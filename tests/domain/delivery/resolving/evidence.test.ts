import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { assessEvidence, correctByProofs, isWitness, positionsSeenTwice } from "#domain/delivery/resolving/evidence.ts";

const at = "2026-11-23T07:00:00.000Z";
const id = (n: number) => n.toString(16).padStart(24, "0");
const place = { newsletter: "daily", date: "2026-11-23", group: "00", run: "r", due: at, first: id(0) };
const batch = (change: Partial<Batch> = {}): Batch => ({
  ...freshBatch(place, [id(0), id(1), id(2)]),
  ...{ state: "done", attempts: 1, outcomes: fromLetters("aaa"), messageIds: ["m0", "m1", "m2"] },
  call: { at, until: at, positions: [0, 1, 2], rev: 1, run: "r" },
  ...change,
});
const ofFirst = { call: { at, until: at, positions: [0], rev: 1, run: "r" } };
const proof = (position: number, attempt = 1, messageId = `m${position}`) => ({ attempt, position, messageId });
const nothing = { newlySeen: [], doubled: [], unknownAttempts: [], contradicting: [], misplaced: false };

describe("an event's effect on its batch", () => {
  test.each([
    ["done and agreeing: nothing", batch(), proof(1), {}],
    [
      "not recorded yet: seen",
      batch({ state: "calling", outcomes: fromLetters("..."), messageIds: [] }),
      proof(1),
      { newlySeen: ["1:1:m1"] },
    ],
    [
      "without an answer: seen",
      batch({ state: "unknown", outcomes: fromLetters("..."), messageIds: [] }),
      proof(2),
      { newlySeen: ["1:2:m2"] },
    ],
    [
      "mixed: seen",
      batch({ state: "mixed", outcomes: fromLetters("..."), messageIds: [] }),
      proof(0),
      { newlySeen: ["1:0:m0"] },
    ],
    [
      "declared delivered by a person: nothing",
      batch({ outcomes: fromLetters("ada"), messageIds: ["m0", "", "m2"] }),
      proof(1),
      {},
    ],
    ["accepted by evidence alone: nothing new", batch({ messageIds: [] }), proof(1), {}],
    [
      "accepted in an earlier attempt of one reader per call: it matches by its message",
      batch({ attempts: 3, call: { at, until: at, positions: [2], rev: 1, run: "r" } }),
      proof(0, 1),
      {},
    ],
  ])("%s", (_, stored, event, expected) => {
    expect(assessEvidence(stored, [event], false)).toEqual({ ...nothing, ...expected });
  });

  test("of a witness all is noted", () => {
    expect(assessEvidence(batch(), [proof(1), proof(1), proof(2)], true).newlySeen).toEqual(["1:1", "1:2"]);
  });

  test.each([
    ["an earlier attempt than the accepted one", batch({ attempts: 2 }), proof(1, 1, "other")],
    ["the same attempt under another message", batch(), proof(1, 1, "other")],
  ])("a second message is a double: %s", (_, stored, event) => {
    expect(assessEvidence(stored, [event], false).doubled).toEqual([event]);
  });

  test("messages in another order aren't a double", () => {
    const swapped = [proof(0, 1, "m1"), proof(1, 1, "m0")];
    expect(assessEvidence(batch(), swapped, false)).toEqual({ ...nothing, misplaced: true });
    expect(correctByProofs(batch(), swapped)).toEqual(batch({ messageIds: ["m1", "m0", "m2"] }));
    expect(correctByProofs(batch({ messageIds: ["m1", "m0", "m2"] }), swapped)).toBeUndefined();
  });

  test.each<[Batch["state"]]>([["calling"], ["unknown"], ["mixed"], ["ready"]])(
    "message ids change places while the batch stays %s: its other readers wait",
    (state) => {
      const stored = batch({ state, outcomes: fromLetters("aa."), messageIds: ["m0", "m1", ""] });
      const swapped = [proof(0, 1, "m1"), proof(1, 1, "m0")];
      expect(correctByProofs(stored, swapped)).toEqual({ ...stored, messageIds: ["m1", "m0", ""] });
    },
  );

  test("an attempt that was never made is unknown, and recorded as seen", () => {
    expect(assessEvidence(batch(), [proof(1, 2)], false)).toMatchObject({
      unknownAttempts: [proof(1, 2)],
      newlySeen: ["2:1"],
      doubled: [],
    });
    expect(correctByProofs(batch({ outcomes: fromLetters("aha"), state: "held" }), [proof(1, 2)])).toBeUndefined();
  });

  test.each([
    ["held", batch({ state: "held", outcomes: fromLetters("aha") }), "aaa", "done"],
    ["held beside another", batch({ state: "held", outcomes: fromLetters("ahh") }), "aah", "held"],
    ["refused", batch({ outcomes: fromLetters("ara") }), "aaa", "done"],
    ["skipped", batch({ outcomes: fromLetters("asa") }), "aaa", "done"],
    ["held while others wait", batch({ state: "ready", outcomes: fromLetters("ah.") }), "aa.", "ready"],
    ["given up while others wait", batch({ state: "ready", outcomes: fromLetters(".x.") }), ".a.", "ready"],
    ["to be called again", batch({ state: "ready", outcomes: fromLetters("a.h") }), "aah", "held"],
    [
      "held while others are called",
      batch({ ...ofFirst, state: "calling", outcomes: fromLetters(".hh") }),
      ".ah",
      "calling",
    ],
    [
      "refused while others are unknown",
      batch({ ...ofFirst, state: "unknown", outcomes: fromLetters(".ra") }),
      ".aa",
      "unknown",
    ],
    [
      "skipped while others are mixed",
      batch({ ...ofFirst, state: "mixed", outcomes: fromLetters(".sa") }),
      ".aa",
      "mixed",
    ],
    ["waiting beside a call", batch({ ...ofFirst, state: "calling", outcomes: fromLetters("...") }), ".a.", "calling"],
  ])("what was concluded is overruled by what is proven: %s", (_, stored, out, state) => {
    expect(assessEvidence(stored, [proof(1, 1, "x")], false)).toMatchObject({ contradicting: [proof(1, 1, "x")] });
    expect(correctByProofs(stored, [proof(1, 1, "x")])).toEqual({
      ...stored,
      outcomes: fromLetters(out),
      state,
      messageIds: ["m0", "x", "m2"],
    });
  });

  test.each(["calling", "unknown", "mixed"] as const)("but not for a reader of a call that is %s", (state) => {
    const stored = batch({ state, outcomes: fromLetters("...") });
    expect(assessEvidence(stored, [proof(1, 1, "x")], false).contradicting).toEqual([]);
    expect(correctByProofs(stored, [proof(1, 1, "x")])).toBeUndefined();
  });

  test.each<[Batch["state"], string]>([
    ["calling", "1:1:x"],
    ["mixed", "1:1:x"],
    ["held", "1:1:x"],
    ["done", "1:1"],
  ])("of a batch that is %s is noted: %s", (state, key) => {
    const stored = batch({ state, outcomes: fromLetters(state === "done" ? "aaa" : "...") });
    expect(assessEvidence(stored, [proof(1, 1, "x")], true).newlySeen).toEqual([key]);
  });

  test("one accepted in two attempts was seen twice", () => {
    expect(positionsSeenTwice(new Set(["1:0:m", "1:0", "2:1"]))).toEqual([]);
    expect(positionsSeenTwice(new Set(["1:0:m", "2:0"]))).toEqual([0]);
    expect(positionsSeenTwice(new Set(["1:0", "1:10", "2:10", "2:1", "3:10"]))).toEqual([10]);
  });
});

test("any shuffle of a batch's ids is sorted by its events", () => {
  const shuffles = fc.shuffledSubarray(["m0", "m1", "m2"], { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(shuffles, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (messageIds, order) => {
      const stored = batch({ messageIds });
      const proofs = order.map((position) => proof(position));
      expect(assessEvidence(stored, proofs, false).doubled).toEqual([]);
      expect((correctByProofs(stored, proofs) ?? stored).messageIds).toEqual(["m0", "m1", "m2"]);
    }),
  );
});

describe("witnesses are", () => {
  const of = (first: string, frozen: number, stage: "canary" | "full" | null = null) =>
    isWitness(batch({ key: { ...place, first } }), { frozen, stage });
  test("all batches of a small edition, and of a canary", () => {
    expect(of(id(1), 99_999)).toBe(true);
    expect(of(id(1), 100_000)).toBe(false);
    expect(of(id(1), 1_000_000, "canary")).toBe(true);
    expect(of(id(1), 1_000_000, "full")).toBe(false);
  });
  test("one in sixteen of a large one", () => {
    expect(Array.from({ length: 1600 }, (_, n) => of(id(n), 100_000)).filter(Boolean)).toHaveLength(100);
  });
});
