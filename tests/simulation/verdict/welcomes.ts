import { batchName } from "#adapters/memory/store.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { welcomeGroup, welcomeKey } from "#domain/delivery/welcome.ts";
import { fromInstant } from "#domain/time/instant.ts";
import { type WelcomePorts, welcomeReader } from "#usecases/delivery/welcome/welcome-reader.ts";
import type { People, Person } from "../world/people.ts";
import { commonPorts, type Kick } from "../world/ports.ts";
import { type Process, through } from "../world/process.ts";
import { after, inProcess, MINUTE, type World } from "../world/world.ts";

/** How long after a failure the queue of readers' requests delivers a request again, and how often. */
const VISIBILITY_MS = 90_000;
const ATTEMPTS = 60;

/** A reader confirms on the web, which requests a welcome; the queue may deliver the request twice. */
function askWelcome(world: World, newsletter: string, person: Person, kick: Kick): void {
  const { dice, conditions, store } = world;
  const id = person.ids.at(-1) ?? "";
  person.confirmedAt = world.time.now();
  person.wasSent = [...store.editions.values()].some(
    (edition) => edition.newsletter === newsletter && edition.state === "finished",
  );
  const times = dice.chance(conditions.kickDoubled) ? 2 : 1;
  for (let n = 0; n < times; n++) void answer(world, { newsletter, id }, person, kick);
}

async function answer(
  world: World,
  reader: { newsletter: string; id: string },
  person: Person,
  kick: Kick,
): Promise<void> {
  const { dice, time, pendingActs } = world;
  pendingActs.count += 1;
  let died = false;
  await time.sleep(dice.between(5, 2_000));
  for (let tries = 0; tries < ATTEMPTS; tries++) {
    const done = await inProcess(world, "requests", (process) =>
      welcomeReader(welcomePorts(world, process, kick), reader),
    );
    died ||= done === undefined;
    person.isLeftUnwelcomed = died && done !== "welcomed";
    if (done !== undefined && done !== "later") break;
    await time.sleep(VISIBILITY_MS);
  }
  pendingActs.count -= 1;
}

function welcomePorts(world: World, process: Process, kick: Kick): WelcomePorts {
  const { bug, store, subscribers } = world;
  const common = commonPorts(world, process, kick);
  const forgetful: typeof subscribers.get = async (newsletter, id) => {
    const found = await subscribers.get(newsletter, id);
    return found && bug === "a welcome without a look at former addresses" ? { ...found, origin: null } : found;
  };
  const writeBatches: WelcomePorts["ledger"]["writeBatches"] = async (batches) => {
    if (bug === "a welcome put twice") for (const { key } of batches) forget(store, key);
    const isHasty = bug === "a late joiner mailed at once";
    return common.ledger.writeBatches(isHasty ? batches.map((batch) => ({ ...batch, notBefore: null })) : batches);
  };
  return {
    ...common,
    ledger: new Proxy(common.ledger, {
      get: (target, name) => (name === "writeBatches" ? writeBatches : Reflect.get(target, name)),
    }),
    subscribers: through(process, "subscribers", { get: forgetful }),
  };
}

function forget({ batches }: World["store"], { newsletter, date, first }: Batch["key"]): void {
  const ofEdition = batches.get(`${newsletter}#${date}`);
  for (const [name, { key }] of ofEdition ?? []) {
    if (key.group === welcomeGroup.group && key.first === first) ofEdition?.delete(name);
  }
}

/** An edition's welcomes at the end. */
export const welcomesOf = ({ store }: World, edition: string): Batch[] =>
  [...(store.batches.get(edition)?.values() ?? [])].filter(({ key }) => key.group === welcomeGroup.group);

