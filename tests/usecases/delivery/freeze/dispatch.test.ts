import { beforeEach, describe, expect, test } from "vitest";
import { memorySources } from "#adapters/memory/articles/sources.ts";
import { memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryWarmUps } from "#adapters/memory/audience/warm-ups.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { memoryArchive } from "#adapters/memory/editions/archive.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import { takeSender } from "#domain/delivery/pace/sender.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import { newSource } from "#domain/source/polling.ts";
import { fromInstant, toInstant } from "#domain/time/instant.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { publishEdition } from "#usecases/editions/publishing/publish.ts";
import { countUse } from "#usecases/sources/count-use.ts";
import { approved, key, revision, subscriber } from "../../../testing/delivery/delivery-system.ts";

const start = Date.UTC(2026, 10, 23, 7);
let clock: number;
let kicks: number;
let alarms: string[];
let ports: ReturnType<typeof open>;

function open() {
  const store = deliveryStore();
  let runs = 0;
  const editions = memoryEditions(store);
  const sources = memorySources();
  const archive = memoryArchive(store);
  return {
    editions,
    archive,
    publish: (key: EditionKey) =>
      publishEdition({ editions, archive, now: () => toInstant(clock), languageOf: () => "en" }, key),
    sources,
    countUse: (edition: Edition) => countUse({ editions, sources }, edition),
    ledger: memoryLedger(store),
    subscribers: memorySubscribers(),
    warmUps: memoryWarmUps(),
    kick: async () => {
      kicks += 1;
    },
    now: () => toInstant(clock),
    log: { info: () => undefined, warn: () => undefined, error: (message: string) => void alarms.push(message) },
    newRun: () => `run${++runs}`,
  };
}
const add = (readers: number) =>
  ports.subscribers.write(
    "daily",
    Array.from({ length: readers }, (_, n) => ({ before: undefined, after: subscriber(n) })),
  );
const edition = { ...approved(), createdAt: toInstant(start), approvedAt: toInstant(start), dueAt: toInstant(start) };
const committed = async () => {
  const groups = await ports.ledger.groups(key);
  return (await Promise.all(groups.map(({ group, run }) => ports.ledger.batches(key, group, run)))).flat();
};

beforeEach(() => {
  clock = start;
  kicks = 0;
  alarms = [];
  ports = open();
});

