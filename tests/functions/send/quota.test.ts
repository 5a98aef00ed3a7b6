import { describe, expect, test } from "vitest";
import type { Answer } from "#domain/delivery/answer.ts";
import type { Sender } from "#domain/delivery/sender.ts";
import { toInstant } from "#domain/instant.ts";
import type { SendPorts } from "#functions/send/ports.ts";
import { addresses, open, type System, start } from "./virtual.ts";

describe("SES's daily quota", () => {
  const account = (quota: number, sent24: number) => async () => ({ rate: 500, quota, sent24 });
  const found = async (it: System, change: Partial<Sender>) => {
    const last = await it.ledger.sender();
    if (last) await it.ledger.keepSender({ ...last, ...change });
  };

  test("is counted as the last run left it, while SES's own count lags behind", async () => {
    const it = open();
    await it.frozen(10);
    await found(it, { sent24: 90, readAt: toInstant(start - 60_000) });
    expect(await it.run({ ses: { ...it.ports.ses, account: account(100, 0) } })).toMatchObject({
      end: "quota",
      calls: 0,
    });
    expect(it.mailed()).toEqual([]);
    await it.until(it.time.sleep(3 * 60_000));
    await it.run({ ses: { ...it.ports.ses, account: account(100, 80) } });
    expect(it.mailed()).toEqual(addresses(10));
  });

  test("once it allows more, nobody takes the sender for asleep", async () => {
    const it = open();
    await it.frozen(10);
    await found(it, { wakeAt: toInstant(start + 900_000) });
    await it.run();
    expect([it.mailed(), (await it.ledger.sender())?.wakeAt]).toEqual([addresses(10), null]);
  });

  test.each<[string, Answer]>([
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

  test("is counted from the last departure on, not from when SES was last asked", async () => {
    const it = open({ rate: 1 });
    await it.frozen(50);
    await it.run();
    const { sent24, readAt } = (await it.ledger.sender()) ?? {};
    expect([sent24, readAt]).toEqual([50, toInstant(it.departures.at(-1)?.at ?? 0)]);
    await it.run();
    expect(await it.ledger.sender()).toMatchObject({ sent24 });
  });
});
