import { memoryEditions } from "#adapters/memory/editions.ts";
import { kept } from "#adapters/memory/kept.ts";
import { memoryLedger } from "#adapters/memory/ledger.ts";
import { type DeliveryStore, deliveryStore } from "#adapters/memory/store.ts";
import { DeliverySettings } from "#domain/config.ts";
import type { Batch, BatchState } from "#domain/delivery/batch.ts";
import { tagsOf } from "#domain/delivery/tags.ts";
import type { Edition, EditionKey } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/instant.ts";
import { dispatch } from "#functions/dispatch/dispatch.ts";
import type { SendPorts } from "#functions/send/ports.ts";
import { send } from "#functions/send/send.ts";
import { watch } from "#functions/watch/watch.ts";
import { revision } from "../system.ts";
import { createPeople } from "./people.ts";
import { type Network, type Process, startProcess } from "./process.ts";
import { createSes, nameOfBatch, type SesFaults } from "./ses.ts";
import { createDice, createTime } from "./time.ts";

/** Mistakes that the simulation must notice. Each is made in the surroundings, so that the use cases stay as they are. */
export type Bug =
  | "claim without the attempt condition"
  | "gate before signing"
  | "commit without condition"
  | "empty page taken as the end"
  | "unprocessed keys taken as erased"
  | "kick lost to a dying run";

export type Weather = {
  readonly network: Network;
  readonly ses: SesFaults;
  /** Chances for each process. */
  readonly crash: number;
  readonly freeze: number;
  readonly told: number;
  /** Chances for each kick. */
  readonly kickLost: number;
  readonly kickDoubled: number;
  readonly watch: boolean;
  /** The chance that two dispatches run at once. */
  readonly twice: number;
  /** Chances for the edition, and how restless its readers are. */
  readonly pause: number;
  readonly cancel: number;
  readonly restless: number;
  readonly editions: number;
};

export const settings = DeliverySettings.parse({ runSeconds: 60 });
export const start = Date.UTC(2026, 10, 23, 7);
const MINUTE = 60_000;
const END = start + 4 * 60 * MINUTE;
export const newsletter = "daily";

/** Everything there is in one story. */
export type World = ReturnType<typeof createWorld>;

export function createWorld(seed: number, weather: Weather, bug?: Bug) {
  const dice = createDice(seed);
  const time = createTime(start);
  const store: DeliveryStore = deliveryStore();
  const rate = dice.pick([0.5, 1, 1.5, 3, 14, 97]);
  const readers = dice.pick([0, 1, 2, 7, 30, 60]);
  const quota = dice.chance(0.1) ? Math.max(40, readers * 2) : null;
  const ses = createSes(time, dice, weather.ses, { rate, quota });
  const sentByOthers = quota === null ? 0 : dice.whole(0, quota);
  ses.sentByOthers(sentByOthers);
  const world = {
    ...{ seed, weather, bug, dice, time, store, rate, quota, readers, ses, sentByOthers },
    people: createPeople(time, dice, newsletter),
    /** When each claim took effect, by batch and attempt. */
    claims: new Map<string, number>(),
    kicks: { waiting: 0, running: 0 },
    running: new Set<Process>(),
    errors: [] as string[],
    editions: memoryEditions(store),
    ledger: memoryLedger(store),
  };
  return world;
}

/** Tells one story from its seed: an edition or two, approved, frozen, sent and repaired, with all that goes wrong. */
export async function tell(seed: number, weather: Weather, bug?: Bug): Promise<World> {
  const world = createWorld(seed, weather, bug);
  const { dice, time, people } = world;
  for (let n = 0; n < world.readers; n++) people.join();
  if (dice.chance(0.5)) await knowAccount(world);
  const keys = Array.from({ length: weather.editions }, (_, day) => ({ newsletter, date: `2026-11-${23 + day}` }));
  for (const [at, key] of keys.entries()) {
    void later(world, 10_000 + at * dice.between(0, 30_000), () => approve(world, key));
    if (dice.chance(weather.pause)) void pauseAndResume(world, key);
    if (dice.chance(weather.cancel)) void later(world, dice.between(0, 90_000), () => cancel(world, key));
  }
  for (let n = 0; n < weather.restless; n++) void later(world, dice.between(0, 60_000), () => stir(world));
  if (weather.watch) void clock(world);
  await time.run(END, () => time.now() > start + 2 * MINUTE && isOver(world, keys));
  return world;
}

/** Nothing runs, and no edition has anything left that will go on by itself. */
function isOver({ store, running, kicks }: World, keys: readonly EditionKey[]): boolean {
  if (running.size > 0 || kicks.waiting > 0) return false;
  return keys.every(({ date }) => {
    const state = store.editions.get(`${newsletter}#${date}`)?.state;
    return state === "finished" || state === "held";
  });
}

