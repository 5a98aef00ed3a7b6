import { Temporal } from "temporal-polyfill";

/** One newsletter's daily schedule. */
export type DailySchedule = { newsletter: string; timeZone: string; sendAt: string };

/** A moment at which a schedule is due, as EventBridge Scheduler writes `<aws.scheduler.scheduled-time>`. */
export type Due = { newsletter: string; scheduledFor: string };

/**
 * The moments after `from` and up to `to` (epoch milliseconds) at which a schedule is due, oldest first.
 *
 * As EventBridge Scheduler does when clocks change: a time that a day skips is skipped, and one that a day has twice
 * counts once. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
export function dueBetween(schedule: DailySchedule, from: number, to: number): Due[] {
  const due: Due[] = [];
  const last = localDate(to, schedule.timeZone);
  const time = Temporal.PlainTime.from(schedule.sendAt);
  for (
    let date = localDate(from, schedule.timeZone);
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    const moment = date.toZonedDateTime({ timeZone: schedule.timeZone, plainTime: time });
    const skipped = !moment.toPlainTime().equals(time);
    if (skipped || moment.epochMilliseconds <= from || moment.epochMilliseconds > to) continue;
    due.push({ newsletter: schedule.newsletter, scheduledFor: moment.toInstant().toString() });
  }
  return due;
}

const localDate = (at: number, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
