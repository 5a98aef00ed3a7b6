import { describe, expect, test } from "vitest";
import { fromLetters, toLetters } from "#adapters/dynamo/delivery/batches.ts";
import { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import {
  type Evidence,
  holdSilentBatch,
  judgeSilence,
  type ObservedBatch,
  resendSilentBatch,
  resolveByEvidence,
} from "#domain/delivery/resolving/resolve-by-evidence.ts";
import { toInstant } from "#domain/time/instant.ts";

const start = Date.UTC(2026, 10, 23, 7);
const instant = (seconds: number) => toInstant(start + seconds * 1000);
const id = (n: number) => n.toString(16).padStart(24, "0");
const MINUTE = 60;
const W = 20 * MINUTE;
const settings = DeliverySettings.parse({ resend: "auto" });

/** A batch of n whose last call was made `at` seconds after the start. */
function called(n: number, at: number, change: Partial<Batch> = {}, first = 1): Batch {
  const ids = Array.from({ length: n }, (_, position) => id(first * 100 + position));
  const key = { newsletter: "daily", date: "2026-11-23", group: "00", run: "r", due: instant(0), first: ids[0] ?? "" };
  const call = {
    at: instant(at),
    until: instant(at + 60),
    positions: ids.map((_, position) => position),
    rev: 1,
    run: "s",
  };
  return { ...freshBatch(key, ids), state: "unknown", attempts: 1, call, ...change };
}
const unknown = (change: Partial<Batch> = {}) => called(5, 0, change);
const mixed = (taken: number, change: Partial<Batch> = {}) => called(5, 0, { state: "mixed", taken, ...change });
const seen = (...places: string[]) => new Set(places);

/** The letters and the state after resolving, or its other result. */
function outcome(batch: Batch, places: ReadonlySet<string>, seconds: number, change: Partial<DeliverySettings> = {}) {
  const settlement = resolveByEvidence(batch, places, instant(seconds), { ...settings, ...change });
  return settlement.is === "resolved"
    ? `${settlement.batch.state} ${toLetters(settlement.batch.outcomes)}`
    : settlement.is;
}

describe("a call without an answer", () => {
  test.each([
    ["every position seen: accepted, at once", ["1:0", "1:1", "1:2", "1:3", "1:4"], 1, "done aaaaa"],
    ["some seen: waits", ["1:0", "1:1"], W - 1, "wait"],
    ["some seen and the wait over: they are accepted, the rest is held", ["1:0", "1:3"], W, "held ahhah"],
    ["none seen: waits", [], W - 1, "wait"],
    ["none seen and the wait over: silent, which alone proves nothing", [], W, "silent"],
    ["what was seen of other positions proves nothing", ["1:7"], W, "silent"],
    ["what a later attempt did proves nothing of this one", ["2:0"], W, "silent"],
  ])("%s", (_, places, seconds, expected) => {
    expect(outcome(unknown(), seen(...places), seconds)).toBe(expected);
  });

  test("counts what was seen of an earlier attempt", () => {
    expect(outcome(unknown({ attempts: 2 }), seen("1:0", "2:1"), W)).toBe("held aahhh");
  });

  test("doesn't change readers who were not in it or have an outcome", () => {
    const call = { ...unknown().call, positions: [0, 1, 2] };
    const batch = unknown({ outcomes: fromLetters("s.a.."), call: { ...called(5, 0).call, ...call } as Batch["call"] });
    expect(outcome(batch, seen("1:1"), 1)).toBe("ready saa..");
    expect(outcome(batch, seen(), W)).toBe("silent");
    expect(holdSilentBatch(batch, "x", instant(W))).toMatchObject({ state: "ready", outcomes: fromLetters("sha..") });
  });

  test("waits as long as a trial's setting", () => {
    expect(outcome(unknown(), seen(), 30, { settleSeconds: 30 })).toBe("silent");
  });
});

describe("a mixed answer", () => {
  test.each([
    ["as many seen as accepted: the others are the failures, retried one by one", 2, ["1:1", "1:3"], 1, "ready fafaf"],
    ["not as many yet: waits, however the results were ordered", 2, ["1:1"], 1, "wait"],
    ["not all of them seen after the wait: those unseen are held", 2, ["1:1"], W, "held hahhh"],
    ["none seen after the wait: held, and never silent", 2, [], W, "held hhhhh"],
    ["more seen than SES reported: no one is tried again", 1, ["1:1", "1:3"], W, "held hahah"],
    ["all seen: accepted", 4, ["1:0", "1:1", "1:2", "1:3", "1:4"], 1, "done aaaaa"],
    ["an earlier attempt's acceptance is none of its", 1, ["1:1"], 1, "wait"],
  ])("%s", (what, taken, places, seconds, expected) => {
    const earlier = what.startsWith("an earlier") ? { attempts: 2 } : {};
    expect(outcome(mixed(taken, earlier), seen(...places), seconds)).toBe(expected);
  });

  test("failures are retried alone", () => {
    const settlement = resolveByEvidence(mixed(4), seen("1:0", "1:1", "1:2", "1:3"), instant(1), settings);
    expect(settlement).toMatchObject({
      is: "resolved",
      batch: { single: true, state: "ready", outcomes: fromLetters("aaaaf") },
    });
  });

  describe("whose order its messages prove", () => {
    const answered = ["m0", "m1", "", "m3", "m4", "m5", "m6", ""];
    const places = [0, 1, 3, 4, 6].map((position) => `1:${position}:m${position}`);
    const ordered = (change: Partial<Batch> = {}) => called(8, 0, { state: "mixed", taken: 6, answered, ...change });

    test("identifies its failures before all accepted deliveries were seen", () => {
      const settlement = resolveByEvidence(ordered(), seen(...places), instant(1), settings);
      expect(settlement).toMatchObject({
        is: "resolved",
        batch: {
          ...{ state: "ready", single: true, outcomes: fromLetters("aafaaaaf") },
          messageIds: ["m0", "m1", "", "m3", "m4", "m5", "m6", ""],
          log: [
            { what: "5 messages prove the order of SES's answer: the 2 it did not take are tried again, one by one" },
          ],
        },
      });
      expect(settlement).not.toHaveProperty("batch.answered", answered);
    });

    test.each<[string, Partial<Batch>, string[]]>([
      ["an event disagrees", {}, [...places, "1:4:m5"]],
      ["its messages are not known", { answered: undefined }, places],
      ["too few were compared", {}, [...places.slice(0, 4), "1:6"]],
      ["they are of another attempt", { attempts: 2 }, places],
    ])("waits for the others, and holds them then: %s", (_, change, came) => {
      expect(outcome(ordered(change), seen(...came), 1)).toBe("wait");
      expect(outcome(ordered(change), seen(...came), W)).toMatch(/^held aaha[ah][ah]ah$/);
    });

    test("doesn't retry readers who were seen in an earlier attempt", () => {
      const again = places.map((place) => place.replace(/^1/, "2"));
      expect(outcome(ordered({ attempts: 2 }), seen(...again, "1:7"), 1)).toBe("ready aafaaaaa");
    });

    test("leaves out readers who were skipped before the call", () => {
      const batch = ordered({ outcomes: fromLetters(".....s..") });
      expect(outcome(batch, seen(...places), 1)).toBe("ready aafaasaf");
    });
  });

  test("without confirmations it can't be known: held at once", () => {
    expect(outcome(mixed(2), seen(), 1, { confirmations: false })).toBe("held hhhhh");
  });
});

describe("an unanswered call is sent again", () => {
  const witness = (at: number, share = 1, change: Partial<Batch> = {}, n = 10): ObservedBatch => {
    const first = 10 + at + 100_000;
    const batch = called(n, at, { state: "done", outcomes: fromLetters("a".repeat(n)), ...change }, first);
    const messageIds = batch.ids.map((_, position) => `m${position}`);
    const came = Array.from({ length: Math.round(n * share) }, (_, position) => `${batch.attempts}:${position}`);
    return { batch: { ...batch, messageIds, ...change }, seen: new Set(came) };
  };
  /** Twenty, half of them before. */
  const neighbours = (before = 10, after = 10) => [
    ...Array.from({ length: before }, (_, n) => witness(-10 - n)),
    ...Array.from({ length: after }, (_, n) => witness(10 + n)),
  ];
  const evidence = (change: Partial<Evidence> = {}): Evidence => ({
    ...{ observed: neighbours(), edition: { frozen: 1000, stage: null }, waiting: 0, dead: 0, doubled: false },
    ...change,
  });
  const silent = called(5, 0);
  const judge = (batch = silent, change: Partial<Evidence> = {}, own: Partial<DeliverySettings> = {}, at = W) =>
    judgeSilence(batch, evidence(change), instant(at), { ...settings, ...own }).may;

  test("when its events would have arrived", () => {
    expect(judge()).toBe("resend");
    expect(resendSilentBatch(silent, instant(W))).toMatchObject({
      state: "ready",
      resends: 1,
      attempts: 1,
      outcomes: fromLetters("....."),
    });
  });

  test.each<[string, Batch, Partial<Evidence>, Partial<DeliverySettings>]>([
    ["who wants to be asked is asked", silent, {}, { resend: "ask" }],
    ["without confirmations silence says nothing", silent, {}, { confirmations: false }],
    ["only once", { ...silent, resends: 1 }, {}, {}],
    ["not so few that all their events may be lost", called(4, 0), {}, {}],
    ["not after a double", silent, { doubled: true }, {}],
    ["not while events are dead", silent, { dead: 1 }, {}],
    ["not with 19 witnesses", silent, { observed: neighbours(10, 9) }, {}],
    ["not with four before it", silent, { observed: neighbours(4, 30) }, {}],
    ["not with four after it", silent, { observed: neighbours(30, 4) }, {}],
    ["not if one of them was half unseen", silent, { observed: [...neighbours(), witness(3, 0.7)] }, {}],
    ["not in an outage of its very moment", silent, { observed: [...neighbours(), witness(0, 0)] }, {}],
  ])("%s", (_, batch, change, own) => {
    expect(judge(batch, change, own)).toBe("hold");
  });

  test.each<[string, ObservedBatch]>([
    ["a call that was not answered", witness(1, 1, { messageIds: [] })],
    ["one that was not accepted whole", witness(1, 1, { outcomes: fromLetters("aaaaaaaaar") })],
    ["one that is not done", witness(1, 1, { state: "ready" })],
    ["one so small that chance decides", witness(1, 1, {}, 4)],
    ["one too long before", witness(-10 * MINUTE - 1)],
    ["one too long after", witness(10 * MINUTE + 1)],
  ])("%s testifies to nothing", (_, other) => {
    expect(judge(silent, { observed: [...neighbours(10, 9), other] })).toBe("hold");
    expect(judge(silent, { observed: [...neighbours(10, 9), other, witness(2)] })).toBe("resend");
  });

  test("of a large edition only the witnesses count", () => {
    const edition = { frozen: 1_000_000, stage: null };
    const ending = (digit: string) =>
      neighbours().map(({ batch, seen: came }) => {
        const key = { ...batch.key, first: `${batch.key.first.slice(0, 23)}${digit}` };
        return { batch: { ...batch, key }, seen: came };
      });
    expect(judge(silent, { observed: ending("0"), edition })).toBe("resend");
    expect(judge(silent, { observed: ending("1"), edition })).toBe("hold");
  });

  test("a witness that skipped some is one of the others", () => {
    const skipping = witness(1, 0.8, { outcomes: fromLetters("aaaaaaaass") });
    expect(judge(silent, { observed: [...neighbours(10, 9), skipping] })).toBe("resend");
  });

  test("waits for events in the queue, up to a limit", () => {
    expect(judge(silent, { waiting: 3 })).toBe("wait");
    expect(judge(silent, { waiting: 3 }, {}, 2 * W - 1)).toBe("wait");
    expect(judge(silent, { waiting: 3 }, {}, 2 * W)).toBe("hold");
  });
});
