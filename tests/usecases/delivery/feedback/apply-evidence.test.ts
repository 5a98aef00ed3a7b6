import { beforeEach, describe, expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { memoryProbes } from "#adapters/memory/delivery/probes.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import { subscriberId } from "#domain/audience/tokens/token.ts";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { closeGroup, finishEdition } from "#usecases/delivery/close.ts";
import { processEvents } from "#usecases/delivery/feedback/process-events.ts";
import { approved, key, keys } from "../../../testing/delivery/delivery-system.ts";
import { delayed, delivered, rejected, sent, unrendered } from "../../../testing/delivery/ses-events.ts";

const at = "2026-11-23T07:00:00.000Z";
const newsletters = ["daily", "weekly"];
const readers = ["ann@example.org", "bob@example.org", "cy@example.org"];
const idOf = (newsletter: string, address: string) => subscriberId(keys, newsletter, address);

let refused: { body: string; reason: string }[];
let alarms: string[];
let lines: unknown[];
let ports: ReturnType<typeof open>;
let batchKey: Batch["key"];

function open() {
  const store = deliveryStore();
  return {
    probes: memoryProbes(),
    configurationSet: "broadsheet",
    newsletters,
    editions: memoryEditions(store),
    ledger: memoryLedger(store),
    subscribers: memorySubscribers(),
    idOf: async (newsletter: string, address: string) => idOf(newsletter, address),
    refuse: async (body: string, reason: string) => void refused.push({ body, reason }),
    now: () => at,
    log: {
      info: (...line: unknown[]) => void lines.push(line),
      warn: (...line: unknown[]) => void lines.push(line),
      error: (what: string, ...line: unknown[]) => {
        alarms.push(what);
        lines.push(line);
      },
    },
  };
}

const edition = (change: Partial<Edition>): Edition => ({
  ...approved(),
  ...{ state: "sending", frozenAt: at, groups: 1, size: 3, frozen: 3 },
  ...change,
});

/** An edition of the three readers, in one batch. */
async function begin(batch: Partial<Batch> = {}, change: Partial<Edition> = {}) {
  const ids = readers.map((address) => idOf("daily", address));
  batchKey = { ...key, group: "00", run: "c0ffee", due: at, first: ids[0] ?? "" };
  await ports.editions.create(edition(change));
  const call = { at, until: at, positions: [0, 1, 2], rev: 1, run: "r" };
  const accepted = {
    state: "done",
    attempts: 1,
    outcomes: fromLetters("aaa"),
    messageIds: ["m0", "m1", "m2"],
    call,
  } as const;
  await ports.ledger.writeBatches([
    { ...freshBatch(batchKey, ids), ...accepted, messageIds: [...accepted.messageIds], ...batch },
  ]);
}
const take = (...bodies: string[]) =>
  processEvents(
    ports,
    bodies.map((body, n) => ({ id: `q${n}`, body })),
  );
const told = (position: number, change: object = {}) => ({
  key: batchKey,
  position,
  to: readers[position] ?? "",
  ...change,
});
const seen = async () => [...(await ports.ledger.seen(batchKey))].sort();

beforeEach(() => {
  refused = [];
  alarms = [];
  lines = [];
  ports = open();
});

describe("proofs of acceptance", () => {
  test("are recorded for a call without an answer, in any order and twice", async () => {
    await begin({ state: "unknown", outcomes: fromLetters("..."), messageIds: [] });
    await take(delivered(told(2)), sent(told(2)), sent(told(0)));
    await take(sent(told(2)));
    expect(await seen()).toEqual(["1:0:m0", "1:2:m2"]);
  });

  test("are not written if the ledger has them already, in an edition too large for all to be witnesses", async () => {
    await begin({}, { frozen: 1_000_000 });
    batchKey = { ...batchKey, first: "0000000000000000000000ff" };
    await ports.ledger.writeBatches([
      {
        ...freshBatch(
          batchKey,
          readers.map((to) => idOf("daily", to)),
        ),
        state: "done",
        attempts: 1,
        outcomes: fromLetters("aaa"),
        messageIds: ["m0", "m1", "m2"],
      },
    ]);
    await take(sent(told(0)), delivered(told(1)));
    expect(await seen()).toEqual([]);
  });

  test("of every kind: even a message that failed later was accepted first", async () => {
    await begin({ state: "unknown", outcomes: fromLetters("..."), messageIds: [] });
    await take(rejected(told(0)), unrendered(told(1)), delayed(told(2)));
    expect(await seen()).toEqual(["1:0:m0", "1:1:m1", "1:2:m2"]);
  });

  test("match each message id to its delivery", async () => {
    await begin({ messageIds: ["m2", "m1", "m0"] });
    await take(sent(told(0)), sent(told(2)));
    expect((await ports.ledger.batch(batchKey))?.messageIds).toEqual(["m0", "m1", "m2"]);
    expect(alarms).toEqual([]);
  });
});

describe("proofs that arrive after the decision", () => {
  test("release a held batch, and let its edition finish", async () => {
    await begin(
      { state: "held", outcomes: fromLetters("aah"), messageIds: ["m0", "m1", ""] },
      { state: "held", reason: "Held because" },
    );
    const open = { committedAt: at, startedAt: at, closedAt: null, counts: null };
    await ports.ledger.commitGroup(key, { group: "00", run: "c0ffee", batches: 1, readers: 3, ...open });
    await ports.ledger.closeGroup(key, "00", at, { ...noCounts, audience: 3, accepted: 2, held: 1 });
    await take(delivered(told(2)));
    expect(await ports.ledger.batch(batchKey)).toMatchObject({
      state: "done",
      outcomes: fromLetters("aaa"),
      messageIds: ["m0", "m1", "m2"],
    });
    const [commit] = await ports.ledger.groups(key);
    expect(commit?.closedAt).toBeNull();
    if (commit) await closeGroup(ports, key, commit, at);
    expect(await finishEdition(ports, key)).toBe("finished");
    expect((await ports.editions.counts(key)).accepted).toBe(3);
  });

  test("reopen the group even if it is being closed on an earlier read", async () => {
    await begin({ state: "held", outcomes: fromLetters("aah"), messageIds: ["m0", "m1", ""] });
    const open = { committedAt: at, startedAt: at, closedAt: null, counts: null };
    await ports.ledger.commitGroup(key, { group: "00", run: "c0ffee", batches: 1, readers: 3, ...open });
    const counts = { ...noCounts, audience: 3, accepted: 2, held: 1 };
    await ports.ledger.closeGroup(key, "00", at, counts);
    const { saveBatch } = ports.ledger;
    ports.ledger.saveBatch = async (batch, only) => {
      const [commit] = await ports.ledger.groups(key);
      await ports.ledger.closeGroup(key, "00", at, counts, commit?.opens);
      return saveBatch(batch, only);
    };
    await take(delivered(told(2)));
    expect((await ports.editions.counts(key)).accepted).toBe(3);
  });

  /** A call of eight of which SES took six, held: its events come now, one poll each. */
  const beginHeld = async (change: Partial<Edition>) => {
    await begin({}, { frozen: 11, ...change });
    const ids = Array.from({ length: 8 }, (_, n) => `${n}`.padStart(24, "e"));
    batchKey = { ...batchKey, first: ids[0] ?? "" };
    await ports.ledger.writeBatches([
      {
        ...freshBatch(batchKey, ids),
        ...{ state: "held", attempts: 1, outcomes: fromLetters("hhhhhhhh"), taken: 6 },
        answered: ["m0", "m1", "", "m3", "m4", "m5", "m6", ""],
        call: { at, until: at, positions: [0, 1, 2, 3, 4, 5, 6, 7], rev: 1, run: "r" },
      },
    ]);
    const closed = { committedAt: at, startedAt: at, closedAt: at, counts: noCounts };
    await ports.ledger.commitGroup(key, { group: "00", run: "c0ffee", batches: 2, readers: 11, ...closed });
    for (const position of [0, 1, 3, 4, 6]) await take(sent(told(position)));
  };

  test("prove the order of an answer that was held, and the group opens for its failures", async () => {
    await beginHeld({});
    expect(await ports.ledger.batch(batchKey)).toMatchObject({ state: "ready", outcomes: fromLetters("aafaaaaf") });
    const [commit] = await ports.ledger.groups(key);
    expect(commit?.closedAt).toBeNull();
  });

  test("also prove it for a held edition, and leave the failures to a person", async () => {
    await beginHeld({ state: "held", reason: "Held because" });
    expect(await ports.ledger.batch(batchKey)).toMatchObject({ state: "held", outcomes: fromLetters("aaxaaaax") });
  });

  test("close no group whose failures are to be called again", async () => {
    await beginHeld({ state: "held", reason: "Held because" });
    const held = { state: "held", taken: 6, outcomes: fromLetters("hhhhhhhh") } as const;
    const now = await ports.ledger.batch(batchKey);
    if (!now) throw new Error("the batch is missing");
    const answered = ["m0", "m1", "", "m3", "m4", "m5", "m6", ""];
    await ports.ledger.saveBatch({ ...now, ...held, answered }, { attempts: 1, states: ["held"] });
    await ports.editions.update(key, { state: "sending" }, { state: ["held"] });
    const [commit] = await ports.ledger.groups(key);
    expect(commit && (await closeGroup(ports, key, commit, at))).toBe(false);
    expect((await ports.ledger.batch(batchKey))?.state).toBe("ready");
  });

  test.each(["sending", "held", "halted", "finished"] as const)(
    "count in a batch of which other readers wait, in an edition that is %s",
    async (state) => {
      await begin({ state: "ready", outcomes: fromLetters("xh."), messageIds: [] }, { state, reason: "Held" });
      await take(delivered(told(0)), delivered(told(1)));
      const after = { state: "ready", attempts: 1, outcomes: fromLetters("aa."), messageIds: ["m0", "m1", ""] };
      expect(await ports.ledger.batch(batchKey)).toMatchObject(after);
    },
  );

  test("count in a call without an answer for its batch's other readers, and leave its own to watch", async () => {
    const call = { at, until: at, positions: [0], rev: 1, run: "r" };
    await begin({ state: "unknown", attempts: 2, call, outcomes: fromLetters(".hh"), messageIds: [] });
    await take(delivered(told(0, { attempt: 2 })), delivered(told(1)));
    expect(await ports.ledger.batch(batchKey)).toMatchObject({ state: "unknown", outcomes: fromLetters(".ah") });
    expect(await seen()).toEqual(["1:1:m1", "2:0:m0"]);
  });

  test("of an earlier call end a batch that was to be called again", async () => {
    await begin({ state: "ready", attempts: 1, resends: 1, outcomes: fromLetters("a.."), messageIds: [] });
    await take(sent(told(1)), sent(told(2)));
    expect(await ports.ledger.batch(batchKey)).toMatchObject({ state: "done", outcomes: fromLetters("aaa") });
  });

  test("of two polls at once are all kept", async () => {
    await begin({ state: "held", outcomes: fromLetters("hhh"), messageIds: [] }, { state: "held", reason: "Held" });
    const open = { committedAt: at, startedAt: at, closedAt: at, counts: noCounts };
    await ports.ledger.commitGroup(key, { group: "00", run: "c0ffee", batches: 1, readers: 3, ...open });
    const { batch } = ports.ledger;
    const read = async (...args: Parameters<typeof batch>) => {
      const found = await batch(...args);
      // Long enough for the other to read the same.
      await new Promise((resolve) => setTimeout(resolve, 5));
      return found;
    };
    ports.ledger.batch = read;
    await Promise.all([take(sent(told(0))), take(sent(told(1)), sent(told(2)))]);
    expect(await batch(batchKey)).toMatchObject({ state: "done", outcomes: fromLetters("aaa") });
  });

  test("don't overwrite what another poll stored since the batch was read", async () => {
    await begin({ outcomes: fromLetters("rrr"), messageIds: [] });
    const { reopenGroup } = ports.ledger;
    ports.ledger.reopenGroup = async (...args) => {
      ports.ledger.reopenGroup = reopenGroup;
      await take(sent(told(0)));
      return reopenGroup(...args);
    };
    await take(sent(told(1)));
    expect(await ports.ledger.batch(batchKey)).toMatchObject({ state: "done", outcomes: fromLetters("aar") });
  });

  test("arrive before the decision is written, and still count", async () => {
    await begin({ state: "unknown", outcomes: fromLetters("..."), messageIds: [] });
    await ports.ledger.commitGroup(key, {
      ...{ group: "00", run: "c0ffee", batches: 1, readers: 3 },
      ...{ committedAt: at, startedAt: at, closedAt: null, counts: null },
    });
    const { batch, addSeen } = ports.ledger;
    // Watch has read what was seen so far, and writes what it made of that while this poll is under way.
    ports.ledger.addSeen = async (...args) => {
      await addSeen(...args);
      const now = await batch(batchKey);
      if (!now) return;
      const held = { ...now, state: "held" as const, outcomes: fromLetters("hhh") };
      await ports.ledger.saveBatch(held, { attempts: 1, states: ["unknown"] });
    };
    await take(sent(told(0)), sent(told(1)), sent(told(2)));
    expect(await batch(batchKey)).toMatchObject({ state: "done", outcomes: fromLetters("aaa") });
  });

  test("read their edition once a poll, however many batches they belong to", async () => {
    await begin();
    const others = [1, 2, 3].map((n) => ({ ...batchKey, first: `${n}`.padStart(24, "f") }));
    await ports.ledger.writeBatches(others.map((own) => freshBatch(own, [own.first])));
    const { get } = ports.editions;
    let reads = 0;
    ports.editions.get = (asked) => {
      reads += 1;
      return get(asked);
    };
    await take(...[batchKey, ...others].map((own) => sent(told(0, { key: own }))));
    expect(reads).toBe(1);
  });

  test("of a finished edition make watch look at it again, so its sums outlive its batches", async () => {
    await begin({ outcomes: fromLetters("aar"), messageIds: ["m0", "m1", ""] }, { state: "finished" });
    const open = { committedAt: at, startedAt: at, closedAt: null, counts: null };
    await ports.ledger.commitGroup(key, { group: "00", run: "c0ffee", batches: 1, readers: 3, ...open });
    await ports.ledger.closeGroup(key, "00", at, { ...noCounts, audience: 3, accepted: 2, refused: 1 });
    expect(await ports.ledger.pointers()).toEqual([]);
    await take(delivered(told(2)));
    expect(await ports.ledger.pointers()).toEqual([{ ...key, dueAt: at }]);
  });
});

describe("violations", () => {
  test("a second message to a reader is recorded once, and an operator is alerted", async () => {
    await begin({ attempts: 2 });
    const second = told(1, { attempt: 1, messageId: "another" });
    await take(sent(second));
    await take(delivered(second));
    expect(await ports.ledger.doubles()).toMatchObject([{ key: batchKey, attempt: 1, positions: [1] }]);
    expect(alarms).toEqual(["SES took deliveries twice"]);
  });

  test("two attempts seen for one reader, though no call was answered", async () => {
    await begin({ state: "unknown", attempts: 2, outcomes: fromLetters("..."), messageIds: [] });
    await take(sent(told(1, { attempt: 1 })));
    expect(alarms).toEqual([]);
    await take(sent(told(1, { attempt: 2, messageId: "b" })));
    expect(await ports.ledger.doubles()).toMatchObject([{ positions: [1] }]);
  });

  test("an event of an unknown attempt holds the edition", async () => {
    await begin({ attempts: 1, state: "ready", outcomes: fromLetters("...") });
    await take(sent(told(1, { attempt: 2 })));
    expect(await ports.editions.get(key)).toMatchObject({ state: "held", reason: expect.stringContaining("restored") });
    expect(await seen()).toEqual(["2:1:m1"]);
  });

  test("so does a batch that the table does not have", async () => {
    await begin();
    batchKey = { ...batchKey, run: "other" };
    await take(sent(told(0)));
    expect((await ports.editions.get(key))?.state).toBe("held");
    expect(refused).toMatchObject([{ reason: expect.stringContaining("has no batch") }]);
  });

  test("nothing is concluded from what an eventually consistent read lacks", async () => {
    await begin();
    const { batch } = ports.ledger;
    ports.ledger.batch = async (which, consistent = true) => {
      const found = await batch(which);
      return consistent || !found
        ? found
        : { ...found, state: "ready", attempts: 0, outcomes: fromLetters("..."), messageIds: [] };
    };
    await take(sent(told(1)));
    expect((await ports.editions.get(key))?.state).toBe("sending");
    expect(alarms).toEqual([]);
  });
});
