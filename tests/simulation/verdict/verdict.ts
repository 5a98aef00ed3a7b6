import { batchName, editionName } from "#adapters/memory/store.ts";
import { tagsOf } from "#domain/delivery/calls/tags.ts";
import type { Batch } from "#domain/delivery/ledger/batch.ts";
import type { RecordedOutcome } from "#domain/delivery/ledger/recorded-outcome.ts";
import { positionsSeen } from "#domain/delivery/ledger/seen-deliveries.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { fromInstant } from "#domain/time/instant.ts";
import type { People, Person } from "../world/people.ts";
import { type Accepted, type Departure, nameOfBatch } from "../world/ses.ts";
import type { World } from "../world/world.ts";
import { outOfTurn } from "./admissions.ts";
import { lostJoiners, tooEarly, tooLateThere } from "./cohorts.ts";
import { lostWelcomes, stuckWelcomes, unwantedWelcomes, welcomesOf } from "./welcomes.ts";

/** The ways in which the promise can be broken. */
export const breaches = [
  "lost",
  "doubled",
  "stuck",
  "too fast",
  "over quota",
  "mailed after leaving",
  "untrue",
  "too many calls",
  "evidence ignored",
  "unwanted",
  "early",
  "late",
  "out of turn",
] as const;
export type Breach = (typeof breaches)[number];
export type Finding = { readonly is: Breach; readonly what: string };

/** Everything about one edition, in the table and in the simulated world. */
type Case = {
  readonly world: World;
  readonly edition: Edition;
  readonly name: string;
  readonly batches: readonly Batch[];
  readonly welcomes: readonly Batch[];
  readonly accepted: readonly Accepted[];
  readonly people: People;
};

/** Checks the promise against everything that really happened in a story. */
export function broken(world: World): Finding[] {
  const cases = casesOf(world);
  const find = (is: Breach, all: readonly string[]): Finding[] => all.map((what) => ({ is, what }));
  return [
    ...cases.flatMap((one) => [
      ...find("doubled", doubled(one)),
      ...find("untrue", contradicted(one)),
      ...find("lost", lostReaders(one)),
      ...find("stuck", stuck(one)),
      ...find("mailed after leaving", mailedAfterLeaving(one)),
      ...find("evidence ignored", ignoredEvidence(one)),
      ...find("early", tooEarly(world, one.edition, one.people)),
      ...find("late", tooLateThere(world, one.edition, one.people)),
      ...find("lost", lostJoiners(world, one.edition, one.people)),
    ]),
    ...[...world.people.values()].flatMap((people) => [
      ...find("unwanted", unwantedWelcomes(world, people)),
      ...find("lost", lostWelcomes(world, people)),
      ...find("out of turn", outOfTurn(world, people)),
    ]),
    ...find("stuck", stuckWelcomes(world)),
    ...find("too fast", [...tooFast(world), ...tooLate(world)]),
    ...find("over quota", tooMany(world)),
    ...find("too many calls", tooManyCalls(world)),
  ];
}

function casesOf(world: World): Case[] {
  return [...world.store.editions.values()].flatMap((edition) => {
    if (edition.state === "draft") return [];
    const people = world.people.get(edition.newsletter);
    if (!people) return [];
    const key = `${edition.newsletter}#${edition.date}`;
    const name = `${edition.newsletter} ${edition.date}`;
    const runs = new Map([...(world.store.groups.get(key)?.values() ?? [])].map(({ group, run }) => [group, run]));
    const all = [...(world.store.batches.get(key)?.values() ?? [])];
    const batches = all.filter((batch) => runs.get(batch.key.group) === batch.key.run);
    const accepted = world.ses.accepted.filter(({ batch }) => batch.startsWith(`${name} `));
    return [{ world, edition, name, batches, welcomes: welcomesOf(world, key), accepted, people }];
  });
}

/** Readers who got an edition twice, whatever happened to their address. */
function doubled({ world, accepted, people, name }: Case): string[] {
  const seen = new Map<Person, Accepted>();
  return accepted.flatMap((one) => {
    const person = people.personOf(one.id);
    if (!person) return [`mailed an unknown reader: ${one.id}`];
    const before = seen.get(person);
    seen.set(person, one);
    if (!before || (person.several && before.id !== one.id)) return [];
    if (world.chosen.has(`${one.batch} ${one.position}`) || isBet(world, one)) return [];
    return [`${person.name} has two of ${name}: ${placeOf(before)} and ${placeOf(one)}`];
  });
}

/** Whether it was resent automatically although more events were lost or late than resolving allows for. */
function isBet({ conditions, resent }: World, { batch, position }: Accepted): boolean {
  return conditions.beyond && conditions.resend === "auto" && resent.has(`${batch} ${position}`);
}

/** Doubles by automatic resends where more events were lost or late than resolving allows for. */
export const lostBets = (world: World): number => {
  const taken = new Map<string, number>();
  for (const one of world.ses.accepted) {
    if (!isBet(world, one)) continue;
    const place = `${one.batch} ${one.position}`;
    taken.set(place, (taken.get(place) ?? 0) + 1);
  }
  return [...taken.values()].filter((times) => times > 1).length;
};

