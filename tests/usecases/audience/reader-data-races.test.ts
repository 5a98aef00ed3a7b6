import { describe, expect, test } from "vitest";
import * as z from "zod";
import { consentStore, memoryConsent } from "#adapters/memory/audience/consent.ts";
import { memoryErasure, memorySubscribers } from "#adapters/memory/audience/subscribers.ts";
import { memoryWarmUps } from "#adapters/memory/audience/warm-ups.ts";
import type { ReaderRequest } from "#domain/audience/reader-request.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { moveToken, timedToken } from "#domain/audience/tokens/timed-token.ts";
import { subscriberId, unsubscribeToken } from "#domain/audience/tokens/token.ts";
import { defineConfig } from "#domain/config.ts";
import { toInstant } from "#domain/time/instant.ts";
import { moveByToken } from "#usecases/audience/change-address.ts";
import { confirmByToken } from "#usecases/audience/confirm.ts";
import { leaveByToken } from "#usecases/audience/leave.ts";
import { importRows } from "#usecases/audience/operate/import.ts";
import { addSubscribers } from "#usecases/audience/operate/subscribers.ts";
import { eraseReader } from "#usecases/audience/reader-data.ts";
import { newsletter } from "../../testing/editions/edition-fixtures.ts";
import { inEveryOrder } from "../../testing/every-order.ts";

const keys = { id: "k1", key: "a secret of at least thirty-two letters" };
const config = { ...defineConfig({ newsletters: { daily: newsletter() } }), newsletters: { daily: newsletter() } };
const idOf = (address: string) => subscriberId(keys, "daily", address);
const [ann, bea, cat] = ["ann@example.com", "bea@example.com", "cat@example.com"] as const;
const isRead = (call: string) => ["get", "getMany", "erased", "count"].includes(call);
/** Two reads may come in either order, where nothing depends on the time. */
const orderMatters = (one: string, other: string) => !isRead(one) || !isRead(other);
const Imported = z.object({ value: z.object({ rows: z.array(z.object({ outcome: z.string() })) }) });
/** Hundreds of orders, on a busy machine. */
const slow = { timeout: 60_000 };
const start = Date.UTC(2026, 10, 23, 8);

/** One table of readers, and what its users do with it. The clock goes on at each look. */
function table(stored: Readonly<Record<string, Subscriber["status"]>> = {}) {
  const items = new Map<string, Subscriber>();
  const consents = consentStore();
  let clock = start;
  const stores = {
    subscribers: { ...memorySubscribers(items, consents), ...memoryErasure(items) },
    consent: memoryConsent(consents),
    warmUps: memoryWarmUps(),
  };
  for (const [address, status] of Object.entries(stored)) {
    const at = toInstant(start - 60_000);
    items.set(`daily#${idOf(address)}`, {
      ...{ id: idOf(address), newsletter: "daily", address, status, consent: "vouched for by ed" },
      ...{ addedAt: at, changedAt: at, origin: null, movedTo: null, movedAt: null },
    });
  }
  const requests: ReaderRequest[] = [];
  const ports = {
    config,
    keys: async () => keys,
    now: () => {
      clock += 1;
      return toInstant(clock);
    },
    left: () => undefined,
    requests: { put: async (request: ReaderRequest) => void requests.push(request) },
    audit: { append: async () => undefined },
  };
  type Turns = <Store extends object>(store: Store) => Store;
  const portsOf = (turns: Turns) => ({
    ...ports,
    subscribers: turns(stores.subscribers),
    consent: turns(stores.consent),
    warmUps: turns(stores.warmUps),
  });
  const claim = (address: string) => ({ newsletter: "daily", id: idOf(address) });
  const asked = toInstant(start);
  return {
    statusOf: (address: string) => items.get(`daily#${idOf(address)}`)?.status,
    isMarked: (address: string) => consents.erased.has(`daily#${idOf(address)}`),
    /** Number of events that are stored about a reader. */
    eventsOf: (address: string) => (consents.events.get(`daily#${idOf(address)}`) ?? []).length,
    days: () => stores.subscribers.audienceDays("daily", "2026-01-01"),
    confirm: (address: string) => (turns: Turns) =>
      confirmByToken(portsOf(turns), timedToken(keys, "confirm", claim(address), asked)),
    erase: (address: string) => (turns: Turns) => eraseReader(portsOf(turns), "daily", idOf(address)),
    leave: (address: string) => (turns: Turns) =>
      leaveByToken(portsOf(turns), unsubscribeToken(keys, claim(address)), "one-click"),
    move: (from: string, to: string) => (turns: Turns) =>
      moveByToken(
        portsOf(turns),
        moveToken(keys, { newsletter: "daily", from: idOf(from), to: idOf(to) }, asked),
        "en",
      ),
    add: (address: string) => (turns: Turns) =>
      addSubscribers(portsOf(turns), { newsletter: "daily", addresses: [address], by: "ed" }),
    import:
      (...addresses: string[]) =>
      (turns: Turns) =>
        importRows(portsOf(turns), {
          newsletter: "daily",
          header: ["email"],
          rows: addresses.map((address, at) => ({ line: at + 2, cells: [address] })),
          ...{ file: "list.csv", map: {}, ask: false, dryRun: false, by: "ed" },
        }),
  };
}

