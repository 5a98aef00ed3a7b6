import { beforeEach, describe, expect, test } from "vitest";
import { noCounts as noDeliveries } from "#domain/delivery/ledger/counts.ts";
import { done } from "#domain/outcome.ts";
import { now, setting } from "../../../testing/command-setting.ts";

let it: ReturnType<typeof setting>;
beforeEach(async () => {
  it = setting();
  await it.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ann@example.com"] });
});
const key = { newsletter: "daily", date: "2026-11-24" };
const send = { do: "send", newsletter: "daily", by: "ed" };
const edition = () => it.editions.get(key);

test("send approves the edition of today's date at the newsletter's home, due now and never late, and dispatches", async () => {
  await it.put("2026-11-24");
  expect(await it.ask(send)).toMatchObject({ ok: true, value: { edition: { date: "2026-11-24", state: "sending" } } });
  expect(it.calls.dispatch).toEqual([key]);
  expect(await edition()).toMatchObject({ approvedAt: now, dueAt: now, latest: null });
  expect(await it.editions.decisions(key)).toEqual([{ do: "approve", by: "ed", at: now, n: 1 }]);
});

test("without an edition, send builds it first", async () => {
  expect(await it.ask(send)).toMatchObject({ ok: true });
  expect(it.calls.build).toEqual([{ newsletter: "daily", by: "ed" }]);
});

describe("a date more than one day from today", () => {
  test.each(["2020-01-01", "2026-11-22", "2026-11-26"])("%s is refused, and nothing is built", async (date) => {
    if (date !== "2020-01-01") await it.put(date);
    expect(await it.ask({ ...send, date })).toMatchObject({
      fault: { code: "bad-request", message: expect.stringContaining("more than one day from its date") },
    });
    expect([it.calls.build, it.calls.dispatch]).toEqual([[], []]);
    expect((await it.editions.get({ ...key, date }))?.approvedAt ?? null).toBeNull();
  });

  test.each(["2026-11-23", "2026-11-25"])("%s is near enough", async (date) => {
    await it.put(date);
    expect(await it.ask({ ...send, date })).toMatchObject({ ok: true });
  });

  test("is sent if the person means it", async () => {
    await it.put("2020-01-01");
    expect(await it.ask({ ...send, date: "2020-01-01", dateFar: true })).toMatchObject({ ok: true });
  });

  test("is no hindrance for readers who are still waiting for an old edition", async () => {
    await it.put("2026-11-20", "held", "2026-11-20T07:00:00.000Z");
    const answer = await it.ask({ ...send, date: "2026-11-20" });
    expect(JSON.stringify(answer)).not.toContain("more than one day");
  });

  test("is refused by schedule too", async () => {
    await it.put("2026-11-20");
    const at = "2026-11-25T07:00";
    const request = { do: "schedule", newsletter: "daily", date: "2026-11-20", at, by: "ed" };
    expect(await it.ask(request)).toMatchObject({ fault: { message: expect.stringContaining("--date-far") } });
    expect(await it.ask({ ...request, dateFar: true })).toMatchObject({ ok: true });
  });
});

test("a second send says when it was sent and to how many, and changes nothing", async () => {
  await it.put("2026-11-24");
  await it.ask(send);
  const before = await edition();
  expect(await it.ask(send)).toMatchObject({
    fault: {
      code: "already-sent",
      message: expect.stringContaining("2026-11-24 is being sent already, since 2026-11-23 23:30 UTC"),
    },
  });
  await it.editions.update(key, { state: "finished" });
  expect(await it.ask(send)).toMatchObject({
    fault: { code: "already-sent", message: expect.stringContaining("was sent already, 2026-11-23 23:30 UTC, to") },
  });
  expect(await edition()).toEqual({ ...before, state: "finished" });
  expect(it.calls.dispatch).toHaveLength(1);
});

test("of two who send at once, one approves and the other is told", async () => {
  await it.put("2026-11-24");
  const answers = await Promise.all([it.ask(send), it.ask(send)]);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(answers.find((answer) => !answer.ok)).toMatchObject({
    fault: { code: "already-sent", message: expect.stringContaining("is being sent already") },
  });
});

