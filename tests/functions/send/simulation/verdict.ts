import type { Batch } from "#domain/delivery/batch.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { fromInstant } from "#domain/instant.ts";
import type { Person } from "./people.ts";
import { nameOfBatch } from "./ses.ts";
import type { World } from "./story.ts";

/** What the promise says, checked against everything that really happened in a story. */
export function broken(world: World): string[] {
  const editions = [...world.store.editions.values()];
  return [
    ...editions.flatMap((edition) => [
      ...doubled(world, edition),
      ...untrue(world, edition),
      ...leftOut(world, edition),
      ...stuck(world, edition),
    ]),
    ...unwanted(world),
    ...tooFast(world),
    ...tooMany(world),
    ...tooLate(world),
  ];
}

function committed(world: World, { newsletter, date }: Edition): Batch[] {
  const name = `${newsletter}#${date}`;
  const groups = [...(world.store.groups.get(name)?.values() ?? [])];
  const batches = [...(world.store.batches.get(name)?.values() ?? [])];
  return batches.filter(({ key }) => groups.some(({ group, run }) => group === key.group && run === key.run));
}

const acceptedOf = (world: World, { date }: Edition) =>
  world.ses.accepted.filter(({ batch }) => batch.startsWith(`${date} `));

/** Nobody gets an edition twice, whatever happened to their address. */
function doubled(world: World, edition: Edition): string[] {
  const seen = new Map<Person, string>();
  return acceptedOf(world, edition).flatMap(({ id, batch, attempt }) => {
    const person = world.people.personOf(id);
    if (!person) return [`mailed somebody unknown: ${id}`];
    const before = seen.get(person);
    seen.set(person, `${batch} ${attempt}`);
    return before ? [`${person.name} has two of ${edition.date}: ${before} and ${batch} ${attempt}`] : [];
  });
}

/** The ledger never says more than happened, and never forgets what did. */
function untrue(world: World, edition: Edition): string[] {
  const took = new Set(acceptedOf(world, edition).map(({ batch, position }) => `${batch} ${position}`));
  return committed(world, edition).flatMap((batch) =>
    [...batch.out].flatMap((letter, position) => {
      const accepted = took.has(`${nameOfBatch(batch.key)} ${position}`);
      const name = `${nameOfBatch(batch.key)} ${position} is ${letter} in ${batch.st}`;
      if (letter === "a" && !accepted) return [`${name}, but SES never took it`];
      // Held is what nobody knows; so is what is unknown or still on its way.
      const open = batch.st === "unknown" || batch.st === "calling" || letter === "h";
      return accepted && letter !== "a" && !open ? [`${name}, but SES took it`] : [];
    }),
  );
}

/** Who was there before the freeze and stayed is in exactly one batch; who stayed to the end is not skipped. */
function leftOut(world: World, edition: Edition): string[] {
  if (edition.frozen === null || edition.frozenAt === null) return [];
  const frozenAt = fromInstant(edition.frozenAt);
  const batches = committed(world, edition);
  const places = new Map<string, { letter: string | undefined }[]>();
  for (const batch of batches) {
    for (const [at, id] of batch.ids.entries()) places.set(id, [...(places.get(id) ?? []), { letter: batch.out[at] }]);
  }
  const steady = world.people.people.filter(
    ({ joinedAt, goneAt, movedAt }) => joinedAt < frozenAt - 5_000 && goneAt === undefined && movedAt === undefined,
  );
  const lost = steady.flatMap(({ name, ids }) => {
    const own = places.get(ids[0] ?? "") ?? [];
    if (own.length !== 1) return [`${name} has ${own.length} places in ${edition.date}`];
    return own[0]?.letter === "s" ? [`${name} was skipped, and never left`] : [];
  });
  const moved = edition.state === "finished" ? movedAway(world, edition, frozenAt, batches) : [];
  return [...lost, ...moved];
}

/** Who only changed their address gets a finished edition, at the old one or the new, unless SES never said. */
function movedAway(world: World, edition: Edition, frozenAt: number, batches: readonly Batch[]): string[] {
  const mailed = new Set(acceptedOf(world, edition).map(({ id }) => world.people.personOf(id)));
  const frozen = new Set(batches.flatMap(({ ids }) => ids));
  const movers = world.people.people.filter(
    ({ joinedAt, goneAt, movedAt, ids }) =>
      joinedAt < frozenAt - 5_000 && goneAt === undefined && movedAt !== undefined && ids.length === 2,
  );
  return movers.flatMap((person) =>
    mailed.has(person) || person.ids.every((id) => isRefused(batches, id))
      ? []
      : [
          `${person.name} moved and got nothing of ${edition.date} (${person.ids.filter((id) => frozen.has(id)).length} places)`,
        ],
  );
}

const isRefused = (batches: readonly Batch[], id: string) =>
  batches.some(({ ids, out }) => out[ids.indexOf(id)] === "r");

/** Every edition comes to an end, or waits for a person, for SES's quota, or for what only SES knows. */
function stuck(world: World, edition: Edition): string[] {
  const name = `${edition.date} is ${edition.state}`;
  if (["finished", "held", "cancelled"].includes(edition.state)) {
    const calling = edition.state === "cancelled" || edition.state === "held" ? 0 : committed(world, edition).length;
    const open = calling === 0 ? [] : committed(world, edition).filter(({ st }) => st !== "done");
    return open.map(({ st }) => `${name} with a batch that is ${st}`);
  }
  if (edition.state !== "sending") return [name];
  const waiting = committed(world, edition).filter(({ st }) => st === "ready" || st === "calling");
  if (waiting.length === 0)
    return committed(world, edition).some(({ st }) => st === "unknown") ? [] : [`${name}, all done`];
  return world.quota !== null && world.store.sender.value?.wakeAt
    ? []
    : [`${name} with ${waiting.length} batches waiting`];
}

/** Nobody is mailed whose leaving was stored before the claim. */
function unwanted(world: World): string[] {
  return world.ses.accepted.flatMap(({ id, batch, attempt }) => {
    const person = world.people.personOf(id);
    const claimed = world.claims.get(`${batch} ${attempt}`) ?? Number.POSITIVE_INFINITY;
    if (person?.goneAt === undefined || person.goneAt >= claimed) return [];
    return [`${person.name} left ${claimed - person.goneAt} ms before the claim of ${batch} and was mailed`];
  });
}

/** No second has more departures than the rate, but for those a process slept over after its gate. */
function tooFast(world: World): string[] {
  const departures = world.ses.departures.filter(({ excused }) => !excused);
  const window = world.rate < 1 ? 1_000 / world.rate : 1_000;
  return departures.flatMap(({ at }) => {
    const inWindow = departures.filter((other) => other.at >= at && other.at < at + window);
    const sum = inWindow.reduce((total, { n }) => total + n, 0);
    return sum > Math.max(1, world.rate) ? [`${sum} departures in ${window} ms at a rate of ${world.rate}`] : [];
  });
}

function tooMany(world: World): string[] {
  if (world.quota === null || world.ses.accepted.length === 0) return [];
  const own = world.ses.accepted.length;
  const all = own + world.sentByOthers;
  return all > world.quota ? [`${all} recipients with a quota of ${world.quota}`] : [];
}

/** A call leaves within 5 s of its claim, or never. */
function tooLate(world: World): string[] {
  return world.ses.departures.flatMap(({ at, batch, excused }) => {
    const claimed = world.claims.get(batch);
    if (claimed === undefined) return excused ? [] : [`a call left without a claim: ${batch}`];
    return !excused && at - claimed > 5_000 ? [`${batch} left ${at - claimed} ms after its claim`] : [];
  });
}
