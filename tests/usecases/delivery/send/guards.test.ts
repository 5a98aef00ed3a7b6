import { describe, expect, test } from "vitest";
import { answerOf } from "#adapters/ses/bulk.ts";
import { claim, isSameClaim } from "#domain/delivery/calls/attempt.ts";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import { toInstant } from "#domain/time/instant.ts";
import { timeout as feedbackTimeout, trigger as feedbackTrigger } from "#functions/feedback/contract.ts";
import { timeout as sendTimeout, trigger as sendTrigger } from "#functions/send/contract.ts";
import { finishEdition } from "#usecases/delivery/close.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import { config, key } from "../../../testing/delivery-system.ts";
import { open, start } from "../../../testing/virtual-sender.ts";

/** Small conditions of which each was once left out without a test that failed. */

test("a claim of the same run and attempt, made at another moment, is another claim", () => {
  const place = { ...key, group: "00", run: "r", due: toInstant(start), first: "0".repeat(24) };
  const batch = freshBatch(place, ["0".repeat(24)]);
  const at = (ms: number) =>
    claim(batch, 50, { at: toInstant(start + ms), until: toInstant(start + 60_000), rev: 1, run: "me" });
  expect(isSameClaim(at(0), at(0))).toBe(true);
  expect(isSameClaim(at(0), at(1))).toBe(false);
});

test("a request that broke while it was written may have arrived", () => {
  const broken = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
  expect(answerOf(broken)).toMatchObject({ is: "unanswered" });
});

describe("visibility times", () => {
  test("are longer than what they hide may run", () => {
    expect(sendTrigger.visibility).toBeGreaterThan(sendTimeout);
    expect(feedbackTrigger.visibility).toBeGreaterThan(feedbackTimeout + feedbackTrigger.window);
  });

  test("let no event lie hidden when the wait for it is over", () => {
    expect(feedbackTrigger.visibility * feedbackTrigger.attempts).toBeLessThan(config.delivery.settleSeconds);
  });
});

test("what SES allows is asked about once a minute, not more and not less", async () => {
  const it = open({ rate: 1 });
  await it.frozen(300);
  let asked = 0;
  const account: SendPorts["ses"]["account"] = () => {
    asked += 1;
    return it.ports.ses.account();
  };
  await it.run({ ses: { ...it.ports.ses, account } }, { ...config.delivery, runSeconds: 240 });
  expect(asked).toBeGreaterThanOrEqual(4);
  expect(asked).toBeLessThanOrEqual(6);
});

test("calls in preparation count towards the quota before they leave", async () => {
  const it = open({ rate: 500, ms: 100 });
  await it.frozen(400);
  const quota = 100;
  let left = 0;
  // Long preparations: several calls are prepared before the first of them leaves.
  const getMany: SendPorts["subscribers"]["getMany"] = async (...args) => {
    await it.time.sleep(1_500);
    return it.subscribers.getMany(...args);
  };
  const sendBulk: SendPorts["ses"]["sendBulk"] = async (call, gate) => {
    const answer = await it.ports.ses.sendBulk(call, gate);
    if (answer.is === "results") left += call.entries.length;
    return answer;
  };
  const account = async () => ({ rate: 500, quota, sent24: 0 });
  await it.editions.update(key, { frozen: 90 });
  await it.run({ subscribers: { getMany }, ses: { sendBulk, account } });
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(95);
});

test("batches claimed after a correction carry the corrected revision, those before the old one", async () => {
  const it = open({ rate: 50, ms: 100 });
  await it.frozen(500);
  const first = await it.editions.revision(key, 1);
  const correct = async () => {
    await it.time.sleep(5_000);
    if (first) await it.editions.putRevision(key, { ...first, rev: 2 });
    await it.editions.update(key, { rev: 2 }, { rev: 1 });
  };
  void correct();
  await it.run();
  const claimed = (await it.batches()).flatMap(({ call }) => (call ? [call] : []));
  const after = claimed.filter(({ at }) => at > toInstant(start + 6_500));
  expect(claimed.some(({ rev }) => rev === 1)).toBe(true);
  expect(after.length).toBeGreaterThan(0);
  expect(after.every(({ rev }) => rev === 2)).toBe(true);
});

test("an edition that a person sent on again is not ended by a look from before that", async () => {
  const it = open();
  await it.frozen(3);
  await it.run();
  await it.editions.update(key, { state: "held", reason: "Held" });
  const get: typeof it.editions.get = async (asked) => {
    const edition = await it.editions.get(asked);
    await it.editions.update(asked, { state: "sending", approvedAt: toInstant(it.time.now() + 1) });
    return edition;
  };
  await finishEdition({ ledger: it.ledger, editions: { get, update: it.editions.update } }, key);
  expect(await it.state()).toBe("sending");
});

test("a lease is judged by the monotonic clock, too: a wall clock that was set back makes no old renewal fresh", async () => {
  const it = open({ rate: 1 });
  await it.frozen(60);
  const clock = { ...it.ports.clock, now: () => start };
  const keepSender = async () => Promise.reject(new Error("the table did not answer"));
  await it.run({ clock, ledger: { ...it.ports.ledger, keepSender } }, { ...config.delivery, runSeconds: 60 });
  expect(Math.max(...it.departures.map(({ at }) => at - start))).toBeLessThan(8_000);
});
