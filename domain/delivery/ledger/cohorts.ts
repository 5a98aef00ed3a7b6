import type { Cohort, Edition } from "../../edition/edition.ts";
import { HOUR } from "../../time/durations.ts";
import { fromInstant, type Instant, toInstant } from "../../time/instant.ts";
import { instantAt } from "../../time/wall-clock.ts";
import type { GroupCommit } from "./group.ts";

/**
 * Local time: each reader gets an edition at its time of day in their own time zone. Readers who get it at the same
 * moment are a cohort. The audience is frozen once, before the first cohort. A cohort's due time is part of its
 * batches' keys and never changes, so a reader who changes time zone gets the edition once, as planned.
 */
type LocalEdition = Pick<Edition, "date" | "localTime"> & { readonly frozenAt: Instant };

/**
 * When a reader of an edition gets it, by their time zone (undefined: the newsletter's). If the time had passed when
 * the audience was frozen, it is at once; undefined: by the config, not any more.
 */
export function createCohortClock({ date, localTime, frozenAt }: LocalEdition) {
  if (!localTime) return () => frozenAt;
  const known = new Map<string, Instant | undefined>();
  const dueIn = (zone: string): Instant | undefined => {
    const at = instantIn(zone, localTime.timeZone, (one) => instantAt(date, localTime.time, one));
    if (at > frozenAt) return at;
    const late = fromInstant(frozenAt) - fromInstant(at);
    return localTime.skipLate && late > localTime.lateHours * HOUR ? undefined : frozenAt;
  };
  return (zone: string | undefined): Instant | undefined => {
    const name = zone ?? localTime.timeZone;
    if (!known.has(name)) known.set(name, dueIn(name));
    return known.get(name);
  };
}

/** A zone that this version of the time zone database doesn't have must not stop a freeze. */
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
  /** Number of readers in earlier parts. */
  readonly before: number;
};

/** The due times of a group's batches, earliest first. Without local time, all are due at the freeze. */
export const duesOf = ({ cohorts }: Pick<GroupCommit, "cohorts">, frozenAt: Instant): readonly Instant[] =>
  cohorts?.map(({ due }) => due) ?? [frozenAt];

/** An edition's groups in parts, in sending order: by due time, then by group. */
export function partsOf(commits: readonly GroupCommit[], frozenAt: Instant): GroupPart[] {
  const parts = commits.flatMap((commit) => {
    const { batches, readers } = commit;
    return (commit.cohorts ?? [{ due: frozenAt, batches, readers }]).map((cohort) => ({ commit, ...cohort }));
  });
  // Groups are in order, and stable sorting keeps that order within the same due time.
  let before = 0;
  return parts
    .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
    .map((part) => {
      before += part.readers;
      return { ...part, before: before - part.readers };
    });
}

/** An edition's cohorts over all groups, earliest first; a single one without local time. */
export function cohortsOf(commits: readonly GroupCommit[], frozenAt: Instant): Cohort[] {
  const cohorts = new Map<Instant, number>();
  for (const { due, readers } of partsOf(commits, frozenAt)) cohorts.set(due, (cohorts.get(due) ?? 0) + readers);
  return [...cohorts].filter(([, readers]) => readers > 0).map(([due, readers]) => ({ due, readers }));
}

/** An edition's fields about its readers' times, once its audience is frozen. */
export function frozenTimes(
  { latest, localTime }: Pick<Edition, "latest" | "localTime">,
  cohorts: readonly Cohort[],
): Pick<Edition, "cohorts"> & Partial<Pick<Edition, "latest">> {
  const last = cohorts.at(-1);
  if (!localTime || !last) return {};
  const tooLate = toInstant(fromInstant(last.due) + localTime.lateHours * HOUR);
  return { cohorts: [...cohorts], ...(latest !== null && tooLate > latest && { latest: tooLate }) };
}

/** For an edition in local time: cohorts due by then, and later ones. */
export function cohortsAt({ cohorts = [] }: Pick<Edition, "cohorts">, now: Instant) {
  const readersOf = (some: readonly Cohort[]) => some.reduce((sum, { readers }) => sum + readers, 0);
  const due = cohorts.filter((cohort) => cohort.due <= now);
  const toCome = cohorts.slice(due.length);
  return { due, toCome, readersDue: readersOf(due), readersToCome: readersOf(toCome) };
}

/** The end of the window in which a batch may be claimed; null: no end. In local time, each cohort has its own. */
export function lastMomentOf(
  { latest, localTime, anyway }: Pick<Edition, "latest" | "localTime" | "anyway">,
  due: Instant,
): Instant | null {
  // If a person resumed it despite lateness, the new window is for all of it.
  if (latest === null || !localTime || anyway) return latest;
  const own = toInstant(fromInstant(due) + localTime.lateHours * HOUR);
  return own < latest ? own : latest;
}
