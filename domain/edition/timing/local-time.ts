import type { NewsletterConfig } from "../../config/newsletter-config.ts";
import { HOUR } from "../../time/durations.ts";
import { fromInstant, type Instant, type LocalDate, toInstant } from "../../time/instant.ts";
import { instantAt } from "../../time/wall-clock.ts";
import type { LocalTime } from "../edition.ts";

type Config = Pick<NewsletterConfig, "localTime" | "sendAt" | "timeZone" | "lateAfterHours">;

/** Local-time settings of an edition that goes out at its newsletter's own time; null: to all at once. */
export const localTimeOf = ({ localTime, sendAt, timeZone, lateAfterHours }: Config): LocalTime | null =>
  localTime === undefined
    ? null
    : { time: sendAt, timeZone, lateHours: lateAfterHours, skipLate: localTime.ifPassed === "skip" };

/**
 * The end of the window in which an edition due at its newsletter's own time may start. In local time, it is counted
 * from the time in the newsletter's zone.
 */
export function lastStart(config: Config, date: LocalDate, dueAt: Instant): Instant {
  const { localTime, sendAt, timeZone, lateAfterHours } = config;
  const own = localTime === undefined ? dueAt : instantAt(date, sendAt, timeZone);
  return toInstant(fromInstant(own > dueAt ? own : dueAt) + lateAfterHours * HOUR);
}
