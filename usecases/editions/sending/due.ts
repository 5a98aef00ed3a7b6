import type { NewsletterConfig } from "#domain/config/newsletter-config.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { lastStart } from "#domain/edition/timing/local-time.ts";
import type { Due } from "#domain/edition/timing/plan.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { type Calendar, calendarDay } from "#domain/time/calendar.ts";
import { HOUR } from "#domain/time/durations.ts";
import { fromInstant, type Instant, toInstant } from "#domain/time/instant.ts";
import { clockText, wallClock } from "#domain/time/wall-clock.ts";

const AT = /^(?:(\d{4}-\d\d-\d\d)[T ])?((?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The newsletter's own time on the edition's date; undefined if its calendar skips the date. */
export function ownDue({ date }: Pick<Edition, "date">, config: NewsletterConfig, calendar: Calendar): Due | undefined {
  const { dueAt: at, note } = calendarDay(calendar, date);
  if (at === null) return undefined;
  const inLocalTime = config.localTime === undefined ? {} : { localTime: config.sendAt };
  return { at, latest: lastStart(config, date, at), note, ...inLocalTime };
}

/** A time that a person chose. A time in the past is refused, never taken as "now"; so is a time that clocks skip. */
export function chosenDue(
  { newsletter, date }: Pick<Edition, "newsletter" | "date">,
  config: NewsletterConfig,
  { at, second, now }: { at: string; second: boolean; now: Instant },
): Outcome<Due> {
  const [, day = date, time] = AT.exec(at.trim()) ?? [];
  const isDay = time !== undefined && !Number.isNaN(Date.parse(`${day}T00:00Z`));
  if (!isDay) return fault("bad-request", `at: "${at}" is not a time. Write 07:00, or 2026-11-24T07:00.`);
  const { timeZone } = config;
  const clock = wallClock(day, time, timeZone);
  if (clock.is === "skipped") {
    const shown = clockText(clock.instead, timeZone);
    const why = `Clocks in ${timeZone} go forward on ${day} and skip ${time}.`;
    return fault("bad-request", `${why} Choose another time, such as ${shown.slice(-5)}.`);
  }
  const chosen = clock.is === "once" ? clock.at : second ? clock.second : clock.first;
  if (chosen <= now) {
    const how = `npx --no-install broadsheet edition send ${newsletter} --date ${date}`;
    const why = `${clockText(chosen, timeZone)} ${timeZone} has passed; it is ${clockText(now, timeZone)} there.`;
    return fault("bad-request", `${why} Nothing was scheduled. Choose a later time, or send it now with: ${how}.`);
  }
  return done(dueAt(chosen, config, clock.is === "twice" ? twiceNote(time, day, timeZone, second) : null));
}

const dueAt = (at: Instant, { lateAfterHours }: NewsletterConfig, note: string | null): Due => ({
  at,
  latest: toInstant(fromInstant(at) + lateAfterHours * HOUR),
  note,
});

const twiceNote = (time: string, day: string, timeZone: string, second: boolean) =>
  `Clocks in ${timeZone} go back on ${day} and show ${time} twice: this is the ${second ? "second" : "first"} time.`;
