import { deepFreeze } from "#adapters/memory/deep-freeze.ts";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { toInstant } from "#domain/time/instant.ts";
import type { Conditions } from "../conditions.ts";
import type { Dice, Time } from "./time.ts";
import { zones } from "./zones.ts";

/** A reader, with what they did and when. A person may have had several ids. */
export type Person = {
  readonly name: string;
  ids: string[];
  /** When they joined, or came back. */
  joinedAt: number;
  /** When their leaving, pause or erasure was stored; undefined: they are there. */
  goneAt: number | undefined;
  movedAt: number | undefined;
  /** When a bounce or a complaint of theirs was applied. */
  stoppedAt: number | undefined;
  /** They subscribed again with an address that they had moved away from, so they get editions at both. */
  several: boolean;
  /** Their time zone, undefined for the newsletter's, and all zones they have had. */
  zone: (typeof zones)[number] | undefined;
  readonly zones: Set<(typeof zones)[number] | undefined>;
  /** Their place in the warm-ups' queue; undefined: they weren't imported, or have confirmed since. */
  rank: number | undefined;
  /** When they last confirmed on the web, and whether there was a finished edition. */
  confirmedAt: number | undefined;
  wasSent: boolean;
  /** Their welcome was never sent: its request failed at every attempt, or found them gone. */
  isLeftUnwelcomed: boolean;
};

export type People = ReturnType<typeof createPeople>;

/** Few shards, so most have readers, but enough for several groups. */
const SHARDS: readonly [string, ...string[]] = ["00", "01", "3f", "7e", "80", "c4", "ff"];
/** For several senders: each has readers, in up to 16 groups. */
const SPREAD: typeof SHARDS = [
  "01",
  ...[..."123456789abcde"].map((digit, at) => `${digit}${"23456789abcdef"[at]}`),
  "f0",
];
/** For large audiences, whose groups are equally large. */
const ALL: typeof SHARDS = ["00", ...Array.from({ length: 255 }, (_, n) => (n + 1).toString(16).padStart(2, "0"))];
const LARGE = 10_000;

/** The shards that have readers. */
export function shardsFor({ senders, readers }: Pick<Conditions, "senders" | "readers">): typeof SHARDS {
  if (senders.every((count) => count === 1)) return SHARDS;
  return readers > LARGE ? ALL : SPREAD;
}

