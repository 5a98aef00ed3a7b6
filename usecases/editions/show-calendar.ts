import { done, type Outcome } from "#domain/outcome.ts";
import { type Calendar, type CalendarDay, calendarDays } from "#domain/time/calendar.ts";
import { type LocalDate, localDate } from "#domain/time/instant.ts";
import { findNewsletter, type Newsletters } from "./edition-request.ts";

type CalendarPorts = Newsletters & { calendar: (newsletter: string) => Calendar };
type Range = { newsletter: string; from?: LocalDate | undefined; days: number };

/** When a newsletter's editions are due in the coming days, with the dates that its calendar skips. */
export function showCalendar(
  { config, now, calendar }: CalendarPorts,
  { newsletter, from, days }: Range,
): Outcome<{ timeZone: string; days: CalendarDay[] }> {
  const found = findNewsletter(config, newsletter);
  if (!found.ok) return found;
  const { timeZone } = found.value;
  const first = from ?? localDate(now(), timeZone);
  return done({ timeZone, days: calendarDays(calendar(newsletter), first, days) });
}
