import { beforeEach, describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/batches.ts";
import { takeSender } from "#domain/delivery/pace/sender.ts";
import { unknownCallsReason } from "#domain/delivery/table-identity.ts";
import { done } from "#domain/outcome.ts";
import { now, setting } from "../../../testing/command-setting.ts";
import { called, frozen, key } from "../../../testing/frozen.ts";

let it: ReturnType<typeof setting>;
/** What dispatch does to a frozen edition: it only wakes the sender. */
let kicks = 0;
const dispatch = async () => {
  kicks += 1;
  return done({ state: "sending" as const, audience: 3 });
};
beforeEach(() => {
  it = setting();
  kicks = 0;
});
const ask = (what: string, fields: object = {}) =>
  it.ask({ do: what, newsletter: "daily", by: "ed", ...fields }, { dispatch });
const edition = () => it.editions.get(key);
const audit = () => it.audit.day("2026-11-23");
const says = (text: string | RegExp) => ({ ok: false, fault: { message: expect.stringMatching(text) } });

describe("pause", () => {
  test("stops an edition that is being sent, and says how many are on their way", async () => {
    await frozen(it, "sending", [
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

  test("asked again says how many are still on their way, and changes nothing", async () => {
    await frozen(it, "paused", [{ outcomes: fromLetters("..."), state: "calling" }]);
    expect(await ask("pause")).toMatchObject({ ok: true, value: { onTheirWay: 3, edition: { state: "paused" } } });
    expect([(await edition())?.pausedAt, await audit()]).toEqual([undefined, []]);
  });

  test.each([
    ["draft", /is draft: only an edition that is being sent/],
    ["freezing", /can be paused once its audience is frozen, or ended with: .*edition cancel daily/],
    ["finished", /is finished/],
  ] as const)("refuses one that is %s, and changes nothing", async (state, why) => {
    await it.put(key.date, state);
    expect(await ask("pause")).toMatchObject(says(why));
    expect([await edition(), await audit()]).toMatchObject([{ state, reason: null }, []]);
  });
});

test("cancel says how many are on their way", async () => {
  await frozen(it, "paused", [{ outcomes: fromLetters(".."), state: "calling" }]);
  expect(await ask("cancel")).toMatchObject({ ok: true, value: { onTheirWay: 2, edition: { state: "cancelled" } } });
});

describe("resume", () => {
  test.each(["paused", "held", "halted"] as const)(
    "lets one that is %s go on, to the audience it has",
    async (state) => {
      await frozen(it, state, [{ outcomes: fromLetters("a."), state: "ready" }]);
      await it.editions.update(key, { reason: "Held because SES has paused sending.", approvedAt: called });
      expect(await ask("resume")).toMatchObject({ ok: true, value: { edition: { state: "sending", reason: null } } });
      expect(await edition()).toMatchObject({ frozenAt: called, approvedAt: now, dueAt: called });
      expect((await edition())?.anyway).toBeUndefined();
      expect(kicks).toBe(1);
      expect(await audit()).toMatchObject([{ did: "edition resume", note: "Held because SES has paused sending." }]);
    },
  );

  test("of one held before its audience was frozen approves it anew, due now", async () => {
    await it.put(key.date, "held");
    await it.editions.update(key, { approvedAt: called, dueAt: called, latest: null });
    expect(await ask("resume")).toMatchObject({ ok: true });
    expect(await edition()).toMatchObject({ state: "approved", dueAt: now });
  });

  test("of a late one needs --anyway, which gives it its whole time anew", async () => {
    await frozen(it, "held", [{ outcomes: fromLetters("."), state: "ready" }]);
    await it.editions.update(key, { latest: called, stage: "canary" });
    expect(await ask("resume")).toMatchObject(says(/too late: its last moment was 2026-11-23T23:00.*--anyway/));
    expect(await edition()).toMatchObject({ state: "held", latest: called });
    expect(await ask("resume", { anyway: true })).toMatchObject({ ok: true });
    const latest = "2026-11-24T02:30:00.000Z";
    expect(await edition()).toMatchObject({ state: "sending", latest, anyway: true, stage: "full" });
    expect(await audit()).toMatchObject([{ did: "edition resume --anyway" }]);
  });

  test("never makes an edition late that was not", async () => {
    await frozen(it, "paused", [{ outcomes: fromLetters("."), state: "ready" }]);
    await it.editions.update(key, { latest: "2026-11-25T00:00:00.000Z" });
    await ask("resume", { anyway: true });
    expect(await edition()).toMatchObject({ latest: "2026-11-25T00:00:00.000Z" });
  });

  test("of one where nobody waits says what to decide instead", async () => {
    await frozen(it, "held", [{ outcomes: fromLetters("ah"), state: "held" }], true);
    expect(await ask("resume")).toMatchObject(says(/1 deliveries need your decision.*edition resolve daily/));
  });

  test.each(["draft", "sending", "finished", "cancelled"] as const)("refuses one that is %s", async (state) => {
    await it.put(key.date, state);
    expect(await ask("resume", { anyway: true })).toMatchObject(says(`is ${state}`));
    expect(await edition()).toMatchObject({ state });
  });

  test("of a draft that was held sends to the command that approves", async () => {
    await it.put(key.date, "held");
    expect(await ask("resume")).toMatchObject(says(/never approved.*edition send daily/));
  });
});

describe("resolve", () => {
  const hour = { batch: "1000", as: "resend" };
  const unknown = { outcomes: fromLetters("a.."), state: "unknown" as const };
  const placed = (first: string) => ({ ...key, group: "00", run: "won", due: called, first });

  test("as delivered believes that SES took them, and ends the edition where it was the last", async () => {
    const { batch } = await frozen(it, "held", [{ outcomes: fromLetters("ahh"), state: "held" }, unknown], true);
    expect(await ask("resolve", { all: true, as: "delivered" })).toMatchObject({
      ok: true,
      value: { resolved: 4, batches: ["10000000", "20000000"], later: [], edition: { state: "finished" } },
    });
    expect([await batch(0), await batch(1)]).toMatchObject([
      { outcomes: fromLetters("add"), state: "done" },
      { outcomes: fromLetters("add"), state: "done" },
    ]);
    expect(await it.ledger.pointers()).toEqual([]);
    expect(await audit()).toMatchObject([
      { did: "edition resolve --as delivered", note: "4 deliveries", subjects: [key.date, "10000000", "20000000"] },
    ]);
    expect(kicks).toBe(0);
  });

  test("as resend sends again to those alone, in a group that is open again", async () => {
    const { batch } = await frozen(it, "held", [unknown, { outcomes: fromLetters("ah"), state: "held" }], true);
    expect(await ask("resolve", hour)).toMatchObject({
      ok: true,
      value: { resolved: 2, batches: ["10000000"], edition: { state: "sending", counts: { waiting: 2, held: 1 } } },
    });
    expect([await batch(0), await batch(1)]).toMatchObject([
      { outcomes: fromLetters("a.."), state: "ready", resends: 1 },
      { outcomes: fromLetters("ah"), state: "held" },
    ]);
    expect(await it.ledger.groups(key)).toMatchObject([{ closedAt: null, counts: null }]);
    expect(kicks).toBe(1);
  });

  test("as resend waits until SES can no longer accept the old call", async () => {
    const early = {
      ...unknown,
      call: { at: "2026-11-23T23:16:00.000Z", until: now, positions: [1, 2], rev: 1, run: "s" },
    };
    const { batch } = await frozen(it, "held", [early, unknown]);
    expect(await ask("resolve", hour)).toMatchObject(says(/again before 2026-11-23 23:31 UTC.*Nothing was changed/));
    expect([await batch(0), await audit()]).toMatchObject([{ outcomes: fromLetters("a.."), state: "unknown" }, []]);
    expect(await ask("resolve", { all: true, as: "resend" })).toMatchObject({
      value: { resolved: 2, batches: ["20000000"], later: [{ batch: "10000000", from: "2026-11-23T23:31:00.000Z" }] },
    });
    expect(await batch(0)).toMatchObject({ state: "unknown", resends: 0 });
  });

  test("takes an unknown batch of an edition that is still being sent, which goes on", async () => {
    const { batch } = await frozen(it, "sending", [unknown, { outcomes: fromLetters(".."), state: "ready" }]);
    expect(await ask("resolve", { batch: "10000000", as: "delivered" })).toMatchObject({
      value: { resolved: 2, edition: { state: "sending" } },
    });
    expect([await batch(0), await batch(1)]).toMatchObject([{ state: "done" }, { state: "ready" }]);
  });

  test("overrules nothing that was recorded in the same moment", async () => {
    const { batch } = await frozen(it, "sending", [unknown]);
    const overtaken = {
      ...it.ledger,
      reopenGroup: async () => {
        const stored = await batch(0);
        if (stored)
          await it.ledger.saveBatch(
            { ...stored, outcomes: fromLetters("aaa"), state: "done" },
            { attempts: 1, states: ["unknown"] },
          );
      },
    };
    const asked = { do: "resolve", newsletter: "daily", by: "ed", all: true, as: "resend" };
    expect(await it.ask(asked, { dispatch, ledger: overtaken })).toMatchObject({ ok: true, value: { resolved: 0 } });
    expect(await batch(0)).toMatchObject({ outcomes: fromLetters("aaa"), state: "done" });
  });

  test("leaves no group closed over what is sent again, whoever looked at it in between", async () => {
    await frozen(it, "held", [unknown, { outcomes: fromLetters("ah"), state: "held" }], true);
    const saveBatch: typeof it.ledger.saveBatch = async (...args) => {
      const [commit] = await it.ledger.groups(key);
      const counts = await it.editions.counts(key);
      const saved = await it.ledger.saveBatch(...args);
      await it.ledger.closeGroup(key, "00", now, counts, commit?.opens);
      return saved;
    };
    const asked = { do: "resolve", newsletter: "daily", by: "ed", batch: "1000", as: "resend" };
    await it.ask(asked, { dispatch, ledger: { ...it.ledger, saveBatch } });
    expect(await it.ledger.groups(key)).toMatchObject([{ closedAt: null }]);
    expect(await edition()).toMatchObject({ state: "sending" });
  });

  test.each<[string, object, string | RegExp]>([
    ["a batch that is not there", { batch: "beef", as: "delivered" }, /has no batch beef.*edition deliveries daily/],
    ["too few digits", { batch: "1", as: "delivered" }, /has no batch 1\. A batch is named by at least/],
    ["digits of several", { batch: "0000", as: "delivered" }, /has no batch/],
    ["neither a batch nor all", { as: "delivered" }, /--batch ID or --all/],
    ["both", { batch: "1000", all: true, as: "delivered" }, /--batch ID or --all/],
    [
      "a batch with nothing to decide",
      { batch: "2000", as: "resend" },
      /Batch 2000 of .* has no delivery that is held or unknown/,
    ],
    ["another word", { all: true, as: "lost" }, /as:/],
  ])("refuses %s, and changes nothing", async (_, fields, why) => {
    const { batch } = await frozen(it, "held", [unknown, { outcomes: fromLetters("a"), state: "done" }]);
    expect(await ask("resolve", fields)).toMatchObject(says(why));
    expect([await batch(0), await audit()]).toMatchObject([unknown, []]);
  });

  test("asks for more digits where several batches begin alike", async () => {
    const alike = ["abcd1", "abcd2"].map((start) => ({ ...unknown, key: placed(start.padEnd(24, "0")) }));
    await frozen(it, "held", alike);
    const many = /abcd is the beginning of 2 batches of it: abcd10000000, abcd20000000/;
    expect(await ask("resolve", { batch: "abcd", as: "delivered" })).toMatchObject(says(many));
  });

  test.each(["draft", "cancelled"] as const)("refuses an edition that is %s", async (state) => {
    await it.put(key.date, state);
    if (state === "cancelled") await it.editions.update(key, { frozen: 1 });
    expect(await ask("resolve", { all: true, as: "resend" })).toMatchObject(says(state));
  });
});

describe("retry", () => {
  test("tries again whom SES failed for a passing reason, and nobody else", async () => {
    const { batch } = await frozen(
      it,
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
    expect(await audit()).toMatchObject([{ did: "edition retry", note: "1 deliveries" }]);
  });

  test("says so where nobody failed", async () => {
    await frozen(it, "held", [{ outcomes: fromLetters("ah"), state: "held" }], true);
    expect(await ask("retry")).toMatchObject(says(/has no delivery that SES failed so often/));
  });
});

describe("an edition of which SES knows more than the table", () => {
  test.each<[string, object]>([
    ["resume", {}],
    ["send", {}],
    ["retry", {}],
    ["resolve", { all: true, as: "resend" }],
  ])("is not sent on by %s", async (command, flags) => {
    await frozen(it, "held", [
      { outcomes: fromLetters("ax"), state: "held", failures: 3 },
      { outcomes: fromLetters("."), state: "ready" },
    ]);
    await it.editions.update(key, { reason: unknownCallsReason });
    await ask(command, flags);
    expect([(await edition())?.state, (await edition())?.reason, kicks]).toEqual(["held", unknownCallsReason, 0]);
  });
});

describe("correct", () => {
  test("makes another revision, and says in the audit log who did", async () => {
    await frozen(it, "sending", [{ outcomes: fromLetters("..") }]);
    expect(await ask("correct", { text: "Snow.\n\nTrains stop" })).toMatchObject({ value: { edition: { rev: 2 } } });
    expect((await it.editions.revision(key, 2))?.content.lead.paragraphs).toEqual(["Snow."]);
    expect(await audit()).toMatchObject([
      { did: "edition correct", by: "ed", note: "revision 2, for readers who haven't been mailed yet" },
    ]);
  });
});

describe("plan and follow", () => {
  const sender = { ...takeSender(undefined, "s", now, 15), rate: 14, quota: 100_000, sent24: 0, readAt: now };

  test("say before sending to how many, by when and for how much", async () => {
    await it.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ann@example.com", "bob@example.com"] });
    expect(await ask("plan")).toMatchObject({
      value: { readers: 2, rate: null, seconds: null, finishAt: null, warning: null },
    });
    await it.ledger.takeSender(sender, now);
    await it.put(key.date);
    await it.editions.update(key, { dueAt: now, approvedAt: now });
    expect(await ask("plan")).toMatchObject({
      value: { readers: 2, rate: 14, seconds: 0.142, finishAt: "2026-11-23T23:30:00.142Z", dollars: 0.0002 },
    });
    await it.ledger.keepSender({ ...sender, quota: 1 });
    expect(await ask("plan")).toMatchObject({
      value: { warning: expect.stringContaining("the edition would be held") },
    });
  });

  test("say while sending how far it is, when it will be through, and what is unknown until when", async () => {
    await it.ledger.takeSender(sender, now);
    await frozen(it, "sending", [
      { outcomes: fromLetters("a.."), state: "unknown" },
      { outcomes: fromLetters(".."), state: "calling" },
      { outcomes: fromLetters("..."), state: "ready" },
    ]);
    expect(await ask("follow")).toMatchObject({
      value: {
        counts: { audience: 8, accepted: 1, unknown: 2, waiting: 5 },
        onTheirWay: 2,
        rate: 14,
        finishAt: "2026-11-23T23:30:00.357Z",
        notice: null,
        unknown: [{ batch: "10000000", resendFrom: "2026-11-23T23:15:00.000Z" }],
      },
    });
  });

  test("say while the sender sleeps when it wakes, and by when it is through then", async () => {
    const wakeAt = "2026-11-24T01:00:00.000Z";
    await it.ledger.takeSender({ ...sender, wakeAt }, now);
    await frozen(it, "sending", [{ outcomes: fromLetters(".............."), state: "ready" }]);
    expect(await ask("follow")).toMatchObject({
      value: { finishAt: "2026-11-24T01:00:01.000Z", notice: expect.stringContaining("next at 2026-11-24 01:00 UTC") },
    });
  });

  test("say why nothing moves", async () => {
    const log = [{ attempt: 1, rev: 1, at: called, what: "again: SES could not be reached" }];
    await it.ledger.takeSender(sender, now);
    await frozen(it, "sending", [{ outcomes: fromLetters(".."), state: "ready", refusedSince: called, log }]);
    expect(await ask("follow")).toMatchObject({
      value: { notice: expect.stringContaining("SES could not be reached") },
    });
  });

  test("say nothing of a refusal once SES has taken something since", async () => {
    const log = [{ attempt: 1, rev: 1, at: called, what: "again: SES could not be reached" }];
    await it.ledger.takeSender(sender, now);
    const call = { at: now, until: now, positions: [0, 1], rev: 1, run: "s" };
    await frozen(it, "sending", [
      { outcomes: fromLetters(".."), state: "ready", refusedSince: called, log },
      { outcomes: fromLetters("aa"), state: "done", call },
    ]);
    const followed = await ask("follow");
    expect(JSON.stringify(followed)).not.toContain("taken nothing");
  });

  test("count what is closed without reading it", async () => {
    await frozen(it, "finished", [{ outcomes: fromLetters("aar"), state: "done" }], true);
    const ledger = { ...it.ledger, batches: () => Promise.reject(new Error("not to be read")) };
    expect(await it.ask({ do: "follow", newsletter: "daily" }, { ledger })).toMatchObject({
      value: { state: "finished", counts: { accepted: 2, refused: 1 }, finishAt: null, notice: null },
    });
  });
});

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
    await frozen(it, "sending", outs);
    await it.ledger.putOutcome(key, "00", { id: `1${"0".repeat(23)}`, kind: "hard-bounce", ...outcome });
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
    await frozen(it, "sending", outs);
    await it.ledger.putOutcome(key, "00", { id: `1${"0".repeat(23)}`, kind: "hard-bounce", ...outcome });
    expect((await rows({ state })).deliveries.map((row) => row.state)).toEqual(expected);
  });

  test("come a page at a time, each of them once", async () => {
    await frozen(
      it,
      "sending",
      Array.from({ length: 250 }, () => ({ outcomes: fromLetters("aa"), state: "done" as const })),
    );
    await it.ledger.commitGroup(key, {
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
    await it.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ann@example.com"] });
    const { subscribers } = await it.subscribers.page("daily", undefined, 1);
    const ids = [subscribers[0]?.id ?? "", `f${"0".repeat(23)}`];
    await frozen(it, "sending", [{ outcomes: fromLetters("aa"), state: "done", ids }]);
    const { deliveries } = await rows({ addresses: true });
    expect(deliveries.map(({ address }) => address)).toEqual(["ann@example.com", null]);
  });

  test("refuse a place that no answer gave", async () => {
    await frozen(it, "sending", outs);
    expect(await ask("deliveries", { after: "x" })).toMatchObject(says(/after: “x” is not what an answer gave/));
  });
});

test("subscriber show says what the reader got, when, in which revision, and by which message", async () => {
  await it.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ann@example.com"] });
  const shown = () => it.ask({ do: "subscriber show", newsletter: "daily", address: "ann@example.com" });
  expect(await shown()).toMatchObject({ ok: true, value: { deliveries: [] } });
  const { subscribers } = await it.subscribers.page("daily", undefined, 1);
  const id = subscribers[0]?.id ?? "";
  const place = { ...key, group: "00", run: "won", due: called, first: id };
  await frozen(it, "finished", [
    { outcomes: fromLetters("a"), state: "done", ids: [id], key: place, messageIds: ["m-ann"] },
  ]);
  expect(await shown()).toMatchObject({
    value: { deliveries: [{ date: key.date, state: "accepted", at: called, rev: 1, messageId: "m-ann" }] },
  });
});
