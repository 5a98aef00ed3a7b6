import { expect, test } from "vitest";
import { fromLetters } from "#adapters/dynamo/delivery/batches.ts";
import { memoryLedger } from "#adapters/memory/delivery/ledger.ts";
import { memoryEditions } from "#adapters/memory/editions/editions.ts";
import { deliveryStore } from "#adapters/memory/store.ts";
import { type BatchState, freshBatch } from "#domain/delivery/ledger/batch.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import { unknownCallsReason } from "#domain/delivery/table-identity.ts";
import { closeGroup, finishEdition } from "#usecases/delivery/close.ts";
import { approved } from "../../testing/delivery/delivery-system.ts";

const key = { newsletter: "daily", date: "2026-11-23" };
const now = "2026-11-23T07:00:00.000Z";
const id = "0".repeat(24);

test.each<[BatchState, boolean]>([
  ["ready", false],
  ["calling", false],
  ["unknown", false],
  ["mixed", false],
  ["done", true],
  ["held", true],
])("a group with a batch that is %s: closed is %s, whatever the caller believes", async (state, closed) => {
  const store = deliveryStore();
  const ports = { editions: memoryEditions(store), ledger: memoryLedger(store) };
  const open = { committedAt: now, startedAt: now, closedAt: null, counts: null };
  const commit = { group: "00", run: "r", batches: 1, readers: 1, ...open };
  await ports.ledger.commitGroup(key, commit);
  const batch = freshBatch({ ...key, group: "00", run: "r", due: now, first: id }, [id]);
  await ports.ledger.writeBatches([{ ...batch, state, outcomes: fromLetters("a") }]);
  expect(await closeGroup(ports, key, commit, now)).toBe(closed);
  expect((await ports.ledger.groups(key))[0]?.closedAt).toBe(closed ? now : null);
});

test("the outcome of a held batch counts when its group is closed", async () => {
  const store = deliveryStore();
  const ports = { editions: memoryEditions(store), ledger: memoryLedger(store) };
  const open = { committedAt: now, startedAt: now, closedAt: null, counts: null };
  const commit = { group: "00", run: "r", batches: 1, readers: 2, ...open };
  await ports.ledger.commitGroup(key, commit);
  const place = { ...key, group: "00", run: "r", due: now, first: id };
  const held = { state: "held", attempts: 1, outcomes: fromLetters("hh") } as const;
  await ports.ledger.writeBatches([{ ...freshBatch(place, [id, `${id.slice(1)}1`]), ...held }]);
  await ports.ledger.addSeen(place, ["1:1"]);
  await closeGroup(ports, key, commit, now);
  expect((await ports.ledger.groups(key))[0]?.counts).toMatchObject({ accepted: 1, held: 1 });
});

test.each([
  ["Held because 3 of 3 deliveries need a decision", "Held because 1 of 3 deliveries "],
  [unknownCallsReason, unknownCallsReason],
])("the reason of an edition that is held tells the present: %s", async (before, after) => {
  const store = deliveryStore();
  const ports = { editions: memoryEditions(store), ledger: memoryLedger(store) };
  await ports.editions.create({ ...approved(), state: "held", reason: before, groups: 1, frozen: 3 });
  const closed = { committedAt: now, startedAt: now, closedAt: now };
  const counts = { ...noCounts, audience: 3, accepted: 2, held: 1 };
  await ports.ledger.commitGroup(key, { group: "00", run: "r", batches: 1, readers: 3, ...closed, counts });
  expect(await finishEdition(ports, key)).toBe("held");
  expect((await ports.editions.get(key))?.reason).toContain(after);
});
