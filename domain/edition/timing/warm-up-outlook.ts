import * as z from "zod";
import { editionsLeft, limitAhead, type WarmUp } from "../../audience/warm-up.ts";
import { type Calendar, calendarDays } from "../../time/calendar.ts";
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

type Facts = {
  /** Absent: the next edition that may admit more readers. */
  date?: LocalDate;
  edition?: Edition | undefined;
  /** The newsletter's newest ones, to see which dates have had theirs. */
  editions: readonly Pick<Edition, "date" | "state" | "frozenAt">[];
  calendar: Calendar;
  today: LocalDate;
};

/** The imported readers that an edition admits: as frozen, or else by the curve. Null: no warm-up. */
export function warmUpOutlook(warmUp: WarmUp, facts: Facts): WarmUpOutlook | null {
  const left = editionsLeft(warmUp);
  const dates = datesToRise(warmUp, facts);
  const about = { lastDate: left === 0 ? warmUp.raisedFor : (dates[left - 1] ?? null), braked: warmUp.braked };
  const frozen = facts.edition?.warmUp;
  const { admitted = 0, waiting = 0 } = frozen ?? {};
  if (frozen) return admitted + waiting === 0 ? null : { admitted, waiting, ...about };
  if (left === 0) return null;
  const limit = limitAhead(warmUp, risesUntil(facts.date, dates));
  return { admitted: limit - warmUp.from, waiting: warmUp.queued - limit, ...about };
}

/** The dates whose editions may admit more readers: their audiences aren't frozen yet. */
function datesToRise({ raisedFor }: WarmUp, { editions, calendar, today }: Facts): LocalDate[] {
  const over = new Set(editions.filter(isOver).map(({ date }) => date));
  const mayRise = (date: LocalDate) => !over.has(date) && (raisedFor === null || date > raisedFor);
  return calendarDays(calendar, today, LONGEST_DAYS).flatMap(({ date, skipped }) =>
    !skipped && mayRise(date) ? [date] : [],
  );
}

const isOver = ({ state, frozenAt }: Pick<Edition, "state" | "frozenAt">): boolean =>
  frozenAt !== null || state === "skipped" || state === "cancelled";

/** How often the limit rises until a date's edition. One that isn't on the calendar counts as the one after it. */
function risesUntil(date: LocalDate | undefined, dates: readonly LocalDate[]): number {
  const [next] = dates;
  if (date === undefined) return 1;
  return next !== undefined && date < next ? 0 : dates.filter((one) => one < date).length + 1;
}
