import type { Cohort, Edition } from "../../edition/edition.ts";
import { fromInstant, type Instant, toInstant } from "../../time/instant.ts";
import { instantAt } from "../../time/wall-clock.ts";
import type { GroupCommit } from "./group.ts";

/**
 * Local time: each reader gets an edition at its time of day where they are. Readers who get it at the same moment are
 * a cohort. The audience is frozen once, before the first of them; when each cohort is due is part of its batches' keys
 * and never changes, so a reader who moves to another time zone gets the edition once, as it was planned.
 */
type LocalEdition = Pick<Edition, "date" | "localTime"> & { readonly frozenAt: Instant };

const HOUR_MS = 3_600_000;

/**
 * When each reader of an edition gets it, by the time zone that they chose (undefined: the newsletter's). For those
 * whose time had passed when the audience was frozen that is at once; undefined: not any more, by the config.
 */
export function createCohortClock({ date, localTime, frozenAt }: LocalEdition) {
  if (!localTime) return () => frozenAt;
  const known = new Map<string, Instant | undefined>();
  const dueIn = (zone: string): Instant | undefined => {
    const at = instantIn(zone, localTime.timeZone, (one) => instantAt(date, localTime.time, one));
    if (at > frozenAt) return at;
    const late = fromInstant(frozenAt) - fromInstant(at);
    return localTime.skipLate && late > localTime.lateHours * HOUR_MS ? undefined : frozenAt;
  };
  return (zone: string | undefined): Instant | undefined => {
    const name = zone ?? localTime.timeZone;
    if (!known.has(name)) known.set(name, dueIn(name));
    return known.get(name);
  };
}

/** A zone that this version of the time zone database does not have keeps no audience from being frozen. */
function instantIn(zone: string, instead: string, at: (zone: string) => Instant): Instant {
  try {
    return at(zone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return at(instead);
  }
}

/** The batches of one cohort in one group. */
export type GroupPart = {
  readonly commit: GroupCommit;
  readonly due: Instant;
  readonly batches: number;
  readonly readers: number;
  /** Readers of the parts before this one. */
  readonly before: number;
};

/** When the batches of a group are due, the first first. Without local time all of them are due at the freeze. */
export const duesOf = ({ cohorts }: Pick<GroupCommit, "cohorts">, frozenAt: Instant): readonly Instant[] =>
  cohorts?.map(({ due }) => due) ?? [frozenAt];

/** An edition's groups in parts, in the order in which they are sent: by when they are due, then by group. */
export function partsOf(commits: readonly GroupCommit[], frozenAt: Instant): GroupPart[] {
  const parts = commits.flatMap((commit) => {
    const { batches, readers } = commit;
    return (commit.cohorts ?? [{ due: frozenAt, batches, readers }]).map((cohort) => ({ commit, ...cohort }));
  });
  // Groups come in their order, and sorting keeps it among those that are due at the same moment.
  let before = 0;
  return parts
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
    .map((part) => {
      before += part.readers;
      return { ...part, before: before - part.readers };
    });
}

/** An edition's cohorts over all groups, the first first; one, where it isn't sent in local time. */
export function cohortsOf(commits: readonly GroupCommit[], frozenAt: Instant): Cohort[] {
  const cohorts = new Map<Instant, number>();
  for (const { due, readers } of partsOf(commits, frozenAt)) cohorts.set(due, (cohorts.get(due) ?? 0) + readers);
  return [...cohorts].filter(([, readers]) => readers > 0).map(([due, readers]) => ({ due, readers }));
}

/** What an edition says of its readers' times, once its audience is frozen. */
export function frozenTimes(
  { latest, localTime }: Pick<Edition, "latest" | "localTime">,
  cohorts: readonly Cohort[],
): Pick<Edition, "cohorts"> & Partial<Pick<Edition, "latest">> {
  const last = cohorts.at(-1);
  if (!localTime || !last) return {};
  const tooLate = toInstant(fromInstant(last.due) + localTime.lateHours * HOUR_MS);
  return { cohorts: [...cohorts], ...(latest !== null && tooLate > latest && { latest: tooLate }) };
}

/** Of an edition in local time: its cohorts that are due by then, and those to come. */
export function cohortsAt({ cohorts = [] }: Pick<Edition, "cohorts">, now: Instant) {
  const readersOf = (some: readonly Cohort[]) => some.reduce((sum, { readers }) => sum + readers, 0);
  const due = cohorts.filter((cohort) => cohort.due <= now);
  const toCome = cohorts.slice(due.length);
  return { due, toCome, readersDue: readersOf(due), readersToCome: readersOf(toCome) };
}

/** The last moment at which a batch may be claimed; null: there is none. In local time each cohort has its own. */
export function lastMomentOf(
  { latest, localTime, anyway }: Pick<Edition, "latest" | "localTime" | "anyway">,
  due: Instant,
): Instant | null {
  // A person who sends it on anyway has given all of it a last moment.
  if (latest === null || !localTime || anyway) return latest;
  const own = toInstant(fromInstant(due) + localTime.lateHours * HOUR_MS);
  return own < latest ? own : latest;
}
