import { beforeEach, describe, expect, test } from "vitest";
import { movedAway, movedHere } from "#domain/audience/consent/moving.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { fromInstant } from "#domain/time/instant.ts";
import { welcomeReader } from "#usecases/delivery/welcome/welcome-reader.ts";
import { key, subscriber } from "../../../testing/delivery/delivery-system.ts";
import { open, type System } from "../../../testing/delivery/virtual-sender.ts";

const localTime = { time: "07:00", timeZone: "Europe/London", lateHours: 3, skipLate: false };
/** The edition of the 24th for readers in these zones, frozen on the 23rd at 07:00 UTC. */
const date = "2026-11-24";
const zones = ["Asia/Tokyo", "Europe/London", "America/New_York"] as const;
const dues = ["2026-11-23T22:00:00.000Z", "2026-11-24T07:00:00.000Z", "2026-11-24T12:00:00.000Z"];

let app: System;
beforeEach(() => {
  app = open();
});

const own = { ...key, date };
/** Of the nth, n + 3rd, n + 6th … reader. */
const addressesOf = (zone: number, readers: number) =>
  Array.from({ length: readers }, (_, n) => n)
    .filter((n) => n % 3 === zone)
    .map((n) => subscriber(n).address);

async function frozen(readers: number, change: Partial<Edition> = {}) {
  const changes = Array.from({ length: readers }, (_, n) => ({
    before: undefined,
    after: { ...subscriber(n), ...(n % 3 === 1 ? {} : { zone: zones[n % 3] ?? "" }) },
  }));
  await app.subscribers.write(key.newsletter, changes);
  await app.edition(date, { localTime, latest: "2026-11-24T10:00:00.000Z", ...change });
  app.kicks.count = 0;
}

const waitUntil = (at: number) => app.until(app.time.sleep(at - app.time.now()), at - app.time.now());

/** Watch runs each minute, and the sender whenever it was kicked. */
async function pass(until: string) {
  while (app.time.now() < fromInstant(until)) {
    await app.look();
    if (app.kicks.count > 0) {
      app.kicks.count = 0;
      await app.run();
    }
    await waitUntil(app.time.now() + 60_000 - (app.time.now() % 60_000));
  }
}

const stateNow = async () => (await app.editions.get(own))?.state;
const departedAt = () => app.departures.map(({ at }) => new Date(at).toISOString().slice(0, 16));

