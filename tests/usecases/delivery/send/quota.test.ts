import { describe, expect, test } from "vitest";
import type { SesAnswer } from "#domain/delivery/calls/answer.ts";
import { addDepartures, ownAt } from "#domain/delivery/pace/quota.ts";
import type { Sender } from "#domain/delivery/pace/sender.ts";
import { toInstant } from "#domain/time/instant.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import { addresses, open, type System, start } from "../../../testing/virtual-sender.ts";

describe("SES's daily quota", () => {
  const account = (quota: number, sent24: number) => async () => ({ rate: 500, quota, sent24 });
  const found = async (it: System, change: Partial<Sender>) => {
    const last = await it.ledger.sender();
    if (last) await it.ledger.keepSender({ ...last, ...change });
  };

  const hour = 3_600_000;
  const sent = (ago: number, n: number) => ({ hist: addDepartures(undefined, start - ago, n) });

  test("is counted as earlier runs left it, whatever SES's own count says yet", async () => {
    const it = open();
    await it.frozen(10);
    await found(it, sent(60_000, 90));
    expect(await it.run({ ses: { ...it.ports.ses, account: account(100, 0) } })).toMatchObject({
      end: "quota",
      calls: 0,
    });
    expect(it.mailed()).toEqual([]);
  });

  test("frees as yesterday's leave the 24 hours, and the sender sleeps until then", async () => {
    const it = open();
    await it.frozen(10);
    await found(it, { hist: addDepartures(addDepartures(undefined, start - 23.5 * hour, 40), start - 2 * hour, 50) });
    await it.run({ ses: { ...it.ports.ses, account: account(100, 90) } });
    const wakeAt = Date.parse((await it.ledger.sender())?.wakeAt ?? "");
    expect((wakeAt - start) / 60_000).toBe(45);
    await it.until(it.time.sleep(wakeAt - 60_000 - it.time.now()));
    expect((await it.look())?.kicked).toBe(false);
    await it.until(it.time.sleep(90_000));
    expect((await it.look())?.kicked).toBe(true);
    await it.run({ ses: { ...it.ports.ses, account: account(100, 50) } });
    expect([it.mailed(), await it.state()]).toEqual([addresses(10), "finished"]);
  });

  test("is shared: what others send counts as theirs until it leaves SES's count", async () => {
    const it = open();
    await it.frozen(10);
    const busy = { ses: { ...it.ports.ses, account: account(100, 91) } };
    expect(await it.run(busy)).toMatchObject({ end: "quota", calls: 0 });
    expect(await it.ledger.sender()).toMatchObject({ foreign: 91 });
    await it.until(it.time.sleep(16 * 60_000));
    await it.run({ ses: { ...it.ports.ses, account: account(100, 80) } });
    expect(it.mailed()).toEqual(addresses(10));
  });

  test("sends as much as there is room for, and the rest as it frees", async () => {
    const it = open();
    await it.frozen(60, 10);
    await found(it, sent(23.5 * hour, 70));
    await it.run({ ses: { ...it.ports.ses, account: account(100, 70) } });
    expect(it.mailed()).toHaveLength(20);
    await it.until(it.time.sleep(hour));
    await it.run({ ses: { ...it.ports.ses, account: account(100, 20) } });
    expect([it.mailed(), await it.state()]).toEqual([addresses(60), "finished"]);
  });

  test("a sender that dies has counted too much, and never too little", async () => {
    const it = open({ rate: 10 });
    await it.frozen(200, 10);
    void it.run();
    let most = 0;
    for (let second = 0; second < 18; second++) {
      await it.time.run(it.time.now() + 1_000, () => false);
      const departed = it.departures.reduce((sum, { to }) => sum + to.length, 0);
      const written = ownAt((await it.ledger.sender())?.hist, it.time.now());
      expect(written).toBeGreaterThanOrEqual(departed);
      most = Math.max(most, written - departed);
    }
    expect(most).toBeLessThanOrEqual(80);
  });

  test("once it allows more, nobody takes the sender for asleep", async () => {
    const it = open();
    await it.frozen(10);
    await found(it, { wakeAt: toInstant(start + 900_000) });
    await it.run();
    expect([it.mailed(), (await it.ledger.sender())?.wakeAt]).toEqual([addresses(10), null]);
  });

  test.each<[string, SesAnswer]>([
    ["refuses a call for it", { is: "error", status: 400, code: "LimitExceededException", message: "Daily quota." }],
    [
      "throttles for it",
      { is: "error", status: 429, code: "ThrottlingException", message: "Daily message quota exceeded." },
    ],
    [
      "fails every entry for it",
      { is: "results", results: [{ status: "ACCOUNT_DAILY_QUOTA_EXCEEDED", messageId: null, error: null }] },
    ],
  ])("puts the sender to sleep when SES %s, and nobody is lost", async (_, answer) => {
    const it = open();
    await it.frozen(1);
    const sendBulk: SendPorts["ses"]["sendBulk"] = async (_call, gate) => (gate() === "go" ? answer : { is: "window" });
    expect(await it.run({ ses: { ...it.ports.ses, sendBulk } })).toMatchObject({
      end: "quota",
      calls: 1,
      kicked: false,
    });
    const { wakeAt } = (await it.ledger.sender()) ?? {};
    expect((Date.parse(wakeAt ?? "") - it.time.now()) / 60_000).toBeCloseTo(15, 2);
    expect((await it.look())?.kicked).toBe(false);
    await it.until(it.time.sleep(16 * 60_000));
    expect((await it.look())?.kicked).toBe(true);
    await it.run();
    expect([it.mailed(), await it.state()]).toEqual([addresses(1), "finished"]);
  });

  test("has what departed, to a recipient, once a run has ended", async () => {
    const it = open({ rate: 1 });
    await it.frozen(50);
    await it.run();
    expect(ownAt((await it.ledger.sender())?.hist, it.time.now())).toBe(50);
    await it.run();
    expect(ownAt((await it.ledger.sender())?.hist, it.time.now())).toBe(50);
    expect(ownAt((await it.ledger.sender())?.hist, it.time.now() + 24.25 * hour)).toBe(0);
  });
});