/** Welcomes that wait indefinitely. Waiting for the quota is allowed. */
export function stuckWelcomes(world: World): string[] {
  const { conditions, store, restored } = world;
  if (restored.at !== undefined || (conditions.quota !== null && store.sender.value?.wakeAt)) return [];
  const isOpen = ({ state }: Batch) => (conditions.watch ? !["done", "held"].includes(state) : state === "ready");
  // One whose request failed before its pointer was written is no one's, if the reader left before the next attempt, or
  // was welcomed with a later edition.
  const isPointedAt = ({ key }: Batch) =>
    [...store.welcomes.values()].some((pointer) => batchName(welcomeKey(pointer)) === batchName(key));
  const isNoOnes = (batch: Batch) =>
    !isPointedAt(batch) && world.people.get(batch.key.newsletter)?.personOf(batch.ids[0] ?? "")?.isLeftUnwelcomed;
  const isReplaced = ({ key, ids }: Batch) =>
    [...store.editions.values()].some(
      ({ newsletter, date }) =>
        newsletter === key.newsletter &&
        date > key.date &&
        (isIn(world, `${newsletter}#${date}`, ids) ||
          welcomesOf(world, `${newsletter}#${date}`).some((other) => other.key.first === key.first)),
    );
  // A late joiner waits while their edition is stopped, and a day longer.
  const goesOn = (name: string) =>
    !conditions.localTime || !["paused", "held", "halted"].includes(store.editions.get(name)?.state ?? "");
  return [...store.editions.keys()].filter(goesOn).flatMap((name) =>
    welcomesOf(world, name)
      .filter((batch) => isOpen(batch) && !isNoOnes(batch) && !isReplaced(batch))
      .map(({ key, state }) => `the welcome of ${key.first} with ${name} is ${state}`),
  );
}

/** The most that clocks differ. An edition whose freeze began this close to a claim may not have been visible to it. */
const AT_ONCE_MS = 10_000;

/** Readers who were welcomed although an edition with them was frozen, or being frozen, before. */
export function unwantedWelcomes(world: World, people: People): string[] {
  const { store, ses, claims, conditions, restored } = world;
  // A process that is frozen between reading and claiming can't know what began meanwhile.
  if (restored.at !== undefined || conditions.freeze > 0 || conditions.network.hang > 0) return [];
  const editions = [...store.editions.values()].filter(({ newsletter }) => newsletter === people.newsletter);
  return ses.accepted.flatMap(({ tag: { key }, id, batch, attempt }) => {
    if (key.group !== welcomeGroup.group || key.newsletter !== people.newsletter) return [];
    // In local time, readers join an edition that is still due in their zone, even if a later one exists.
    if (conditions.localTime) return [];
    const claimed = claims.get(`${batch} ${attempt}`) ?? 0;
    const ids = people.personOf(id)?.ids ?? [];
    const later = editions.filter(({ date, frozenAt, frozen }) => {
      const began = frozenAt === null ? Number.POSITIVE_INFINITY : fromInstant(frozenAt);
      return date > key.date && frozen !== null && began < claimed - AT_ONCE_MS;
    });
    return later.flatMap(({ newsletter, date }) =>
      isIn(world, `${newsletter}#${date}`, ids) ? [`${id} is in ${date}, and was welcomed with ${key.date}`] : [],
    );
  });
}

/** Readers who confirmed after an edition was finished, stayed, and got neither a welcome nor an edition. */
export function lostWelcomes(world: World, people: People): string[] {
  const { store, restored } = world;
  if (restored.at !== undefined) return [];
  const editions = [...store.editions.keys()].filter((name) => name.startsWith(`${people.newsletter}#`));
  return people.people.flatMap((person) => {
    const stayed = person.goneAt === undefined && person.stoppedAt === undefined && person.movedAt === undefined;
    if (!stayed || !person.wasSent || person.several) return [];
    const isWelcomed = editions.some((name) => welcomesOf(world, name).some(({ ids }) => ids.includes(person.name)));
    const hasOne = isWelcomed || editions.some((name) => isIn(world, name, person.ids));
    return hasOne ? [] : [`${person.name} confirmed and got neither a welcome nor an edition`];
  });
}

/** Whether one of these ids is in the edition's committed audience. */
function isIn({ store }: World, edition: string, ids: readonly string[]): boolean {
  const runs = new Map([...(store.groups.get(edition)?.values() ?? [])].map(({ group, run }) => [group, run]));
  return [...(store.batches.get(edition)?.values() ?? [])].some(
    (batch) => runs.get(batch.key.group) === batch.key.run && batch.ids.some((id) => ids.includes(id)),
  );
}

/** Plans when readers subscribe on the web, and when some who left come back. */
export function planConfirmations(world: World, people: People, kick: Kick): void {
  const { dice, time, conditions } = world;
  for (let n = 0; n < conditions.subscribing; n++) {
    void after(time, dice.between(0, 12 * MINUTE * (conditions.localTime ? 12 : 1)), () => {
      const [first, ...rest] = people.people.filter(({ goneAt, several }) => goneAt !== undefined && !several);
      const person = first && dice.chance(0.4) ? people.comeBack(dice.pick([first, ...rest])) : people.join();
      if (person) askWelcome(world, people.newsletter, person, kick);
    });
  }
}
