import { beforeEach, describe, expect, test } from "vitest";
import { fromLetters, toLetters } from "#adapters/dynamo/delivery/batches.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { takeSender } from "#domain/delivery/pace/sender.ts";
import { previousProblem } from "#domain/delivery/previous-edition.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { watch } from "#usecases/delivery/watch/watch.ts";
import type { Notice } from "#usecases/ports/services.ts";
import { approved, key } from "../../../testing/delivery/delivery-system.ts";

const start = Date.UTC(2026, 10, 23, 7);
const instant = (seconds: number) => toInstant(start + seconds * 1000);
const MINUTE = 60;
const readerId = (n: number) => n.toString(16).padStart(24, "0");

let seconds: number;
let kicks: number;
let dispatched: string[];
let alarms: string[];
let notices: Notice[] = [];
let backlog = { waiting: 0, dead: 0 };
let settings: Partial<DeliverySettings> = {};
let ports: ReturnType<typeof open>;

function open() {
  const store = deliveryStore();
  return {
    editions: memoryEditions(store),
    ledger: memoryLedger(store),
    dispatch: async ({ date }: { date: string }) => {
      dispatched.push(date);
    },
    leaveHeartbeat: async (_: Edition) => true,
    kick: async () => {
      kicks += 1;
    },
    now: () => instant(seconds),
    backlog: async () => backlog,
    notify: async (notice: Notice) => void notices.push(notice),
    settings: DeliverySettings.parse({ resend: "auto", ...settings }),
    log: { info: () => undefined, warn: () => undefined, error: (what: string) => void alarms.push(what) },
  };
}
const look = () => watch(ports);
const edition = (change: Partial<Edition>): Edition => ({
  ...approved(),
  ...{ createdAt: instant(0), approvedAt: instant(0), dueAt: instant(0) },
  ...change,
});
const state = async () => (await ports.editions.get(key))?.state;

/** An edition with the sender, in two groups of one batch each. */
async function sending(change: Partial<Edition>, first: Partial<Batch>, second: Partial<Batch>) {
  const frozen = edition({ state: "sending", frozenAt: instant(0), groups: 2, size: 2, frozen: 4, ...change });
  await ports.editions.create(frozen);
  await ports.ledger.point({ ...key, dueAt: instant(0) });
  for (const [at, batch] of [first, second].entries()) {
    const group = `0${at}`;
    const ids = [readerId(at * 2), readerId(at * 2 + 1)];
    const place = { ...key, group, run: "r", due: instant(0), first: ids[0] ?? "" };
    await ports.ledger.writeBatches([{ ...freshBatch(place, ids), ...batch }]);
    const open = { committedAt: instant(0), startedAt: instant(0), closedAt: null, counts: null };
    await ports.ledger.commitGroup(key, { group, run: "r", batches: 1, readers: 2, ...open });
  }
}
const keyOf = (at: number) => ({ ...key, group: `0${at}`, run: "r", due: instant(0), first: readerId(at * 2) });
const call = (until: number) => ({ at: instant(0), until: instant(until), positions: [0, 1], rev: 1, run: "dead" });
const done: Partial<Batch> = { state: "done", outcomes: fromLetters("aa"), attempts: 1 };
const silent: Partial<Batch> = { state: "calling", attempts: 1, call: call(60) };

beforeEach(() => {
  [seconds, kicks, dispatched, alarms] = [0, 0, [], []];
  [backlog, settings] = [{ waiting: 0, dead: 0 }, {}];
  notices = [];
  ports = open();
});