describe("an edition in local time", () => {
  test("is frozen once, and goes to each reader at their own time and not before", async () => {
    await frozen(90);
    expect(await app.editions.get(own)).toMatchObject({
      frozen: 90,
      cohorts: dues.map((due) => ({ due, readers: 30 })),
      latest: "2026-11-24T15:00:00.000Z",
    });
    expect((await app.ledger.groups(own))[0]?.cohorts).toEqual(dues.map((due) => ({ due, batches: 1, readers: 30 })));
    await pass("2026-11-24T11:50:00.000Z");
    expect(departedAt()).toEqual(["2026-11-23T22:00", "2026-11-24T07:00"]);
    expect(await stateNow()).toBe("sending");
    await pass("2026-11-24T12:10:00.000Z");
    expect(departedAt()).toEqual(["2026-11-23T22:00", "2026-11-24T07:00", "2026-11-24T12:00"]);
    for (const [zone, { to }] of app.departures.entries())
      expect(to.toSorted()).toEqual(addressesOf(zone, 90).toSorted());
    expect(await stateNow()).toBe("finished");
    expect(app.alarms).toEqual([]);
  });

  test("a run does not wait for a later cohort, and nothing kicks the sender for one", async () => {
    await frozen(30);
    expect(await app.run()).toMatchObject({ end: "idle", calls: 0, kicked: false });
    await waitUntil(fromInstant("2026-11-23T21:58:00.000Z"));
    expect(await app.look()).toMatchObject({ kicked: false });
    await waitUntil(fromInstant("2026-11-23T22:00:10.000Z"));
    expect(await app.look()).toMatchObject({ kicked: true });
    expect(await app.run()).toMatchObject({ calls: 1 });
  });

  test("a reader who moves to another zone between cohorts gets it once, at the planned time", async () => {
    await frozen(3);
    const reader = subscriber(0);
    const before = await app.subscribers.get(key.newsletter, reader.id);
    if (!before) throw new Error("no reader");
    await app.subscribers.write(key.newsletter, [{ before, after: { ...before, zone: "America/New_York" } }]);
    await pass("2026-11-24T13:00:00.000Z");
    expect(app.mailed()).toEqual([0, 1, 2].map((n) => subscriber(n).address).toSorted());
    expect(app.departures[0]).toMatchObject({ to: [reader.address] });
  });

  test("a reader who changes address between cohorts is mailed there once, even with another zone", async () => {
    await frozen(3);
    const [from, to] = [subscriber(2), subscriber(50)];
    const before = await app.subscribers.get(key.newsletter, from.id);
    if (!before) throw new Error("no reader");
    const at = app.now();
    const moved = { ...before, status: "moved", movedTo: to.id, movedAt: at } as const;
    await app.subscribers.write(key.newsletter, [
      { before: undefined, after: { ...to, origin: from.id, zone: "Asia/Tokyo" } },
      { before, after: moved },
    ]);
    await pass("2026-11-24T13:00:00.000Z");
    expect(app.mailed()).toEqual([subscriber(0).address, subscriber(1).address, to.address].toSorted());
    expect(app.departures.at(-1)).toMatchObject({ to: [to.address] });
  });

  test("a reader frozen at two addresses in two cohorts gets one", async () => {
    const [from, to] = [subscriber(0), subscriber(1)];
    const zone = { zone: "Asia/Tokyo" };
    await app.subscribers.write(key.newsletter, [
      { before: undefined, after: { ...from, ...zone, status: "moved", movedTo: to.id, movedAt: app.now() } },
      { before: undefined, after: { ...to, origin: from.id } },
    ]);
    await app.edition(date, { localTime });
    expect(await app.editions.get(own)).toMatchObject({ frozen: 2 });
    await pass("2026-11-24T13:00:00.000Z");
    expect(app.mailed()).toEqual([to.address]);
    expect(await stateNow()).toBe("finished");
  });

  test("paused between cohorts, it holds those whose time passed too long ago, and sends them after a person's decision", async () => {
    await frozen(9);
    await pass("2026-11-24T06:00:00.000Z");
    await app.editions.update(own, { state: "paused", pausedAt: app.now() });
    await pass("2026-11-24T10:16:00.000Z");
    expect(await app.editions.get(own)).toMatchObject({
      state: "held",
      reason: expect.stringMatching(/too late for the readers who were due at 2026-11-24T07:00/),
    });
    await app.editions.update(own, { state: "sending", reason: null, approvedAt: app.now(), anyway: true });
    await pass("2026-11-24T10:20:00.000Z");
    expect(app.departures.map(({ to }) => to.length)).toEqual([3, 3]);
    await pass("2026-11-24T12:10:00.000Z");
    expect(app.departures.map(({ to }) => to.length)).toEqual([3, 3, 3]);
    expect(await stateNow()).toBe("finished");
  });

  test("cancelled between cohorts, it goes to no one else", async () => {
    await frozen(9);
    await pass("2026-11-24T06:00:00.000Z");
    await app.editions.update(own, { state: "cancelled" });
    await pass("2026-11-24T13:00:00.000Z");
    expect(app.mailed()).toEqual(addressesOf(0, 9).toSorted());
    expect(await app.ledger.pointers()).toEqual([]);
  });

  test("frozen late, it goes at once to those whose time has passed", async () => {
    await waitUntil(fromInstant("2026-11-24T08:30:00.000Z"));
    await frozen(9);
    await pass("2026-11-24T12:10:00.000Z");
    expect(departedAt()).toEqual(["2026-11-24T08:30", "2026-11-24T12:00"]);
    expect(app.departures.map(({ to }) => to.length)).toEqual([6, 3]);
  });

  test("deliveries that a person retries in an earlier cohort are sent before the next one", async () => {
    await frozen(9);
    await pass("2026-11-23T23:00:00.000Z");
    const [gone] = await app.ledger.batches(own, "00", (await app.ledger.groups(own))[0]?.run ?? "", dues[0]);
    if (!gone) throw new Error("no batch");
    const again: Batch = { ...gone, state: "ready", outcomes: gone.outcomes.map(() => "waiting") };
    await app.ledger.saveBatch(again, { attempts: 1, states: ["done"] });
    await pass("2026-11-24T01:00:00.000Z");
    expect(app.departures.map(({ to }) => to.length)).toEqual([3, 3]);
  });
});

