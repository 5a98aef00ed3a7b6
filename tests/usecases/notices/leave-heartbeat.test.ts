import { beforeEach, describe, expect, test } from "vitest";
import { memoryNotices } from "#adapters/memory/editions/notices.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import { prices } from "#domain/delivery/pace/prices.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { newEdition } from "#domain/edition/states.ts";
import type { NoticeMessage } from "#domain/notices/notice.ts";
import { type HeartbeatPorts, leaveHeartbeat } from "#usecases/notices/leave-heartbeat.ts";

const due = "2026-11-23T07:00:00.000Z";
const edition = (date: string, over: Partial<Edition> = {}): Edition => ({
  ...newEdition({ newsletter: "daily", date, now: due, rev: 1, cutoff: due }),
  ...{ state: "finished", dueAt: due, frozen: 100, size: 50 },
  ...over,
});
const group = (startedAt: string | null, closedAt: string | null) => ({ startedAt, closedAt });

let editions: Edition[];
let groups: ReturnType<typeof group>[];
let told: NoticeMessage[];
let warnings: object[];
let notices: ReturnType<typeof memoryNotices>;
let ports: HeartbeatPorts;
beforeEach(() => {
  editions = [edition("2026-11-23"), edition("2026-11-22")];
  groups = [group("2026-11-23T07:00:01.000Z", "2026-11-23T07:00:05.000Z"), group(null, "2026-11-23T07:00:11.000Z")];
  [told, warnings] = [[], []];
  notices = memoryNotices();
  ports = {
    delivery: { confirmations: false, senders: 1 },
    editions: {
      list: async (_, limit, until = "9999-12-31") => editions.filter(({ date }) => date <= until).slice(0, limit),
      counts: async () => ({ ...noCounts, audience: 100, accepted: 100 }),
    },
    ledger: {
      groups: async () => groups as Awaited<ReturnType<HeartbeatPorts["ledger"]["groups"]>>,
      sender: async () => undefined,
    },
    notices,
    enqueue: async (message) => void told.push(message),
    now: () => "2026-11-23T09:00:00.000Z",
    log: {
      ...{ info: () => undefined, error: () => undefined },
      warn: (message, fields) => void warnings.push({ message, ...fields }),
    },
  };
});
const key = { newsletter: "daily", date: "2026-11-23" };

const leave = (over: Partial<HeartbeatPorts> = {}) => leaveHeartbeat({ ...ports, ...over }, edition(key.date));

describe("a heartbeat", () => {
  test("says how long the edition took, from its first call to its last group's end", async () => {
    expect(await leave()).toBe(true);
    expect(await notices.heartbeat(key)).toMatchObject({
      finishedAt: "2026-11-23T07:00:11.000Z",
      seconds: 10,
      minutesAfterDue: 0,
      accepted: 100,
      unusual: [],
    });
    expect(told).toEqual([{ v: 1, kind: "finished", ...key }]);
  });

  test("is left once", async () => {
    await leave();
    expect(await leave()).toBe(true);
    expect(told).toHaveLength(1);
  });

  test("compares its readers with those of the edition before, if that was finished", async () => {
    editions = [
      edition("2026-11-24"),
      edition("2026-11-23"),
      edition("2026-11-22", { frozen: 50 }),
      edition("2026-11-21"),
    ];
    await leave();
    expect((await notices.heartbeat(key))?.unusual).toEqual([expect.stringMatching(/^It went to 50 more readers/)]);
  });

  test("compares its readers with no edition that went to only some of them", async () => {
    editions = [edition("2026-11-23"), edition("2026-11-22", { frozen: 50, state: "cancelled" })];
    await leave();
    expect((await notices.heartbeat(key))?.unusual).toEqual([]);
  });

  test("says what it cost, with the memory of the senders that share its rate", async () => {
    ports.editions.counts = async () => ({ ...noCounts, audience: 10_000, accepted: 10_000 });
    const dollars = async (senders: number) => {
      const stored = memoryNotices();
      await leave({ notices: stored, delivery: { ...ports.delivery, senders } });
      return (await stored.heartbeat(key))?.dollars ?? Number.NaN;
    };
    // Ten seconds.
    const seconds = ((await dollars(4)) - (await dollars(1))) / prices.functionGigabyteSecond;
    expect(seconds).toBeCloseTo(10 * (4 * 1.73 - 0.5), 3);
  });

  test("is made up for by the next round after a crash between writing it and telling others", async () => {
    expect(await leave({ enqueue: () => Promise.reject(new Error("the queue is away")) })).toBe(false);
    expect(warnings).toMatchObject([{ newsletter: "daily", error: new Error("the queue is away") }]);
    expect(await leave()).toBe(true);
    expect(told).toEqual([{ v: 1, kind: "finished", ...key }]);
  });
});
