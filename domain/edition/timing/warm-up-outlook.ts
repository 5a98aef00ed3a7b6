import * as z from "zod";
import { editionsLeft, limitAhead, type WarmUp } from "../../audience/warm-up.ts";
import { addDays, type Calendar, calendarDays } from "../../time/calendar.ts";
import { LocalDate } from "../../time/instant.ts";
import type { Edition } from "../edition.ts";

/** An edition's warm-up. */
export const WarmUpOutlook = z.object({
  /** Numbers of imported readers who get the edition, and of those who wait. */
  admitted: z.number().int().min(0),
  waiting: z.number().int().min(0),
  /** The first edition for all of them, if all until then have good results; null: not within a year. */
  lastDate: LocalDate.nullable(),
  /** Why the newest edition admitted no further readers, as a sentence; null: it did. */
  braked: z.string().nullable(),
});
export type WarmUpOutlook = z.infer<typeof WarmUpOutlook>;

const LONGEST_DAYS = 366;

/** The first date whose edition may admit more readers. */
export const nextRiseFrom = ({ raisedFor }: WarmUp, today: LocalDate): LocalDate =>
  raisedFor !== null && raisedFor >= today ? addDays(raisedFor, 1) : today;

/** The imported readers that an edition admits: as frozen, or else by the curve. Null: no warm-up. */
export function warmUpOutlook(
  warmUp: WarmUp,
  {
    date,
    edition,
    calendar,
    today,
  }: { date: LocalDate; edition: Edition | undefined; calendar: Calendar; today: LocalDate },
): WarmUpOutlook | null {
  const next = nextRiseFrom(warmUp, today);
  const left = editionsLeft(warmUp);
  const dates = calendarDays(calendar, next, LONGEST_DAYS)
    .filter(({ skipped }) => !skipped)
    .map((day) => day.date);
  const about = { lastDate: left === 0 ? warmUp.raisedFor : (dates[left - 1] ?? null), braked: warmUp.braked };
  const frozen = edition?.warmUp;
  const { admitted = 0, waiting = 0 } = frozen ?? {};
  if (frozen) return admitted + waiting === 0 ? null : { admitted, waiting, ...about };
  if (left === 0) return null;
  // An edition that isn't on the calendar counts as the one before the next date that is.
  const ahead = date < next ? 0 : dates.filter((one) => one < date).length + 1;
  const limit = limitAhead(warmUp, ahead);
  return { admitted: limit - warmUp.from, waiting: warmUp.queued - limit, ...about };
}
