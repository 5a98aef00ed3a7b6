import type { Counts, Edition } from "../edition/edition.ts";
import { addDays, type Calendar, type CalendarDay, calendarDay } from "../time/calendar.ts";
import { fromInstant, type Instant, type LocalDate } from "../time/instant.ts";

const minute = 60_000;
/** An edition that is missing is reported for so long; then the next one counts. */
const REPORTED_MS = 24 * 60 * minute;
/** The part of its readers that must have it. */
const MOST_PART = 0.9;

/**
 * The edition that readers should have by now: the latest whose time and grace have passed, within a day.
 * @param graceMinutes after it was due
 */
export function expectedEdition(
  calendar: Calendar,
  { today, now, graceMinutes }: { today: LocalDate; now: Instant; graceMinutes: number },
): CalendarDay | undefined {
  const isExpectedNow = ({ dueAt }: CalendarDay): boolean => {
    if (dueAt === null) return false;
    const late = fromInstant(now) - fromInstant(dueAt) - graceMinutes * minute;
    return late >= 0 && late < REPORTED_MS;
  };
  return [1, 0, -1, -2].map((days) => calendarDay(calendar, addDays(today, days))).find(isExpectedNow);
}

/**
 * Whether a person or the schedule has just let it go: sent by hand after its time, it has its grace from then on.
 * @param graceMinutes after it was approved
 */
export function isUnderWay(
  edition: Edition | undefined,
  { now, graceMinutes }: { now: Instant; graceMinutes: number },
): boolean {
  if (edition === undefined || edition.approvedAt === null) return false;
  const isGoing = ["approved", "freezing", "sending"].includes(edition.state);
  return isGoing && fromInstant(now) - fromInstant(edition.approvedAt) < graceMinutes * minute;
}

/** Why most readers don't have an edition, as a sentence; undefined: they have it, or a person decided against it. */
export function whyMissing(edition: Edition | undefined, counts: Counts): string | undefined {
  if (edition === undefined) return "There is no edition: it was not made.";
  const { state, reason } = edition;
  const isPersonsChoice = state === "cancelled" || (state === "skipped" && reason === null);
  if (isPersonsChoice || hasReachedMost(edition, counts)) return undefined;
  const reasonGiven = reason === null ? "" : ` ${reason}`;
  if (edition.frozenAt === null) return `It is ${stateDescriptions[state] ?? state}.${reasonGiven}`;
  const { accepted, unknown, held, waiting } = counts;
  return (
    `It is ${stateDescriptions[state] ?? state}: SES has accepted it for ${accepted} of ${expectedReaders(counts)} readers; ` +
    `${waiting} wait, ${unknown} are unknown, ${held} are held.${reasonGiven}`
  );
}

const stateDescriptions: Partial<Record<Edition["state"], string>> = {
  draft: "still a draft, and no one has approved it",
  approved: "approved and has not started",
  freezing: "collecting its readers",
};

/** Readers who left before their batch went out are not expected to have it. */
const expectedReaders = ({ audience, skipped }: Counts): number => audience - skipped;

const hasReachedMost = ({ frozenAt }: Edition, counts: Counts): boolean =>
  frozenAt !== null && counts.accepted >= MOST_PART * expectedReaders(counts);
