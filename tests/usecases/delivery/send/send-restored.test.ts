import { describe, expect, test } from "vitest";
import { memoryWarmUps } from "#adapters/memory/audience/warm-ups.ts";
import { memoryAudit } from "#adapters/memory/desk/audit.ts";
import { calendarsOf } from "#domain/config/calendars.ts";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import { restoredReason } from "#domain/delivery/table-identity.ts";
import { welcomeKey } from "#domain/delivery/welcome.ts";
import { toInstant } from "#domain/time/instant.ts";
import { UnreadableItem } from "#domain/unreadable-item.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { acceptRestore } from "#usecases/delivery/operate/accept-restore.ts";
import { config, key } from "../../../testing/delivery/delivery-system.ts";
import { addresses, open, type System } from "../../../testing/delivery/virtual-sender.ts";

const other = { ...key, date: "2026-11-24" };

/** Two editions halfway, in a table that was restored from a backup. */
async function restored() {
  const app = open();
  await app.frozen(20, 10);
  await app.edition(other.date);
  await app.editions.update(other, { state: "paused", reason: "paused by ed" });
  app.store.birth.now = { arn: "a copy", createdAt: "2026-11-23T06:59:00.000Z" };
  return app;
}
const accepting = (app: System, audit: ReturnType<typeof memoryAudit>) => ({
  ...{
    ...app.ports,
    editions: app.editions,
    ledger: app.ledger,
    audit,
    config,
    calendar: calendarsOf(config, () => ""),
  },
  now: () => toInstant(app.time.now()),
});
const states = async (app: System) =>
  Promise.all([key, other].map(async (one) => (await app.editions.get(one))?.state));

describe("in a restored table", () => {
  test("a sender makes no call, and holds what is on its way", async () => {
    const app = await restored();
    expect(await app.run()).toEqual({ end: "restored", calls: 0, kicked: false });
    expect([app.mailed(), await states(app)]).toEqual([[], ["held", "held"]]);
    expect((await app.editions.get(key))?.reason).toBe(restoredReason);
    expect(app.alarms).toEqual(["an edition is held", "an edition is held"]);
  });

  test("watch does so without a kick", async () => {
    const app = await restored();
    expect((await app.look())?.kicked).toBe(false);
    expect(await states(app)).toEqual(["held", "held"]);
  });

  test("watch forgets the welcomes: readers may have had them since the copy was made", async () => {
    const app = await restored();
    const at = toInstant(app.time.now());
    const pointer = { ...key, due: at, root: "0".repeat(24), askedAt: at };
    await app.ledger.writeBatches([freshBatch(welcomeKey(pointer), [pointer.root])]);
    await app.ledger.pointWelcome(pointer);
    expect((await app.look())?.kicked).toBe(false);
    expect(await app.ledger.welcomes()).toEqual([]);
  });

  test.each(["approved", "freezing", "sending"] as const)("dispatch holds an edition that is %s", async (state) => {
    const app = await restored();
    await app.editions.update(key, { state });
    const ports = {
      ...app.ports,
      editions: app.editions,
      ledger: app.ledger,
      subscribers: app.subscribers,
      warmUps: memoryWarmUps(),
    };
    const now = () => toInstant(app.time.now());
    await app.until(dispatch({ ...ports, publish: async () => {}, countUse: async () => {}, now }, key, 1));
    expect([(await app.editions.get(key))?.state, app.kicks.count]).toEqual(["held", 1]);
  });

  test("a person accepts it, and each edition goes on by itself", async () => {
    const app = await restored();
    await app.run();
    const audit = memoryAudit();
    const ports = accepting(app, audit);
    const table = app.store.birth.now;
    expect(await acceptRestore(ports, { by: "ed" })).toEqual({ ok: true, value: { accepted: true, table } });
    expect(await acceptRestore(ports, { by: "ed" })).toEqual({ ok: true, value: { accepted: false, table } });
    expect(await audit.day("2026-11-23")).toMatchObject([{ did: "restore accept", by: "ed" }]);
    await app.run();
    expect([app.mailed(), await states(app)]).toEqual([[], ["held", "held"]]);
    await app.editions.update(key, { state: "sending", reason: null });
    await app.run();
    expect(app.mailed()).toEqual(addresses(20));
  });

  test("accepting it holds what nothing has looked at since, and forgets the welcomes", async () => {
    const app = await restored();
    const pointer = {
      ...key,
      due: toInstant(app.time.now()),
      root: "0".repeat(24),
      askedAt: toInstant(app.time.now()),
    };
    await app.ledger.writeBatches([freshBatch(welcomeKey(pointer), [pointer.root])]);
    await app.ledger.pointWelcome(pointer);
    await acceptRestore(accepting(app, memoryAudit()), { by: "ed" });
    await app.run();
    expect([app.mailed(), await states(app), await app.ledger.welcomes()]).toEqual([[], ["held", "held"], []]);
  });
});

test("a table that was never restored is known from the first look, and a database that is silent stops nothing", async () => {
  const app = open();
  await app.frozen(3);
  const ledger = { ...app.ports.ledger, tableNow: () => Promise.reject(new Error("throttled")) };
  await app.run({ ledger });
  expect(app.mailed()).toEqual(addresses(3));
  expect(app.store.birth.known).toEqual(app.store.birth.now);
});

describe("a sender's item that this version cannot read", () => {
  const unreadable = () => Promise.reject(new UnreadableItem("item SENDER # is sender version 2"));

  test("stops sending with an alarm that says what to do, and is not tried again and again", async () => {
    const app = open();
    await app.frozen(3);
    expect(await app.run({ ledger: { ...app.ports.ledger, senders: unreadable } })).toEqual({
      end: "stopped",
      calls: 0,
      kicked: false,
    });
    expect(app.alarms).toEqual(['nothing can be sent: see the runbook, "delivery-asks"']);
    expect(await app.state()).toBe("sending");
    await app.run();
    expect(app.mailed()).toEqual(addresses(3));
  });

  test("keeps watch from nothing but a kick", async () => {
    const app = open();
    await app.frozen(3);
    app.ledger.sender = unreadable;
    expect(await app.look()).toMatchObject({ kicked: false });
    expect(app.alarms).toContain('nothing can be sent: see the runbook, "delivery-asks"');
  });
});

test("a pointer to an approved edition that cannot be read keeps no edition that is being sent waiting", async () => {
  const app = open();
  await app.frozen(3);
  app.editions.approved = () => Promise.reject(new UnreadableItem("item APPROVED daily is version 2"));
  expect((await app.look())?.kicked).toBe(true);
  expect(app.alarms).toEqual(["watch could not read which editions are approved"]);
});
