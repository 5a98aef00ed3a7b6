import type { EditionOutlook } from "#domain/edition/timing/outlook.ts";
import { done, type Outcome } from "#domain/outcome.ts";
import { type CalendarDay, calendarDays } from "#domain/time/calendar.ts";
import { type LocalDate, localDate } from "#domain/time/instant.ts";
import { inParallel } from "../../in-parallel.ts";
import type { EditionStore } from "../../ports/editions.ts";
import { findNewsletter } from "../edition-request.ts";
import { nextOfEdition, type OutlookPorts } from "../next-of-edition.ts";

type CalendarPorts = OutlookPorts & { editions: Pick<EditionStore, "get" | "list"> };
type Range = { newsletter: string; from?: LocalDate | undefined; days: number };
type Shown = CalendarDay & { outlook: EditionOutlook };

const READS_AT_ONCE = 10;

/** When a newsletter's next editions are due, with the dates that its calendar skips. */
export async function showCalendar(
  ports: CalendarPorts,
  { newsletter, from, days }: Range,
): Promise<Outcome<{ timeZone: string; days: Shown[] }>> {
  const found = findNewsletter(ports.config, newsletter);
  if (!found.ok) return found;
  const { timeZone } = found.value;
  const first = from ?? localDate(ports.now(), timeZone);
  const all = calendarDays(ports.calendar(newsletter), first, days);
  const shown = await inParallel(all, READS_AT_ONCE, async (day): Promise<Shown> => {
    const key = { newsletter, date: day.date };
    const edition = await ports.editions.get(key);
    return { ...day, outlook: await nextOfEdition(ports, { key, config: found.value }, { edition, counts: null }) };
  });
  return done({ timeZone, days: shown });
}
