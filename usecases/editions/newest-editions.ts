import type { Edition } from "#domain/edition/edition.ts";
import { addDays } from "#domain/time/calendar.ts";
import type { Instant } from "#domain/time/instant.ts";
import type { EditionStore } from "../ports/editions.ts";

/** In every time zone, tomorrow is at most this many days after today in UTC. */
export const TOMORROW_EVERYWHERE = 2;

/**
 * A newsletter's newest editions up to tomorrow, and those of later dates that are among its newest: however many weeks
 * were drafted ahead, they hide no edition that was sent. Newest date first.
 */
export async function newestEditions(
  editions: Pick<EditionStore, "list">,
  newsletter: string,
  limit: number,
  now: Instant,
): Promise<Edition[]> {
  const newest = await editions.list(newsletter, limit);
  const until = addDays(now.slice(0, 10), TOMORROW_EVERYWHERE);
  const later = newest.filter(({ date }) => date > until);
  return later.length === 0 ? newest : [...later, ...(await editions.list(newsletter, limit, until))];
}
