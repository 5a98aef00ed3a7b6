import { beforeEach, describe, expect, test } from "vitest";
import { noCounts as noDeliveries } from "#domain/delivery/ledger/counts.ts";
import { done } from "#domain/outcome.ts";
import { now, setting } from "../../../testing/command-setting.ts";

let system: ReturnType<typeof setting>;

beforeEach(async () => {
  system = setting();
  await system.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ann@example.com"] });
});

const key = { newsletter: "daily", date: "2026-11-24" };

const send = { do: "send", newsletter: "daily", by: "ed" };

const edition = () => system.editions.get(key);

test("send approves the edition of today's date at the newsletter's home, due now and never late, and dispatches", async () => {
  await system.put("2026-11-24");
  expect(await system.ask(send)).toMatchObject({
    ok: true,
    value: { edition: { date: "2026-11-24", state: "sending" } },
  });
  expect(system.calls.dispatch).toEqual([key]);
  expect(await edition()).toMatchObject({ approvedAt: now, dueAt: now, latest: null });
  expect(await system.editions.decisions(key)).toEqual([{ do: "approve", by: "ed", at: now, n: 1 }]);
});

test("without an edition, send builds it first", async () => {
  expect(await system.ask(send)).toMatchObject({ ok: true });
  expect(system.calls.build).toEqual([{ newsletter: "daily", by: "ed" }]);
});

describe("a date more than one day from today", () => {
  test.each(["2020-01-01", "2026-11-22", "2026-11-26"])("%s is refused, and nothing is built", async (date) => {
    if (date !== "2020-01-01") await system.put(date);
    expect(await system.ask({ ...send, date })).toMatchObject({
      fault: { code: "bad-request", message: expect.stringContaining("more than one day from its date") },
    });
    expect([system.calls.build, system.calls.dispatch]).toEqual([[], []]);
    expect((await system.editions.get({ ...key, date }))?.approvedAt ?? null).toBeNull();
  });

  test.each(["2026-11-23", "2026-11-25"])("%s is near enough", async (date) => {
    await system.put(date);
    expect(await system.ask({ ...send, date })).toMatchObject({ ok: true });
  });

  test("is sent if the person means it", async () => {
    await system.put("2020-01-01");
    expect(await system.ask({ ...send, date: "2020-01-01", dateFar: true })).toMatchObject({ ok: true });
  });

  test("doesn't stop readers who still wait for an old edition", async () => {
    await system.put("2026-11-20", "held", "2026-11-20T07:00:00.000Z");
    const answer = await system.ask({ ...send, date: "2026-11-20" });
    expect(JSON.stringify(answer)).not.toContain("more than one day");
  });

  test("is refused by schedule too", async () => {
    await system.put("2026-11-20");
    const at = "2026-11-25T07:00";
    const request = { do: "schedule", newsletter: "daily", date: "2026-11-20", at, by: "ed" };
    expect(await system.ask(request)).toMatchObject({ fault: { message: expect.stringContaining("--date-far") } });
    expect(await system.ask({ ...request, dateFar: true })).toMatchObject({ ok: true });
  });
});

test("a second send says when it was sent and to how many, and changes nothing", async () => {
  await system.put("2026-11-24");
  await system.ask(send);
  const before = await edition();
  expect(await system.ask(send)).toMatchObject({
    fault: {
      code: "already-sent",
      message: expect.stringContaining("2026-11-24 is being sent already, since 2026-11-23 23:30 UTC"),
    },
  });
  await system.editions.update(key, { state: "finished" });
  expect(await system.ask(send)).toMatchObject({
    fault: { code: "already-sent", message: expect.stringContaining("was sent already, 2026-11-23 23:30 UTC, to") },
  });
  expect(await edition()).toEqual({ ...before, state: "finished" });
  expect(system.calls.dispatch).toHaveLength(1);
});

