import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { type Effect, retryLater } from "#domain/delivery/calls/answer.ts";
import {
  claim,
  claimableFrom,
  isClaimable,
  isSameClaim,
  isUnanswered,
  markUnanswered,
  noteLateAnswer,
  positionsToCall,
  record,
  refusedTooLong,
  skip,
} from "#domain/delivery/calls/attempt.ts";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { isOpen } from "#domain/delivery/ledger/recorded-outcome.ts";

const due = "2026-11-23T07:00:00.000Z";
const now = "2026-11-23T07:00:10.000Z";
const key = { newsletter: "daily", date: "2026-11-23", group: "00", run: "r", due, first: "0" };
const fresh = (n: number): Batch =>
  freshBatch(
    key,
    Array.from({ length: n }, (_, at) => String(at)),
  );
const call = { at: now, until: "2026-11-23T07:01:10.000Z", rev: 2, run: "me" };
const claimed = (n: number, size = 50) => claim(fresh(n), size, call);
const again = (seconds: number, single = false): Effect => ({
  is: "again",
  afterSeconds: seconds,
  single,
  split: false,
  refused: true,
  why: "w",
});

describe("a claim", () => {
  test("that needs several calls is cut into equal ones, so none is tiny", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), (readers, size) => {
        const sizes: number[] = [];
        for (let batch = fresh(readers); batch.state === "ready"; ) {
          const next = claim(batch, size, call);
          sizes.push(next.call?.positions.length ?? 0);
          batch = record(next, next.call?.positions ?? [], { is: "accepted", messageIds: [] }, now);
        }
        expect(sizes.reduce((sum, n) => sum + n, 0)).toBe(readers);
        expect(sizes.length).toBe(Math.ceil(readers / size));
        expect(Math.max(...sizes)).toBeLessThanOrEqual(size);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
    expect(positionsToCall(fresh(50), 48)).toHaveLength(25);
  });

  test("is possible when ready, due and not put off", () => {
    expect(isClaimable(fresh(1), now)).toBe(true);
    expect(isClaimable(fresh(1), "2026-11-23T06:59:59.999Z")).toBe(false);
    expect(isClaimable({ ...fresh(1), notBefore: "2026-11-23T07:00:10.001Z" }, now)).toBe(false);
    expect(claimableFrom({ ...fresh(1), notBefore: now })).toBe(now);
    expect(isClaimable({ ...fresh(1), state: "unknown" }, now)).toBe(false);
    expect(claimableFrom({ ...fresh(1), state: "held" })).toBeUndefined();
  });

  test("takes waiting readers and those with a transient error, no more than fit in a call", () => {
    const batch = { ...fresh(6), outcomes: fromLetters("a.fsr.") };
    expect(positionsToCall(batch, 50)).toEqual([1, 2, 5]);
    expect(positionsToCall(batch, 2)).toEqual([1, 2]);
    expect(positionsToCall({ ...batch, single: true }, 50)).toEqual([1]);
    expect(claim(batch, 2, call)).toMatchObject({
      state: "calling",
      attempts: 1,
      call: { ...call, positions: [1, 2] },
    });
  });

  test("is distinguished from another run's and from an earlier one of the same run", () => {
    expect(isSameClaim(claimed(3), claimed(3))).toBe(true);
    expect(isSameClaim({ ...claimed(3), attempts: 2 }, claimed(3))).toBe(false);
    expect(isSameClaim(claim(fresh(3), 50, { ...call, run: "other" }), claimed(3))).toBe(false);
  });
});

