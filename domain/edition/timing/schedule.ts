import * as z from "zod";
import type { CalendarDay } from "../../time/calendar.ts";
import { HOUR, MINUTE } from "../../time/durations.ts";
import { fromInstant, Instant, LocalDate } from "../../time/instant.ts";

/** Steps of an edition's schedule: drafted, completed, and sent (or, in mode approve, offered to the editors). */
export const Step = z.enum(["draft", "gate", "due"]);
export type Step = z.infer<typeof Step>;

/** An edition's computed times, stored days before, with the steps already started (`SCHEDULE#newsletter`). */
export const ScheduledEdition = z.strictObject({
  newsletter: z.string(),
  date: LocalDate,
  draftAt: Instant,
  gateAt: Instant,
  /** Null: the calendar skips the date since its times were stored. */
  dueAt: Instant.nullable(),
  /** The end of the window in which it may start. */
  latest: Instant,
  /** When this due time was first known. A time already in the past then is ignored. */
  plannedAt: Instant,
  /** When each step was last started; null: never. */
  draftedAt: Instant.nullable(),
  gatedAt: Instant.nullable(),
  triedAt: Instant.nullable(),
  /** When the edition was sent, offered, skipped or held; the schedule ends then. */
  doneAt: Instant.nullable(),
  /** Number of writes, so only one of two at once succeeds. */
  n: z.number().int(),
});
export type ScheduledEdition = z.infer<typeof ScheduledEdition>;

/** How often a draft takes in new articles. */
const REFRESH_MS = HOUR;
/** Longer than a run of assemble, which is repeated if it didn't record its end. */
const RETRY_MS = 12 * MINUTE;
/** Time after the window in which a draft is held and a mail is sent. */
const AFTER_LATEST_MS = HOUR;

/**
 * The stored times updated by the calendar. Null: no change.
 * @param latest the end of the window in which the edition may start
 */
export function scheduleDay(
  day: CalendarDay,
  stored: ScheduledEdition | undefined,
  { newsletter, latest, now }: { newsletter: string; latest: Instant; now: Instant },
): ScheduledEdition | null {
  const { date, draftAt, gateAt, dueAt } = day;
  if (stored !== undefined && stored.doneAt !== null) return null;
  if (draftAt === null || gateAt === null || dueAt === null) {
    return stored === undefined || stored.dueAt === null ? null : { ...stored, dueAt: null, n: stored.n + 1 };
  }
  if (stored === undefined) {
    // A new newsletter has missed nothing.
    if (dueAt <= now) return null;
    const untouched = { draftedAt: null, gatedAt: null, triedAt: null, doneAt: null };
    return { newsletter, date, draftAt, gateAt, dueAt, latest, plannedAt: now, ...untouched, n: 1 };
  }
  const isSame = stored.draftAt === draftAt && stored.gateAt === gateAt && stored.latest === latest;
  if (isSame && stored.dueAt === dueAt) return null;
  const plannedAt = stored.dueAt === dueAt ? stored.plannedAt : now;
  const gatedAt = stored.gateAt === gateAt ? stored.gatedAt : null;
  return { ...stored, draftAt, gateAt, dueAt, latest, plannedAt, gatedAt, n: stored.n + 1 };
}

/** The step to start for an edition now; null: none. */
export function stepDue(edition: ScheduledEdition, now: Instant): Step | null {
  const { draftAt, gateAt, dueAt, latest, plannedAt, draftedAt, gatedAt, triedAt, doneAt } = edition;
  if (doneAt !== null || dueAt === null || plannedAt > dueAt) return null;
  if (now >= dueAt) {
    const isOver = fromInstant(now) - fromInstant(latest) > AFTER_LATEST_MS;
    return !isOver && isOlder(triedAt, RETRY_MS, now) ? "due" : null;
  }
  if (now >= gateAt) return gatedAt === null ? "gate" : null;
  return now >= draftAt && isOlder(draftedAt, REFRESH_MS, now) ? "draft" : null;
}

const isOlder = (at: Instant | null, ms: number, now: Instant): boolean =>
  at === null || fromInstant(now) - fromInstant(at) >= ms;

/** The edition with a step marked as started. */
export const markStep = (edition: ScheduledEdition, step: Step, now: Instant): ScheduledEdition => {
  const n = edition.n + 1;
  switch (step) {
    case "draft":
      return { ...edition, draftedAt: now, n };
    case "gate":
      return { ...edition, gatedAt: now, n };
    case "due":
      return { ...edition, triedAt: now, n };
  }
};
