import { beforeEach, describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
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

describe("pause", () => {
  test("stops an edition that is being sent, and says how many deliveries are in flight", async () => {
    await frozen(system, "sending", [
      { outcomes: fromLetters("aaa"), state: "done" },
      { outcomes: fromLetters("..."), state: "calling" },
      { outcomes: fromLetters(".."), attempts: 0, call: null },
    ]);
    expect(await ask("pause")).toMatchObject({ ok: true, value: { onTheirWay: 3, edition: { state: "paused" } } });
    expect(await edition()).toMatchObject({ state: "paused", reason: "paused by ed", pausedAt: now });
    expect(await audit()).toMatchObject([
      { did: "edition pause", by: "ed", newsletter: "daily", subjects: [key.date] },
    ]);
  });

  test("repeated says how many are still in flight, and changes nothing", async () => {
    await frozen(system, "paused", [{ outcomes: fromLetters("..."), state: "calling" }]);
    expect(await ask("pause")).toMatchObject({ ok: true, value: { onTheirWay: 3, edition: { state: "paused" } } });
    expect([(await edition())?.pausedAt, await audit()]).toEqual([undefined, []]);
  });

  test.each([
    ["draft", /is draft: only an edition that is being sent/],
    ["freezing", /can be paused once its audience is frozen, or ended with: .*edition cancel daily/],
    ["finished", /is finished/],
  ] as const)("refuses one that is %s, and changes nothing", async (state, why) => {
    await system.put(key.date, state);
    expect(await ask("pause")).toMatchObject(says(why));
    expect([await edition(), await audit()]).toMatchObject([{ state, reason: null }, []]);
  });
});

test("cancel says how many are in flight", async () => {
  await frozen(system, "paused", [{ outcomes: fromLetters(".."), state: "calling" }]);
  expect(await ask("cancel")).toMatchObject({ ok: true, value: { onTheirWay: 2, edition: { state: "cancelled" } } });
});

describe("resume", () => {
  test.each(["paused", "held", "halted"] as const)("continues one that is %s, with its audience", async (state) => {
    await frozen(system, state, [{ outcomes: fromLetters("a."), state: "ready" }]);
    await system.editions.update(key, { reason: "Held because SES has paused sending.", approvedAt: called });
    expect(await ask("resume")).toMatchObject({ ok: true, value: { edition: { state: "sending", reason: null } } });
    expect(await edition()).toMatchObject({ frozenAt: called, approvedAt: now, dueAt: called });
    expect((await edition())?.anyway).toBeUndefined();
    expect(kicks).toBe(1);
    expect(await audit()).toMatchObject([{ did: "edition resume", note: "Held because SES has paused sending." }]);
  });

  test("of one held before its audience was frozen approves it again, due now", async () => {
    await system.put(key.date, "held");
    await system.editions.update(key, { approvedAt: called, dueAt: called, latest: null });
    expect(await ask("resume")).toMatchObject({ ok: true });
    expect(await edition()).toMatchObject({ state: "approved", dueAt: now });
  });

  test("of a late one needs --anyway, which gives it its whole time again", async () => {
    await frozen(system, "held", [{ outcomes: fromLetters("."), state: "ready" }]);
    await system.editions.update(key, { latest: called, stage: "canary" });
    expect(await ask("resume")).toMatchObject(says(/too late: its send window ended at 2026-11-23T23:00.*--anyway/));
    expect(await edition()).toMatchObject({ state: "held", latest: called });
    expect(await ask("resume", { anyway: true })).toMatchObject({ ok: true });
    const latest = "2026-11-24T02:30:00.000Z";
    expect(await edition()).toMatchObject({ state: "sending", latest, anyway: true, stage: "full" });
    expect(await audit()).toMatchObject([{ did: "edition resume --anyway" }]);
  });

  test("never makes an edition late that wasn't", async () => {
    await frozen(system, "paused", [{ outcomes: fromLetters("."), state: "ready" }]);
    await system.editions.update(key, { latest: "2026-11-25T00:00:00.000Z" });
    await ask("resume", { anyway: true });
    expect(await edition()).toMatchObject({ latest: "2026-11-25T00:00:00.000Z" });
  });

  test("of one without waiting readers says what to decide instead", async () => {
    await frozen(system, "held", [{ outcomes: fromLetters("ah"), state: "held" }], true);
    expect(await ask("resume")).toMatchObject(says(/1 delivery needs your decision.*edition resolve daily/));
  });

  test.each(["draft", "sending", "finished", "cancelled"] as const)("refuses one that is %s", async (state) => {
    await system.put(key.date, state);
    expect(await ask("resume", { anyway: true })).toMatchObject(says(`is ${state}`));
    expect(await edition()).toMatchObject({ state });
  });

  test("of a draft that was held sends to the command that approves", async () => {
    await system.put(key.date, "held");
    expect(await ask("resume")).toMatchObject(says(/never approved.*edition send daily/));
  });
});

describe("where a newsletter needs a second person", () => {
  const ana = { by: "Ana Reyes", byId: "sub-1" };
  const bo = { by: "Bo", byId: "sub-2" };
  const askAs = (what: string, person: object) => {
    const daily = system.config.newsletters.daily;
    if (!daily) throw new Error("there is a daily");
    const config = { ...system.config, newsletters: { daily: { ...daily, secondPerson: true } } };
    return system.ask({ do: what, newsletter: "daily", ...person }, { dispatch, config });
  };

  test.each(["resume", "correct"])("no one can send their own change to readers by %s", async (what) => {
    await frozen(system, "paused", [{ outcomes: fromLetters("a."), state: "ready" }]);
    const at = { at: now, story: null };
    await system.editions.appendDecision(key, 1, { do: "approve", n: 1, at: now, ...bo });
    await system.editions.appendDecision(key, 2, { do: "rewrite", n: 2, subject: "Another", ...at, ...ana });
    expect(await askAs(what, ana)).toMatchObject({ ok: false, fault: { code: "not-allowed" } });
    expect(await askAs(what, { ...ana, by: "A. Reyes-Okafor" })).toMatchObject({ fault: { code: "not-allowed" } });
    expect([(await edition())?.state, (await edition())?.rev]).toEqual(["paused", 1]);
    expect(await askAs(what, bo)).not.toMatchObject({ fault: { code: "not-allowed" } });
  });

  test("an edition that a person sends on as it was isn't approved with what was edited since", async () => {
    await frozen(system, "held", [{ outcomes: fromLetters("a."), state: "ready" }]);
    await system.editions.appendDecision(key, 1, { do: "approve", n: 1, at: now, ...bo });
    const edit = { do: "rewrite", n: 2, subject: "Another", at: now, story: null, ...ana } as const;
    await system.editions.appendDecision(key, 2, edit);
    expect(await askAs("send", bo)).toMatchObject({ ok: true });
    expect(await audit()).toMatchObject([{ did: "edition resume", by: "Bo", byId: "sub-2", subjects: [key.date] }]);
    expect(await askAs("correct", ana)).toMatchObject({ ok: false, fault: { code: "not-allowed" } });
  });

  test("no one corrects it from a file, which no one else has seen", async () => {
    await frozen(system, "paused", [{ outcomes: fromLetters("a."), state: "ready" }]);
    const text = "A lead.\n\nOne headline\nAnother";
    for (const person of [ana, bo, { by: "an operator" }]) {
      const refused = { ok: false, fault: { code: "not-allowed", message: expect.stringContaining("at the desk") } };
      expect(await askAs("correct", { ...person, text })).toMatchObject(refused);
    }
    expect((await edition())?.rev).toBe(1);
  });
});