describe("an approved edition", () => {
  test("is left to its approver for a minute, then dispatched again", async () => {
    await ports.editions.create(edition({}));
    seconds = 59;
    expect((await look()).dispatched).toEqual([]);
    seconds = 61;
    expect((await look()).dispatched).toEqual([`daily ${key.date}`]);
    expect(dispatched).toEqual([key.date]);
  });

  test("approved ahead of its time is dispatched when it is due", async () => {
    await ports.editions.create(edition({ dueAt: instant(10 * MINUTE), latest: instant(20 * MINUTE) }));
    seconds = 9 * MINUTE;
    await look();
    expect(dispatched).toEqual([]);
    seconds = 10 * MINUTE;
    await look();
    expect(dispatched).toEqual([key.date]);
  });

  test("is dispatched whatever its date and however many editions of later dates there are", async () => {
    await ports.editions.create(edition({ date: "2025-01-01" }));
    for (const day of [24, 25, 26, 27, 28]) {
      await ports.editions.create(edition({ date: `2026-11-${day}`, state: "draft", approvedAt: null }));
    }
    seconds = 3 * MINUTE;
    expect((await look()).dispatched).toEqual(["daily 2025-01-01"]);
  });

  test("is forgotten by watch a quarter of an hour after it moved on, and found when approved again", async () => {
    await ports.editions.create(edition({}));
    await ports.editions.update(key, { state: "cancelled" });
    seconds = 15 * MINUTE;
    await look();
    expect(await ports.editions.approved()).toHaveLength(1);
    seconds += 1;
    await look();
    expect(await ports.editions.approved()).toEqual([]);
    await ports.editions.update(key, { state: "approved", approvedAt: instant(seconds) });
    seconds += 2 * MINUTE;
    expect((await look()).dispatched).toEqual([`daily ${key.date}`]);
  });

  test("that cannot be read keeps no other waiting", async () => {
    await ports.editions.create(edition({ date: "2026-11-22" }));
    await ports.editions.create(edition({}));
    const { get } = ports.editions;
    ports.editions.get = async (asked) => {
      if (asked.date === "2026-11-22") throw new Error("unreadable");
      return get(asked);
    };
    seconds = 2 * MINUTE;
    expect((await look()).dispatched).toEqual([`daily ${key.date}`]);
    expect(alarms).toEqual(["watch could not look after an edition"]);
  });

  test("that is held because of the previous edition: its editors are notified once", async () => {
    const previous = { ...edition({ state: "finished", date: "2026-11-22" }), bounced: 3 };
    const reason = previousProblem(previous, { accepted: 4, refused: 0 });
    await ports.editions.create(edition({ state: "draft" }));
    await ports.editions.update(key, { state: "approved", approvedAt: instant(0) });
    await ports.editions.update(key, { state: "held", reason });
    for (seconds = 0; seconds < 4 * MINUTE; seconds += MINUTE) await look();
    expect(notices).toEqual([
      {
        newsletter: "daily",
        subject: `Held: daily, ${key.date}`,
        text: expect.stringContaining(reason ?? "no reason"),
      },
    ]);
    expect(notices[0]?.text).toContain("edition resume daily --date 2026-11-23 --anyway");
  });

  test("that is held for another reason: this notifies no one", async () => {
    await ports.editions.create(edition({ state: "draft" }));
    await ports.editions.update(key, { state: "approved", approvedAt: instant(0) });
    await ports.editions.update(key, { state: "held", reason: "Held because the table was restored." });
    await look();
    expect(notices).toEqual([]);
  });

  test("is held when it is too late", async () => {
    await ports.editions.create(edition({ latest: instant(MINUTE) }));
    seconds = MINUTE + 1;
    await look();
    expect([await state(), dispatched, alarms]).toEqual(["held", [], ["an edition is held"]]);
  });
});

