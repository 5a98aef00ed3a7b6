import { welcomeGroup } from "#domain/delivery/welcome.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { fromInstant } from "#domain/time/instant.ts";
import type { People, Person } from "../world/people.ts";
import { nameOfBatch } from "../world/ses.ts";
import { MINUTE, type World } from "../world/world.ts";
import { hoursAhead, localTime } from "../world/zones.ts";
import { audienceOf } from "./admissions.ts";
import { welcomesOf } from "./welcomes.ts";

const HOUR = 60 * MINUTE;

/** When a reader should get an edition: their own time, or at once if that has passed. */
function ownTime({ date, frozenAt }: Pick<Edition, "date" | "frozenAt">, zone: Person["zone"]): number {
  const ahead = zone === undefined ? 0 : hoursAhead[zone];
  const own = Date.parse(`${date}T${localTime.time}:00.000Z`) - ahead * HOUR;
  return Math.max(own, fromInstant(frozenAt ?? ""));
}

/** Two clocks may differ by 2 s each way. */
const CLOCKS_MS = 4_000;

/** Readers who got an edition in local time before their own time. After a move to another zone, either time counts. */
export function tooEarly(world: World, edition: Edition, people: People): string[] {
  if (!edition.localTime || edition.frozenAt === null) return [];
  const name = `${edition.newsletter} ${edition.date} `;
  // After the last cohort, the edition is also used to welcome new readers in any zone.
  const last = fromInstant(edition.cohorts?.at(-1)?.due ?? edition.frozenAt);
  return world.ses.accepted.flatMap(({ tag: { key }, id, batch, attempt }) => {
    const person = people.personOf(id);
    if (!person || !batch.startsWith(name)) return [];
    const welcome = key.group === welcomeGroup.group ? [last] : [];
    const times = [...welcome, ...[...person.zones].map((zone) => ownTime(edition, zone))];
    const claimed = world.claims.get(`${batch} ${attempt}`) ?? 0;
    const early = Math.min(...times) - claimed;
    return early > CLOCKS_MS ? [`${person.name} was called for in ${batch} ${early} ms before their own time`] : [];
  });
}

/**
 * Readers who got it long after their own time without a person's override; if nothing fails, more than minutes after
 * it.
 */
export function tooLateThere(world: World, edition: Edition, people: People): string[] {
  const { conditions, store, claims } = world;
  const isTimed = edition.latest !== null || conditions.punctual;
  if (!edition.localTime || edition.frozenAt === null || edition.anyway || !isTimed) return [];
  const groups = [...(store.groups.get(`${edition.newsletter}#${edition.date}`)?.values() ?? [])];
  const batches = [...(store.batches.get(`${edition.newsletter}#${edition.date}`)?.values() ?? [])];
  const most = conditions.punctual ? 4 * MINUTE : localTime.lateHours * HOUR + CLOCKS_MS;
  return batches.flatMap((batch) => {
    const isFrozen = groups.some(({ group, run }) => group === batch.key.group && run === batch.key.run);
    const [id = ""] = batch.ids;
    const person = people.personOf(id);
    if (!isFrozen || person === undefined || person.zones.size > 1) return [];
    const due = ownTime(edition, person.zone);
    const claimed = claims.get(`${nameOfBatch(batch.key)} 1`);
    return claimed !== undefined && claimed > due + most ? [`${person.name} was due ${claimed - due} ms before`] : [];
  });
}

/** Readers who confirmed while an edition was waiting for their own time, stayed, and didn't get it. */
export function lostJoiners(world: World, edition: Edition, people: People): string[] {
  const { conditions, restored } = world;
  const acts = conditions.pause + conditions.cancel + conditions.resolve + conditions.late;
  if (!edition.localTime || edition.state !== "finished" || restored.at !== undefined || acts > 0) return [];
  const frozenAt = fromInstant(edition.frozenAt ?? "");
  const joined = welcomesOf(world, `${edition.newsletter}#${edition.date}`);
  const audience = audienceOf(world.store, edition).flatMap((batch) => batch.ids);
  return people.people.flatMap((person) => {
    const { confirmedAt, goneAt, stoppedAt, movedAt, several, zones: lived, ids } = person;
    const stayed = goneAt === undefined && stoppedAt === undefined && movedAt === undefined && !several;
    if (confirmedAt === undefined || !stayed || lived.size > 1 || confirmedAt < frozenAt + MINUTE) return [];
    // They may have been in the audience before they left and came back.
    if (ownTime(edition, person.zone) < confirmedAt + 3 * MINUTE) return [];
    const name = `${edition.newsletter} ${edition.date} `;
    // SES may have refused the address of a reader who is in the audience.
    const isIn =
      audience.some((id) => ids.includes(id)) ||
      world.ses.accepted.some(({ id, batch }) => ids.includes(id) && batch.startsWith(name));
    const waits = joined.some((batch) => batch.ids.some((id) => ids.includes(id)));
    return isIn || waits ? [] : [`${person.name} confirmed before their own time and isn't in ${edition.date}`];
  });
}