test("an edition held because it was late, which nobody got, can be sent by hand", async () => {
  await it.put("2026-11-24", "held");
  expect(await it.ask(send)).toMatchObject({ ok: true, value: { edition: { reason: null } } });
});

describe("an edition held on its way", () => {
  const held = async (frozen: number | null) => {
    await it.put("2026-11-24", "held", now);
    await it.editions.update(key, { frozen, latest: now, reason: "Held because SES has paused sending." });
  };
  const waiting = (waiting: number) => ({
    editions: {
      ...it.editions,
      counts: async () => ({ ...noDeliveries, audience: 3, accepted: 3 - waiting, waiting }),
    },
  });

  test("goes on to those who wait, in the audience it has", async () => {
    await held(3);
    expect(await it.ask(send, waiting(2))).toMatchObject({ ok: true, value: { edition: { state: "sending" } } });
    expect(await edition()).toMatchObject({ reason: null, latest: null, approvedAt: now, frozenAt: now });
    expect(it.calls.dispatch).toEqual([key]);
  });

  test("whose freeze was given up is frozen to the end", async () => {
    await held(null);
    const dispatch = async () => {
      expect(await edition()).toMatchObject({ state: "approved", frozenAt: now });
      return done({ state: "sending" as const, audience: 3 });
    };
    expect(await it.ask(send, { dispatch })).toMatchObject({ ok: true });
  });

  test("with nobody left to send to says so", async () => {
    await held(3);
    expect(await it.ask(send, waiting(0))).toMatchObject({
      fault: {
        code: "already-sent",
        message: expect.stringContaining("is held (SES has paused sending)"),
      },
    });
    expect(await edition()).toMatchObject({ state: "held" });
  });
});

describe("what is refused leaves the edition as it was", () => {
  beforeEach(() => it.put("2026-11-24"));
  const unchanged = async () => {
    expect(await edition()).toMatchObject({ state: "draft", approvedAt: null });
    expect(it.calls.dispatch).toEqual([]);
  };

  test("no subscribers", async () => {
    await it.ask({ do: "subscriber remove", newsletter: "daily", address: "ann@example.com" });
    expect(await it.ask(send)).toMatchObject({
      fault: { code: "no-subscribers", message: expect.stringContaining("subscriber add daily") },
    });
    await unchanged();
  });

  test("a sender SES does not know", async () => {
    const message = expect.stringMatching(/ed@example\.com.*create-email-identity/);
    expect(await it.ask(send, { senderVerified: async () => false })).toMatchObject({
      fault: { code: "sender-unverified", message },
    });
    await unchanged();
  });
});

test("where SES cannot be asked about the sender, SES itself will tell: nothing is forbidden", async () => {
  await it.put("2026-11-24");
  const senderVerified = () => Promise.reject(new Error("no such operation"));
  expect(await it.ask(send, { senderVerified })).toMatchObject({ ok: true });
});

test.each(["skipped", "cancelled"] as const)("a %s edition is not sent before it is built again", async (state) => {
  await it.put("2026-11-24", state);
  expect(await it.ask(send)).toMatchObject({
    fault: { code: "wrong-state", message: expect.stringContaining("edition build daily") },
  });
});

test("when nothing can be built, send gives the reason and dispatches nothing", async () => {
  const build = async () => ({ ok: false as const, fault: { code: "no-candidates" as const, message: "Nothing." } });
  expect(await it.ask(send, { build })).toEqual({
    ok: false,
    fault: { code: "no-candidates", message: "Nothing." },
  });
  expect(it.calls.dispatch).toEqual([]);
});

describe("cancel", () => {
  const cancel = { do: "cancel", newsletter: "daily", by: "ed" };
  test("ends an edition, says by whom, and is in its log", async () => {
    await it.put("2026-11-24");
    expect(await it.ask(cancel)).toMatchObject({
      ok: true,
      value: { edition: { state: "cancelled", reason: "cancelled by ed" } },
    });
    expect(await it.editions.decisions(key)).toMatchObject([{ do: "cancel", by: "ed", n: 1 }]);
  });

  test("does nothing to a finished one", async () => {
    await it.put("2026-11-24", "finished", now);
    expect(await it.ask(cancel)).toMatchObject({ fault: { code: "wrong-state" } });
    expect(await edition()).toMatchObject({ state: "finished" });
  });
});

