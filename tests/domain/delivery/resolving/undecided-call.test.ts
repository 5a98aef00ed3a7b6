import { describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { claim, record } from "#domain/delivery/calls/attempt.ts";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { holdSilentBatch } from "#domain/delivery/resolving/resolve-by-evidence.ts";
import { applyDecision, resendFrom } from "#domain/delivery/resolving/resolve-by-person.ts";
import { parseCallId, undecidedCalls, undecidedOfCall } from "#domain/delivery/resolving/undecided-call.ts";

const early = "2026-11-23T07:00:00.000Z";
const late = "2026-11-23T08:00:00.000Z";
const ids = Array.from({ length: 6 }, (_, n) => `3f9ac1d${n}${"0".repeat(16)}`);
const key = {
  ...{ newsletter: "daily", date: "2026-11-23", group: "00", run: "r", due: early },
  first: ids[0] ?? "",
};
const call = (at: string, rev = 1) => ({ at, until: at, rev, run: "s" });
const unanswered = { is: "unknown", why: "time-out" } as const;

/** Six readers: a call for four got no answer and was held for a person, then one for the other two. */
function twice(): Batch {
  const first = record(claim(freshBatch(key, ids), 3, call(early)), [0, 1, 2], unanswered, early);
  const held = holdSilentBatch(first, "the settings leave every resend to a person", late);
  return record(claim(held, 3, call(late, 2)), [3, 4, 5], unanswered, late);
}
const none = new Set<string>();

describe("the calls of a batch that have to be decided on", () => {
  test("are named, dated and counted one by one", () => {
    expect(undecidedCalls(twice(), new Set(["2:3", "2:4:m4"]), 1200)).toMatchObject([
      { id: "3f9ac1d0.1", at: early, readers: 3, seen: 0, undecided: 3, resendFrom: "2026-11-23T07:15:00.000Z" },
      { id: "3f9ac1d0.2", at: late, readers: 3, seen: 2, undecided: 3, resendFrom: "2026-11-23T08:15:00.000Z" },
    ]);
  });

  test("count seen and accepted readers, and leave out those that SES rejected repeatedly", () => {
    const batch: Batch = {
      ...freshBatch(key, ids),
      ...{ state: "held", attempts: 1, call: { ...call(early), positions: [0, 1, 2, 3, 4, 5] } },
      outcomes: fromLetters("aaxhhx"),
    };
    expect(undecidedCalls(batch, none, 1200)).toMatchObject([{ readers: 6, seen: 2, undecided: 2 }]);
    expect(undecidedCalls({ ...batch, outcomes: fromLetters("aaxaax") }, none, 1200)).toEqual([]);
    expect(undecidedCalls({ ...batch, state: "calling", outcomes: fromLetters("......") }, none, 1200)).toEqual([]);
  });

  test("are none where no call is known: it was held before one", () => {
    const batch: Batch = { ...freshBatch(key, ids), state: "held", attempts: 1, outcomes: fromLetters("hhhhhh") };
    expect(undecidedCalls(batch, none, 1200)).toEqual([]);
    expect(resendFrom(batch, 1200)).toBeNull();
  });
});

describe("deciding on one call of a batch", () => {
  test("leaves the other call as it is, without an answer", () => {
    const batch = twice();
    const chosen = undecidedOfCall(batch, 1);
    expect(chosen).toEqual([0, 1, 2]);
    const delivered = applyDecision(batch, "delivered", "ed", late, chosen);
    expect(delivered).toMatchObject({ state: "unknown", outcomes: fromLetters("ddd...") });
    expect(delivered.log.at(-1)?.what).toBe("ed declared 3 delivered");
    const resent = applyDecision(batch, "resend", "ed", late, chosen);
    expect(resent).toMatchObject({ state: "unknown", outcomes: fromLetters("......"), resends: 1 });
    expect(undecidedCalls(resent, none, 1200)).toMatchObject([{ id: "3f9ac1d0.2", undecided: 3 }]);
  });

  test("lets the rest continue if it is the call without an answer", () => {
    const batch = twice();
    expect(applyDecision(batch, "resend", "ed", late, undecidedOfCall(batch, 2))).toMatchObject({
      state: "ready",
      outcomes: fromLetters("hhh..."),
    });
    expect(applyDecision(batch, "delivered", "ed", late, undecidedOfCall(batch, 2))).toMatchObject({
      state: "held",
      outcomes: fromLetters("hhhddd"),
    });
  });

  test("waits as long as that call needs, and no longer", () => {
    const batch = twice();
    expect(resendFrom(batch, 1200, undecidedOfCall(batch, 1))).toBe("2026-11-23T07:15:00.000Z");
    expect(resendFrom(batch, 1200, undecidedOfCall(batch, 2))).toBe("2026-11-23T08:15:00.000Z");
    expect(resendFrom(batch, 1200)).toBe("2026-11-23T08:15:00.000Z");
  });
});

test.each<[string, ReturnType<typeof parseCallId>]>([
  ["3f9ac1d0.1", { batch: "3f9ac1d0", attempt: 1 }],
  ["3F9A.12", { batch: "3F9A", attempt: 12 }],
  ["3f9.1", undefined],
  ["3f9ac1d0", undefined],
  ["3f9ac1d0.", undefined],
  ["3f9ac1d0.1.2", undefined],
  ["", undefined],
])("%j names the call %j", (typed, expected) => {
  expect(parseCallId(typed)).toEqual(expected);
});