const placeOf = ({ batch, attempt, position, at }: Accepted) =>
  `${batch} attempt ${attempt} position ${position} at ${new Date(at).toISOString()}`;

/** Where the ledger says something that didn't happen, or has lost something that did. */
function contradicted({ world, batches, welcomes, accepted }: Case): string[] {
  const took = new Set(accepted.map(({ batch, position }) => `${batch} ${position}`));
  return [...batches, ...welcomes].flatMap((batch) => {
    const open = batch.state === "unknown" || batch.state === "mixed" || batch.state === "calling";
    return batch.outcomes.flatMap((outcome, position) => {
      const place = `${nameOfBatch(batch.key)} ${position}`;
      const isTaken = took.has(place);
      const name = `${place} is ${outcome} in ${batch.state}`;
      if (outcome === "accepted" && !isTaken) return [`${name}, but SES never took it`];
      // Without a known outcome, a delivery is held, unknown or still in progress. `declared` is a person's word.
      const isKnown = !open && outcome !== "held" && outcome !== "declared" && !world.chosen.has(place);
      // A restored table has forgotten outcomes, which is why nothing of it is sent.
      if (world.restored.at !== undefined) return [];
      return isTaken && outcome !== "accepted" && isKnown ? [`${name}, but SES took it`] : [];
    });
  });
}

/** Readers who were active before the freeze and aren't in exactly one batch, or stayed and were skipped. */
function lostReaders(one: Case): string[] {
  const { edition, name, batches, people } = one;
  if (edition.frozen === null || edition.frozenAt === null) return [];
  const frozenAt = fromInstant(edition.frozenAt);
  const places = new Map<string, (string | undefined)[]>();
  for (const { ids, outcomes } of batches) {
    for (const [at, id] of ids.entries()) places.set(id, [...(places.get(id) ?? []), outcomes[at]]);
  }
  const was = people.people.filter(({ joinedAt, goneAt }) => joinedAt < frozenAt - 5_000 && goneAt === undefined);
  return was.flatMap((person) => {
    if (person.stoppedAt !== undefined || isForgotten(one.world, person)) return [];
    // Imported readers are judged by the edition's limit.
    if (person.rank !== undefined) return [];
    if (person.movedAt !== undefined) return movedAway(one, person, places);
    const own = places.get(person.ids[0] ?? "") ?? [];
    if (own.length !== 1) return [`${person.name} has ${own.length} places in ${name}`];
    return own[0] === "skipped" ? [`${person.name} was skipped in ${name}, and never left`] : [];
  });
}

/** A restored table doesn't know who joined after its backup. */
const isForgotten = ({ restored: { at, backupAt } }: World, { joinedAt }: Person): boolean =>
  at !== undefined && backupAt !== undefined && joinedAt >= backupAt && joinedAt <= at;

/** A reader who only changed their address gets a finished edition, at either address, unless SES refused it. */
function movedAway(
  { edition, name, accepted }: Case,
  person: Person,
  places: ReadonlyMap<string, unknown[]>,
): string[] {
  if (edition.state !== "finished" || person.ids.length !== 2 || person.several) return [];
  if (accepted.some(({ id }) => person.ids.includes(id))) return [];
  const outcomes = person.ids.flatMap((id) => places.get(id) ?? []);
  if (outcomes.some((outcome) => outcome === "refused" || outcome === "declared")) return [];
  return [`${person.name} moved and got nothing of ${name} (${outcomes.length} places: ${outcomes.join(" ")})`];
}

/** Editions that neither ended nor wait for a person or for SES's quota. */
function stuck({ world, edition, name, batches }: Case): string[] {
  const { state } = edition;
  const waiting = (...states: Batch["state"][]) => batches.filter(({ state: st }) => states.includes(st)).length;
  if (state === "finished" || state === "cancelled") {
    const open = state === "finished" ? waiting("ready", "calling", "unknown", "mixed", "held") : waiting("calling");
    if (open > 0) return [`${name} is ${state} with ${open} batches open`];
    const isUnnoticed = state === "finished" && world.conditions.watch && !world.heartbeats.has(editionName(edition));
    return isUnnoticed ? [`${name} is finished without a heartbeat`] : [];
  }
  if (state === "paused" && waiting("calling") === 0) return [];
  if (state === "held" || state === "halted") {
    const calling = world.restored.at === undefined ? waiting("calling") : 0;
    return edition.reason === null || calling > 0
      ? [`${name} is ${state} (${edition.reason}), ${calling} calling`]
      : [];
  }
  const asleep = world.conditions.quota !== null && world.store.sender.value?.wakeAt;
  if (state === "sending" && asleep && waiting("ready") > 0) return [];
  // Unanswered calls are resolved by watch.
  if (!world.conditions.watch && waiting("ready", "calling") === 0 && waiting("unknown") > 0) return [];
  return [`${name} is ${state} with ${waiting("ready")} ready, ${waiting("unknown", "mixed")} unknown`];
}

