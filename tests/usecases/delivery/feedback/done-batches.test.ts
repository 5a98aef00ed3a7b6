import { beforeEach, describe, expect, test } from "vitest";
import { type Batch, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { createDoneBatches } from "#usecases/delivery/feedback/done-batches.ts";

const keyOf = (n: number): Batch["key"] => ({
  ...{ newsletter: "daily", date: "2026-11-23", group: "00", run: "r", due: "2026-11-23T07:00:00.000Z" },
  first: n.toString(16).padStart(24, "0"),
});
const key = keyOf(1);
const batchOf = (own: Batch["key"], state: Batch["state"] = "done"): Batch => ({
  ...freshBatch(own, [own.first]),
  ...{ state, attempts: 1 },
});

let at: number;
let stored: Batch;
let reads: boolean[];
let written: string[][];
let fails: boolean;
let ledger: ReturnType<typeof open>;

const open = () =>
  createDoneBatches(() => at).over({
    async batch(own: Batch["key"], consistent = true) {
      reads.push(consistent);
      return own.first === key.first ? stored : batchOf(own);
    },
    async addSeen(_: Batch["key"], places: readonly string[]) {
      if (fails) throw new Error("no answer");
      written.push([...places]);
    },
  });

beforeEach(() => {
  at = 1_000_000;
  stored = batchOf(key);
  reads = [];
  written = [];
  fails = false;
  ledger = open();
});

describe("a batch that is done", () => {
  test("is read once a minute, however many polls bring its events", async () => {
    for (const wait of [0, 1_000, 58_000]) {
      at += wait;
      expect(await ledger.batch(key, false)).toEqual(stored);
    }
    expect(reads).toEqual([false]);
    at += 1_000;
    await ledger.batch(key, false);
    expect(reads).toEqual([false, false]);
  });

  test("is read again if the answer must be consistent, and remembered from then on", async () => {
    await ledger.batch(key, false);
    stored = { ...stored, messageIds: ["m"] };
    expect(await ledger.batch(key)).toEqual(stored);
    expect(await ledger.batch(key, false)).toEqual(stored);
    expect(reads).toEqual([false, true]);
  });

  test("is not recorded again as seen", async () => {
    await ledger.batch(key, false);
    await ledger.addSeen(key, ["1:0", "1:1"]);
    await ledger.addSeen(key, ["1:1", "1:2"]);
    await ledger.addSeen(key, ["1:0"]);
    expect(written).toEqual([["1:0", "1:1"], ["1:2"]]);
  });

  test("is recorded again as seen if it isn't known whether that was written", async () => {
    await ledger.batch(key, false);
    fails = true;
    await expect(ledger.addSeen(key, ["1:0"])).rejects.toThrow("no answer");
    fails = false;
    await ledger.addSeen(key, ["1:0"]);
    expect(written).toEqual([["1:0"]]);
  });
});

test.each(["ready", "calling", "unknown", "mixed", "held"] as const)(
  "a batch that is %s is read, and noted, each time",
  async (state) => {
    stored = batchOf(key, state);
    for (const _ of [1, 2]) {
      await ledger.batch(key, false);
      await ledger.addSeen(key, ["1:0"]);
    }
    expect([reads, written]).toEqual([
      [false, false],
      [["1:0"], ["1:0"]],
    ]);
    stored = batchOf(key);
    await ledger.batch(key, false);
    stored = batchOf(key, state);
    await ledger.batch(key);
    await ledger.batch(key, false);
    expect(reads.slice(2)).toEqual([false, true, false]);
  },
);

test("no more than 2,000 batches are remembered, the latest", async () => {
  for (let n = 1; n <= 2_001; n++) await ledger.batch(keyOf(n), false);
  reads = [];
  await ledger.batch(keyOf(2), false);
  await ledger.batch(keyOf(2_001), false);
  expect(reads).toEqual([]);
  await ledger.batch(key, false);
  expect(reads).toEqual([false]);
});
