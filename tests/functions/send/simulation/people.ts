import { kept } from "#adapters/memory/kept.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { toInstant } from "#domain/instant.ts";
import type { Dice, Time } from "./time.ts";

/** Readers with everything they do, and when they did it. A person may have had several ids. */
export type Person = {
  readonly name: string;
  ids: string[];
  readonly joinedAt: number;
  /** When their leaving or erasure was stored. */
  goneAt: number | undefined;
  movedAt: number | undefined;
};

export type People = ReturnType<typeof createPeople>;

export function createPeople(time: Time, dice: Dice, newsletter: string) {
  const items = new Map<string, Subscriber>();
  const people: Person[] = [];
  const put = (id: string, change: Partial<Subscriber>) => {
    const at = toInstant(time.now());
    const fresh: Subscriber = {
      ...{ id, newsletter, address: `${id}@example.org`, status: "active", consent: "told", addedAt: at },
      ...{ changedAt: at, origin: null, movedTo: null, movedAt: null },
    };
    items.set(id, { ...(items.get(id) ?? fresh), ...change, changedAt: at });
  };
  // Few shards, so that they are not all empty; several groups' worth of them.
  const newId = () => `${dice.pick(["00", "01", "3f", "7e", "80", "c4", "ff"])}${dice.hex(22)}`;
  return {
    items,
    people,
    join(): Person {
      const id = newId();
      const person = { name: id, ids: [id], joinedAt: time.now(), goneAt: undefined, movedAt: undefined };
      people.push(person);
      put(id, {});
      return person;
    },
    leave(person: Person) {
      const id = person.ids.at(-1);
      if (!id || person.goneAt !== undefined) return;
      put(id, { status: "left" });
      person.goneAt = time.now();
    },
    erase(person: Person) {
      if (person.goneAt !== undefined) return;
      for (const id of person.ids) items.delete(id);
      person.goneAt = time.now();
    },
    /** To a new address: the new item first, then the old one says where it went. */
    async move(person: Person) {
      const from = person.ids.at(-1);
      if (!from || person.goneAt !== undefined) return;
      const to = newId();
      person.ids.push(to);
      person.movedAt = time.now();
      put(to, { origin: from });
      await time.sleep(dice.between(1, 200));
      if (items.has(from)) put(from, { status: "moved", movedTo: to, movedAt: toInstant(time.now()) });
    },
    personOf: (id: string) => people.find(({ ids }) => ids.includes(id)),
    /** Pages of a shard: some are empty and have more behind them. */
    *pages(shard: number): Generator<{ items: Subscriber[]; more: boolean }> {
      const prefix = shard.toString(16).padStart(2, "0");
      const all = [...items.values()].filter(({ id }) => id.startsWith(prefix)).sort((a, b) => (a.id < b.id ? -1 : 1));
      for (let at = 0; at < all.length; at += 3) {
        if (dice.chance(0.2)) yield { items: [], more: true };
        yield { items: kept(all.slice(at, at + 3)), more: at + 3 < all.length };
      }
      if (all.length === 0) yield { items: [], more: false };
    },
  };
}