describe("dispatch", () => {
  test("freezes each reader once, in full batches, and wakes the sender", async () => {
    await add(120);
    await ports.editions.create(edition);
    expect(await dispatch(ports, key, 1)).toEqual({ ok: true, value: { state: "sending", audience: 120 } });
    const batches = await committed();
    expect(batches.map(({ ids }) => ids.length)).toEqual([50, 50, 20]);
    expect(new Set(batches.flatMap(({ ids }) => ids)).size).toBe(120);
    expect(await ports.editions.get(key)).toMatchObject({ state: "sending", groups: 1, size: 50, frozen: 120 });
    expect(await ports.ledger.pointers()).toEqual([{ ...key, dueAt: toInstant(start) }]);
    expect(kicks).toBe(1);
  });

  test("stores how many subscribers are in each batch's span, including those who left", async () => {
    await add(300);
    const left = Array.from({ length: 100 }, (_, n) => ({ ...subscriber(300 + n), status: "left" as const }));
    await ports.subscribers.write(
      "daily",
      left.map((after) => ({ before: undefined, after })),
    );
    await ports.editions.create(edition);
    await dispatch(ports, key, 1);
    const all = Array.from({ length: 400 }, (_, n) => subscriber(n).id);
    const between = (from = "", to = "") => all.filter((id) => id >= from && id <= to).length;
    const batches = await committed();
    expect(batches).toHaveLength(6);
    for (const { ids, span } of batches) expect(span).toBe(between(ids[0], ids.at(-1)));
  });

  test("leaves out readers who paused beyond the edition's date", async () => {
    const pausedUntil = (n: number, date: string) => ({
      before: undefined,
      after: { ...subscriber(n), pausedUntil: date },
    });
    await add(2);
    await ports.subscribers.write("daily", [pausedUntil(2, "2026-11-24"), pausedUntil(3, "2026-11-23")]);
    await ports.editions.create(edition);
    expect(await dispatch(ports, key, 1)).toEqual({ ok: true, value: { state: "sending", audience: 3 } });
    expect((await committed()).flatMap(({ ids }) => ids)).not.toContain(subscriber(2).id);
  });

  test("twice changes nothing but wakes the sender again", async () => {
    await add(3);
    await ports.editions.create(edition);
    await dispatch(ports, key, 1);
    const before = await committed();
    expect(await dispatch(ports, key, 1)).toEqual({ ok: true, value: { state: "sending", audience: 3 } });
    expect(await committed()).toEqual(before);
    expect(kicks).toBe(2);
  });

  test("continues where a crashed freeze stopped, with the same choices", async () => {
    await add(40);
    await ports.editions.create(edition);
    const dying = { ...ports, ledger: { ...ports.ledger, commitGroup: () => Promise.reject(new Error("died")) } };
    await expect(dispatch(dying, key, 1)).rejects.toThrow("died");
    expect(await ports.editions.get(key)).toMatchObject({ state: "freezing", frozenAt: toInstant(start) });
    clock += 60_000;
    expect(await dispatch(ports, key, 1)).toMatchObject({ ok: true, value: { state: "sending", audience: 40 } });
    expect(await ports.editions.get(key)).toMatchObject({ frozenAt: toInstant(start) });
    expect((await committed()).map(({ key: { run } }) => run)).toEqual(["run2"]);
  });

  describe("counts the articles of each source that the edition shows", () => {
    const used = async () => (await ports.sources.all()).map((one) => [one.id, one.used]);
    beforeEach(async () => {
      for (const id of ["gazette", "herald"]) {
        await ports.sources.add(newSource({ id, url: `https://${id}.example/feed` }, toInstant(start)));
      }
      await add(1);
      await ports.editions.create(edition);
      const content = { ...revision.content, sourceIds: ["gazette", "herald", "gazette", "erased"] };
      await ports.editions.putRevision(key, { ...revision, content });
    });

    test("once, however often it is dispatched", async () => {
      await Promise.all([dispatch(ports, key, 1), dispatch(ports, key, 1)]);
      await dispatch(ports, key, 1);
      expect(await used()).toEqual([
        ["gazette", 2],
        ["herald", 1],
      ]);
    });

    test("and not again when it was held after it was frozen and is approved again", async () => {
      await dispatch(ports, key, 1);
      await ports.editions.update(key, { state: "approved" }, { state: ["sending"] });
      expect(await dispatch(ports, key, 1)).toMatchObject({ ok: true });
      expect(await used()).toEqual([
        ["gazette", 2],
        ["herald", 1],
      ]);
    });

    test("but sends it all the same if they can't be counted", async () => {
      const failing = { ...ports, countUse: () => Promise.reject(new Error("throttled")) };
      expect(await dispatch(failing, key, 1)).toEqual({ ok: true, value: { state: "sending", audience: 1 } });
    });
  });

  test("sizes calls by the sender's knowledge of SES's rate, and by our share", async () => {
    await add(30);
    await ports.editions.create(edition);
    await ports.ledger.takeSender({ ...takeSender(undefined, "s", toInstant(0), 1), rate: 28 }, toInstant(0));
    await dispatch(ports, key, 0.5);
    expect((await committed()).map(({ ids }) => ids.length)).toEqual([14, 14, 2]);
  });

  test("makes more groups of more readers, and closes the empty ones at once", async () => {
    await add(2);
    await ports.editions.create(edition);
    const many = { ...ports, subscribers: { ...ports.subscribers, count: async () => 1_000_000 } };
    await dispatch(many, key, 1);
    const groups = await ports.ledger.groups(key);
    expect(groups).toHaveLength(100);
    expect(groups.filter(({ closedAt }) => closedAt === null)).toHaveLength(2);
    expect(groups.filter(({ counts }) => counts !== null).every(({ counts }) => counts?.audience === 0)).toBe(true);
    expect(await ports.editions.counts(key)).toEqual({ ...noCounts, audience: 2, waiting: 2 });
  });

  test("without subscribers says so, and the edition can be sent once there are some", async () => {
    await ports.editions.create(edition);
    const answer = await dispatch(ports, key, 1);
    expect(answer).toMatchObject({ ok: false, fault: { code: "no-subscribers" } });
    expect(await ports.editions.get(key)).toMatchObject({ state: "held", frozenAt: null });
    expect((await ports.editions.get(key))?.reason).toMatch(/no subscribers/);
    await add(1);
    await ports.editions.update(key, { state: "approved", reason: null });
    expect(await dispatch(ports, key, 1)).toEqual({ ok: true, value: { state: "sending", audience: 1 } });
  });

  test("of one whose last reader left meanwhile leaves nothing open", async () => {
    await ports.editions.create(edition);
    const hopeful = { ...ports, subscribers: { ...ports.subscribers, anyActive: async () => true } };
    expect(await dispatch(hopeful, key, 1)).toEqual({ ok: true, value: { state: "sending", audience: 0 } });
    expect((await ports.ledger.groups(key)).every(({ closedAt }) => closedAt !== null)).toBe(true);
  });

  test("waits until it is due, and holds it if it is too late", async () => {
    await add(1);
    await ports.editions.create({ ...edition, dueAt: toInstant(start + 60_000), latest: toInstant(start + 120_000) });
    expect(await dispatch(ports, key, 1)).toMatchObject({ value: { state: "approved" } });
    clock += 120_001;
    expect(await dispatch(ports, key, 1)).toMatchObject({ value: { state: "held" } });
    expect((await ports.editions.get(key))?.reason).toMatch(/too late/);
  });

  test.each(["draft", "paused", "cancelled", "finished", "held"] as const)(
    "leaves a %s edition alone",
    async (state) => {
      await add(1);
      await ports.editions.create({ ...edition, state });
      expect(await dispatch(ports, key, 1)).toEqual({ ok: true, value: { state, audience: 0 } });
      expect(await ports.ledger.groups(key)).toEqual([]);
      expect(kicks).toBe(0);
    },
  );

  test("reports an edition that doesn't exist", async () => {
    const answer = await dispatch(ports, key, 1);
    expect(answer).toMatchObject({ ok: false, fault: { code: "no-edition" } });
  });

  test("writes every batch of a long list of short ones", async () => {
    await add(230);
    await ports.editions.create(edition);
    await ports.ledger.takeSender({ ...takeSender(undefined, "s", toInstant(0), 1), rate: 1 }, toInstant(0));
    expect(await dispatch(ports, key, 1)).toMatchObject({ value: { audience: 230 } });
    expect(new Set((await committed()).flatMap(({ ids }) => ids)).size).toBe(230);
  });

  test("is found by watch and the sender from the first moment of the freeze", async () => {
    await add(3);
    await ports.editions.create(edition);
    const dying = { ...ports, ledger: { ...ports.ledger, writeBatches: () => Promise.reject(new Error("died")) } };
    await expect(dispatch(dying, key, 1)).rejects.toThrow("died");
    expect(await ports.ledger.pointers()).toEqual([{ ...key, dueAt: toInstant(start) }]);
  });

  test("cancelled before it froze stays cancelled", async () => {
    await add(5);
    await ports.editions.create(edition);
    const anyActive = async () => ports.editions.update(key, { state: "cancelled" });
    const cancelling = { ...ports, subscribers: { ...ports.subscribers, anyActive } };
    expect(await dispatch(cancelling, key, 1)).toMatchObject({ value: { state: "cancelled" } });
    expect(await ports.ledger.groups(key)).toEqual([]);
  });

  test("sent again after its freeze was given up keeps the audience that was committed", async () => {
    await add(10);
    const shape = { frozenAt: toInstant(start - 60_000), groups: 2, size: 7 };
    await ports.editions.create({ ...edition, ...shape });
    expect(await dispatch(ports, key, 1)).toMatchObject({ value: { state: "sending" } });
    expect(await ports.editions.get(key)).toMatchObject(shape);
    expect((await committed()).every(({ key: { due } }) => due === shape.frozenAt)).toBe(true);
  });

  test("never sends an edition with a missing group", async () => {
    await add(10);
    await ports.editions.create(edition);
    const forgetful = { ...ports, ledger: { ...ports.ledger, commitGroup: async () => false } };
    await expect(dispatch(forgetful, key, 1)).rejects.toThrow("0 of 1 groups");
    expect([(await ports.editions.get(key))?.state, kicks]).toEqual(["freezing", 0]);
  });

  test("cancelled while it froze stays cancelled", async () => {
    await add(5);
    await ports.editions.create(edition);
    const cancelling = {
      ...ports,
      newRun: () => {
        void ports.editions.update(key, { state: "cancelled" });
        return "run";
      },
    };
    expect(await dispatch(cancelling, key, 1)).toMatchObject({ value: { state: "cancelled" } });
    expect(fromInstant((await ports.editions.get(key))?.frozenAt ?? "")).toBe(start);
  });

  describe("by the figures of SES", () => {
    const known = async (change: object) => {
      const account = { rate: 1, quota: null, sent24: 0, readAt: toInstant(start), ...change };
      await ports.ledger.takeSender(
        { ...takeSender(undefined, "before", toInstant(0), 0), ...account },
        toInstant(start),
      );
    };
    const latest = toInstant(start + 60_000);

    test("holds an edition that would not finish by its last moment, and says when it would", async () => {
      await add(120);
      await known({});
      await ports.editions.create({ ...edition, latest });
      await dispatch(ports, key, 1);
      expect(await ports.editions.get(key)).toMatchObject({
        state: "held",
        frozenAt: null,
        reason: expect.stringMatching(
          /send window ends at 2026-11-23 07:01 UTC.*would finish at 2026-11-23 07:02 UTC.*anyway/,
        ),
      });
      expect(alarms).toEqual(["an edition is held"]);
    });

    test.each<[string, object, Partial<Edition>]>([
      ["that is through in time", { rate: 14 }, { latest }],
      ["that a person sends all the same", {}, { latest, anyway: true }],
      ["that has no last moment", {}, {}],
      ["of which nothing is known", { rate: null }, { latest }],
    ])("freezes one %s", async (_, account, change) => {
      await add(120);
      await known(account);
      await ports.editions.create({ ...edition, ...change });
      expect(await dispatch(ports, key, 1)).toMatchObject({ value: { state: "sending", audience: 120 } });
      expect(alarms).toEqual([]);
    });

    test("counts on yesterday's leaving the quota, and on half the rate where that is the share", async () => {
      await add(120);
      const hist = { at: Math.floor(start / 900_000) - 96, n: [100] };
      await known({ rate: 14, quota: 200, hist });
      await ports.editions.create({ ...edition, latest });
      await dispatch(ports, key, 1);
      const quota = expect.stringMatching(/and its daily quota frees.*would finish at 2026-11-23 07:15 UTC/);
      expect(await ports.editions.get(key)).toMatchObject({ state: "held", reason: quota });
      await ports.editions.update(key, { state: "approved", latest: toInstant(start + 1_020_000) });
      await dispatch(ports, key, 0.005);
      expect(await ports.editions.get(key)).toMatchObject({ state: "held", reason: expect.stringContaining("07:") });
    });

    test("holds one if others leave it no quota", async () => {
      await add(5);
      await known({ rate: 14, quota: 100, foreign: 95 });
      await ports.editions.create(edition);
      await dispatch(ports, key, 1);
      expect(await ports.editions.get(key)).toMatchObject({
        state: "held",
        reason: expect.stringContaining("others use"),
      });
    });
  });
});