/**
 * Deliveries that events proved accepted and that aren't recorded so: evidence counts whenever it arrives, except
 * against a person's word, and in polls that died each time after storing it: a person redrives their dead letters.
 */
function ignoredEvidence({ world, edition, batches, welcomes }: Case): string[] {
  if (world.restored.at !== undefined) return [];
  const seen = world.store.seen.get(`${edition.newsletter}#${edition.date}`);
  return [...batches, ...welcomes].flatMap((batch) => {
    if (world.events.dead.some(({ body }) => body.includes(batchTagOf(batch)))) return [];
    const proven = positionsSeen(seen?.get(batchName(batch.key))?.places ?? new Set(), { from: 1, to: batch.attempts });
    return batch.outcomes.flatMap((outcome, position) =>
      proven.has(position) && isWithoutEvidence(batch, outcome)
        ? [`${nameOfBatch(batch.key)} ${position} is ${outcome} in ${batch.state}, and was seen`]
        : [],
    );
  });
}

const batchTagOf = ({ key }: Batch): string =>
  tagsOf({ key, attempt: 1, position: 0 }).find(({ name }) => name === "batch")?.value ?? "";

/**
 * Whether an outcome lacks the evidence that was seen. Watch waits for the rest of an unanswered call; everything else
 * is decided at once.
 */
const isWithoutEvidence = ({ state }: Batch, outcome: RecordedOutcome): boolean =>
  outcome === "waiting" || outcome === "failed" ? state === "ready" : outcome !== "accepted" && outcome !== "declared";

/** Readers who were mailed although their leaving was stored before the claim. */
function mailedAfterLeaving({ world, accepted, people }: Case): string[] {
  return accepted.flatMap(({ id, batch, attempt }) => {
    const person = people.personOf(id);
    const claimed = world.claims.get(`${batch} ${attempt}`) ?? Number.POSITIVE_INFINITY;
    if (person?.goneAt === undefined || person.goneAt >= claimed) return [];
    return [`${person.name} left ${claimed - person.goneAt} ms before the claim of ${batch} and was mailed`];
  });
}

/** Seconds with more departures than the rate, except for calls that were delayed after the gate. */
function tooFast({ ses }: World): string[] {
  const departures = ses.departures.filter(({ excused }) => !excused);
  const found: string[] = [];
  for (const [at, last] of departures.entries()) {
    const window = windowBefore(departures, at);
    const sum = window.reduce((total, { n }) => total + n, 0);
    const rate = Math.max(...window.map((one) => one.rate));
    if (sum > Math.max(1, rate)) found.push(`${sum} departures in a second at a rate of ${rate} until ${last.batch}`);
  }
  return found;
}

/** The departures in the second before this one; at rates below one a second, in the time for one departure. */
function windowBefore(departures: readonly Departure[], at: number): Departure[] {
  const last = departures[at];
  if (!last) return [];
  const window = [last];
  for (let other = at - 1; other >= 0; other--) {
    const one = departures[other];
    if (!one || one.at <= last.at - 1_000 / Math.min(1, Math.max(one.rate, last.rate))) break;
    window.push(one);
  }
  return window;
}

const DAY_MS = 24 * 3_600_000;

/** Periods of 24 hours with more departures than the quota. Those that SES refused don't count. */
function tooMany({ conditions, ses }: World): string[] {
  if (conditions.quota === null) return [];
  const quota = Math.max(conditions.quota, conditions.laterQuota ?? 0);
  const counted = ses.departures.filter(({ refused }) => !refused).sort((a, b) => a.at - b.at);
  let [first, own, most] = [0, 0, 0];
  for (const { at, n } of counted) {
    own += n;
    for (; (counted[first]?.at ?? at) <= at - DAY_MS; first++) own -= counted[first]?.n ?? 0;
    most = Math.max(most, own);
  }
  return most > quota ? [`${most} recipients in 24 hours with a quota of ${quota}`] : [];
}

/** Calls that left more than 5 s after their claim. */
function tooLate({ ses, claims }: World): string[] {
  return ses.departures.flatMap(({ at, batch, excused }) => {
    const claimed = claims.get(batch);
    if (claimed === undefined) return excused ? [] : [`a call left without a claim: ${batch}`];
    return !excused && at - claimed > 5_000 ? [`${batch} left ${at - claimed} ms after its claim`] : [];
  });
}

/** Whether there were too many calls to SES for the number of readers, however much went wrong. */
function tooManyCalls(world: World): string[] {
  if (world.restored.at !== undefined) return [];
  const readers = casesOf(world).reduce(
    (sum, { edition, welcomes }) => sum + (edition.frozen ?? 0) + welcomes.length,
    0,
  );
  const calls = world.ses.departures.length;
  return calls > 20 + 6 * readers ? [`${calls} calls for ${readers} readers`] : [];
}