describe("an erased reader stays erased, in every order of calls,", slow, () => {
  test.each(["import", "add"] as const)("beside an %s of the same address", async (bring) => {
    const race = () => {
      const readers = table();
      return {
        acts: [readers.erase(ann), readers[bring](ann)],
        judge: () => {
          expect(readers.isMarked(ann)).toBe(true);
          expect(readers.statusOf(ann)).toBeUndefined();
        },
      };
    };
    expect(await inEveryOrder(race, { orderMatters })).toBeGreaterThan(20);
  });

  test("while the reader confirms: subscribed, or erased with the mark that imports look for", async () => {
    await inEveryOrder(() => {
      const readers = table({ [ann]: "pending" });
      return {
        acts: [readers.erase(ann), readers.confirm(ann)],
        judge: () => {
          expect([readers.statusOf(ann), readers.isMarked(ann)]).toEqual([undefined, true]);
        },
      };
    });
  });
});

test("an operator's add of a reader who was erased is refused, and nothing is written", async () => {
  const readers = table();
  const alone = <Store extends object>(store: Store) => store;
  await readers.erase(ann)(alone);
  expect(await readers.add(ann)(alone)).toMatchObject({
    value: { added: 0, refused: [{ at: 0, why: "asked to be erased; only the reader can subscribe again" }] },
  });
  expect((await readers.days()).days).toEqual([]);
});

describe("a reader who leaves gets nothing more, in every order of calls,", slow, () => {
  test("while their change of address is confirmed", async () => {
    await inEveryOrder(() => {
      const readers = table({ [ann]: "active", [bea]: "pending" });
      return {
        acts: [readers.move(ann, bea), readers.leave(ann)],
        judge: () => {
          expect([readers.statusOf(ann), readers.statusOf(bea)]).not.toContain("active");
        },
      };
    });
  });
});

test("of two changes of address that are confirmed at once, one counts", slow, async () => {
  const race = () => {
    const readers = table({ [ann]: "active", [bea]: "pending", [cat]: "pending" });
    return {
      acts: [readers.move(ann, bea), readers.move(ann, cat)],
      judge: () => {
        const statuses = [ann, bea, cat].map(readers.statusOf);
        expect(statuses.filter((status) => status === "active")).toHaveLength(1);
      },
    };
  };
  await inEveryOrder(race, { orderMatters });
});

describe("while a list is imported, in every order of calls,", slow, () => {
  test("a second import of the same list adds and counts each reader once", async () => {
    const race = () => {
      const readers = table();
      return {
        acts: [readers.import(ann, bea), readers.import(ann, bea)],
        judge: async (given: readonly unknown[]) => {
          const rows = given.flatMap((one) => Imported.parse(one).value.rows);
          expect(rows.map(({ outcome }) => outcome).toSorted()).toEqual(["new", "new", "unchanged", "unchanged"]);
          expect([ann, bea].map(readers.statusOf)).toEqual(["active", "active"]);
          expect([ann, bea].map(readers.eventsOf)).toEqual([1, 1]);
          expect((await readers.days()).days).toMatchObject([{ joined: 2 }]);
        },
      };
    };
    expect(await inEveryOrder(race, { orderMatters })).toBeGreaterThan(5);
  });

  test.each(["active", "pending", "left"] as const)("a reader who was %s and leaves has left", async (before) => {
    const race = () => {
      const readers = table({ [ann]: before });
      return {
        acts: [readers.import(ann, bea), readers.import(ann, bea), readers.leave(ann)],
        judge: () => expect([ann, bea].map(readers.statusOf)).toEqual(["left", "active"]),
      };
    };
    expect(await inEveryOrder(race, { orderMatters })).toBeGreaterThan(5);
  });

  test.each(["active", "left"] as const)("a reader who was %s and is erased is erased", async (before) => {
    const race = () => {
      const readers = table({ [ann]: before });
      return {
        acts: [readers.import(ann), readers.import(ann), readers.erase(ann)],
        judge: () => {
          expect([readers.statusOf(ann), readers.isMarked(ann)]).toEqual([undefined, true]);
          expect(readers.eventsOf(ann)).toBe(0);
        },
      };
    };
    expect(await inEveryOrder(race, { orderMatters })).toBeGreaterThan(20);
  });
});