describe("a freeze", () => {
  /** As dispatch does it: only what was approved is frozen. */
  const freeze = async () => {
    await ports.editions.create(edition({}));
    await ports.editions.update(key, { state: "freezing", frozenAt: instant(0), groups: 2, size: 50 });
  };
  test("without progress for two minutes is begun again", async () => {
    await freeze();
    seconds = 2 * MINUTE;
    await look();
    expect(dispatched).toEqual([]);
    seconds += 1;
    await look();
    expect(dispatched).toEqual([key.date]);
  });

  test("that gets nowhere for half an hour is held", async () => {
    await freeze();
    seconds = 30 * MINUTE + 1;
    await look();
    expect(await state()).toBe("held");
  });

  test("of an old date is looked after too, once a minute", async () => {
    await freeze();
    await ports.ledger.point({ ...key, dueAt: instant(0) });
    seconds = 3 * MINUTE;
    expect((await look()).dispatched).toEqual([`daily ${key.date}`]);
    for (let day = 1; day <= 9; day++)
      await ports.editions.create(edition({ state: "draft", date: `2027-01-0${day}` }));
    expect((await look()).dispatched).toEqual([`daily ${key.date}`]);
    expect(dispatched).toEqual([key.date, key.date]);
    seconds = 31 * MINUTE;
    await look();
    expect([await state(), kicks]).toEqual(["held", 0]);
  });

  test("that a person began again after that has its whole time again", async () => {
    await ports.editions.create(edition({}));
    await ports.editions.update(key, { approvedAt: instant(60 * MINUTE), state: "freezing", frozenAt: instant(0) });
    seconds = 62 * MINUTE;
    await look();
    expect([await state(), dispatched]).toEqual(["freezing", []]);
    seconds = 90 * MINUTE + 1;
    await look();
    expect(await state()).toBe("held");
  });
});

