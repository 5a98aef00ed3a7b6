import { beforeEach, describe, expect, test } from "vitest";
import { memoryNotices } from "#adapters/memory/editions/notices.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import { prices } from "#domain/delivery/pace/prices.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { newEdition } from "#domain/edition/states.ts";
import type { NoticeMessage } from "#domain/notices/notice.ts";
import { type HeartbeatPorts, leaveHeartbeats } from "#usecases/notices/heartbeats.ts";

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
    newsletters: ["daily"],
    delivery: { confirmations: false, senders: 1 },
    editions: {
      list: async () => editions,
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
    done: new Set(),
  };
});
const key = { newsletter: "daily", date: "2026-11-23" };

describe("a heartbeat", () => {
  test("says how long the edition took, from its first call to its last group's end", async () => {
    expect(await leaveHeartbeats(ports)).toEqual(["daily 2026-11-23", "daily 2026-11-22"]);
    expect(await notices.heartbeat(key)).toMatchObject({
      finishedAt: "2026-11-23T07:00:11.000Z",
      seconds: 10,
      minutesAfterDue: 0,
      accepted: 100,
      unusual: [],
    });
    expect(told).toContainEqual({ v: 1, kind: "finished", ...key });
  });

  test("is left once, by whichever round comes first", async () => {
    await leaveHeartbeats(ports);
    expect(await leaveHeartbeats(ports)).toEqual([]);
    expect(await leaveHeartbeats({ ...ports, done: new Set() })).toEqual([]);
    expect(told).toHaveLength(2);
  });

  test("compares its readers with those of the edition before, if that was finished", async () => {
    editions = [edition("2026-11-23"), edition("2026-11-22", { frozen: 50 })];
    await leaveHeartbeats(ports);
    expect((await notices.heartbeat(key))?.unusual).toEqual([expect.stringMatching(/^It went to 50 more readers/)]);
  });

  test("is left however many editions of later dates were drafted", async () => {
    const drafts = ["12-04", "12-03", "12-02", "12-01"].map((day) => edition(`2026-${day}`, { state: "draft" }));
    const all = [...drafts, ...editions];
    ports.editions.list = async (_, limit, until = "9999-12-31") =>
      all.filter(({ date }) => date <= until).slice(0, limit);
    expect(await leaveHeartbeats(ports)).toContain("daily 2026-11-23");
  });

  test("says what it cost, with the memory of the senders that share its rate", async () => {
    editions = [edition("2026-11-23", { frozen: 10_000 })];
    ports.editions.counts = async () => ({ ...noCounts, audience: 10_000, accepted: 10_000 });
    await leaveHeartbeats(ports);
    const one = (await notices.heartbeat(key))?.dollars ?? Number.NaN;
    const again = memoryNotices();
    await leaveHeartbeats({
      ...ports,
      ...{ notices: again, done: new Set() },
      delivery: { ...ports.delivery, senders: 4 },
    });
    const four = (await again.heartbeat(key))?.dollars ?? Number.NaN;
    // Ten seconds.
    expect((four - one) / prices.functionGigabyteSecond).toBeCloseTo(10 * (4 * 1.73 - 0.5), 3);
  });

  test("is not left of an edition that is still being sent", async () => {
    editions = [edition("2026-11-23", { state: "sending" })];
    expect(await leaveHeartbeats(ports)).toEqual([]);
    expect(await notices.heartbeat(key)).toBeUndefined();
  });

  test("is made up for by the next round after a crash between writing it and telling others", async () => {
    const crash = { ...ports, enqueue: () => Promise.reject(new Error("the queue is away")) };
    expect(await leaveHeartbeats(crash)).toEqual([]);
    expect(warnings).toMatchObject([{ newsletter: "daily", error: new Error("the queue is away") }]);
    expect(await leaveHeartbeats(ports)).toContain("daily 2026-11-23");
    expect(told).toContainEqual({ v: 1, kind: "finished", ...key });
  });

  test("of one newsletter does not wait for another whose table can't be read", async () => {
    const list: typeof ports.editions.list = async (newsletter) => {
      if (newsletter === "broken") throw new Error("the table is away");
      return editions;
    };
    const both = { ...ports, newsletters: ["broken", "daily"], editions: { ...ports.editions, list } };
    expect(await leaveHeartbeats(both)).toEqual(["daily 2026-11-23", "daily 2026-11-22"]);
  });
});
