import { describe, expect, test } from "vitest";
import { connect } from "#cli/client.ts";
import { follow } from "#cli/delivery/send.ts";
import { type Answers, ask, counts, edition, fakeSystem, json } from "../command-line.ts";

describe("send waits", () => {
  const sending = (change: object) => edition({ state: "sending", counts: counts({ audience: 100, ...change }) });

  /** The first answers `send`, each later one a `follow`; the last stays, for `show` too. */
  const inTurn = (...editions: object[]): Answers => {
    let at = 0;
    const followed = { stage: null, onTheirWay: 0, rate: null, finishAt: null, notice: null, unknown: [] };
    const times = {
      timeZone: "UTC",
      own: null,
      due: null,
      asked: null,
      approvedAt: null,
      approvedBy: null,
      changedBy: null,
    };
    const cost = { dollars: 0.01, dollarsBesides: 0.001, secondPerson: false };
    const plan = {
      ...times,
      ...cost,
      readers: 100,
      rate: 14,
      seconds: 8,
      finishAt: "2026-11-23T07:00:08.000Z",
      warning: null,
      subject: "Snow at last",
      replaces: "Then nothing goes out at 18:00 today.",
      outlook: {
        kind: "goes-out",
        at: null,
        latest: null,
        needsPerson: false,
        isUrgent: false,
        text: "Goes out within a minute.",
      },
    };
    return ({ do: command }) => {
      if (command === "plan") return { ok: true, newsletter: "daily", date: "2026-11-23", ...plan };
      const one = editions[Math.min(at, editions.length - 1)];
      if (command !== "show") at += 1;
      return command === "follow" ? { ok: true, ...followed, ...one } : { ok: true, edition: one, email: null };
    };
  };
  const send = (...editions: object[]) => ask(inTurn(...editions), ["edition", "send", "daily", "--json"]);

  test("until it is finished", async () => {
    const finished = edition({ state: "finished", counts: counts({ audience: 100, accepted: 99, skipped: 1 }) });
    const answers = inTurn(sending({ waiting: 100 }), sending({ waiting: 50, accepted: 50 }), finished);
    const { code, requests, out } = await ask(answers, ["edition", "send", "daily"]);
    expect(requests.map((request) => request.do)).toEqual(["plan", "send", "follow", "follow", "show"]);
    expect(requests[0]).not.toHaveProperty("date");
    expect(requests[1], "the date that the question named, also after midnight").toMatchObject({ date: "2026-11-23" });
    expect(code).toBe(0);
    expect(out).toMatch(/is sent: SES accepted it for 99 of 100 readers in [\d.]+ s; 1 skipped\./);
  });

  test("not for unknown deliveries: it says so and fails", async () => {
    const ran = await send(sending({ waiting: 100 }), sending({ accepted: 50, unknown: 50 }));
    expect(ran.code).toBe(1);
    expect(json(ran)).toMatchObject({
      ok: false,
      fault: { code: "delivery-problem", message: expect.stringContaining("50 deliveries unknown") },
      counts: { unknown: 50 },
    });
  });

  test("for transient failures, which are retried", async () => {
    const finished = edition({ state: "finished", counts: counts({ audience: 100, accepted: 100 }) });
    const { code, requests } = await send(sending({ failed: 100 }), sending({ failed: 100 }), finished);
    expect(code).toBe(0);
    expect(requests.filter((request) => request.do === "follow")).toHaveLength(2);
  });

  test("not for a held edition: it gives the reason and fails", async () => {
    const held = edition({
      state: "held",
      reason: "Held because SES paused the account. Write to it.",
      counts: counts({ audience: 9, held: 9 }),
    });
    const ran = await send(sending({ waiting: 9 }), held);
    expect(ran.code).toBe(1);
    expect(json(ran).fault.message).toContain("(SES paused the account. Write to it)");
  });

  test("and says why there is no progress, and when there will be", async () => {
    const dead = "SES has accepted nothing since 2026-11-23 07:00 UTC (SES could not be reached).";
    const stuck = { ...sending({ waiting: 100 }), notice: dead };
    const finished = edition({ state: "finished", counts: counts({ audience: 100, accepted: 100 }) });
    const { err, code } = await ask(inTurn(stuck, stuck, stuck, finished), ["edition", "send", "daily"]);
    const printed =
      "The edition of daily for 2026-11-23, “Snow at last”: now, to about 100 readers, at 14 a second, " +
      "done by 2026-11-23 07:00 UTC, for about $0.01, of which $0.01 to SES.\n" +
      "Then nothing goes out at 18:00 today.";
    expect([err, code]).toEqual([`${printed}\n${dead}\n`, 0]);
  });

  test("not for the quota, once the sender is not just being woken", async () => {
    const notice =
      "SES's daily quota is used up. Sending continues as the quota frees up, next at 2026-11-23 09:15 UTC.";
    const asleep = { ...sending({ waiting: 40, accepted: 60 }), notice, finishAt: "2026-11-23T11:30:00.000Z" };
    const system = await fakeSystem(inTurn(asleep));
    let clock = 0;
    const show = () => {
      clock += 6_000;
    };
    const progress = { show, close: () => undefined };
    const last = await follow(connect({ data: system.data }), edition(), progress, () => clock);
    await system.close();
    expect([last.notice, system.requests.length]).toEqual([notice, 3]);
  });

  test("through a broken connection: the delivery continues meanwhile", async () => {
    const finished = edition({ state: "finished", counts: counts({ audience: 1, accepted: 1 }) });
    const answers = inTurn(sending({ waiting: 1 }), finished);
    let failures = 3;
    const failing: Answers = (request) =>
      request.do === "follow" && failures-- > 0 ? { nonsense: true } : answers(request);
    expect((await ask(failing, ["edition", "send", "daily"])).code).toBe(0);
  });

  test("not for an edition that a person stopped: it says how to continue", async () => {
    const { err } = await ask(inTurn(edition({ state: "paused", reason: "paused by ed" })), [
      "edition",
      "send",
      "daily",
    ]);
    expect(err).toContain("is paused (paused by ed)");
    expect(err).toContain("edition resume daily --date 2026-11-23");
  });

  test.each([
    ["sent", "Sent. 100 accepted."],
    ["sending", "Being sent. 40 accepted, 60 waiting."],
    ["over", "Cancelled by ed. Nothing goes out."],
  ])("and asks nothing about one that is %s already, which is refused", async (kind, outlook) => {
    const answers: Answers = (request) => {
      const planned = inTurn()(request);
      if (request.do !== "plan") return { ok: false, fault: { code: "already-sent", message: "It is sent once." } };
      return { ...planned, outlook: { ...Object(planned).outlook, kind, text: outlook } };
    };
    const { err, code } = await ask(answers, ["edition", "send", "daily"]);
    expect([err, code]).toEqual(["It is sent once.\n", 1]);
  });

  test("not with --no-wait", async () => {
    const { requests, code } = await ask(inTurn(sending({ waiting: 100 })), ["edition", "send", "daily", "--no-wait"]);
    expect(requests.map((request) => request.do)).toEqual(["plan", "send"]);
    expect(code).toBe(0);
  });
});
