import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromLetters, toLetters } from "#adapters/dynamo/delivery/batches.ts";
import { claim } from "#domain/delivery/calls/attempt.ts";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { applyLateEvidence } from "#domain/delivery/resolving/late-evidence.ts";
import { resolveByEvidence } from "#domain/delivery/resolving/resolve-by-evidence.ts";

const at = "2026-11-23T07:00:00.000Z";
const later = "2026-11-23T09:00:00.000Z";
const ids = Array.from({ length: 8 }, (_, n) => n.toString(16).padStart(24, "0"));
const key = { newsletter: "daily", date: "2026-11-23", group: "00", run: "r", due: at, first: ids[0] ?? "" };
const answered = ["m0", "m1", "", "m3", "m4", "m5", "m6", ""];
/** Five messages that prove the answer's order: each failure has neighbours that match. */
const proof = [0, 1, 3, 4, 6].map((position) => `1:${position}:m${position}`);

/** Of a mixed call of eight, of which SES accepted six, the part that a person has to decide on. */
const held = (outcomes: string, change: Partial<Batch> = {}): Batch => ({
  ...freshBatch(key, ids),
  ...{ state: "held", attempts: 1, outcomes: fromLetters(outcomes), taken: 6, answered },
  call: { at, until: at, positions: [0, 1, 2, 3, 4, 5, 6, 7], rev: 1, run: "s" },
  ...change,
});
const sending = { now: later, edition: { state: "sending" } } as const;
const weighed = (batch: Batch, places: readonly string[], circumstances: Parameters<typeof applyLateEvidence>[2]) => {
  const after = applyLateEvidence(batch, new Set(places), circumstances);
  return after && `${after.state} ${toLetters(after.outcomes)}`;
};

describe("a mixed call that was held is weighed again", () => {
  test("by its answer's order: the readers it names are accepted, and its failures are retried", () => {
    const after = applyLateEvidence(held("aahhhhhh"), new Set(proof), sending);
    expect(after).toMatchObject({
      ...{ state: "ready", single: true, outcomes: fromLetters("aafaaaaf"), messageIds: answered },
      log: [{ what: "5 messages prove the order of SES's answer: the 2 it did not take are tried again, one by one" }],
    });
    expect([after?.answered, after?.taken]).toEqual([undefined, undefined]);
  });

  test("by their number, once all that SES accepted were seen", () => {
    const all = [0, 1, 3, 4, 5, 6].map((position) => `1:${position}`);
    expect(weighed(held("hhhhhhhh", { answered: undefined }), all, sending)).toBe("ready aafaaaaf");
  });

  test.each(["held", "halted", "finished", "cancelled"] as const)(
    "and sends nothing of an edition that is %s: a person decides on the failures",
    (state) => expect(weighed(held("aahhhhhh"), proof, { now: later, edition: { state } })).toBe("held aaxaaaax"),
  );

  test("of which a person declared some delivered, and doesn't change those", () => {
    expect(weighed(held("aadhhdhh"), proof, sending)).toBe("ready aadaadaf");
  });

  test.each([
    ["sending", "ready aafaaaaf.."],
    ["halted", "ready aaxaaaax.."],
  ] as const)("while other readers of its batch wait, in an edition that is %s", (state, result) => {
    const more = [...ids, "8".padStart(24, "0"), "9".padStart(24, "0")];
    const waiting = { state: "ready", ids: more, outcomes: fromLetters("aahhhhhh..") } as const;
    expect(weighed(held("aahhhhhh", waiting), proof, { now: later, edition: { state } })).toBe(result);
  });

  test("not after a person decided to call some of it again: its answer is used up", () => {
    const again = held("a.aaaahh", { state: "ready" });
    expect(weighed(again, ["1:0:m0", "1:3:m3", "1:4:m4", "1:5:m5", "1:6:m6"], sending)).toBe("ready a.aaaaah");
  });

  test.each<[string, Batch, string[]]>([
    ["an event disagrees", held("aahaahah"), [...proof, "1:4:m5"]],
    ["too few were compared", held("aahaahah"), proof.slice(0, 4)],
    [
      "a failure's neighbour was not seen",
      held("aahahhah"),
      ["1:0:m0", "1:1:m1", "1:4:m4", "1:5:m5", "1:6:m6"].slice(0, 4),
    ],
    ["they are of another attempt", held("aahaahah", { attempts: 2 }), proof],
    ["it had no answer", held("aahaahah", { taken: undefined, answered: undefined }), proof],
  ])("and stays as it is where nothing is proven: %s", (_, batch, places) => {
    expect(applyLateEvidence(batch, new Set(places), sending)?.state ?? "held").toBe("held");
    expect(weighed(batch, places, sending)?.includes("f") ?? false).toBe(false);
  });

  test("never by the answer to an earlier call", () => {
    const again = claim({ ...held("hhhhhhhh"), state: "ready", outcomes: fromLetters("........") }, 50, {
      ...{ at: later, until: later, rev: 1, run: "s" },
    });
    expect([again.taken, again.answered]).toEqual([undefined, undefined]);
  });

  test("with the result that it would have had if its events had come in time", () => {
    const positions = fc.uniqueArray(fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7));
    const messages = positions.map((some) => some.map((one) => `1:${one}:${answered[one] || "x"}`));
    const W = { settleSeconds: 1200, confirmations: true, resend: "ask" } as const;
    fc.assert(
      fc.property(messages, messages, (early, late) => {
        const mixed: Batch = { ...held("........"), state: "mixed" };
        const first = resolveByEvidence(mixed, new Set(early), later, W);
        const inTime = resolveByEvidence(mixed, new Set([...early, ...late]), later, W);
        if (first.is !== "resolved" || inTime.is !== "resolved" || first.batch.state !== "held") return;
        const after = applyLateEvidence(first.batch, new Set([...early, ...late]), sending) ?? first.batch;
        expect(toLetters(after.outcomes)).toBe(toLetters(inTime.batch.outcomes));
        expect(after.state).toBe(inTime.batch.state);
      }),
      { numRuns: 500 },
    );
  });
});