async function later(world: World, milliseconds: number, act: () => Promise<unknown> | unknown): Promise<void> {
  await world.time.sleep(milliseconds);
  await act();
}

async function knowAccount({ ledger, rate, quota }: World): Promise<void> {
  const known = { rate, quota, sent24: 0, readAt: toInstant(start - 3_600_000), wakeAt: null };
  const sender = { ...known, holder: "before", until: toInstant(0), slow: { factor: 1, since: 0 } };
  await ledger.takeSender(sender, toInstant(start));
}

async function approve(world: World, key: EditionKey): Promise<void> {
  const now = toInstant(world.time.now());
  const late = world.dice.chance(0.1) ? toInstant(world.time.now() + world.dice.between(1_000, 60_000)) : null;
  const none = { reason: null, stage: null, cutoff: null, frozenAt: null, groups: null, size: null, frozen: null };
  const edition: Edition = {
    ...key,
    ...none,
    state: "approved",
    rev: 1,
    createdAt: now,
    approvedAt: now,
    dueAt: now,
    latest: late,
  };
  await world.editions.putRevision(key, { ...revision, content: { ...revision.content, date: key.date } });
  await world.editions.create(edition);
  const runs = world.dice.chance(world.weather.twice) ? 2 : 1;
  for (let n = 0; n < runs; n++) void inProcess(world, (process) => dispatch(dispatchPorts(world, process), key, 1));
}

async function pauseAndResume(world: World, key: EditionKey): Promise<void> {
  const { dice, time, editions } = world;
  await time.sleep(dice.between(0, 60_000));
  if (!(await editions.update(key, { state: "paused" }, { state: ["sending"] }))) return;
  await time.sleep(dice.between(0, 300_000));
  if (await editions.update(key, { state: "sending" }, { state: ["paused"] })) kick(world);
}

const cancel = ({ editions }: World, key: EditionKey) =>
  editions.update(key, { state: "cancelled" }, { state: ["approved", "freezing", "sending", "paused"] });

function stir({ people, dice }: World): Promise<void> | void {
  const [first, ...rest] = people.people;
  if (!first) return;
  const person = dice.pick([first, ...rest]);
  const act = dice.pick(["join", "leave", "erase", "move", "move"]);
  if (act === "join") people.join();
  else if (act === "leave") people.leave(person);
  else if (act === "erase") people.erase(person);
  else return people.move(person);
}

async function clock(world: World): Promise<void> {
  for (;;) {
    await world.time.sleep(MINUTE);
    void inProcess(world, (process) => watch(watchPorts(world, process), [newsletter]));
  }
}

/** A kick on its way: SQS may lose it to a dead run, and may bring it twice. At most two senders run at once. */
function kick(world: World): void {
  const { dice, weather, kicks } = world;
  const times = dice.chance(weather.kickLost) ? 0 : dice.chance(weather.kickDoubled) ? 2 : 1;
  for (let n = 0; n < times; n++) {
    kicks.waiting += 1;
    void later(world, dice.between(5, 500), () => runSender(world));
  }
}

async function runSender(world: World): Promise<void> {
  const { kicks, time } = world;
  while (kicks.running >= 2) await time.sleep(100);
  kicks.waiting -= 1;
  kicks.running += 1;
  await inProcess(world, (process, told) => send(sendPorts(world, process, told), settings));
  kicks.running -= 1;
}