describe("an edition with the sender", () => {
  test("is kicked when it has work and no sender has the lease", async () => {
    await sending({}, done, {});
    expect(await look()).toMatchObject({ kicked: true, closed: 1 });
    await ports.ledger.takeSender(takeSender(undefined, "s", instant(0), 15), instant(0));
    expect(await look()).toMatchObject({ kicked: false });
    seconds = 16;
    expect(await look()).toMatchObject({ kicked: true });
    expect(kicks).toBe(2);
  });

  test("is not kicked while the sender sleeps for SES's quota, or before its work is due", async () => {
    await sending({}, done, { notBefore: instant(30) });
    expect(await look()).toMatchObject({ kicked: false });
    seconds = 31;
    const sleeping = { ...takeSender(undefined, "s", instant(0), 1), wakeAt: instant(900) };
    await ports.ledger.takeSender(sleeping, instant(0));
    expect(await look()).toMatchObject({ kicked: false });
    seconds = 900;
    expect(await look()).toMatchObject({ kicked: true });
  });

  test("is kicked when a sleep for the quota is over, though it began so long ago that it is not read", async () => {
    await sending({}, done, {});
    const sleeping = { ...takeSender(undefined, "s", instant(0), 1), wakeAt: instant(2 * 60 * MINUTE) };
    await ports.ledger.takeSender(sleeping, instant(0));
    const read: boolean[] = [];
    for (const at of [119, 121, 122]) {
      seconds = at * MINUTE;
      read.push((await look()).kicked);
    }
    expect(read).toEqual([false, true, true]);
    await ports.ledger.keepSender({ ...sleeping, wakeAt: null, until: instant(0), writeNumber: 9 });
    expect((await look()).kicked).toBe(false);
  });

  test("has calls that ran out 5 s ago become unknown, never ready", async () => {
    await sending({}, done, silent);
    seconds = 65;
    expect(await look()).toMatchObject({ unknown: 0 });
    seconds = 66;
    expect(await look()).toMatchObject({ unknown: 1, kicked: false, finished: [] });
    expect(await look()).toMatchObject({ unknown: 0 });
    expect(await ports.editions.counts(key)).toMatchObject({ accepted: 2, unknown: 2 });
    expect(await state()).toBe("sending");
  });

  test.each(["halted", "held"] as const)("and %s has its calls accounted for too", async (stopped) => {
    await sending({ state: stopped, reason: "bounces" }, silent, { ...silent, outcomes: fromLetters("a.") });
    seconds = 66;
    expect(await look()).toMatchObject({ unknown: 2, kicked: false });
    seconds = 66 + 20 * MINUTE;
    await look();
    seconds += 15 * MINUTE;
    await look();
    const batches = await Promise.all([0, 1].map((at) => ports.ledger.batch(keyOf(at))));
    expect(batches.map((batch) => [batch?.state, toLetters(batch?.outcomes ?? [])])).toEqual([
      ["held", "hh"],
      ["held", "ah"],
    ]);
    expect(await state()).toBe(stopped);
  });

  test("is held when SES refused its calls for half an hour, unless the sender sleeps", async () => {
    const log = [{ attempt: 9, rev: 1, at: instant(1700), what: "again: SES could not be reached: ECONNREFUSED" }];
    await sending({}, done, { attempts: 9, refusedSince: instant(0), log });
    seconds = 30 * MINUTE;
    expect(await look()).toMatchObject({ kicked: true });
    seconds += 1;
    await ports.ledger.takeSender({ ...takeSender(undefined, "s", instant(0), 1), wakeAt: instant(7200) }, instant(0));
    await look();
    expect(await state()).toBe("sending");
    seconds = 7200;
    await look();
    expect(await state()).toBe("held");
    expect((await ports.editions.get(key))?.reason).toMatch(/half an hour.*ECONNREFUSED/);
  });

  test("has groups that were not begun left unread, and counted as work", async () => {
    await sending({ groups: 3 }, done, done);
    const place = { ...key, group: "02", run: "r", due: instant(0), first: readerId(9) };
    await ports.ledger.writeBatches([freshBatch(place, [readerId(9)])]);
    const open = { committedAt: instant(0), startedAt: null, closedAt: null, counts: null };
    await ports.ledger.commitGroup(key, { group: "02", run: "r", batches: 1, readers: 1, ...open });
    const read: string[] = [];
    const { batches } = ports.ledger;
    ports.ledger.batches = (edition, group, run) => {
      read.push(group);
      return batches(edition, group, run);
    };
    expect(await look()).toMatchObject({ kicked: true, closed: 2, finished: [] });
    expect(read).not.toContain("02");
    await ports.editions.update(key, { state: "cancelled" });
    await look();
    expect(await ports.ledger.pointers()).toEqual([]);
  });

  test("keeps an answer that is recorded while watch looks", async () => {
    await sending({}, done, silent);
    seconds = 66;
    const { batches } = ports.ledger;
    ports.ledger.batches = async (...place) => {
      const read = await batches(...place);
      for (const batch of read) {
        if (batch.state === "calling")
          await ports.ledger.saveBatch({ ...batch, ...done }, { attempts: 1, states: ["calling"] });
      }
      return read;
    };
    expect(await look()).toMatchObject({ unknown: 0 });
    ports.ledger.batches = batches;
    expect(await look()).toMatchObject({ finished: [`daily ${key.date}`] });
    expect(await ports.editions.counts(key)).toMatchObject({ accepted: 4 });
  });

  test.each(["paused", "held"] as const)("that was %s in its last moment is finished all the same", async (stopped) => {
    await sending({ state: stopped }, done, done);
    await look();
    expect([await state(), await ports.ledger.pointers()]).toEqual(["finished", []]);
  });

  test("that a person sent again after that has another half hour", async () => {
    const log = [{ attempt: 9, rev: 1, at: instant(1700), what: "again: 503" }];
    const sentAgain = instant(40 * MINUTE);
    await sending({ approvedAt: sentAgain }, done, { attempts: 9, refusedSince: instant(0), log });
    seconds = 70 * MINUTE;
    expect(await look()).toMatchObject({ kicked: true });
    seconds += 1;
    await look();
    expect(await state()).toBe("held");
  });

  test("is closed and finished when its last recorder died", async () => {
    await sending({}, done, { ...done, outcomes: fromLetters("as") });
    expect(await look()).toMatchObject({ closed: 2, finished: [`daily ${key.date}`] });
    expect(await state()).toBe("finished");
    expect(await ports.ledger.pointers()).toEqual([]);
    expect(await ports.editions.counts(key)).toMatchObject({ audience: 4, accepted: 3, skipped: 1 });
    expect(await look()).toMatchObject({ closed: 0, finished: [] });
  });

  test.each([
    ["its heartbeat can't be stored", "false"],
    ["watch dies before that", "a throw"],
  ])("and finished is looked after again if %s", async (_, failure) => {
    await sending({}, done, done);
    const left: string[] = [];
    const heartbeat = async ({ date, state }: Edition) => left.push(`${date} ${state}`) > 0;
    ports.leaveHeartbeat = async (finished) => {
      await heartbeat(finished);
      if (failure === "false") return false;
      throw new Error("the table is away");
    };
    await look();
    expect(await state()).toBe("finished");
    expect(await ports.ledger.pointers()).toHaveLength(1);
    ports.leaveHeartbeat = heartbeat;
    await look();
    expect([left, await ports.ledger.pointers()]).toEqual([[`${key.date} finished`, `${key.date} finished`], []]);
    await look();
    expect(left).toHaveLength(2);
  });

  test("leaves no heartbeat before it is finished, and none if it is cancelled", async () => {
    await sending({}, done, { ...done, state: "held", outcomes: fromLetters("hh") });
    ports.leaveHeartbeat = () => Promise.reject(new Error("a heartbeat of an edition that isn't finished"));
    await look();
    await ports.editions.update(key, { state: "cancelled" });
    await look();
    expect([alarms, await ports.ledger.pointers()]).toEqual([[], []]);
  });

  test("is held when a person has to decide, and that is said once", async () => {
    await sending({}, done, { ...done, state: "held", outcomes: fromLetters("hh") });
    await look();
    expect(await state()).toBe("held");
    await ports.editions.update(key, { reason: "as it was" });
    await look();
    expect((await ports.editions.get(key))?.reason).toBe("as it was");
    expect(await ports.ledger.pointers()).toHaveLength(1);
  });

  test("is held when it is not through by its last moment", async () => {
    await sending({ latest: instant(MINUTE) }, done, {});
    seconds = MINUTE + 1;
    expect(await look()).toMatchObject({ kicked: false });
    expect(await state()).toBe("held");
  });

  test("and paused is held when it is too late, and left alone before", async () => {
    await sending({ state: "paused", latest: instant(MINUTE) }, done, {});
    expect(await look()).toMatchObject({ kicked: false });
    expect(await state()).toBe("paused");
    seconds = MINUTE + 1;
    await look();
    expect(await state()).toBe("held");
  });

  test("and cancelled is forgotten when its last call is accounted for", async () => {
    await sending({ state: "cancelled" }, done, silent);
    await look();
    seconds = 66;
    await look();
    expect(await ports.ledger.pointers()).toHaveLength(1);
    await ports.ledger.addSeen(keyOf(1), ["1:0", "1:1"]);
    await look();
    expect(await ports.ledger.pointers()).toEqual([]);
    expect(await state()).toBe("cancelled");
  });

  test("and cancelled is not forgotten while a group that was begun long ago is not read", async () => {
    await sending({ state: "cancelled" }, done, silent);
    seconds = 61 * MINUTE;
    await look();
    expect(await ports.ledger.pointers()).toHaveLength(1);
  });

  test("in trouble never keeps another waiting", async () => {
    await sending({}, done, {});
    await ports.ledger.point({ newsletter: "daily", date: "2026-11-22", dueAt: instant(-86_400) });
    const groups = ports.ledger.groups;
    ports.ledger.groups = (one) => (one.date === "2026-11-22" ? Promise.reject(new Error("unreadable")) : groups(one));
    expect(await look()).toMatchObject({ kicked: true });
    expect(alarms).toEqual(["watch could not look after an edition"]);
  });
});
