import { describe, expect, test } from "vitest";
import { memoryAudit } from "#adapters/memory/audit.ts";
import { restoredReason } from "#domain/delivery/table-identity.ts";
import { toInstant } from "#domain/time/instant.ts";
import { UnreadableItem } from "#domain/unreadable-item.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { acceptRestore } from "#usecases/delivery/operate/accept-restore.ts";
import { key } from "../../../testing/delivery-system.ts";
import { addresses, open, type System } from "../../../testing/virtual-sender.ts";

const other = { ...key, date: "2026-11-24" };

/** Two editions halfway, in a table that was restored from a backup. */
async function restored() {
  const it = open();
  await it.frozen(20, 10);
  await it.edition(other.date);
  await it.editions.update(other, { state: "paused", reason: "paused by ed" });
  it.store.birth.now = { arn: "a copy", createdAt: "2026-11-23T06:59:00.000Z" };
  return it;
}
const states = async (it: System) => Promise.all([key, other].map(async (one) => (await it.editions.get(one))?.state));

describe("in a restored table", () => {
  test("a sender calls nobody, and holds what is on its way", async () => {
    const it = await restored();
    expect(await it.run()).toEqual({ end: "restored", calls: 0, kicked: false });
    expect([it.mailed(), await states(it)]).toEqual([[], ["held", "held"]]);
    expect((await it.editions.get(key))?.reason).toBe(restoredReason);
    expect(it.alarms).toEqual(["an edition is held", "an edition is held"]);
  });

  test("watch does so without a kick", async () => {
    const it = await restored();
    expect((await it.look())?.kicked).toBe(false);
    expect(await states(it)).toEqual(["held", "held"]);
  });

  test.each(["approved", "freezing", "sending"] as const)("dispatch holds an edition that is %s", async (state) => {
    const it = await restored();
    await it.editions.update(key, { state });
    const ports = { ...it.ports, editions: it.editions, ledger: it.ledger, subscribers: it.subscribers };
    const now = () => toInstant(it.time.now());
    await it.until(dispatch({ ...ports, publish: async () => {}, countUse: async () => {}, now }, key, 1));
    expect([(await it.editions.get(key))?.state, it.kicks.count]).toEqual(["held", 1]);
  });

  test("a person accepts it, and each edition goes on by itself", async () => {
    const it = await restored();
    await it.run();
    const audit = memoryAudit();
    const ports = { now: () => toInstant(it.time.now()), ledger: it.ledger, audit };
    const table = it.store.birth.now;
    expect(await acceptRestore(ports, { by: "ed" })).toEqual({ ok: true, value: { accepted: true, table } });
    expect(await acceptRestore(ports, { by: "ed" })).toEqual({ ok: true, value: { accepted: false, table } });
    expect(await audit.day("2026-11-23")).toMatchObject([{ did: "restore accept", by: "ed" }]);
    await it.run();
    expect([it.mailed(), await states(it)]).toEqual([[], ["held", "held"]]);
    await it.editions.update(key, { state: "sending", reason: null });
    await it.run();
    expect(it.mailed()).toEqual(addresses(20));
  });
});

test("a table that was never restored is known from the first look, and a database that is silent stops nothing", async () => {
  const it = open();
  await it.frozen(3);
  const ledger = { ...it.ports.ledger, tableNow: () => Promise.reject(new Error("throttled")) };
  await it.run({ ledger });
  expect(it.mailed()).toEqual(addresses(3));
  expect(it.store.birth.known).toEqual(it.store.birth.now);
});

describe("a sender's item that this version cannot read", () => {
  const unreadable = () => Promise.reject(new UnreadableItem("item SENDER # is sender version 2"));

  test("stops sending with an alarm that says what to do, and is not tried again and again", async () => {
    const it = open();
    await it.frozen(3);
    expect(await it.run({ ledger: { ...it.ports.ledger, sender: unreadable } })).toEqual({
      end: "stopped",
      calls: 0,
      kicked: false,
    });
    expect(it.alarms).toEqual(['nothing can be sent: see the runbook, "delivery-asks"']);
    expect(await it.state()).toBe("sending");
    await it.run();
    expect(it.mailed()).toEqual(addresses(3));
  });

  test("keeps watch from nothing but a kick", async () => {
    const it = open();
    await it.frozen(3);
    it.ledger.sender = unreadable;
    expect(await it.look()).toMatchObject({ kicked: false });
    expect(it.alarms).toContain('nothing can be sent: see the runbook, "delivery-asks"');
  });
});

test("a pointer to an approved edition that cannot be read keeps no edition that is being sent waiting", async () => {
  const it = open();
  await it.frozen(3);
  it.editions.approved = () => Promise.reject(new UnreadableItem("item APPROVED daily is version 2"));
  expect((await it.look())?.kicked).toBe(true);
  expect(it.alarms).toEqual(["watch could not read which editions are approved"]);
});
