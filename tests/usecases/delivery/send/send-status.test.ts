import { beforeEach, describe, expect, test } from "vitest";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { toInstant } from "#domain/time/instant.ts";
import type { SendPorts } from "#usecases/delivery/send/ports.ts";
import { key, subscriber } from "../../../testing/delivery/delivery-system.ts";
import { open, type System } from "../../../testing/delivery/virtual-sender.ts";

/** Readers whose shards are dense: twenty in each. */
const reader = (n: number): Subscriber => {
  const shard = Math.floor(n / 20)
    .toString(16)
    .padStart(2, "0");
  const id = `${shard}${n.toString(16).padStart(22, "0")}`;
  return { ...subscriber(0), id, address: `reader${n}@example.net` };
};
const later = toInstant(Date.UTC(2026, 10, 23, 8));

let app: System;
let asked: { spans: string[][]; single: string[][] };
let counting: SendPorts["subscribers"];
beforeEach(() => {
  app = open();
  asked = { spans: [], single: [] };
  counting = {
    getSpan(newsletter, ids) {
      asked.spans.push([...ids]);
      return app.subscribers.getSpan(newsletter, ids);
    },
    getMany(newsletter, ids, consistent) {
      expect(consistent).toBe(true);
      asked.single.push([...ids]);
      return app.subscribers.getMany(newsletter, ids, consistent);
    },
  };
});

const write = (...changes: (readonly [Subscriber | undefined, Subscriber])[]) =>
  app.subscribers.write(
    key.newsletter,
    changes.map(([before, after]) => ({ before, after })),
  );

async function frozen(readers: number) {
  await write(...Array.from({ length: readers }, (_, n) => [undefined, reader(n)] as const));
  await app.edition(key.date);
}

/** What an earlier version froze. */
const withoutSpans = (): Partial<SendPorts> => {
  const batches: SendPorts["ledger"]["batches"] = async (...args) =>
    (await app.ledger.batches(...args)).map(({ span: _, ...batch }): Batch => batch);
  return { ledger: { ...app.ledger, batches } };
};

const idsOf = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => reader(from + n).id);
const addressesBut = (readers: number, ...gone: number[]) =>
  Array.from({ length: readers }, (_, n) => n)
    .filter((n) => !gone.includes(n))
    .map((n) => reader(n).address)
    .toSorted();

describe("the status of a call's readers", () => {
  test("is read by their span, over the ends of shards, where the audience is dense", async () => {
    await frozen(120);
    await app.run({ subscribers: counting });
    expect(app.mailed()).toEqual(addressesBut(120));
    expect(asked).toEqual({ spans: [idsOf(0, 50), idsOf(50, 100), idsOf(100, 120)], single: [] });
  });

  test("is read one by one where others lie between them", async () => {
    // Eleven of twelve have left: 50 readers among 589 subscribers of 400 bytes are 58 units.
    const ofOneShard = (n: number) => ({ ...reader(n), id: `20${reader(n).id.slice(2)}` });
    await write(
      ...Array.from({ length: 600 }, (_, n) => {
        const one = ofOneShard(n);
        return [undefined, n % 12 === 0 ? one : { ...one, status: "left" as const }] as const;
      }),
    );
    await app.edition(key.date);
    expect((await app.batches()).map(({ span }) => span)).toEqual([589]);
    await app.run({ subscribers: counting });
    expect(app.mailed()).toHaveLength(50);
    expect([asked.spans, asked.single.flat().length]).toEqual([[], 50]);
  });

  test("is that of now: who left since is skipped, whose item is gone is looked for once more and skipped", async () => {
    await frozen(50);
    const left = { ...reader(7), status: "left" as const, changedAt: later };
    await write([reader(7), left]);
    const erased = reader(11).id;
    const erasing: SendPorts["subscribers"] = {
      async getSpan(newsletter, ids) {
        const found = await counting.getSpan(newsletter, ids);
        found.delete(erased);
        return found;
      },
      async getMany(newsletter, ids, consistent) {
        const found = await counting.getMany(newsletter, ids, consistent);
        found.delete(erased);
        return found;
      },
    };
    await app.run({ subscribers: erasing });
    expect(app.mailed()).toEqual(addressesBut(50, 7, 11));
    expect(asked).toEqual({ spans: [idsOf(0, 50)], single: [[erased]] });
    expect(await app.counts()).toMatchObject({ accepted: 48, skipped: 2 });
  });

  test("a reader missing from a span is mailed all the same, if they exist", async () => {
    await frozen(50);
    const short: SendPorts["subscribers"] = {
      ...counting,
      getSpan: async (newsletter, ids) => new Map([...(await counting.getSpan(newsletter, ids))].slice(0, 30)),
    };
    await app.run({ subscribers: short });
    expect(app.mailed()).toEqual(addressesBut(50));
    expect(asked.single).toEqual([idsOf(30, 50)]);
  });

  test("who moved is followed by name", async () => {
    await frozen(50);
    const next = { ...subscriber(900), origin: reader(3).id };
    const moved = { ...reader(3), status: "moved" as const, movedTo: next.id, movedAt: later, changedAt: later };
    await write([undefined, next], [reader(3), moved]);
    await app.run({ subscribers: counting });
    expect(app.mailed()).toEqual([...addressesBut(50, 3), next.address].toSorted());
    expect(asked).toEqual({ spans: [idsOf(0, 50)], single: [[next.id]] });
  });

  test("of batches that an earlier version froze is read one by one", async () => {
    await frozen(120);
    await app.run({ subscribers: counting, ...withoutSpans() });
    expect(app.mailed()).toEqual(addressesBut(120));
    expect(asked.spans).toEqual([]);
    expect(asked.single.flat()).toEqual(idsOf(0, 120));
  });
});