describe("test", () => {
  const trial = { do: "test", newsletter: "daily", to: " Me@Example.com ", by: "ed" };
  test("mails the edition as it stands to one address, marked, with a link that is nobody's", async () => {
    await it.put("2026-11-24");
    expect(await it.ask(trial)).toEqual({ ok: true, value: { messageId: "message-1" } });
    expect(it.mails).toEqual([
      {
        to: "Me@example.com",
        from: { name: "Ed", address: "ed@example.com" },
        replyTo: "ed@example.com",
        subject: "[TEST] {News}",
        html: '<a href="https://news.example.com/unsubscribe">',
        text: "https://news.example.com/unsubscribe",
      },
    ]);
    const entries = await it.audit.day("2026-11-23");
    expect(JSON.stringify(entries).toLowerCase()).not.toContain("me@");
    expect(entries.at(-1)?.note).toMatch(/^to [0-9a-f]{24}, message message-1$/);
  });

  test("goes to people of the config and to domains it allows, whatever the case of the letters", async () => {
    await it.put("2026-11-24");
    const [newsletter] = Object.values(it.config.newsletters);
    if (newsletter === undefined) throw new Error("the config has no newsletter");
    const allowing = (over: object) => ({
      config: { ...it.config, operator: "op@ops.example", newsletters: { daily: { ...newsletter, ...over } } },
    });
    const given = (to: string, over = {}) => it.ask({ ...trial, to }, allowing(over));
    for (const to of [
      "stranger@example.com",
      "me@example.com.evil.example",
      "me@sub.example.com",
      "x@evilexample.org",
    ]) {
      expect(await given(to, { testDomains: ["example.org"] }), to).toMatchObject({ fault: { code: "bad-address" } });
    }
    expect(it.mails).toEqual([]);
    for (const to of ["ME@EXAMPLE.COM", "op@ops.example", "ed@example.com", "x@example.org", "x@News.Example.org"]) {
      expect(await given(to, { testDomains: ["example.org"] }), to).toMatchObject({ ok: true });
    }
  });

  test("is sent at most 20 times within any hour, for each person and for each address, and that is noted", async () => {
    await it.put("2026-11-24");
    let now = "2026-11-23T23:30:00.000Z";
    const given = (change = {}) => it.ask({ ...trial, ...change }, { now: () => now });
    for (let n = 0; n < 20; n += 1) expect(await given({ byId: `person-${n}` })).toMatchObject({ ok: true });
    expect(await given({ byId: "another" })).toMatchObject({ fault: { code: "too-many" } });
    expect(await given({ to: "ed@example.com", byId: "another" })).toMatchObject({ ok: true });
    expect(it.mails).toHaveLength(21);
    expect(it.security).toMatchObject([{ kind: "test-mails" }]);
    expect(JSON.stringify(it.security)).not.toContain("@");
    now = "2026-11-24T00:29:59.000Z";
    expect(await given({ byId: "another" })).toMatchObject({ fault: { code: "too-many" } });
    now = "2026-11-24T00:30:00.001Z";
    for (let n = 0; n < 19; n += 1)
      expect(await given({ byId: "one", to: n % 2 ? "me@example.com" : "ed@example.com" })).toMatchObject({ ok: true });
    expect(await given({ byId: "one" })).toMatchObject({ ok: true });
    expect(await given({ byId: "one", to: "ed@example.com" })).toMatchObject({ fault: { code: "too-many" } });
  });

  test("twenty at once are twenty, not more", async () => {
    await it.put("2026-11-24");
    const all = await Promise.all(Array.from({ length: 30 }, () => it.ask(trial)));
    expect(all.filter(({ ok }) => ok).length).toBeLessThanOrEqual(20);
    expect(it.mails.length).toBeLessThanOrEqual(20);
  });

  test("refuses what is no address, and a date without an edition", async () => {
    expect(await it.ask({ ...trial, to: "me" })).toMatchObject({ fault: { code: "bad-address" } });
    expect(await it.ask(trial)).toMatchObject({ fault: { code: "no-edition" } });
    expect(it.mails).toEqual([]);
  });
});
