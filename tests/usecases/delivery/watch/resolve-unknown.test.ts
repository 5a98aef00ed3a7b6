import { beforeEach, describe, expect, test } from "vitest";
import { fromLetters, toLetters } from "#adapters/dynamo/delivery/batches.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import { DeliverySettings } from "#domain/config/delivery-settings.ts";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { watch } from "#usecases/delivery/watch/watch.ts";
import { approved, key } from "../../../testing/delivery/delivery-system.ts";

const start = Date.UTC(2026, 10, 23, 7);
const instant = (seconds: number) => toInstant(start + seconds * 1000);
const MINUTE = 60;
const readerId = (n: number) => n.toString(16).padStart(24, "0");

let seconds: number;
let dispatched: string[];
let alarms: string[];
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
    leaveHeartbeat: async () => true,
    kick: async () => {},
    now: () => instant(seconds),
    backlog: async () => backlog,
    notify: async () => undefined,
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

beforeEach(() => {
  [seconds, dispatched, alarms] = [0, [], []];
  [backlog, settings] = [{ waiting: 0, dead: 0 }, {}];
  ports = open();
});
test("by default no call is sent again without a person's decision", () => {
  expect(DeliverySettings.parse({}).resend).toBe("ask");
});

describe("a call without an answer", () => {
  const silent = { state: "calling" as const, attempts: 1, call: call(60) };
  const resolvedBatch = async (at = 1) => {
    const batch = await ports.ledger.batch(keyOf(at));
    return `${batch?.state} ${toLetters(batch?.outcomes ?? [])}`;
  };

  test("is done, and its edition finished, as soon as all of it was seen", async () => {
    await sending({}, done, silent);
    await ports.ledger.addSeen(keyOf(1), ["1:0", "1:1"]);
    seconds = 66;
    expect(await look()).toMatchObject({ resolved: 1, closed: 2, finished: [`daily ${key.date}`] });
    expect(await resolvedBatch()).toBe("done aa");
    expect(alarms).toEqual([]);
  });

  test("is not held for what was seen in the very moment of the decision", async () => {
    await sending({}, done, silent);
    await ports.ledger.addSeen(keyOf(1), ["1:1"]);
    seconds = 66;
    await look();
    seconds = 20 * MINUTE;
    const { saveBatch } = ports.ledger;
    ports.ledger.saveBatch = async (batch, only) => {
      // Feedback adds it after watch read, and found the batch still unknown.
      if (batch.state === "held") await ports.ledger.addSeen(keyOf(1), ["1:0"]);
      return saveBatch(batch, only);
    };
    await look();
    expect(await resolvedBatch()).toBe("done aa");
    expect(await state()).toBe("finished");
  });

  test("waits its time, and is held for a person with what was not seen of it", async () => {
    await sending({}, done, silent);
    await ports.ledger.addSeen(keyOf(1), ["1:1"]);
    seconds = 66;
    expect(await look()).toMatchObject({ unknown: 1 });
    seconds = 20 * MINUTE - 1;
    expect(await look()).toMatchObject({ resolved: 0 });
    expect(await resolvedBatch()).toBe("unknown ..");
    seconds = 20 * MINUTE;
    expect(await look()).toMatchObject({ resolved: 1 });
    expect(await resolvedBatch()).toBe("held ha");
    expect(await state()).toBe("held");
    expect(alarms).toContain("deliveries wait for a person's decision");
  });

  test("that answers at the last moment is believed", async () => {
    await sending({}, done, { ...silent, state: "unknown" });
    const { saveBatch } = ports.ledger;
    ports.ledger.saveBatch = async (batch, only) => {
      const stored = await ports.ledger.batch(keyOf(1));
      if (stored)
        await saveBatch(
          { ...stored, state: "done", outcomes: fromLetters("aa") },
          { attempts: 1, states: ["unknown"] },
        );
      return saveBatch(batch, only);
    };
    seconds = 20 * MINUTE;
    await look();
    expect(await resolvedBatch()).toBe("done aa");
  });

  /** Thirty batches of five, a second apart; the sixteenth was not answered. All others were seen. */
  async function among(change: Partial<Batch> = {}) {
    await ports.editions.create(edition({ state: "sending", frozenAt: instant(0), groups: 1, size: 5, frozen: 150 }));
    await ports.ledger.point({ ...key, dueAt: instant(0) });
    const ids = (n: number) => Array.from({ length: 5 }, (_, at) => readerId(n * 5 + at));
    for (let n = 0; n < 30; n++) {
      const place = { ...key, group: "00", run: "r", due: instant(0), first: readerId(n * 5) };
      const own = { ...call(n + 60), at: instant(n), positions: [0, 1, 2, 3, 4] };
      const answered = { state: "done" as const, outcomes: fromLetters("aaaaa"), messageIds: ids(n) };
      const silence = n === 15 ? { state: "unknown" as const, ...change } : answered;
      await ports.ledger.writeBatches([{ ...freshBatch(place, ids(n)), attempts: 1, call: own, ...silence }]);
      if (n !== 15) await ports.ledger.addSeen(place, ["1:0", "1:1", "1:2", "1:3", "1:4"]);
    }
    const open = { committedAt: instant(0), startedAt: instant(0), closedAt: null, counts: null };
    await ports.ledger.commitGroup(key, { group: "00", run: "r", batches: 30, readers: 150, ...open });
    seconds = 15 + 20 * MINUTE;
  }
  const alone = async () => {
    const batch = await ports.ledger.batch({ ...key, group: "00", run: "r", due: instant(0), first: readerId(75) });
    return `${batch?.state} ${toLetters(batch?.outcomes ?? [])} ${batch?.resends}`;
  };

  test("of which nothing was seen while its neighbours were is sent again, once", async () => {
    await among();
    expect(await look()).toMatchObject({ resolved: 1, kicked: true });
    expect(await alone()).toBe("ready ..... 1");
    expect(alarms).toEqual([]);
  });

  test("has its neighbours in groups that were over five minutes before it or begun five minutes after it", async () => {
    await ports.editions.create(edition({ state: "sending", frozenAt: instant(0), groups: 3, size: 5, frozen: 105 }));
    await ports.ledger.point({ ...key, dueAt: instant(0) });
    const group = async (name: string, from: number, batches: number, change: Partial<Batch>) => {
      for (let n = 0; n < batches; n++) {
        const ids = Array.from({ length: 5 }, (_, at) => name + readerId(n * 5 + at).slice(2));
        const place = { ...key, group: name, run: "r", due: instant(0), first: ids[0] ?? "" };
        const own = { ...call(from + n + 60), at: instant(from + n), positions: [0, 1, 2, 3, 4] };
        await ports.ledger.writeBatches([
          { ...freshBatch(place, ids), attempts: 1, call: own, messageIds: ids, ...change },
        ]);
        if (change.state === "done") await ports.ledger.addSeen(place, ["1:0", "1:1", "1:2", "1:3", "1:4"]);
      }
      const over = change.state === "done" ? { closedAt: instant(from + 30), counts: noCounts } : undefined;
      const times = { committedAt: instant(from), startedAt: instant(from), closedAt: null, counts: null, ...over };
      await ports.ledger.commitGroup(key, { group: name, run: "r", batches, readers: batches * 5, ...times });
    };
    const answered = { state: "done" as const, outcomes: fromLetters("aaaaa") };
    await group("00", -330, 10, answered);
    await group("01", 0, 1, { state: "unknown", messageIds: [] });
    await group("02", 300, 10, answered);
    seconds = 20 * MINUTE;
    expect(await look()).toMatchObject({ resolved: 1 });
    const [silence] = await ports.ledger.batches(key, "01", "r");
    expect(silence).toMatchObject({ state: "ready", resends: 1 });
  });

  test("waits on while its time is not over, and while events wait in the queue", async () => {
    await among();
    seconds -= 1;
    await look();
    expect(await alone()).toBe("unknown ..... 0");
    seconds += 1;
    backlog.waiting = 1;
    await look();
    expect(await alone()).toBe("unknown ..... 0");
  });

  test.each<[string, () => unknown]>([
    ["events are dead", () => Object.assign(backlog, { dead: 1 })],
    [
      "a reader got something twice",
      () => ports.ledger.noteDouble({ key: keyOf(0), attempt: 1, positions: [0], noticedAt: instant(0) }),
    ],
  ])("is held where %s", async (_, but) => {
    await among();
    await but();
    await look();
    expect(await alone()).toBe("held hhhhh 0");
  });

  test("is sent again though a reader got something twice, once a person allowed it", async () => {
    await among();
    await ports.ledger.noteDouble({ key: keyOf(0), attempt: 1, positions: [0], noticedAt: instant(0) });
    await ports.ledger.allowResend({ at: instant(1), by: "jo" });
    await look();
    expect(await alone()).toBe("ready ..... 1");
  });

  test("is held where the settings leave it to people", async () => {
    settings = { resend: "ask" };
    ports = open();
    await among();
    await look();
    expect(await alone()).toBe("held hhhhh 0");
  });

  test("mixed: the failures are known when as many were seen as were taken", async () => {
    await among({ state: "mixed", taken: 3 });
    const own = { ...key, group: "00", run: "r", due: instant(0), first: readerId(75) };
    seconds = 30;
    await ports.ledger.addSeen(own, ["1:4", "1:0"]);
    await look();
    expect(await alone()).toBe("mixed ..... 0");
    await ports.ledger.addSeen(own, ["1:2"]);
    await look();
    expect(await alone()).toBe("ready afafa 0");
  });

  test("in a group begun long ago is looked at each quarter of an hour", async () => {
    await sending({}, done, { ...silent, state: "unknown" });
    seconds = 61 * MINUTE;
    await look();
    expect(await resolvedBatch()).toBe("unknown ..");
    seconds = 75 * MINUTE;
    await look();
    expect(await resolvedBatch()).toBe("held hh");
  });

  test("in one that a person sent on again lately, each minute", async () => {
    await sending({ approvedAt: instant(60 * MINUTE) }, done, { ...silent, state: "unknown" });
    seconds = 61 * MINUTE;
    await look();
    expect(await resolvedBatch()).toBe("held hh");
  });
});
