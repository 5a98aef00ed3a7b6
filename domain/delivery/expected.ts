import { counted, number } from "../counted.ts";
import type { Counts, Edition } from "../edition/edition.ts";
import { addDays, type Calendar, type CalendarDay, calendarDay } from "../time/calendar.ts";
import { DAY, HOUR, MINUTE } from "../time/durations.ts";
import { fromInstant, type Instant, type LocalDate, toInstant } from "../time/instant.ts";
import { cohortsAt } from "./ledger/cohorts.ts";

/** How long a missing edition is reported; after that, the next one counts. */
const REPORTED_MS = DAY;
/** From the first cohort to the last: from UTC+14 to UTC−12. */
const LAST_COHORT_MS = 26 * HOUR;
/** The share of readers that must have it. */
const MOST_PART = 0.9;

type ExpectedAt = { readonly today: LocalDate; readonly now: Instant; readonly graceMinutes: number };

/**
 * The editions that readers should have by now: whose due time and grace period have passed within a day, the latest first.
 * In local time, an edition's last readers are due after the next one has begun, so both are checked.
 * @param graceMinutes after it was due
 */
export function expectedEditions(calendar: Calendar, { today, now, graceMinutes }: ExpectedAt): CalendarDay[] {
  const reported = REPORTED_MS + (calendar.firstZone === undefined ? 0 : LAST_COHORT_MS);
  const isExpectedNow = ({ dueAt }: CalendarDay): boolean => {
    if (dueAt === null) return false;
    const late = fromInstant(now) - fromInstant(dueAt) - graceMinutes * MINUTE;
    return late >= 0 && late < reported;
  };
  return [1, 0, -1, -2, -3].map((days) => calendarDay(calendar, addDays(today, days))).filter(isExpectedNow);
}

/**
 * Whether it was just approved: an edition sent by hand after its time gets its grace period from then.
 * @param graceMinutes after it was approved
 */
export function isUnderWay(
  edition: Edition | undefined,
  { now, graceMinutes }: { now: Instant; graceMinutes: number },
): boolean {
  if (edition === undefined || edition.approvedAt === null) return false;
  const isGoing = ["approved", "freezing", "sending"].includes(edition.state);
  return isGoing && fromInstant(now) - fromInstant(edition.approvedAt) < graceMinutes * MINUTE;
}

/**
 * Why most readers don't have an edition, as a sentence; undefined: they have it, or a person skipped or cancelled it.
 */
export function whyMissing(
  edition: Edition | undefined,
  counts: Counts,
  { now, graceMinutes }: Pick<ExpectedAt, "now" | "graceMinutes">,
): string | undefined {
  if (edition === undefined) return "There is no edition: it was not made.";
  const { state, reason } = edition;
  const isPersonsChoice = state === "cancelled" || (state === "skipped" && reason === null);
  const expected = expectedReaders(edition, counts, toInstant(fromInstant(now) - graceMinutes * MINUTE));
  if (isPersonsChoice || (edition.frozenAt !== null && counts.accepted >= MOST_PART * expected)) return undefined;
  const reasonGiven = reason === null ? "" : ` ${reason}`;
  if (edition.frozenAt === null) return `It is ${stateDescriptions[state] ?? state}.${reasonGiven}`;
  const { accepted, unknown, held, waiting } = counts;
  const byNow = edition.cohorts === undefined ? "" : " who should have it by now";
  return (
    `It is ${stateDescriptions[state] ?? state}: SES has accepted it for ${number(accepted)} of ${counted(expected, "reader")}${byNow}; ` +
    `${number(waiting)} waiting, ${number(unknown)} unknown, ${number(held)} held.${reasonGiven}`
  );
}

const stateDescriptions: Partial<Record<Edition["state"], string>> = {
  draft: "still a draft, and no one has approved it",
  approved: "approved and has not started",
  freezing: "collecting its readers",
};

/** Readers who left before their batch was sent, and readers who weren't due by then, don't count. */
function expectedReaders(edition: Edition, { audience, skipped }: Counts, dueBy: Instant): number {
  return Math.max(0, audience - skipped - cohortsAt(edition, dueBy).readersToCome);
}

/** Whether all its readers were due by then. */
export const isWholeDue = (edition: Edition | undefined, { now, graceMinutes }: Omit<ExpectedAt, "today">): boolean =>
  cohortsAt(edition ?? {}, toInstant(fromInstant(now) - graceMinutes * MINUTE)).toCome.length === 0;
