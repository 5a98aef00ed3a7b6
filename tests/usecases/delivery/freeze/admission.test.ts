import { beforeEach, describe, expect, test } from "vitest";
import { memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryWarmUps } from "#adapters/memory/audience/warm-ups.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import { endWarmUp, queueReaders } from "#domain/audience/warm-up.ts";
import { fullSpeed } from "#domain/delivery/pace/pace.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { dispatch } from "#usecases/delivery/freeze/dispatch.ts";
import { approved, key, revision, subscriber } from "../../../testing/delivery/delivery-system.ts";

const start = Date.UTC(2026, 10, 23, 7);
let clock: number;
let warnings: string[];
let ports: ReturnType<typeof open>;

function open() {
  const store = deliveryStore();
  let runs = 0;
  return {
    editions: memoryEditions(store),
    publish: async () => undefined,
    countUse: async () => undefined,
    ledger: memoryLedger(store),
    subscribers: memorySubscribers(),
    warmUps: memoryWarmUps(),
    kick: async () => undefined,
    now: () => toInstant(clock),
    log: { info: () => undefined, warn: (message: string) => void warnings.push(message), error: () => undefined },
    newRun: () => `run${++runs}`,
  };
}

beforeEach(() => {
  clock = start;
  warnings = [];
  ports = open();
});

/** So many readers as before, and so many imported ones after them. */
async function add(known: number, imported: number): Promise<void> {
  const settings = { first: 4, part: 0, factor: 2 };
  const { rank, after } = queueReaders(undefined, imported, { settings, readers: known, at: toInstant(start) });
  await ports.warmUps.put("daily", after);
  const all = Array.from({ length: known + imported }, (_, n) => ({
    before: undefined,
    after: n < known ? subscriber(n) : { ...subscriber(n), rank: rank + n - known },
  }));
  await ports.subscribers.write("daily", all);
}
const dateOf = (n: number) => `2026-11-${23 + n}`;

/** The nth edition, a day after the one before. */
async function freeze(n: number, change: Partial<Edition> = {}): Promise<Edition | undefined> {
  const own = { ...key, date: dateOf(n) };
  clock = start + n * 86_400_000;
  const at = toInstant(clock);
  await ports.editions.putRevision(own, { ...revision, content: { ...revision.content, date: own.date } });
  await ports.editions.create({ ...approved(), date: own.date, createdAt: at, approvedAt: at, dueAt: at, ...change });
  await dispatch(ports, own, 1);
  return ports.editions.get(own);
}

/** As if all of it was sent. */
async function finish(n: number, change: Partial<Edition> = {}): Promise<void> {
  const own = { ...key, date: dateOf(n) };
  for (const { group, run } of await ports.ledger.groups(own)) {
    await ports.ledger.startGroup(own, group, toInstant(clock));
    for (const batch of await ports.ledger.batches(own, group, run)) {
      const sent = { ...batch, state: "done" as const, outcomes: batch.ids.map(() => "accepted" as const) };
      await ports.ledger.saveBatch(sent, { attempts: batch.attempts, states: [batch.state] });
    }
  }
  await ports.editions.update(own, { state: "finished", ...change });
}