describe("a reader who confirms between cohorts", () => {
  const joiner = (n: number, zone: string) => ({ ...subscriber(n), zone });
  const ask = ({ id }: Subscriber) => {
    const ports = { ...app.ports, now: app.now, ledger: app.ledger, subscribers: app.subscribers };
    return welcomeReader(ports, { newsletter: key.newsletter, id });
  };
  const confirm = async (reader: Subscriber) => {
    await app.subscribers.write(key.newsletter, [{ before: undefined, after: reader }]);
    return ask(reader);
  };
  const mailsTo = ({ address }: Subscriber) =>
    app.departures.flatMap(({ at, to }) => (to.includes(address) ? [new Date(at).toISOString().slice(0, 16)] : []));

  test("gets it at their own time if that is ahead, else at once, and once, however often they confirm", async () => {
    await frozen(9);
    await pass("2026-11-24T08:00:00.000Z");
    const [west, east] = [joiner(70, "America/New_York"), joiner(71, "Asia/Tokyo")];
    for (const reader of [west, east]) await confirm(reader);
    await pass("2026-11-24T08:05:00.000Z");
    expect([mailsTo(west), mailsTo(east)]).toEqual([[], ["2026-11-24T08:00"]]);
    for (const reader of [west, east]) await ask(reader);
    await pass("2026-11-24T13:00:00.000Z");
    expect([mailsTo(west), mailsTo(east)]).toEqual([["2026-11-24T12:00"], ["2026-11-24T08:00"]]);
    expect(await app.counts(own)).toMatchObject({ audience: 9, accepted: 9 });
    expect(await app.ledger.welcomes()).toEqual([]);
  });

  test("gets none of an edition that was cancelled before their time", async () => {
    await frozen(9);
    await pass("2026-11-24T08:00:00.000Z");
    const west = joiner(70, "America/New_York");
    await confirm(west);
    await app.editions.update(own, { state: "cancelled" });
    await pass("2026-11-24T13:00:00.000Z");
    expect(mailsTo(west)).toEqual([]);
    expect(await app.ledger.welcomes()).toEqual([]);
  });

  test.each([
    ["still waits for it", "America/New_York", "2026-11-24T08:00:00.000Z"],
    ["got it at their own time", "Europe/London", "2026-11-24T06:00:00.000Z"],
    ["was welcomed with it", "Asia/Tokyo", "2026-11-24T08:00:00.000Z"],
  ])(
    "and %s, gets it once if another reader's address becomes theirs before that reader's own time",
    async (_, zone, at) => {
      await frozen(9);
      await pass(at);
      const from = subscriber(2);
      const to = joiner(70, zone);
      await confirm(to);
      await pass("2026-11-24T09:00:00.000Z");
      const before = await app.subscribers.get(key.newsletter, from.id);
      if (!before) throw new Error("no reader");
      const left = { ...to, status: "left" as const, changedAt: app.now() };
      const here = movedHere(left, to, before, app.now());
      if (!here) throw new Error("not moved");
      await app.subscribers.write(key.newsletter, [{ before: to, after: left }]);
      await app.subscribers.write(key.newsletter, [{ before: left, after: here }]);
      await app.subscribers.write(key.newsletter, [{ before, after: movedAway(before, to.id, app.now()) }]);
      await pass("2026-11-24T13:00:00.000Z");
      expect(mailsTo(to)).toHaveLength(1);
      expect(mailsTo(from)).toEqual([]);
      expect(await stateNow()).toBe("finished");
    },
  );

  test("and left before their own time, gets it once if another reader's address becomes theirs after it", async () => {
    await frozen(9);
    await pass("2026-11-24T06:00:00.000Z");
    const [from, to] = [subscriber(2), joiner(70, "Europe/London")];
    await confirm(to);
    const left = { ...to, status: "left" as const, changedAt: app.now() };
    await app.subscribers.write(key.newsletter, [{ before: to, after: left }]);
    await pass("2026-11-24T08:00:00.000Z");
    const before = await app.subscribers.get(key.newsletter, from.id);
    const here = before && movedHere(left, to, before, app.now());
    if (!here) throw new Error("not moved");
    await app.subscribers.write(key.newsletter, [{ before: left, after: here }]);
    await app.subscribers.write(key.newsletter, [{ before, after: movedAway(before, to.id, app.now()) }]);
    await pass("2026-11-24T13:00:00.000Z");
    expect(mailsTo(to)).toEqual(["2026-11-24T12:00"]);
  });

  test("gets none if they were frozen in it", async () => {
    await frozen(9);
    await pass("2026-11-24T08:00:00.000Z");
    expect(await ask(subscriber(2))).toBe("none");
    expect(await app.ledger.welcomes()).toEqual([]);
  });
});

describe("the first readers of an edition in local time", () => {
  test("are from its first cohorts, and no other reader waits for them", async () => {
    app = open({ canary: true, groups: 3 });
    // 10 in Tokyo, 590 in London: the first readers are the ten, and fifty of those in London.
    const changes = Array.from({ length: 600 }, (_, n) => ({
      before: undefined,
      after: { ...subscriber(n), ...(n % 60 === 0 ? { zone: "Asia/Tokyo" } : {}) },
    }));
    await app.subscribers.write(key.newsletter, changes);
    await app.edition(date, { localTime });
    expect(await app.editions.get(own)).toMatchObject({ stage: "canary", frozen: 600 });
    await pass("2026-11-24T06:55:00.000Z");
    expect(app.mailed()).toHaveLength(10);
    await pass("2026-11-24T07:02:00.000Z");
    const early = app.mailed().length;
    expect(early).toBeGreaterThanOrEqual(50);
    expect(early).toBeLessThan(150);
  });
});
