import { addDays } from "../../time/calendar.ts";
import { type Instant, type LocalDate, localDate } from "../../time/instant.ts";
import { clockText } from "../../time/wall-clock.ts";
import type { Due } from "./plan.ts";

/**
 * What won't happen because an edition is sent now, as a sentence: `Then nothing goes out at 07:00 tomorrow.` Null: it
 * wouldn't go out automatically later.
 */
export function replacedText(due: Due | null, timeZone: string, now: Instant): string | null {
  if (due === null || due.at <= now) return null;
  // A person sent it a moment ago, which is the same sending.
  if (due.latest === null) return null;
  return `Then nothing goes out at ${dayTime(due.at, timeZone, now)}.`;
}

/** `07:00 tomorrow`, `18:30 today`, `07:00 on Tue 24 Nov`, in the newsletter's zone. */
function dayTime(at: Instant, timeZone: string, now: Instant): string {
  const clock = clockText(at, timeZone);
  const day: LocalDate = localDate(at, timeZone);
  const today = localDate(now, timeZone);
  const time = clock.slice(-5);
  if (day === today) return `${time} today`;
  if (day === addDays(today, 1)) return `${time} tomorrow`;
  return `${time} on ${clock.slice(0, -6)}`;
}
