import { batchName, type DeliveryStore } from "#adapters/memory/store.ts";
import { freshBatch } from "#domain/delivery/ledger/batch.ts";
import { fullSpeed } from "#domain/delivery/pace/pace.ts";
import { type WelcomePointer, welcomeKey } from "#domain/delivery/welcome.ts";
import type { EditionKey } from "#domain/edition/edition.ts";
import { toInstant } from "#domain/time/instant.ts";
import { send } from "#usecases/delivery/send/send.ts";
import { watch } from "#usecases/delivery/watch/watch.ts";
import type { Conditions } from "./conditions.ts";
import { planConfirmations } from "./verdict/welcomes.ts";
import { approvedAt, draftOf, revisionOf } from "./world/content.ts";
import { takeInEvents } from "./world/feedback.ts";
import { importQueue } from "./world/imports.ts";
import { planActs } from "./world/operator.ts";
import type { People, Person } from "./world/people.ts";
import { freeze, type Kick, sendPorts, watchPorts } from "./world/ports.ts";
import { restoreOnce } from "./world/restore.ts";
import { after, createWorld, inProcess, MINUTE, type Plan, start, type World } from "./world/world.ts";
import { localTime, STRETCH } from "./world/zones.ts";

/** How long after the last approval a story ends; with a short quota, a day later. */
const durationOf = ({ quota, localTime, editions, senders }: Conditions) => {
  const hours = (quota === null ? 12 : 30) + (localTime ? 24 * (editions - 1) : 0);
  // Several senders have more to send, and processes that die again and again take longer.
  return (senders.some((count) => count > 1) ? 4 : 1) * hours * 60 * MINUTE;
};
/**
 * How long a sender that waits for the quota may take to pause again: it may be running at the time, be dead, or have
 * lost its kick. Watch runs every quarter of an hour, and may fail too.
 */
const FALLS_ASLEEP_WITHIN = 12 * 60 * MINUTE;

/** Runs one story from its seed: editions are approved, frozen, sent and repaired, while things go wrong. */
export async function runStory(plan: Plan): Promise<World> {
  const world = createWorld(plan);
  const { dice, time, conditions } = world;
  for (const people of world.people.values()) {
    for (let n = 0; n < conditions.readers; n++) people.join();
    const acts = Math.round(conditions.readerActions);
    const stretch = conditions.localTime ? STRETCH : 1;
    for (let n = 0; n < acts; n++) void after(time, dice.between(0, 60_000 * stretch), () => actOnce(world, people));
    for (let n = 0; n < conditions.imports; n++)
      void after(time, dice.between(5_000, 40_000 * stretch), () => importReaders(world, people));
    for (let n = 0; n < conditions.zoneMoves; n++)
      void after(time, dice.between(0, 60_000 * stretch), () => changeZone(world, people));
    if (conditions.imported > 0) void after(time, dice.between(0, 30_000 * stretch), () => importQueue(world, people));
    planConfirmations(world, people, kicker(world));
  }
  if (conditions.known) await knowAccount(world);
  let at = 10_000;
  for (const key of world.keys) {
    void after(time, at, () => approve(world, key));
    planActs(world, key, at - 10_000, kicker(world));
    at += conditions.apartHours * 60 * MINUTE + dice.between(0, 30_000);
  }
  if (conditions.restore && conditions.watch) void restoreOnce(world);
  if (conditions.watch) void clock(world);
  takeInEvents(world);
  const last = start + at;
  const end = last + durationOf(conditions);
  await time.run(end, () => time.now() > last + 2 * MINUTE && isOver(world));
  if (conditions.quota !== null) await time.run(end + FALLS_ASLEEP_WITHIN, () => isOver(world) || isAsleep(world));
  return world;
}

/** Whether nothing runs, and nothing of any edition will continue by itself. Unanswered calls are left to watch. */
export function isOver(world: OverWorld): boolean {
  const { store, running, kicks, keys, pendingActs, restored, events, conditions, heartbeats } = world;
  if (running.size > 0 || kicks.waiting > 0 || pendingActs.count > 0 || events.underWay() > 0) return false;
  if ([...store.welcomes.values()].some((pointer) => !isHeld(store, pointer))) return false;
  return keys.every(({ newsletter, date }) => {
    const name = `${newsletter}#${date}`;
    const state = store.editions.get(name)?.state;
    if (state === "finished") return !conditions.watch || heartbeats.has(name);
    if (state === "cancelled") return !hasCalls(store, name);
    // A restored table has forgotten the outcome of its calls; the verdict doesn't ask for it.
    return (state === "held" || state === "halted") && (restored.at !== undefined || !hasCalls(store, name));
  });
}

/** A pointer is kept for a day, in case a paused sender still reports its outcome. */
const isHeld = ({ batches }: DeliveryStore, pointer: WelcomePointer): boolean => {
  const { newsletter, date } = pointer;
  return batches.get(`${newsletter}#${date}`)?.get(batchName(welcomeKey(pointer)))?.state === "held";
};

type OverWorld = Pick<
  World,
  "store" | "running" | "kicks" | "keys" | "pendingActs" | "restored" | "events" | "conditions" | "heartbeats"
