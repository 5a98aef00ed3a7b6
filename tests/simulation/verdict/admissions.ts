import type { Batch } from "#domain/delivery/ledger/batch.ts";
import { receptionProblem } from "#domain/delivery/pace/canary.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { fromInstant } from "#domain/time/instant.ts";
import { FACTOR } from "../world/imports.ts";
import type { People } from "../world/people.ts";
import type { World } from "../world/world.ts";

/**
 * Checks warm-ups: each edition admits imported readers in the order of the queue, and an admitted reader never waits
 * again.
 */
export function outOfTurn(world: World, people: People): string[] {
  if (world.conditions.imported === 0) return [];
  const all = frozenOf(world, people);
  return all.flatMap(({ edition, ids }, at) => {
    const before = all[at - 1];
    return [
      ...wrongReaders(people, edition, ids),
      ...(before
        ? [...sentBack(people, before, { edition, ids }), ...risenTooFar(world, before.edition, edition)]
        : []),
    ];
  });
}

type Frozen = { edition: Edition & { frozenAt: string }; ids: ReadonlySet<string> };

/** The newsletter's frozen editions with their audiences, in the order in which they were frozen. */
function frozenOf({ store }: World, { newsletter }: People): Frozen[] {
  const all = [...store.editions.values()].flatMap((edition) => {
    const { frozenAt } = edition;
    if (edition.newsletter !== newsletter || frozenAt === null || edition.frozen === null) return [];
    const ids = new Set(audienceOf(store, edition).flatMap((batch) => batch.ids));
    return [{ edition: { ...edition, frozenAt }, ids }];
  });
  return all.sort((a, b) => (a.edition.frozenAt < b.edition.frozenAt ? -1 : 1));
}

/** The batches of an edition's committed audience. */
export function audienceOf(store: World["store"], { newsletter, date }: Edition): Batch[] {
  const name = `${newsletter}#${date}`;
  const runs = new Map([...(store.groups.get(name)?.values() ?? [])].map(({ group, run }) => [group, run]));
  return [...(store.batches.get(name)?.values() ?? [])].filter(({ key }) => runs.get(key.group) === key.run);
}

/**
 * Readers who are wrongly in or out: those below the limit must be in if they were active before, those above it must
 * not.
 */
function wrongReaders(people: People, { date, frozenAt, warmUp }: Frozen["edition"], ids: Frozen["ids"]): string[] {
  const below = warmUp?.below ?? 0;
  const frozen = fromInstant(frozenAt);
  return people.people.flatMap((person) => {
    const { rank, joinedAt, goneAt, stoppedAt, movedAt, several } = person;
    if (rank === undefined || several) return [];
    const isIn = person.ids.some((id) => ids.has(id));
    if (rank >= below)
      return isIn ? [`${person.name} of rank ${rank} is in ${date}, which admits those below ${below}`] : [];
    const stayed =
      joinedAt < frozen - 5_000 && goneAt === undefined && stoppedAt === undefined && movedAt === undefined;
    return stayed && !isIn
      ? [`${person.name} of rank ${rank} isn't in ${date}, which admits those below ${below}`]
      : [];
  });
}

/** Readers who got an edition and are missing from the next one. */
function sentBack(people: People, before: Frozen, { edition, ids }: Frozen): string[] {
  if (edition.date < before.edition.date) return [];
  return people.people.flatMap((person) => {
    const isSame = person.joinedAt < fromInstant(before.edition.frozenAt) - 5_000;
    const stayed = isSame && person.goneAt === undefined && person.stoppedAt === undefined && !person.several;
    const had = person.ids.some((id) => before.ids.has(id));
    return stayed && had && !person.ids.some((id) => ids.has(id))
      ? [`${person.name} was in ${before.edition.date} and isn't in ${edition.date}`]
      : [];
  });
}

/** The limit follows the curve. It rises only after an edition that was sent without too many bounces or complaints. */
function risenTooFar(world: World, before: Frozen["edition"], { date, frozenAt, warmUp }: Frozen["edition"]): string[] {
  if (!warmUp || world.restored.at !== undefined) return [];
  const { admittedFirst } = world.conditions;
  const earlier = before.warmUp;
  const isSame = earlier !== undefined && earlier.from === warmUp.from;
  const had = isSame ? earlier.below - warmUp.from : 0;
  const most = had === 0 ? admittedFirst : Math.ceil(had * FACTOR);
  const now = warmUp.below - warmUp.from;
  if (now > most) return [`${date} admits ${now} imported readers after ${had}: at most ${most}`];
  if (!isSame || now <= had || had === 0) return [];
  const name = `${before.newsletter}#${before.date}`;
  // A delivery that a person declared delivered counts as sent, whatever SES did; so does one that SES refused, which
  // is judged as a bounce.
  const settled = audienceOf(world.store, before).flatMap(({ outcomes }) =>
    outcomes.filter((one) => one === "declared" || one === "refused"),
  );
  const mailed = acceptedBy(world, before, Number.POSITIVE_INFINITY) + settled.length;
  if (mailed * 2 < (before.frozen ?? 0))
    return [`${date} admits more although ${before.date} was sent to ${mailed} only`];
  // Events that were counted just before the freeze may have been too late for it.
  const seenBy = fromInstant(frozenAt) - 60_000;
  const sum = (of: "failed" | "complained") =>
    world.counted.reduce((total, one) => (one.edition === name && one.at < seenBy ? total + one[of] : total), 0);
  const reception = {
    accepted: acceptedBy(world, before, fromInstant(frozenAt)),
    ...{ refused: 0, bounced: sum("failed"), complained: sum("complained") },
  };
  const problem = receptionProblem(reception);
  return problem === undefined ? [] : [`${date} admits more although ${before.date} was taken badly: ${problem}`];
}

const acceptedBy = ({ ses }: World, { newsletter, date }: Edition, at: number): number =>
  ses.accepted.filter((one) => one.at <= at && one.batch.startsWith(`${newsletter} ${date} `)).length;
