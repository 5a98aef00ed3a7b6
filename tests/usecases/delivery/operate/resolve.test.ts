import { beforeEach, describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { unknownCallsReason } from "#domain/delivery/table-identity.ts";
import { done } from "#domain/outcome.ts";
import { now, setting } from "../../../testing/command-setting.ts";
import { called, frozen, key } from "../../../testing/delivery/frozen.ts";

let system: ReturnType<typeof setting>;
/** What dispatch does with a frozen edition: it only wakes the sender. */
let kicks = 0;
const dispatch = async () => {
  kicks += 1;
  return done({ state: "sending" as const, audience: 3 });
};
beforeEach(() => {
  system = setting();
  kicks = 0;
});
const ask = (what: string, fields: object = {}) =>
  system.ask({ do: what, newsletter: "daily", by: "ed", ...fields }, { dispatch });
const edition = () => system.editions.get(key);
const audit = () => system.audit.day("2026-11-23");
const says = (text: string | RegExp) => ({ ok: false, fault: { message: expect.stringMatching(text) } });
describe("resolve", () => {
  const hour = { batch: "1000", as: "resend" };
  const unknown = { outcomes: fromLetters("a.."), state: "unknown" as const };
  const placed = (first: string) => ({ ...key, group: "00", run: "won", due: called, first });

  test("as delivered counts them as accepted, and finishes the edition if it was the last", async () => {
    const { batch } = await frozen(system, "held", [{ outcomes: fromLetters("ahh"), state: "held" }, unknown], true);
    expect(await ask("resolve", { all: true, as: "delivered" })).toMatchObject({
      ok: true,
      value: { resolved: 4, batches: ["10000000", "20000000"], later: [], edition: { state: "finished" } },
    });
    expect([await batch(0), await batch(1)]).toMatchObject([
      { outcomes: fromLetters("add"), state: "done" },
      { outcomes: fromLetters("add"), state: "done" },
    ]);
    expect(await audit()).toMatchObject([
      { did: "edition resolve --as delivered", note: "4 deliveries", subjects: [key.date, "10000000", "20000000"] },
    ]);
    expect(kicks).toBe(0);
  });

  test("as resend sends again to those only, in a reopened group", async () => {
    const { batch } = await frozen(system, "held", [unknown, { outcomes: fromLetters("ah"), state: "held" }], true);
    expect(await ask("resolve", hour)).toMatchObject({
      ok: true,
      value: { resolved: 2, batches: ["10000000"], edition: { state: "sending", counts: { waiting: 2, held: 1 } } },
    });
    expect([await batch(0), await batch(1)]).toMatchObject([
      { outcomes: fromLetters("a.."), state: "ready", resends: 1 },
      { outcomes: fromLetters("ah"), state: "held" },
    ]);
    expect(await system.ledger.groups(key)).toMatchObject([{ closedAt: null, counts: null }]);
    expect(kicks).toBe(1);
  });

  describe("of one call", () => {
    const call = (at: string, positions: number[]) => ({ at, until: now, positions, rev: 1, run: "s" });
    const held = {
      ...{ outcomes: fromLetters("hh.."), state: "unknown" as const, attempts: 2, call: call(called, [2, 3]) },
      earlier: [{ attempt: 1, at: "2026-11-23T22:00:00.000Z", rev: 1, positions: [0, 1] }],
    };

    test("decides on that one only, and names it in the log", async () => {
      const { batch } = await frozen(system, "sending", [held, unknown]);
      expect(await ask("resolve", { call: "10000000.1", as: "delivered" })).toMatchObject({
        ok: true,
        value: { resolved: 2, batches: ["10000000"], later: [] },
      });
      expect([await batch(0), await batch(1)]).toMatchObject([
        { outcomes: fromLetters("dd.."), state: "unknown" },
        { outcomes: fromLetters("a.."), state: "unknown" },
      ]);
      expect(await audit()).toMatchObject([
        { did: "edition resolve --as delivered", note: "2 deliveries", subjects: [key.date, "10000000.1"] },
      ]);
    });

    test("is listed with its time and how much of it was seen", async () => {
      await frozen(system, "sending", [held, unknown]);
      await system.ledger.addSeen(placed(`1${"0".repeat(23)}`), ["2:3", "1:0"]);
      expect(await ask("calls")).toMatchObject({
        ok: true,
        value: {
          more: 0,
          calls: [
            { id: "10000000.1", at: "2026-11-23T22:00:00.000Z", readers: 2, seen: 1, undecided: 2 },
            { id: "10000000.2", at: called, readers: 2, seen: 1, undecided: 2 },
            { id: "20000000.1", at: called, readers: 3, seen: 1, undecided: 2 },
          ],
        },
      });
      const listed = await ask("deliveries", { state: "held" });
      expect(listed).toMatchObject({
        value: { deliveries: [{ call: { id: "10000000.1", seen: 1, readers: 2 } }, { call: { id: "10000000.1" } }] },
      });
    });

    test.each([
      ["10000000.3", /^Call 10000000.3 of the edition of daily for 2026-11-24 has no delivery that is held or unknown/],
      ["1000", /“1000” isn't a call, such as 3f9ac1d2.1. See the calls with: .*edition calls daily --date 2026-11-24/],
      ["9999.1", /has no batch 9999/],
    ])("that isn't there is refused: %s", async (typed, why) => {
      await frozen(system, "sending", [held]);
      expect(await ask("resolve", { call: typed, as: "delivered" })).toMatchObject(says(why));
    });

    test("together with a batch is refused", async () => {
      await frozen(system, "sending", [held]);
      const both = { call: "10000000.1", batch: "1000", as: "delivered" };
      expect(await ask("resolve", both)).toMatchObject(says("Give one of --call ID, --batch ID and --all"));
    });
  });

  test("as resend waits until SES can no longer accept the old call", async () => {
    const early = {
      ...unknown,
      call: { at: "2026-11-23T23:16:00.000Z", until: now, positions: [1, 2], rev: 1, run: "s" },
    };
    const { batch } = await frozen(system, "held", [early, unknown]);
    expect(await ask("resolve", hour)).toMatchObject(says(/again before 2026-11-23 23:31 UTC.*Nothing was changed/));
    expect([await batch(0), await audit()]).toMatchObject([{ outcomes: fromLetters("a.."), state: "unknown" }, []]);
    expect(await ask("resolve", { all: true, as: "resend" })).toMatchObject({
      value: { resolved: 2, batches: ["20000000"], later: [{ batch: "10000000", from: "2026-11-23T23:31:00.000Z" }] },
    });
    expect(await batch(0)).toMatchObject({ state: "unknown", resends: 0 });
  });

  test("takes an unknown batch of an edition that is still being sent, which continues", async () => {
    const { batch } = await frozen(system, "sending", [unknown, { outcomes: fromLetters(".."), state: "ready" }]);
    expect(await ask("resolve", { batch: "10000000", as: "delivered" })).toMatchObject({
      value: { resolved: 2, edition: { state: "sending" } },
    });
    expect([await batch(0), await batch(1)]).toMatchObject([{ state: "done" }, { state: "ready" }]);
  });

  test("overrules nothing that was recorded at the same time", async () => {
    const { batch } = await frozen(system, "sending", [unknown]);
    const overtaken = {
      ...system.ledger,
      reopenGroup: async () => {
        const stored = await batch(0);
        if (stored)
          await system.ledger.saveBatch(
            { ...stored, outcomes: fromLetters("aaa"), state: "done" },
            { attempts: 1, states: ["unknown"] },
          );
      },
    };
    const asked = { do: "resolve", newsletter: "daily", by: "ed", all: true, as: "resend" };
    expect(await system.ask(asked, { dispatch, ledger: overtaken })).toMatchObject({
      ok: true,
      value: { resolved: 0 },
    });
    expect(await batch(0)).toMatchObject({ outcomes: fromLetters("aaa"), state: "done" });
  });

  test("leaves no group closed over what is sent again, even if it was looked at in between", async () => {
    await frozen(system, "held", [unknown, { outcomes: fromLetters("ah"), state: "held" }], true);
    const saveBatch: typeof system.ledger.saveBatch = async (...args) => {
      const [commit] = await system.ledger.groups(key);
      const counts = await system.editions.counts(key);
      const saved = await system.ledger.saveBatch(...args);
      await system.ledger.closeGroup(key, "00", now, counts, commit?.opens);
      return saved;
    };
    const asked = { do: "resolve", newsletter: "daily", by: "ed", batch: "1000", as: "resend" };
    await system.ask(asked, { dispatch, ledger: { ...system.ledger, saveBatch } });
    expect(await system.ledger.groups(key)).toMatchObject([{ closedAt: null }]);
    expect(await edition()).toMatchObject({ state: "sending" });
  });

  test.each<[string, object, string | RegExp]>([
    ["a batch that is not there", { batch: "beef", as: "delivered" }, /has no batch beef.*edition deliveries daily/],
    ["too few digits", { batch: "1", as: "delivered" }, /has no batch 1\. A batch is named by at least/],
    ["digits of several", { batch: "0000", as: "delivered" }, /has no batch/],
    ["neither a batch nor all", { as: "delivered" }, /--batch ID and --all/],
    ["both", { batch: "1000", all: true, as: "delivered" }, /--batch ID and --all/],
    [
      "a batch with nothing to decide",
      { batch: "2000", as: "resend" },
      /Batch 2000 of .* has no delivery that is held or unknown/,
    ],
    ["another word", { all: true, as: "lost" }, /as:/],
  ])("refuses %s, and changes nothing", async (_, fields, why) => {
    const { batch } = await frozen(system, "held", [unknown, { outcomes: fromLetters("a"), state: "done" }]);
    expect(await ask("resolve", fields)).toMatchObject(says(why));
    expect([await batch(0), await audit()]).toMatchObject([unknown, []]);
  });

  test("asks for more digits if several batches start with the same ones", async () => {
    const alike = ["abcd1", "abcd2"].map((start) => ({ ...unknown, key: placed(start.padEnd(24, "0")) }));
    await frozen(system, "held", alike);
    const many = /abcd is the beginning of 2 batches of it: abcd10000000, abcd20000000/;
    expect(await ask("resolve", { batch: "abcd", as: "delivered" })).toMatchObject(says(many));
  });

  test.each(["draft", "cancelled"] as const)("refuses an edition that is %s", async (state) => {
    await system.put(key.date, state);
    if (state === "cancelled") await system.editions.update(key, { frozen: 1 });
    expect(await ask("resolve", { all: true, as: "resend" })).toMatchObject(says(state));
  });
});

describe("retry", () => {
  test("retries deliveries that SES rejected with a transient error, and no others", async () => {
    const { batch } = await frozen(
      system,
      "held",
      [
        { outcomes: fromLetters("axh"), state: "held", failures: 3 },
        { outcomes: fromLetters("r"), state: "done" },
      ],
      true,
    );
    expect(await ask("retry")).toMatchObject({ ok: true, value: { retried: 1, edition: { state: "sending" } } });
    expect([await batch(0), await batch(1)]).toMatchObject([
      { outcomes: fromLetters("afh"), state: "ready", failures: 0 },
      { outcomes: fromLetters("r") },
    ]);
    expect(kicks).toBe(1);
    expect(await audit()).toMatchObject([{ did: "edition retry", note: "1 delivery" }]);
  });

  test("says so if nothing failed", async () => {
    await frozen(system, "held", [{ outcomes: fromLetters("ah"), state: "held" }], true);
    expect(await ask("retry")).toMatchObject(says(/has no delivery that SES failed so often/));
  });
});

describe("an edition about which SES knows more than the table", () => {
  test.each<[string, object]>([
    ["resume", {}],
    ["send", {}],
    ["retry", {}],
    ["resolve", { all: true, as: "resend" }],
  ])("is not sent on by %s", async (command, flags) => {
    await frozen(system, "held", [
      { outcomes: fromLetters("ax"), state: "held", failures: 3 },
      { outcomes: fromLetters("."), state: "ready" },
    ]);
    await system.editions.update(key, { reason: unknownCallsReason });
    await ask(command, flags);
    expect([(await edition())?.state, (await edition())?.reason, kicks]).toEqual(["held", unknownCallsReason, 0]);
  });
});
