import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { acceptedBy, claim, record } from "#domain/delivery/calls/attempt.ts";
import { type Batch, BatchState, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { needsDecision } from "#domain/delivery/ledger/recorded-outcome.ts";
import { reportOf, stateAt } from "#domain/delivery/resolving/report.ts";
import {
  applyDecision,
  applyRetry,
  isNamed,
  resendFrom,
  undecidedPositions,
} from "#domain/delivery/resolving/resolve-by-person.ts";

const now = "2026-11-23T08:00:00.000Z";
const at = "2026-11-23T07:00:00.000Z";
const id = (n: number) => n.toString(16).padStart(24, "0");
const place = {
  newsletter: "daily",
  date: "2026-11-23",
  group: "00",
  run: "r",
  due: at,
  first: "3f9ac1d2e4b5a6978877665544",
};
const call = (positions: number[]) => ({ at, until: at, positions, rev: 1, run: "s" });
const batch = (out: string, change: Partial<Batch> = {}): Batch => ({
  ...freshBatch(
    place,
    Array.from(out, (_, n) => id(n)),
  ),
  outcomes: fromLetters(out),
  attempts: 1,
  ...change,
});
const unknown = (out: string, positions: number[]) => batch(out, { state: "unknown", call: call(positions) });

describe("deliveries that a person may decide on", () => {
  test.each<[string, Batch, number[]]>([
    ["held ones", batch("ahxs", { state: "held" }), [1, 2]],
    ["every reader in an unanswered call", unknown("a..f", [1, 3]), [1, 3]],
    ["but not who waits for their first call", batch("a..", { state: "ready", call: call([0]) }), []],
    ["nor who is being called", batch("..", { state: "calling", call: call([0, 1]) }), []],
    ["nor who has an outcome", batch("arsd", { state: "done" }), []],
  ])("%s", (_, one, positions) => {
    expect(undecidedPositions(one)).toEqual(positions);
  });
});

describe("declared delivered", () => {
  test("they count as delivered, and readers who were not called continue", () => {
    expect(applyDecision(unknown("...", [0, 1]), "delivered", "ed", now)).toMatchObject({
      outcomes: fromLetters("dd."),
      state: "ready",
      resends: 0,
    });
    expect(applyDecision(batch("ahx", { state: "held" }), "delivered", "ed", now)).toMatchObject({
      outcomes: fromLetters("add"),
      state: "done",
    });
  });
});

describe("sent again", () => {
  test("they wait, as if never tried, and it counts as a resend", () => {
    const before = unknown("af.", [1, 2]);
    const after = applyDecision({ ...before, failures: 2, refusedSince: at }, "resend", "ed", now);
    expect(after).toMatchObject({
      outcomes: fromLetters("a.."),
      state: "ready",
      resends: 1,
      failures: 0,
      refusedSince: null,
    });
    expect(after.log.at(-1)?.what).toBe("ed declared 2 to be sent again");
  });

  test("not before three quarters of the wait for SES's events have passed since the last call", () => {
    expect(resendFrom(unknown("..", [0, 1]), 1200)).toBe("2026-11-23T07:15:00.000Z");
    expect(resendFrom(batch("h", { state: "held", call: call([0]) }), 100)).toBe("2026-11-23T07:01:15.000Z");
  });

  test("at once, if SES said that it accepted none", () => {
    expect(resendFrom(batch("ax", { state: "held", call: call([1]) }), 1200)).toBeNull();
    expect(resendFrom(batch("hx", { state: "held", call: call([1]) }), 1200)).not.toBeNull();
  });
});

test("a delivery with an outcome keeps it, whatever a person decides", () => {
  const letters = fc.string({
    unit: fc.constantFrom(".", "a", "r", "f", "x", "s", "h", "d"),
    minLength: 1,
    maxLength: 50,
  });
  const one = fc
    .tuple(letters, fc.constantFrom(...BatchState.options), fc.array(fc.nat(49), { maxLength: 50 }))
    .map(([out, state, called]) => batch(out, { state, call: call(called.filter((at) => at < out.length)) }));
  fc.assert(
    fc.property(one, fc.constantFrom("delivered", "resend", "retry"), (before, as) => {
      const after = as === "retry" ? applyRetry(before, "ed", now) : applyDecision(before, as, "ed", now);
      for (const [position, outcome] of before.outcomes.entries()) {
        if (fromLetters("arsd").includes(outcome)) expect(after.outcomes[position]).toBe(outcome);
        if (as === "retry" && outcome === "held") expect(after.outcomes[position]).toBe("held");
        if (as === "retry") continue;
        expect(needsDecision(after.outcomes[position])).toBe(false);
      }
    }),
  );
});

test("a retry takes only deliveries that SES rejected with a transient error", () => {
  const before = batch("ahxr", { state: "held", failures: 3, notBefore: at });
  expect(applyRetry(before, "ed", now)).toMatchObject({
    outcomes: fromLetters("ahfr"),
    state: "ready",
    failures: 0,
    notBefore: null,
  });
});

test.each([
  ["3f9a", true],
  ["3F9AC1D2", true],
  ["3f9", false],
  ["3f9b", false],
  ["", false],
])("a batch is named by %j: %s", (typed, named) => {
  expect(isNamed(place, typed)).toBe(named);
});

describe("which reader got which revision", () => {
  const accepted = (n: number) => ({
    is: "accepted" as const,
    messageIds: Array.from({ length: n }, (_, at) => `m${at}`),
  });

  test("stays known when the rest is sent with another one", () => {
    const first = record(claim(batch("...", { attempts: 0 }), 2, call([])), [0, 1], accepted(2), at);
    const claimed = claim(first, 2, { ...call([]), at: now, rev: 2 });
    const both = record(claimed, [2], accepted(1), now);
    expect([0, 1, 2].map((position) => acceptedBy(both, position))).toEqual([
      { attempt: 1, at, rev: 1 },
      { attempt: 1, at, rev: 1 },
      { attempt: 2, at: now, rev: 2 },
    ]);
  });

  test("costs nothing if one call had them all", () => {
    const one = record(claim(batch("..", { attempts: 0 }), 50, call([])), [0, 1], accepted(2), at);
    expect(one.earlier).toBeUndefined();
    expect(reportOf(one, 1, undefined)).toEqual({
      reader: id(1),
      state: "accepted",
      after: null,
      batch: "3f9ac1d2",
      position: 1,
      attempt: 1,
      at,
      rev: 1,
      messageId: "m1",
      note: null,
    });
  });

  test("isn't given to a delivery that was not accepted", () => {
    expect(acceptedBy(unknown("..", [0, 1]), 0)).toBeUndefined();
  });
});

test.each<[string, Batch, string]>([
  ["waits for a call", batch("."), "waiting"],
  ["is in one", batch(".", { state: "calling", call: call([0]) }), "calling"],
  ["waits while others of the batch are in one", batch("..", { state: "calling", call: call([1]) }), "waiting"],
  ["was in one without an answer", unknown(".", [0]), "unknown"],
  ["failed", batch("f"), "failed"],
  ["failed three times", batch("x", { state: "held" }), "held"],
  ["is declared", batch("d", { state: "done" }), "declared"],
])("a reader who %s has a word for it", (_, one, word) => {
  expect(stateAt(one, 0)).toBe(word);
});