>;

const isAsleep = ({ store }: World): boolean => (store.sender.value?.wakeAt ?? null) !== null;

async function knowAccount({ ledger, conditions }: World): Promise<void> {
  const known = { rate: conditions.rates[0] ?? 1, quota: conditions.quota, sent24: 0, wakeAt: null };
  const readAt = toInstant(start - 3_600_000);
  const sender = { ...known, readAt, holder: "before", until: toInstant(0), slow: fullSpeed };
  await ledger.takeSender(sender, toInstant(start));
}

async function approve(world: World, key: EditionKey): Promise<void> {
  const { dice, editions } = world;
  const now = toInstant(world.time.now());
  const latest = dice.chance(world.conditions.late) ? toInstant(world.time.now() + dice.between(1_000, 60_000)) : null;
  const isScheduled = dice.chance(world.conditions.scheduled);
  const dueAt = isScheduled ? toInstant(world.time.now() + dice.between(1_000, 3 * MINUTE)) : now;
  const local = world.conditions.localTime ? { localTime } : {};
  const edition = { ...approvedAt(key, now), dueAt, latest, ...local };
  await editions.putRevision(key, revisionOf(key));
  for (const date of laterDates(world.conditions.drafts)) await editions.create(draftOf({ ...key, date }, now));
  await editions.create(edition);
  if (isScheduled) return;
  const runs = dice.chance(world.conditions.twice) ? 2 : 1;
  for (let n = 0; n < runs; n++) {
    void inProcess(world, "dispatch", (process) => freeze(world, process, kicker(world), key));
  }
}

/** Dates after every edition of the story. */
const laterDates = (drafts: number): string[] => Array.from({ length: drafts }, (_, n) => `2026-12-${10 + n}`);

/** One reader does something. */
function actOnce({ dice }: World, people: People): Promise<void> | void {
  const [first, ...rest] = people.people;
  if (!first) return;
  const person = dice.pick([first, ...rest]);
  const act = dice.pick(["join", "leave", "pause", "erase", "move", "move", "rejoin"]);
  if (act === "join") people.join();
  else if (act === "leave") people.leave(person);
  else if (act === "pause") people.pause(person);
  else if (act === "erase") people.erase(person);
  else if (act === "rejoin") people.rejoin(person);
  else return people.move(person);
}

/** One reader chooses another time zone. */
async function changeZone(world: World, people: People): Promise<void> {
  const [first, ...rest] = people.people;
  if (!first) return;
  const person = world.dice.pick([first, ...rest]);
  people.changeZone(person);
  if (world.bug === "each cohort frozen when it is due") await freezeAgain(world, person);
}

/** Planted: later cohorts are frozen again by the present zones, so a reader who moved is in two of them. */
async function freezeAgain({ store, ledger, time }: World, { ids }: Person): Promise<void> {
  for (const { newsletter, date, cohorts = [] } of store.editions.values()) {
    const toCome = cohorts.find(({ due }) => due > toInstant(time.now()));
    const [commit] = store.groups.get(`${newsletter}#${date}`)?.values() ?? [];
    const id = ids.at(-1);
    if (!toCome || !commit || !id) continue;
    const place = { newsletter, date, group: commit.group, run: commit.run, due: toCome.due, first: id };
    await ledger.writeBatches([freshBatch(place, [id])]);
  }
}

/** An import: many readers join, a few at a time. */
async function importReaders({ dice, time }: World, people: People): Promise<void> {
  const newcomers = dice.whole(3, 12);
  for (let n = 0; n < newcomers; n++) {
    people.join();
    if (dice.chance(0.3)) await time.sleep(dice.between(1, 100));
  }
}

async function clock(world: World): Promise<void> {
  for (;;) {
    await world.time.sleep(world.conditions.watchMinutes * MINUTE);
    void inProcess(world, "watch", (process) => watch(watchPorts(world, process, kicker(world))));
  }
}

const kicker =
  (world: World): Kick =>
  async (sender = 0) =>
    kick(world, sender);

/** Sends a kick. It may be lost with a dead run or delivered twice. At most two runs of each sender at once. */
function kick(world: World, sender: number): void {
  const { dice, conditions, kicks, time } = world;
  const times = dice.chance(conditions.kickLost) ? 0 : dice.chance(conditions.kickDoubled) ? 2 : 1;
  for (let n = 0; n < times; n++) {
    kicks.waiting += 1;
    void after(time, dice.between(5, 500), () => runSender(world, sender));
  }
}

async function runSender(world: World, sender: number): Promise<void> {
  const { kicks, time, senders } = world;
  while (kicks.running >= 2 * senders.most) await time.sleep(100);
  kicks.waiting -= 1;
  kicks.running += 1;
  await inProcess(world, "send", (process, isTerminated) =>
    send(
      sendPorts(world, process, { kick: kicker(world), sender, isTerminated }),
      { ...world.settings, senders: senders.at(time.now()) },
      sender,
    ),
  );
  kicks.running -= 1;
}

const hasCalls = (store: DeliveryStore, name: string) =>
  [...(store.batches.get(name)?.values() ?? [])].some(({ state }) => state === "calling");
