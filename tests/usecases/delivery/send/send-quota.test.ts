import { describe, expect, test } from "vitest";
import type { SesAnswer } from "#domain/delivery/calls/answer.ts";
import { addDepartures, ownAt } from "#domain/delivery/pace/quota.ts";
import type { Sender } from "#domain/delivery/pace/sender.ts";
import { toInstant } from "#domain/time/instant.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import { addresses, open, type System, start } from "../../../testing/delivery/virtual-sender.ts";

describe("SES's daily quota", () => {
  const account = (quota: number, sent24: number) => async () => ({ rate: 500, quota, sent24 });
  const found = async (system: System, change: Partial<Sender>) => {
    const last = await system.ledger.sender();
    if (last) await system.ledger.keepSender({ ...last, ...change });
  };

  const hour = 3_600_000;
  const sent = (ago: number, n: number) => ({ hist: addDepartures(undefined, start - ago, n) });

  test("is counted as earlier runs left it, whatever SES's own count says yet", async () => {
    const system = open();
    await system.frozen(10);
    await found(system, sent(60_000, 90));
    expect(await system.run({ ses: { ...system.ports.ses, account: account(100, 0) } })).toMatchObject({
      end: "quota",
      calls: 0,
    });
    expect(system.mailed()).toEqual([]);
  });

  test("frees as yesterday's leave the 24 hours, and the sender sleeps until then", async () => {
    const system = open();
    await system.frozen(10);
    await found(system, {
      hist: addDepartures(addDepartures(undefined, start - 23.5 * hour, 40), start - 2 * hour, 50),
    });
    await system.run({ ses: { ...system.ports.ses, account: account(100, 90) } });
    const full = { ses: { ...system.ports.ses, account: account(100, 90) } };
    // The oldest counter frees 45 minutes on; until then it looks each quarter of an hour, for AWS may raise the quota.
    for (let quarter = 1; quarter <= 3; quarter++) {
      const wakeAt = Date.parse((await system.ledger.sender())?.wakeAt ?? "");
      expect(Math.round((wakeAt - system.time.now()) / 60_000)).toBe(quarter < 3 ? 15 : 14);
      await system.until(system.time.sleep(wakeAt - 60_000 - system.time.now()));
      expect((await system.look())?.kicked).toBe(false);
      await system.until(system.time.sleep(90_000));
      expect((await system.look())?.kicked).toBe(true);
      if (quarter < 3) expect(await system.run(full)).toMatchObject({ end: "quota", calls: 0 });
    }
    await system.run({ ses: { ...system.ports.ses, account: account(100, 50) } });
    expect([system.mailed(), await system.state()]).toEqual([addresses(10), "finished"]);
  });

  test("is shared: what others send counts as theirs until it leaves SES's count", async () => {
    const system = open();
    await system.frozen(10);
    const busy = { ses: { ...system.ports.ses, account: account(100, 91) } };
    expect(await system.run(busy)).toMatchObject({ end: "quota", calls: 0 });
    expect(await system.ledger.sender()).toMatchObject({ foreign: 91 });
    await system.until(system.time.sleep(16 * 60_000));
    await system.run({ ses: { ...system.ports.ses, account: account(100, 80) } });
    expect(system.mailed()).toEqual(addresses(10));
  });

  test("sends as much as there is room for, and the rest as it frees", async () => {
    const system = open();
    await system.frozen(60, 10);
    await found(system, sent(23.5 * hour, 70));
    await system.run({ ses: { ...system.ports.ses, account: account(100, 70) } });
    expect(system.mailed()).toHaveLength(20);
    await system.until(system.time.sleep(hour));
    await system.run({ ses: { ...system.ports.ses, account: account(100, 20) } });
    expect([system.mailed(), await system.state()]).toEqual([addresses(60), "finished"]);
  });

  test("a sender that dies has counted too much, and never too little", async () => {
    const system = open({ rate: 10 });
    await system.frozen(200, 10);
    void system.run();
    let most = 0;
    for (let second = 0; second < 18; second++) {
      await system.time.run(system.time.now() + 1_000, () => false);
      const departed = system.departures.reduce((sum, { to }) => sum + to.length, 0);
      const written = ownAt((await system.ledger.sender())?.hist, system.time.now());
      expect(written).toBeGreaterThanOrEqual(departed);
      most = Math.max(most, written - departed);
    }
    expect(most).toBeLessThanOrEqual(80);
  });

  test("once it allows more, the sender no longer counts as asleep", async () => {
    const system = open();
    await system.frozen(10);
    await found(system, { wakeAt: toInstant(start + 900_000) });
    await system.run();
    expect([system.mailed(), (await system.ledger.sender())?.wakeAt]).toEqual([addresses(10), null]);
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
  ])("puts the sender to sleep when SES %s, and no reader is lost", async (_, answer) => {
    const system = open();
    await system.frozen(1);
    const sendBulk: SendPorts["ses"]["sendBulk"] = async (_call, gate) => (gate() === "go" ? answer : { is: "window" });
    expect(await system.run({ ses: { ...system.ports.ses, sendBulk } })).toMatchObject({
      end: "quota",
      calls: 1,
      kicked: false,
    });
    const { wakeAt } = (await system.ledger.sender()) ?? {};
    expect((Date.parse(wakeAt ?? "") - system.time.now()) / 60_000).toBeCloseTo(15, 2);
    expect((await system.look())?.kicked).toBe(false);
    await system.until(system.time.sleep(16 * 60_000));
    expect((await system.look())?.kicked).toBe(true);
    await system.run();
    expect([system.mailed(), await system.state()]).toEqual([addresses(1), "finished"]);
  });

  test("has what departed, to a recipient, once a run has ended", async () => {
    const system = open({ rate: 1 });
    await system.frozen(50);
    await system.run();
    expect(ownAt((await system.ledger.sender())?.hist, system.time.now())).toBe(50);
    await system.run();
    expect(ownAt((await system.ledger.sender())?.hist, system.time.now())).toBe(50);
    expect(ownAt((await system.ledger.sender())?.hist, system.time.now() + 24.25 * hour)).toBe(0);
  });
});
