import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { fromSubscriberItem, toSubscriberItem } from "#adapters/dynamo/audience/subscriber-item.ts";
import { dynamoSubscribers } from "#adapters/dynamo/audience/subscribers.ts";
import { memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { leave } from "#domain/audience/consent/consent.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { startTable, type TestTable } from "../../testing/aws/dynalite.ts";
import { itemSize } from "../../testing/aws/item-size.ts";

let server: TestTable;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

const now = "2026-11-23T07:00:00.000Z";
/** Each test has its own newsletter, so one table is enough for all. */
let newsletter = "n0";
let number = 0;

const subscriber = (id: string, change: Partial<Subscriber> = {}): Subscriber => ({
  id,
  newsletter,
  address: `${id}@example.com`,
  status: "active",
  consent: "vouched for by ed, 2026-11-23",
  addedAt: now,
  changedAt: now,
  origin: null,
  movedTo: null,
  movedAt: null,
  ...change,
});

/** n subscribers over all shards, `step` apart. */
const many = (n: number) =>
  Array.from({ length: n }, (_, at) => {
    const shard = ((at * 37) % 256).toString(16).padStart(2, "0");
    return subscriber(`${shard}${at.toString(16).padStart(22, "0")}`);
  });

const collect = async <T>(all: AsyncIterable<T>) => {
  const found: T[] = [];
  for await (const one of all) found.push(one);
  return found;
};

describe.each([
  ["dynamo", () => dynamoSubscribers(server.table)],
  ["memory", () => memorySubscribers()],
])("subscribers in %s", (_, open) => {
  let store: ReturnType<typeof open>;
  beforeEach(() => {
    number += 1;
    newsletter = `n${number}`;
    store = open();
  });
  const add = (all: Subscriber[]) =>
    store.write(
      newsletter,
      all.map((after) => ({ before: undefined, after })),
    );

  test("one is added once, and read back as it was written", async () => {
    const ann = subscriber("00".padEnd(24, "a"));
    expect(await store.get(newsletter, ann.id)).toBeUndefined();
    expect(await add([ann])).toEqual([true]);
    expect(await add([{ ...ann, address: "other@example.com" }])).toEqual([false]);
    expect(await store.get(newsletter, ann.id)).toEqual(ann);
    expect(await store.get("another", ann.id)).toBeUndefined();
  });

  test("a change is refused when the subscriber changed since it was read", async () => {
    const ann = subscriber("01".padEnd(24, "a"));
    await add([ann]);
    const left = leave(ann, "2026-11-23T08:00:00.000Z");
    if (left === undefined) throw new Error("Ann is active");
    expect(await store.write(newsletter, [{ before: ann, after: left }])).toEqual([true]);
    expect(await store.write(newsletter, [{ before: ann, after: { ...ann, status: "removed" } }])).toEqual([false]);
    expect(await store.get(newsletter, ann.id)).toEqual(left);
  });

  test("the count follows real transitions only", async () => {
    const all = many(10);
    const [first] = all;
    if (first === undefined) throw new Error("ten");
    expect(await store.count(newsletter)).toBe(0);
    await add(all);
    await add(all);
    expect(await store.count(newsletter)).toBe(10);
    const left = leave(first, "2026-11-23T08:00:00.000Z") ?? first;
    await store.write(newsletter, [{ before: first, after: left }]);
    await store.write(newsletter, [{ before: first, after: left }]);
    expect(await store.count(newsletter)).toBe(9);
  });

  test("how the audience changed is counted day by day, once for each change that was written", async () => {
    expect(await store.audienceDays(newsletter, "2026-11-01")).toEqual({ since: null, days: [] });
    const all = many(5);
    const [first, second] = all;
    if (first === undefined || second === undefined) throw new Error("five");
    await add(all);
    await add(all);
    const later = "2026-11-25T23:59:59.000Z";
    const left = leave(first, later) ?? first;
    const change = { before: first, after: left };
    await store.write(newsletter, [
      change,
      { before: second, after: { ...second, status: "bounced", changedAt: later } },
    ]);
    await store.write(newsletter, [change]);
    const none = { joined: 0, left: 0, removed: 0, bounced: 0, complained: 0 };
    const days = [
      { date: "2026-11-23", ...none, joined: 5 },
      { date: "2026-11-25", ...none, left: 1, bounced: 1 },
    ];
    expect(await store.audienceDays(newsletter, "2026-11-01")).toEqual({ since: "2026-11-23", days });
    expect(await store.audienceDays(newsletter, "2026-11-24")).toEqual({ since: "2026-11-23", days: days.slice(1) });
    expect(await store.count(newsletter)).toBe(3);
    expect(await store.audienceDays("another", "2026-11-01")).toEqual({ since: null, days: [] });
  });

  test("many are read by id, more than one request takes, and the missing are missing", async () => {
    const all = many(130);
    await add(all);
    const ids = [...all.map(({ id }) => id), "ff".padEnd(24, "0"), all[0]?.id ?? ""];
    const found = await store.getMany(newsletter, ids, true);
    expect(found.size).toBe(130);
    expect(found.get(all[129]?.id ?? "")).toEqual(all[129]);
    expect(await store.getMany(newsletter, [], true)).toEqual(new Map());
  });

  test("a span gives those asked for and no others, over the ends of shards", async () => {
    const all = Array.from({ length: 120 }, (_, n) =>
      subscriber(`${(16 + Math.floor(n / 40)).toString(16)}${n.toString(16).padStart(22, "0")}`),
    );
    await add(all);
    const ids = all.slice(15, 100).flatMap(({ id }, at) => (at % 3 === 0 ? [id] : []));
    const missing = `11${"f".repeat(22)}`;
    const found = await store.getSpan(newsletter, [...ids, missing]);
    expect([...found.keys()].sort()).toEqual(ids);
    expect(found.get(ids[7] ?? "")).toEqual(all.find(({ id }) => id === ids[7]));
    expect((await store.getSpan(newsletter, [...ids].reverse())).size).toBe(ids.length);
    expect(await store.getSpan("another", ids)).toEqual(new Map());
    expect(await store.getSpan(newsletter, [])).toEqual(new Map());
  });

  test("walking the 256 shards meets everyone once", async () => {
    const all = many(300);
    await add(all);
    const met: string[] = [];
    for (let shard = 0; shard < 256; shard += 1) {
      const part = await collect(store.walkShard(newsletter, shard));
      expect(part.every(({ id }) => Number.parseInt(id.slice(0, 2), 16) === shard)).toBe(true);
      met.push(...part.map(({ id }) => id));
    }
    expect(met).toEqual(all.map(({ id }) => id).sort());
  });

  test("pages go through everyone in order, whatever their size", async () => {
    const all = many(60);
    await add(all);
    const sorted = all.map(({ id }) => id).sort();
    for (const limit of [7, 59, 60, 1000]) {
      const met: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.page(newsletter, after, limit);
        met.push(...page.subscribers.map(({ id }) => id));
        after = page.next ?? undefined;
      } while (after !== undefined);
      expect(met).toEqual(sorted);
    }
  });

  test("an active subscriber is found in the last shard, and none among those who left", async () => {
    expect(await store.anyActive(newsletter)).toBe(false);
    await add([subscriber("00".padEnd(24, "b"), { status: "left" })]);
    expect(await store.anyActive(newsletter)).toBe(false);
    await add([subscriber("ff".padEnd(24, "b"))]);
    expect(await store.anyActive(newsletter)).toBe(true);
  });
});

