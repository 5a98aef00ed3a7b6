import { beforeEach, describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { takeSender } from "#domain/delivery/pace/sender.ts";
import { done } from "#domain/outcome.ts";
import { now, setting } from "../../../testing/command-setting.ts";
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
describe("plan and follow", () => {
  const sender = { ...takeSender(undefined, "s", now, 15), rate: 14, quota: 100_000, sent24: 0, readAt: now };

  test("say before sending to how many readers, until when and at what cost", async () => {
    await system.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ann@example.com", "bob@example.com"] });
    expect(await ask("plan")).toMatchObject({
      value: { readers: 2, rate: null, seconds: null, finishAt: null, warning: null },
    });
    await system.ledger.takeSender(sender, now);
    await system.put(key.date);
    await system.editions.update(key, { dueAt: now, approvedAt: now });
    expect(await ask("plan")).toMatchObject({
      value: {
        readers: 2,
        rate: 14,
        seconds: 0.142,
        finishAt: "2026-11-23T23:30:00.142Z",
        dollars: expect.closeTo(0.00032, 9),
      },
    });
    await system.ledger.keepSender({ ...sender, quota: 1 });
    expect(await ask("plan")).toMatchObject({
      value: { warning: expect.stringContaining("the edition would be held") },
    });
  });

  test("say while sending the progress, when it will finish, and until when deliveries are unknown", async () => {
    await system.ledger.takeSender(sender, now);
    await frozen(system, "sending", [
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
        unknownNext: expect.stringMatching(
          /^SES's events resolve them within \d+ minutes?;.* edition calls daily --date /,
        ),
      },
    });
  });

  test("count waiting readers for a held edition, and all for one that ended", async () => {
    await system.ledger.takeSender(sender, now);
    await frozen(system, "held", [
      { outcomes: fromLetters("aaah"), state: "held" },
      { outcomes: fromLetters("..."), state: "ready" },
    ]);
    expect(await ask("plan")).toMatchObject({ value: { readers: 3, seconds: 0.214 } });
    await system.editions.update(key, { state: "finished" });
    expect(await ask("plan")).toMatchObject({ value: { readers: 7 } });
  });

  test("show says that an edition waits for the quota, and when it checks again", async () => {
    await system.ledger.takeSender({ ...sender, wakeAt: "2026-11-24T01:00:00.000Z" }, now);
    await frozen(system, "sending", [{ outcomes: fromLetters("aa.."), state: "ready" }]);
    const text = expect.stringMatching(
      /daily quota is used up. Sending continues by itself .* next check is Tue 24 Nov 10:00 Asia\/Tokyo/,
    );
    expect(await ask("show", { date: key.date })).toMatchObject({ value: { outlook: { kind: "sending", text } } });
  });

  test("say while the sender sleeps when it wakes, and when it will finish then", async () => {
    const wakeAt = "2026-11-24T01:00:00.000Z";
    await system.ledger.takeSender({ ...sender, wakeAt }, now);
    await frozen(system, "sending", [{ outcomes: fromLetters(".............."), state: "ready" }]);
    expect(await ask("follow")).toMatchObject({
      value: { finishAt: "2026-11-24T01:00:01.000Z", notice: expect.stringContaining("next at 2026-11-24 01:00 UTC") },
    });
  });

  test("say why there is no progress", async () => {
    const log = [{ attempt: 1, rev: 1, at: called, what: "again: SES could not be reached" }];
    await system.ledger.takeSender(sender, now);
    await frozen(system, "sending", [{ outcomes: fromLetters(".."), state: "ready", refusedSince: called, log }]);
    expect(await ask("follow")).toMatchObject({
      value: { notice: expect.stringContaining("SES could not be reached") },
    });
  });

  test("don't mention a refusal once SES has accepted something since", async () => {
    const log = [{ attempt: 1, rev: 1, at: called, what: "again: SES could not be reached" }];
    await system.ledger.takeSender(sender, now);
    const call = { at: now, until: now, positions: [0, 1], rev: 1, run: "s" };
    await frozen(system, "sending", [
      { outcomes: fromLetters(".."), state: "ready", refusedSince: called, log },
      { outcomes: fromLetters("aa"), state: "done", call },
    ]);
    const followed = await ask("follow");
    expect(JSON.stringify(followed)).not.toContain("accepted nothing");
  });

  test("count groups that never began without reading them", async () => {
    await frozen(system, "sending", [{ outcomes: fromLetters("a.."), state: "calling" }]);
    const never = { group: "01", run: "won", batches: 9, readers: 40, committedAt: called };
    await system.ledger.commitGroup(key, { ...never, startedAt: null, closedAt: null, counts: null });
    const read: string[] = [];
    const batches: typeof system.ledger.batches = (own, group, ...rest) => {
      read.push(group);
      return system.ledger.batches(own, group, ...rest);
    };
    const answer = await system.ask({ do: "follow", newsletter: "daily" }, { ledger: { ...system.ledger, batches } });
    expect(answer).toMatchObject({ value: { counts: { audience: 43, accepted: 1, waiting: 42 } } });
    expect(read).toEqual(["00"]);
  });

  test("count closed groups without reading them", async () => {
    await frozen(system, "finished", [{ outcomes: fromLetters("aar"), state: "done" }], true);
    const ledger = { ...system.ledger, batches: () => Promise.reject(new Error("not to be read")) };
    expect(await system.ask({ do: "follow", newsletter: "daily" }, { ledger })).toMatchObject({
      value: {
        state: "finished",
        counts: { accepted: 2, refused: 1 },
        finishAt: null,
        notice: null,
        unknownNext: null,
      },
    });
  });
});