test("of two who send at once, one approves and the other gets the answer of a second send", async () => {
  await system.put("2026-11-24");
  const answers = await Promise.all([system.ask(send), system.ask(send)]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(answers.find((answer) => !answer.ok)).toMatchObject({
    fault: { code: "already-sent", message: expect.stringContaining("is being sent already") },
  });
});

test("an edition held because it was late, which no one got, can be sent manually", async () => {
  await system.put("2026-11-24", "held");
  expect(await system.ask(send)).toMatchObject({ ok: true, value: { edition: { reason: null } } });
});

describe("an edition held on its way", () => {
  const held = async (frozen: number | null) => {
    await system.put("2026-11-24", "held", now);
    await system.editions.update(key, { frozen, latest: now, reason: "Held because SES has paused sending." });
  };
  const waiting = (waiting: number) => ({
    editions: {
      ...system.editions,
      counts: async () => ({ ...noDeliveries, audience: 3, accepted: 3 - waiting, waiting }),
    },
  });

  test("goes on to those who wait, in the audience it has", async () => {
    await held(3);
    expect(await system.ask(send, waiting(2))).toMatchObject({ ok: true, value: { edition: { state: "sending" } } });
    expect(await edition()).toMatchObject({ reason: null, latest: null, approvedAt: now, frozenAt: now });
    expect(system.calls.dispatch).toEqual([key]);
  });

  test("whose freeze was given up is frozen to the end", async () => {
    await held(null);
    const dispatch = async () => {
      expect(await edition()).toMatchObject({ state: "approved", frozenAt: now });
      return done({ state: "sending" as const, audience: 3 });
    };
    expect(await system.ask(send, { dispatch })).toMatchObject({ ok: true });
  });

  test("without readers left says so", async () => {
    await held(3);
    expect(await system.ask(send, waiting(0))).toMatchObject({
      fault: {
        code: "already-sent",
        message: expect.stringContaining("is held (SES has paused sending)"),
      },
    });
    expect(await edition()).toMatchObject({ state: "held" });
  });
});

describe("what is refused leaves the edition as it was", () => {
  beforeEach(() => system.put("2026-11-24"));
  const unchanged = async () => {
    expect(await edition()).toMatchObject({ state: "draft", approvedAt: null });
    expect(system.calls.dispatch).toEqual([]);
  };

  test("no subscribers", async () => {
    await system.ask({ do: "subscriber remove", newsletter: "daily", address: "ann@example.com" });
    expect(await system.ask(send)).toMatchObject({
      fault: { code: "no-subscribers", message: expect.stringContaining("subscriber add daily") },
    });
    await unchanged();
  });

  test("a sender SES does not know", async () => {
    const message = expect.stringMatching(/ed@example\.com.*create-email-identity/);
    expect(await system.ask(send, { senderVerified: async () => false })).toMatchObject({
      fault: { code: "sender-unverified", message },
    });
    await unchanged();
  });
});

test("where SES cannot be asked about the sender, SES itself will tell: nothing is forbidden", async () => {
  await system.put("2026-11-24");
  const senderVerified = () => Promise.reject(new Error("no such operation"));
  expect(await system.ask(send, { senderVerified })).toMatchObject({ ok: true });
});

test.each(["skipped", "cancelled"] as const)("a %s edition is not sent before it is built again", async (state) => {
  await system.put("2026-11-24", state);
  expect(await system.ask(send)).toMatchObject({
    fault: { code: "wrong-state", message: expect.stringContaining("edition build daily") },
  });
});

test("when nothing can be built, send gives the reason and dispatches nothing", async () => {
  const build = async () => ({ ok: false as const, fault: { code: "no-candidates" as const, message: "Nothing." } });
  expect(await system.ask(send, { build })).toEqual({
    ok: false,
    fault: { code: "no-candidates", message: "Nothing." },
  });
  expect(system.calls.dispatch).toEqual([]);
});

describe("cancel", () => {
  const cancel = { do: "cancel", newsletter: "daily", by: "ed" };
  test("ends an edition, says who did, and is in its log", async () => {
    await system.put("2026-11-24");
    expect(await system.ask(cancel)).toMatchObject({
      ok: true,
      value: { edition: { state: "cancelled", reason: "cancelled by ed" } },
    });
    expect(await system.editions.decisions(key)).toMatchObject([{ do: "cancel", by: "ed", n: 1 }]);
  });

  test("does nothing to a finished one", async () => {
    await system.put("2026-11-24", "finished", now);
    expect(await system.ask(cancel)).toMatchObject({ fault: { code: "wrong-state" } });
    expect(await edition()).toMatchObject({ state: "finished" });
  });
});