/** The readers of one newsletter, in the table's items. */
export function createPeople(
  time: Time,
  dice: Dice,
  items: Map<string, Subscriber>,
  { newsletter, localTime, shards }: { newsletter: string; localTime: boolean; shards: typeof SHARDS },
) {
  const people: Person[] = [];
  const byId = new Map<string, Person>();
  const nameOf = (id: string) => `${newsletter}#${id}`;
  /** Earlier versions of each item, with the time at which each was replaced. */
  const past = new Map<string, { until: number; item: Subscriber | undefined }[]>();
  const keep = (id: string) =>
    past.set(id, [...(past.get(id) ?? []), { until: time.now(), item: items.get(nameOf(id)) }]);
  const put = (id: string, change: Partial<Subscriber>) => {
    keep(id);
    const at = toInstant(time.now());
    const fresh: Subscriber = {
      ...{ id, newsletter, address: `${id}@example.org`, status: "active", consent: "told", addedAt: at },
      ...{ changedAt: at, origin: null, movedTo: null, movedAt: null },
    };
    items.set(nameOf(id), deepFreeze({ ...(items.get(nameOf(id)) ?? fresh), ...change, changedAt: at }));
  };
  const newId = () => `${dice.pick(shards)}${dice.hex(22)}`;
  const own = (person: Person, id: string) => {
    if (!person.ids.includes(id)) person.ids.push(id);
    byId.set(id, person);
  };
  const join = (rank?: number): Person => {
    const id = newId();
    const times = { joinedAt: time.now(), goneAt: undefined, movedAt: undefined, stoppedAt: undefined };
    const zone = localTime ? dice.pick([undefined, ...zones]) : undefined;
    const lived = { zone, zones: new Set([zone]) };
    const unasked = { several: false, confirmedAt: undefined, wasSent: false, isLeftUnwelcomed: false, rank };
    const person: Person = { name: id, ids: [], ...unasked, ...lived, ...times };
    people.push(person);
    own(person, id);
    put(id, { ...(zone && { zone }), ...(rank !== undefined && { rank }) });
    return person;
  };
  return {
    newsletter,
    people,
    join,
    leave(person: Person) {
      const id = person.ids.at(-1);
      if (!id || person.goneAt !== undefined || person.several) return;
      put(id, { status: "left" });
      person.goneAt = time.now();
    },
    /** Asks for no mail for longer than the story. */
    pause(person: Person) {
      const id = person.ids.at(-1);
      if (!id || person.goneAt !== undefined || person.several) return;
      put(id, { pausedUntil: "2027-01-01" });
      person.goneAt = time.now();
    },
    /** A reader who left, paused or was erased confirms again with their last address. */
    comeBack(person: Person): Person | undefined {
      const id = person.ids.at(-1);
      // After an erasure, an earlier address is unknown, so it counts as another reader's.
      const isForgotten = person.ids.length > 1 && id !== undefined && !items.has(nameOf(id));
      if (!id || person.goneAt === undefined || isForgotten) return undefined;
      if (!items.has(nameOf(id))) {
        // Their time zone was erased with the rest.
        person.zone = undefined;
        person.zones.add(undefined);
      }
      put(id, { status: "active", pausedUntil: undefined, rank: undefined });
      person.rank = undefined;
      person.goneAt = undefined;
      person.joinedAt = time.now();
      return person;
    },
    erase(person: Person) {
      if (person.goneAt !== undefined) return;
      for (const id of person.ids) {
        keep(id);
        items.delete(nameOf(id));
      }
      person.goneAt = time.now();
    },
    /** To a new address: the new item first, then the old one says where it went. */
    async move(person: Person) {
      const from = person.ids.at(-1);
      if (!from || person.goneAt !== undefined) return;
      const to = newId();
      own(person, to);
      person.movedAt = time.now();
      const { rank } = person;
      put(to, { origin: from, ...(person.zone && { zone: person.zone }), ...(rank !== undefined && { rank }) });
      await time.sleep(dice.between(1, 200));
      if (items.has(nameOf(from))) put(from, { status: "moved", movedTo: to, movedAt: toInstant(time.now()) });
    },
    /** Chooses another time zone. */
    changeZone(person: Person) {
      const id = person.ids.at(-1);
      if (!id || person.goneAt !== undefined || !items.has(nameOf(id))) return;
      person.zone = dice.pick(["Etc/GMT+1", "Etc/GMT+2", "Europe/Madrid"]);
      person.zones.add(person.zone);
      put(id, { zone: person.zone });
    },
    /** Subscribes again with the address that they moved away from. */
    rejoin(person: Person) {
      const [first] = person.ids;
      if (!first || person.ids.length === 1 || person.goneAt !== undefined) return;
      if (items.get(nameOf(first))?.status !== "moved") return;
      person.several = true;
      put(first, { status: "active", origin: null, movedTo: null, movedAt: null, rank: undefined });
    },
    personOf: (id: string) => byId.get(id),
    /** A reader's item as it was then. */
    itemAt(id: string, at: number): Subscriber | undefined {
      const after = past.get(id)?.find(({ until }) => until > at);
      return after ? after.item : items.get(nameOf(id));
    },
    /** A reader's last known item. */
    lastItem: (id: string): Subscriber | undefined =>
      items.get(nameOf(id)) ?? past.get(id)?.findLast(({ item }) => item !== undefined)?.item,
    active: () => people.reduce((sum, { ids }) => sum + ids.filter((id) => isActive(items.get(nameOf(id)))).length, 0),
    /** Pages of a shard. An empty page may be followed by more. */
    pages(shard: number): Subscriber[][] {
      const prefix = shard.toString(16).padStart(2, "0");
      if (!shards.includes(prefix)) return [];
      const ids = [...byId.keys()].filter((id) => id.startsWith(prefix)).sort();
      const all = ids.flatMap((id) => items.get(nameOf(id)) ?? []);
      const pages: Subscriber[][] = [];
      for (let at = 0; at < all.length; at += 3) {
        if (dice.chance(0.2)) pages.push([]);
        pages.push(all.slice(at, at + 3));
      }
      return pages;
    },
  };
}

const isActive = (subscriber: Subscriber | undefined) => subscriber?.status === "active";