/** One Lambda run with its fate. Gives undefined when it died or failed. */
async function inProcess<T>(
  world: World,
  work: (process: Process, told: () => boolean) => Promise<T>,
): Promise<T | undefined> {
  const { dice, time, weather, running } = world;
  const process = startProcess(time, dice, weather.network);
  running.add(process);
  const died = new Promise<undefined>((resolve) => {
    if (!dice.chance(weather.crash)) return;
    void later(world, dice.between(0, 20_000), () => {
      process.crash();
      resolve(undefined);
    });
  });
  if (dice.chance(weather.freeze)) {
    const milliseconds = dice.pick([3_000, 20_000, 60_000, 240_000, 1_800_000]);
    void later(world, dice.between(0, 15_000), () => process.freeze(milliseconds));
  }
  const toldAt = dice.chance(weather.told) ? time.now() + dice.between(0, 15_000) : Number.POSITIVE_INFINITY;
  const worked = work(process, () => time.now() >= toldAt).catch((error: unknown) => {
    world.errors.push(String(error));
    return undefined;
  });
  const result = await Promise.race([worked, died]);
  running.delete(process);
  return result;
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function commonPorts(world: World, process: Process) {
  const { editions, ledger, bug } = world;
  return {
    editions: {
      get: (key: EditionKey) => process.read(() => editions.get(key)),
      list: (name: string, limit: number) => process.read(() => editions.list(name, limit)),
      update: (...args: Parameters<typeof editions.update>) => process.write(() => editions.update(...args)),
      revision: (key: EditionKey, rev: number) => process.read(() => editions.revision(key, rev)),
    },
    ledger: {
      writeBatches: (batches: readonly Batch[]) => process.write(() => ledger.writeBatches(batches)),
      commitGroup: (...args: Parameters<typeof ledger.commitGroup>) =>
        process.write(async () => {
          if (bug === "commit without condition")
            world.store.groups.get(`${args[0].newsletter}#${args[0].date}`)?.delete(args[1].group);
          return ledger.commitGroup(...args);
        }),
      groups: (key: EditionKey) => process.read(() => ledger.groups(key)),
      startGroup: (...args: Parameters<typeof ledger.startGroup>) => process.write(() => ledger.startGroup(...args)),
      closeGroup: (...args: Parameters<typeof ledger.closeGroup>) => process.write(() => ledger.closeGroup(...args)),
      batches: (...args: Parameters<typeof ledger.batches>) => process.read(() => ledger.batches(...args)),
      batch: (key: Batch["key"]) => process.read(() => ledger.batch(key)),
      batchAround: (...args: Parameters<typeof ledger.batchAround>) => process.read(() => ledger.batchAround(...args)),
      saveBatch: (batch: Batch, only: { att: number; st: readonly BatchState[] }) =>
        process.write(() => saveBatch(world, batch, only)),
      point: (...args: Parameters<typeof ledger.point>) => process.write(() => ledger.point(...args)),
      unpoint: (...args: Parameters<typeof ledger.unpoint>) => process.write(() => ledger.unpoint(...args)),
      pointers: () => process.read(() => ledger.pointers()),
      sender: () => process.read(() => ledger.sender()),
      takeSender: (...args: Parameters<typeof ledger.takeSender>) => process.write(() => ledger.takeSender(...args)),
      keepSender: (...args: Parameters<typeof ledger.keepSender>) => process.write(() => ledger.keepSender(...args)),
    },
    now: () => toInstant(process.clock.now()),
    newRun: () => world.dice.hex(12),
    kick: () => process.write(async () => kick(world)),
    log: silent,
  };
}

async function saveBatch(world: World, batch: Batch, only: { att: number; st: readonly BatchState[] }) {
  const claiming = batch.st === "calling";
  const stored =
    claiming && world.bug === "claim without the attempt condition" ? await world.ledger.batch(batch.key) : undefined;
  const saved = await world.ledger.saveBatch(batch, stored ? { att: stored.att, st: [stored.st] } : only);
  const claim = `${nameOfBatch(batch.key)} ${batch.att}`;
  if (saved && claiming && !world.claims.has(claim)) world.claims.set(claim, world.time.now());
  return saved;
}

function dispatchPorts(world: World, process: Process) {
  const { people, bug } = world;
  const active = () => [...people.items.values()].filter(({ status }) => status === "active").length;
  return {
    ...commonPorts(world, process),
    countUse: async () => undefined,
    subscribers: {
      // The counter drifts: it is only for choosing the number of groups.
      count: () => process.read(async () => active() * 700),
      anyActive: () => process.read(async () => active() > 0),
      walkShard: async function* (_: string, shard: number) {
        for (const page of people.pages(shard)) {
          yield* await process.read(async () => page.items);
          if (bug === "empty page taken as the end" && page.items.length === 0) return;
        }
      },
    },
  };
}

function sendPorts(world: World, process: Process, told: () => boolean): SendPorts {
  const { people, ses, bug, dice } = world;
  const ports = commonPorts(world, process);
  const getMany = (_: string, ids: readonly string[]) =>
    process.read(async () => {
      const unprocessed = bug === "unprocessed keys taken as erased" && dice.chance(0.3);
      const answered = unprocessed ? ids.slice(1) : ids;
      const found = answered.flatMap((id) => people.items.get(id) ?? []);
      return new Map(found.map((subscriber) => [subscriber.id, kept(subscriber)]));
    });
  return {
    ...ports,
    clock: process.clock,
    subscribers: { getMany },
    ses: {
      account: () => process.read(() => ses.account()),
      sendBulk: (call, gate) => ses.sendBulk(process, call, gate, bug !== "gate before signing"),
    },
    letter: (_edition, { email }, readers) => ({
      ...{ from: "e", replyTo: "e", email, headers: [] },
      entries: readers.map(({ subscriber, ...tag }) => ({
        ...{ to: subscriber.address, values: {}, headers: [], tags: tagsOf(tag) },
      })),
    }),
    kick: bug === "kick lost to a dying run" ? async () => undefined : ports.kick,
    skew: () => 0,
    mustEnd: told,
  };
}

function watchPorts(world: World, process: Process) {
  const invoke = async (key: EditionKey) => {
    await inProcess(world, (other) => dispatch(dispatchPorts(world, other), key, 1));
    await process.goOn();
  };
  return { ...commonPorts(world, process), dispatch: invoke };
}
