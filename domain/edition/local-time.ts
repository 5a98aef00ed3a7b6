import type { NewsletterConfig } from "../config/newsletter-config.ts";
import { fromInstant, type Instant, type LocalDate, toInstant } from "../time/instant.ts";
import { instantAt } from "../time/wall-clock.ts";
import type { LocalTime } from "./edition.ts";

const HOUR_MS = 3_600_000;

type Config = Pick<NewsletterConfig, "localTime" | "sendAt" | "timeZone" | "lateAfterHours">;

/** How an edition that goes out at its newsletter's own time is sent: to each reader at theirs, or to all at once (null). */
export const localTimeOf = ({ localTime, sendAt, timeZone, lateAfterHours }: Config): LocalTime | null =>
  localTime === undefined
    ? null
    : { time: sendAt, timeZone, lateHours: lateAfterHours, skipLate: localTime.ifPassed === "skip" };

/**
 * The last moment at which an edition that is due at its newsletter's own time may start. In local time that is counted
 * from the time in the newsletter's zone: until then most readers' own time is ahead, whatever it is further east.
 */
export function lastStart(config: Config, date: LocalDate, dueAt: Instant): Instant {
  const { localTime, sendAt, timeZone, lateAfterHours } = config;
  const own = localTime === undefined ? dueAt : instantAt(date, sendAt, timeZone);
  return toInstant(fromInstant(own > dueAt ? own : dueAt) + lateAfterHours * HOUR_MS);
}