describe("after an edition with too many bounces or complaints", () => {
  /** The edition of the day before, all of whose calls had left before the first bounce came. */
  async function previously(readers: number, change: Partial<Edition>) {
    const before = { ...key, date: "2026-11-22" };
    const frozenAt = toInstant(start - 86_400_000);
    await ports.editions.create({
      ...{ ...edition, ...before, state: "finished", frozen: readers, groups: 1, size: 50, frozenAt },
      ...change,
    });
    const counts = { ...noCounts, audience: readers, accepted: readers };
    const times = { committedAt: frozenAt, startedAt: frozenAt, closedAt: frozenAt };
    await ports.ledger.commitGroup(before, { group: "00", run: "r", batches: 1, readers, ...times, counts });
    await add(3);
    await ports.editions.create(edition);
  }

  test.each<[string, number, Partial<Edition>, "held" | "sending"]>([
    ["five of a hundred bounced", 100, { bounced: 5 }, "held"],
    ["four of a hundred bounced", 100, { bounced: 4 }, "sending"],
    ["two called it spam", 100, { complained: 2 }, "held"],
    ["three of four bounced", 4, { bounced: 3 }, "held"],
    ["two of four bounced", 4, { bounced: 2 }, "sending"],
    ["the only reader bounced", 1, { rejected: 1 }, "held"],
    ["it is held for other deliveries", 100, { bounced: 5, state: "held" }, "held"],
    ["a person stopped it", 100, { bounced: 5, state: "cancelled" }, "sending"],
    ["it was halted, so a person has it", 100, { bounced: 5, state: "halted" }, "sending"],
    ["a person sent it despite the rule", 100, { bounced: 50, anyway: true }, "sending"],
  ])("where %s", async (_, readers, change, state) => {
    await previously(readers, change);
    await dispatch(ports, key, 1);
    expect((await ports.editions.get(key))?.state).toBe(state);
    expect(alarms).toEqual(state === "held" ? ["an edition is held"] : []);
  });

  test("is held before anything is frozen, says why, and goes on only with --anyway", async () => {
    await previously(100, { bounced: 5 });
    await dispatch(ports, key, 1);
    expect(await ports.editions.get(key)).toMatchObject({
      state: "held",
      frozenAt: null,
      reason: expect.stringMatching(/edition before it \(2026-11-22\).* of 100 readers mailed, 5 bounced .*anyway/),
    });
    await ports.editions.update(key, { state: "approved", anyway: true });
    expect(await dispatch(ports, key, 1)).toMatchObject({ value: { state: "sending" } });
  });

  test("looks at the one sent last, whatever else is planned or was sent before", async () => {
    await previously(100, { bounced: 5 });
    await ports.editions.update({ ...key, date: "2026-11-22" }, { date: "2026-11-22", bounced: 0 });
    const older = { ...edition, date: "2026-11-21", state: "finished", bounced: 50 } as const;
    await ports.editions.create({ ...older, frozenAt: toInstant(start - 2 * 86_400_000), groups: 1 });
    for (let day = 24; day <= 30; day++) {
      await ports.editions.create({ ...edition, date: `2026-11-${day}`, state: "draft", bounced: 9 });
    }
    expect(await dispatch(ports, key, 1)).toMatchObject({ value: { state: "sending" } });
  });
});
