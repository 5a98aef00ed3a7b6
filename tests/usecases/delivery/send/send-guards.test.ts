import { describe, expect, test } from "vitest";
import { claim, isSameClaim } from "#domain/delivery/calls/attempt.ts";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import { toInstant } from "#domain/time/instant.ts";
import { timeout as feedbackTimeout, trigger as feedbackTrigger } from "#functions/feedback/contract.ts";
import { timeout as sendTimeout, trigger as sendTrigger } from "#functions/send/contract.ts";
import { finishEdition } from "#usecases/delivery/close.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import { config, key } from "../../../testing/delivery/delivery-system.ts";
import { open, start } from "../../../testing/delivery/virtual-sender.ts";

/** Small conditions that were each once left out without a failing test. */

test("a claim of the same run and attempt, made at another moment, is another claim", () => {
  const place = { ...key, group: "00", run: "r", due: toInstant(start), first: "0".repeat(24) };
  const batch = freshBatch(place, ["0".repeat(24)]);
  const at = (ms: number) =>
    claim(batch, 50, { at: toInstant(start + ms), until: toInstant(start + 60_000), rev: 1, run: "me" });
  expect(isSameClaim(at(0), at(0))).toBe(true);
  expect(isSameClaim(at(0), at(1))).toBe(false);
});

describe("visibility times", () => {
  test("are longer than the functions' timeouts", () => {
    expect(sendTrigger.visibility).toBeGreaterThan(sendTimeout);
    expect(feedbackTrigger.visibility).toBeGreaterThan(feedbackTimeout + feedbackTrigger.window);
  });

  test("let no event stay hidden when the wait for it is over", () => {
    expect(feedbackTrigger.visibility * feedbackTrigger.attempts).toBeLessThan(config.delivery.settleSeconds);
  });
});

test("SES's limits are read once a minute, not more and not less", async () => {
  const app = open({ rate: 1 });
  await app.frozen(300);
  let asked = 0;
  const account: SendPorts["ses"]["account"] = () => {
    asked += 1;
    return app.ports.ses.account();
  };
  await app.run({ ses: { ...app.ports.ses, account } }, { ...config.delivery, runSeconds: 240 });
  expect(asked).toBeGreaterThanOrEqual(4);
  expect(asked).toBeLessThanOrEqual(6);
});

test("calls in preparation count towards the quota before they leave", async () => {
  const app = open({ rate: 500, ms: 100 });
  await app.frozen(400);
  const quota = 100;
  let left = 0;
  // Long preparations: several calls are prepared before the first of them leaves.
  const getMany: SendPorts["subscribers"]["getMany"] = async (...args) => {
    await app.time.sleep(1_500);
    return app.subscribers.getMany(...args);
  };
  const sendBulk: SendPorts["ses"]["sendBulk"] = async (call, gate) => {
    const answer = await app.ports.ses.sendBulk(call, gate);
    if (answer.is === "results") left += call.entries.length;
    return answer;
  };
  const account = async () => ({ rate: 500, quota, sent24: 0 });
  await app.editions.update(key, { frozen: 90 });
  await app.run({ subscribers: { ...app.subscribers, getMany }, ses: { sendBulk, account } });
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(95);
});

test("batches claimed after a correction have the corrected revision, earlier ones the old one", async () => {
  const app = open({ rate: 50, ms: 100 });
  await app.frozen(500);
  const first = await app.editions.revision(key, 1);
  const correct = async () => {
    await app.time.sleep(5_000);
    if (first) await app.editions.putRevision(key, { ...first, rev: 2 });
    await app.editions.update(key, { rev: 2 }, { rev: 1 });
  };
  void correct();
  await app.run();
  const claimed = (await app.batches()).flatMap(({ call }) => (call ? [call] : []));
  const after = claimed.filter(({ at }) => at > toInstant(start + 6_500));
  expect(claimed.some(({ rev }) => rev === 1)).toBe(true);
  expect(after.length).toBeGreaterThan(0);
  expect(after.every(({ rev }) => rev === 2)).toBe(true);
});

test("an edition that a person resumed is not ended by an earlier read", async () => {
  const app = open();
  await app.frozen(3);
  await app.run();
  await app.editions.update(key, { state: "held", reason: "Held" });
  const get: typeof app.editions.get = async (asked) => {
    const edition = await app.editions.get(asked);
    await app.editions.update(asked, { state: "sending", approvedAt: toInstant(app.time.now() + 1) });
    return edition;
  };
  await finishEdition({ ledger: app.ledger, editions: { get, update: app.editions.update } }, key);
  expect(await app.state()).toBe("sending");
});

test("a lease is also judged by the monotonic clock: a wall clock set back doesn't make an old renewal fresh", async () => {
  const app = open({ rate: 1 });
  await app.frozen(60);
  const clock = { ...app.ports.clock, now: () => start };
  const keepSender = async () => Promise.reject(new Error("the table did not answer"));
  await app.run({ clock, ledger: { ...app.ports.ledger, keepSender } }, { ...config.delivery, runSeconds: 60 });
  expect(Math.max(...app.departures.map(({ at }) => at - start))).toBeLessThan(8_000);
});