describe("the audience of an edition during a warm-up", () => {
  test("has all earlier readers, and imported ones on the curve", async () => {
    await add(10, 20);
    expect(await freeze(0)).toMatchObject({ frozen: 14, warmUp: { below: 4, from: 0, admitted: 4, waiting: 16 } });
    await finish(0);
    expect(await freeze(1)).toMatchObject({ frozen: 18, warmUp: { below: 8, admitted: 8, waiting: 12 } });
    await finish(1);
    expect(await freeze(2)).toMatchObject({ frozen: 26, warmUp: { below: 16, admitted: 16, waiting: 4 } });
    await finish(2);
    expect(await freeze(3)).toMatchObject({ frozen: 30, warmUp: { below: 20, from: 0, admitted: 20, waiting: 0 } });
    await finish(3);
    expect(await freeze(4)).toMatchObject({ frozen: 30, warmUp: { below: 20, from: 20, admitted: 0, waiting: 0 } });
  });

  test("is decided once: a resumed freeze keeps its limit, whatever changed since", async () => {
    await add(2, 20);
    const own = { ...key, date: dateOf(0) };
    const failing = {
      ...ports,
      ledger: { ...ports.ledger, commitGroup: () => Promise.reject(new Error("table unreachable")) },
    };
    await ports.editions.putRevision(own, revision);
    const at = toInstant(start);
    await ports.editions.create({ ...approved(), createdAt: at, approvedAt: at, dueAt: at });
    await expect(dispatch(failing, own, 1)).rejects.toThrow("unreachable");
    const before = await ports.warmUps.get("daily");
    if (before) await ports.warmUps.put("daily", endWarmUp(before));
    await dispatch(ports, own, 1);
    expect(await ports.editions.get(own)).toMatchObject({ frozen: 6, warmUp: { below: 4, admitted: 4, waiting: 16 } });
  });

  test("a crash after the limit rose and before the edition had it lets it rise no further", async () => {
    await add(2, 20);
    const crashing = {
      ...ports,
      editions: { ...ports.editions, update: () => Promise.reject(new Error("crash")) },
    };
    const at = toInstant(start);
    await ports.editions.create({ ...approved(), createdAt: at, approvedAt: at, dueAt: at });
    await expect(dispatch(crashing, key, 1)).rejects.toThrow("crash");
    await dispatch(ports, key, 1);
    expect(await ports.editions.get(key)).toMatchObject({ frozen: 6, warmUp: { below: 4 } });
  });

  test("has no reader of an import that starts while it is frozen", async () => {
    await ports.subscribers.write("daily", [
      { before: undefined, after: subscriber(1) },
      { before: undefined, after: { ...subscriber(2), rank: 0 } },
    ]);
    expect(await freeze(0)).toMatchObject({ frozen: 1, warmUp: { below: 0, from: 0, admitted: 0, waiting: 1 } });
  });

  test("doesn't mention warm-ups if no one was ever imported", async () => {
    await ports.subscribers.write("daily", [{ before: undefined, after: subscriber(1) }]);
    expect((await freeze(0))?.warmUp).toBeUndefined();
  });

  test("is forecast without waiting readers", async () => {
    await add(2, 5_000);
    await ports.ledger.takeSender(
      {
        ...{
          rate: 1,
          quota: 50_000,
          sent24: 0,
          wakeAt: null,
          readAt: toInstant(start),
          holder: "s",
          until: toInstant(0),
        },
        slow: fullSpeed,
      },
      toInstant(start),
    );
    expect(await freeze(0, { latest: toInstant(start + 60_000) })).toMatchObject({
      reason: null,
      state: "sending",
      frozen: 6,
    });
  });
});

describe("no one new is admitted", () => {
  test("after an edition that readers' servers or readers refused, and the log says so", async () => {
    await add(100, 20);
    await freeze(0);
    await finish(0, { bounced: 20, anyway: true });
    expect(await freeze(1)).toMatchObject({ state: "sending", warmUp: { below: 4 } });
    expect(warnings).toEqual(["a warm-up admits no one new"]);
    expect((await ports.warmUps.get("daily"))?.braked).toMatch(/^Of 104 readers mailed on 2026-11-23, 20 bounced/);
    await finish(1);
    expect(await freeze(2)).toMatchObject({ warmUp: { below: 8 } });
  });

  test("after an edition that most readers did not get", async () => {
    await add(10, 20);
    await freeze(0);
    await ports.editions.update(key, { state: "cancelled" });
    expect(await freeze(1)).toMatchObject({ frozen: 14, warmUp: { below: 4 } });
  });
});

test("an edition before the list was restored or rebuilt admits the same readers again", async () => {
  await add(10, 20);
  const first = await freeze(0);
  const [before, after] = [first?.warmUp, open()];
  ports = after;
  await add(10, 20);
  expect((await freeze(0))?.warmUp).toEqual(before);
});
