import type { Config } from "#domain/config.ts";
import { lastStart } from "#domain/edition/timing/local-time.ts";
import { markStep, type Step, scheduleDay, stepDue } from "#domain/edition/timing/schedule.ts";
import { addDays, type Calendar, calendarDays } from "#domain/time/calendar.ts";
import { type Instant, type LocalDate, localDate } from "#domain/time/instant.ts";
import type { ScheduleStore } from "../../ports/editions.ts";
import type { Log } from "../../ports/services.ts";

export type MakeDuePorts = {
  config: Config;
  /** A newsletter's calendar, with the dates of its files. */
  calendar: (newsletter: string) => Calendar;
  schedule: Pick<ScheduleStore, "scheduled" | "saveScheduled">;
  /** Starts a step of an edition without waiting for it; repeating it is harmless. */
  startStep: (request: { newsletter: string; date: LocalDate; scheduledFor: Instant; step: Step }) => Promise<void>;
  now: () => Instant;
  log: Log;
};

/** Days ahead for which times are stored, so a machine that was off for less time still knows what it missed. */
const HORIZON_DAYS = 7;

/**
 * Stores when each newsletter's next editions are drafted, completed and due, and starts what is due now. It runs each
 * minute; the next run finishes one that died.
 * @returns what was started, such as `daily 2026-11-23 due`
 */
export async function makeDue(ports: MakeDuePorts): Promise<string[]> {
  const started: string[] = [];
  for (const newsletter of Object.keys(ports.config.newsletters)) {
    try {
      started.push(...(await makeDueOf(ports, newsletter)));
    } catch (error) {
      // A fault of one newsletter doesn't delay another.
      ports.log.error("a newsletter's schedule could not be followed", { newsletter, error });
    }
  }
  return started;
}

async function makeDueOf(ports: MakeDuePorts, newsletter: string): Promise<string[]> {
  const config = ports.config.newsletters[newsletter];
  if (config === undefined) return [];
  const now = ports.now();
  const yesterday = addDays(localDate(now, config.timeZone), -1);
  const stored = new Map((await ports.schedule.scheduled(newsletter, yesterday)).map((one) => [one.date, one]));
  const started: string[] = [];
  for (const day of calendarDays(ports.calendar(newsletter), yesterday, HORIZON_DAYS + 2)) {
    const before = stored.get(day.date);
    const latest = lastStart(config, day.date, day.dueAt ?? now);
    const changed = scheduleDay(day, before, { newsletter, latest, now });
    if (changed !== null && !(await ports.schedule.saveScheduled(changed))) continue;
    const edition = changed ?? before;
    const step = edition === undefined ? null : stepDue(edition, now);
    if (edition === undefined || step === null || edition.dueAt === null) continue;
    await ports.startStep({ newsletter, date: day.date, scheduledFor: edition.dueAt, step });
    await ports.schedule.saveScheduled(markStep(edition, step, now));
    started.push(`${newsletter} ${day.date} ${step}`);
  }
  return started;
}