test("an item with every field, an address of 40 letters and the longest zone is at most 400 bytes", async () => {
  newsletter = "daily";
  const full = subscriber("a1".padEnd(24, "b"), {
    address: "featherstonehaugh@department.example.org",
    consent: "vouched for by an operator, 2026-11-23",
    origin: "a2".padEnd(24, "b"),
    softBounces: ["2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"],
    zone: "America/Argentina/ComodRivadavia",
    pausedUntil: "2026-12-24",
    language: "pt-BR",
    rank: 9_999_999,
  });
  const store = dynamoSubscribers(server.table);
  await store.write(newsletter, [{ before: undefined, after: full }]);
  expect(await store.get(newsletter, full.id)).toEqual(full);
  expect(itemSize(toSubscriberItem(full))).toBeLessThanOrEqual(400);
});

test("an item of an earlier version, with what its keys say in it too, is read", () => {
  const { id, address } = subscriber("a3".padEnd(24, "b"));
  const body = { ...subscriber(id), newsletter: "daily" };
  const stored = { ...body, PK: "S#daily#a3", SK: id, type: "subscriber", v: 1 };
  expect(fromSubscriberItem(stored)).toMatchObject({ id, address, newsletter: "daily", origin: null });
});

test("keys left unprocessed are asked for again, for a reader must not pass for erased", async () => {
  newsletter = "throttled";
  const store = dynamoSubscribers(server.table);
  const all = many(5);
  await store.write(
    newsletter,
    all.map((after) => ({ before: undefined, after })),
  );
  const { document, name } = server.table;
  const send = document.send.bind(document);
  let refused = 0;
  const stingy = vi.spyOn(document, "send").mockImplementation(async (command: unknown) => {
    if (!(command instanceof BatchGetCommand)) throw new Error("only BatchGet is expected");
    const keys = command.input.RequestItems?.[name]?.Keys ?? [];
    refused += keys.length > 1 ? 1 : 0;
    const answer = await send(new BatchGetCommand({ RequestItems: { [name]: { Keys: keys.slice(0, 1) } } }));
    return { ...answer, UnprocessedKeys: keys.length > 1 ? { [name]: { Keys: keys.slice(1) } } : {} };
  });
  const ids = all.map(({ id }) => id);
  const found = await store.getMany(newsletter, ids, true);
  stingy.mockRestore();
  expect([...found.keys()].sort()).toEqual(ids.toSorted());
  expect(refused).toBe(4);
});