describe("a record", () => {
  test("of acceptance ends a batch, with the message ids in their places", () => {
    const skipped = skip(claimed(3), [1]);
    const after = record(skipped, [0, 2], { is: "accepted", messageIds: ["m0", "m2"] }, now);
    expect(after).toMatchObject({ state: "done", outcomes: fromLetters("asa"), messageIds: ["m0", "", "m2"], log: [] });
  });

  test("of a part leaves the rest ready", () => {
    const after = record(claimed(5, 2), [0, 1], { is: "accepted", messageIds: ["m0", "m1"] }, now);
    expect(after).toMatchObject({ state: "ready", outcomes: fromLetters("aa..."), attempts: 1 });
    expect(positionsToCall(after, 2)).toEqual([2, 3]);
  });

  test("with no reader left to call skips them and ends", () => {
    expect(record(skip(claimed(2), [0, 1]), [], { is: "accepted", messageIds: [] }, now)).toMatchObject({
      state: "done",
      outcomes: fromLetters("ss"),
    });
  });

  test("of a refused call delays the batch and may split it", () => {
    expect(record(claimed(2), [0, 1], again(5), now)).toMatchObject({
      state: "ready",
      outcomes: fromLetters(".."),
      single: false,
      notBefore: "2026-11-23T07:00:15.000Z",
    });
    const single = record(claimed(2), [0, 1], again(0, true), now);
    expect(single).toMatchObject({ state: "ready", single: true, notBefore: null });
    const refused = record(claim(single, 50, call), [0], { is: "refused", why: "w" }, now);
    expect(refused).toMatchObject({ state: "ready", outcomes: fromLetters("r.") });
  });

  test("of repeated refusals keeps when they began", () => {
    const first = record(claimed(2), [0, 1], again(5), now);
    const second = record(claim(first, 50, call), [0, 1], again(5), "2026-11-23T07:20:00.000Z");
    expect(second.refusedSince).toBe(now);
    expect(refusedTooLong(second, "2026-11-23T07:30:10.000Z")).toBeUndefined();
    expect(refusedTooLong(second, "2026-11-23T07:30:10.001Z")).toBe("again: w");
    const passing = record(claim(second, 50, call), [0, 1], { is: "passing", why: "w" }, "2026-11-23T07:30:00.000Z");
    expect(passing.refusedSince).toBeNull();
    const quota = record(claim(second, 50, call), [0, 1], retryLater("quota"), "2026-11-23T07:30:00.000Z");
    expect(quota.refusedSince).toBeNull();
  });

  test("of transient errors tries again after a minute, and is held for a person after three in a row", () => {
    const passing: Effect = { is: "passing", why: "w" };
    const first = record(claimed(2), [0, 1], passing, now);
    expect(first).toMatchObject({ state: "ready", outcomes: fromLetters("ff"), notBefore: "2026-11-23T07:01:10.000Z" });
    const second = record(claim(first, 50, call), [0, 1], passing, now);
    const third = record(claim(second, 50, call), [0, 1], passing, now);
    expect(third).toMatchObject({ state: "held", outcomes: fromLetters("xx") });
  });

  test("of a mixed answer changes no outcome, whatever its order", () => {
    const after = record(claimed(3), [0, 1, 2], { is: "mixed", accepted: 2, why: "w" }, now);
    expect(after).toMatchObject({ state: "mixed", outcomes: fromLetters("..."), taken: 2 });
    expect(after.answered).toBeUndefined();
  });

  test("of a mixed answer keeps its messages by position, for what its order may turn out to say", () => {
    const after = record(
      claimed(4),
      [0, 2, 3],
      { is: "mixed", accepted: 2, messageIds: ["m0", "", "m3"], why: "w" },
      now,
    );
    expect(after).toMatchObject({ state: "mixed", answered: ["m0", "", "", "m3"], messageIds: [] });
    expect(isClaimable(after, now)).toBe(false);
  });

  test("of an unanswered call makes the batch unknown, keeps the skipped readers, and is overruled by a later answer", () => {
    const after = record(skip(claimed(3), [0]), [1, 2], { is: "unknown", why: "time-out" }, now);
    expect(after).toMatchObject({ state: "unknown", outcomes: fromLetters("s..") });
    expect(isClaimable(after, now)).toBe(false);
    const answered = record(after, [1, 2], { is: "accepted", messageIds: ["a", "b"] }, now);
    expect(answered).toMatchObject({ state: "done", outcomes: fromLetters("saa") });
  });

  test("changes only readers in the call, whatever the answer", () => {
    const effects: Effect[] = [
      { is: "accepted", messageIds: [] },
      { is: "refused", why: "" },
      { is: "passing", why: "" },
      { is: "unknown", why: "" },
      { is: "mixed", accepted: 1, why: "" },
      again(1),
    ];
    const letters = fc.string({
      unit: fc.constantFrom(".", "a", "r", "f", "x", "s", "h", "d"),
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(letters, fc.integer({ min: 1, max: 50 }), fc.constantFrom(...effects), (out, size, effect) => {
        const before = claim({ ...fresh(out.length), outcomes: fromLetters(out) }, size, call);
        const called = before.call?.positions ?? [];
        const after = record(before, called, effect, now);
        expect(after.outcomes).toHaveLength(out.length);
        for (const [at, outcome] of before.outcomes.entries())
          if (!called.includes(at)) expect(after.outcomes[at]).toBe(outcome);
        if (effect.is !== "unknown" && effect.is !== "mixed")
          expect(after.state === "ready").toBe(after.outcomes.some(isOpen));
        expect(after.attempts).toBe(1);
      }),
    );
  });
});

describe("an unanswered call", () => {
  test("is a claim that ran out 5 s ago, and nothing else", () => {
    expect(isUnanswered(claimed(1), "2026-11-23T07:01:15.000Z")).toBe(false);
    expect(isUnanswered(claimed(1), "2026-11-23T07:01:15.001Z")).toBe(true);
    expect(isUnanswered(fresh(1), "2027-01-01T00:00:00.000Z")).toBe(false);
    expect(markUnanswered(claimed(2), now)).toMatchObject({ state: "unknown", outcomes: fromLetters("..") });
  });

  test("that is answered too late is noted and changes nothing", () => {
    const stored = { ...claimed(2), attempts: 2 };
    const noted = noteLateAnswer(stored, { is: "accepted", messageIds: [] }, 1, now);
    expect(noted).toEqual({ ...stored, log: [{ attempt: 1, rev: 2, at: now, what: "a late answer: accepted" }] });
  });

  test("keeps SES's answers in the log, however often the same wait follows", () => {
    const said: Effect = {
      is: "again",
      afterSeconds: 5,
      single: false,
      split: true,
      refused: true,
      why: "bad address",
    };
    let batch = record(claimed(2), [0, 1], said, now);
    for (let n = 0; n < 100; n++) batch = record(claim(batch, 50, call), [0], retryLater("no room", 1), now);
    expect(batch.log.map(({ what }) => what)).toEqual(["again: bad address", "again: no room"]);
  });

  test("repeated trouble keeps the log short", () => {
    let batch = fresh(1);
    for (let n = 0; n < 100; n++) batch = record(claim(batch, 50, call), [0], again(5), now);
    expect(batch.attempts).toBe(100);
    expect(batch.log.length).toBeLessThanOrEqual(20);
  });
});
