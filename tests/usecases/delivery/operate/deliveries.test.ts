import { beforeEach, describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { done } from "#domain/outcome.ts";
import { setting } from "../../../testing/command-setting.ts";
import { called, frozen, key } from "../../../testing/delivery/frozen.ts";

let system: ReturnType<typeof setting>;
const dispatch = async () => {
  return done({ state: "sending" as const, audience: 3 });
};
beforeEach(() => {
  system = setting();
});
const ask = (what: string, fields: object = {}) =>
  system.ask({ do: what, newsletter: "daily", by: "ed", ...fields }, { dispatch });
const says = (text: string | RegExp) => ({ ok: false, fault: { message: expect.stringMatching(text) } });
describe("deliveries", () => {
  const outs = [
    { outcomes: fromLetters("ars"), state: "done" as const, messageIds: ["m0", "", ""] },
    {
      outcomes: fromLetters(".h"),
      state: "unknown" as const,
      log: [{ attempt: 1, rev: 1, at: called, what: "time-out" }],
    },
  ];
  const outcome = { at: called, attempt: 1, position: 0, messageId: "m0", detail: "no such user" };
  const rows = async (fields: object = {}) => {
    const answer = await ask("deliveries", fields);
    if (!answer.ok) throw new Error(answer.fault.message);
    return answer.value as { deliveries: Record<string, unknown>[]; next: string | null };
  };

  test("are listed reader by reader, without an address unless it is asked for", async () => {
    await frozen(system, "sending", outs);
    await system.ledger.putOutcome(key, "00", { id: `1${"0".repeat(23)}`, kind: "hard-bounce", ...outcome });
    const { deliveries, next } = await rows();
    expect(next).toBeNull();
    expect(deliveries.map(({ state, after, batch, position }) => [state, after, batch, position])).toEqual([
      ["accepted", "hard-bounce", "10000000", 0],
      ["refused", null, "10000000", 1],
      ["skipped", null, "10000000", 2],
      ["unknown", null, "20000000", 0],
      ["held", null, "20000000", 1],
    ]);
    expect(deliveries[0]).toMatchObject({ address: null, at: called, rev: 1, attempt: 1, messageId: "m0" });
    expect(deliveries[3]).toMatchObject({ at: null, rev: null, note: "time-out" });
  });

  test.each([
    ["unknown", ["unknown"]],
    ["hard-bounce", ["accepted"]],
    ["waiting", []],
  ])("that are %s alone", async (state, expected) => {
    await frozen(system, "sending", outs);
    await system.ledger.putOutcome(key, "00", { id: `1${"0".repeat(23)}`, kind: "hard-bounce", ...outcome });
    expect((await rows({ state })).deliveries.map((row) => row.state)).toEqual(expected);
  });

  test("come a page at a time, each of them once", async () => {
    await frozen(
      system,
      "sending",
      Array.from({ length: 250 }, () => ({ outcomes: fromLetters("aa"), state: "done" as const })),
    );
    await system.ledger.commitGroup(key, {
      group: "01",
      run: "won",
      batches: 0,
      readers: 0,
      committedAt: called,
      startedAt: null,
      closedAt: null,
      counts: null,
    });
    const places: string[] = [];
    let pages = 0;
    let after: string | null | undefined;
    do {
      const page = await rows(after ? { after } : {});
      places.push(...page.deliveries.map(({ reader }) => String(reader)));
      pages += 1;
      after = page.next;
    } while (after);
    expect([pages, places.length, new Set(places).size]).toEqual([4, 500, 500]);
  });

  test("with addresses as they are now; an erased reader has none", async () => {
    await system.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ann@example.com"] });
    const { subscribers } = await system.subscribers.page("daily", undefined, 1);
    const ids = [subscribers[0]?.id ?? "", `f${"0".repeat(23)}`];
    await frozen(system, "sending", [{ outcomes: fromLetters("aa"), state: "done", ids }]);
    const { deliveries } = await rows({ addresses: true });
    expect(deliveries.map(({ address }) => address)).toEqual(["ann@example.com", null]);
  });

  test("refuse a cursor that isn't from an answer", async () => {
    await frozen(system, "sending", outs);
    expect(await ask("deliveries", { after: "x" })).toMatchObject(says(/after: “x” is not what an answer gave/));
  });
});
