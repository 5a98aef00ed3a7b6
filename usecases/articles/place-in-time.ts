import { createHash } from "node:crypto";
import type { DraftArticle } from "#domain/article/article.ts";
import { CLOCK_SKEW } from "#domain/article/dates/dates.ts";
import type { Source } from "#domain/source/source.ts";
import { DAY } from "#domain/time/durations.ts";
import { type Instant, toInstant } from "#domain/time/instant.ts";
import type { ArticlePlace, ArticleStore } from "../ports/articles.ts";
import { expiry } from "./alias-places.ts";

const FURTHEST_AHEAD = 366 * DAY;
/**
 * Most articles of one source that wait for one day. Otherwise it could land its share day after day, all for the same
 * date, and that day's edition would have more candidates than can be read.
 */
const MOST_WAITING = 500;
/** Numbers that are tried for an article; with half of them taken, one article in sixteen finds none. */
const TRIES = 4;

/**
 * Where an article is stored: at the time it is first seen, or at its own date if that is ahead, such as an event's,
 * because that day's edition looks for it there. A date more than a year ahead is an error of the feed. Null: as many of
 * its source wait for that day already.
 */
export async function placeInTime(
  { port, source, now }: { port: Pick<ArticleStore, "claim">; source: Source; now: () => number },
  { published }: Pick<DraftArticle, "published">,
  id: string,
): Promise<ArticlePlace | null> {
  const at = published === null ? now() : Date.parse(published);
  if (at <= now() + CLOCK_SKEW || at >= now() + FURTHEST_AHEAD) return { seenAt: toInstant(now()), id };
  const place = { seenAt: toInstant(at), id };
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const taken = await port.claim(waitingNumber(source.id, place, attempt), place, expiry({ now }, place));
    if (taken.id === id) return place;
  }
  return null;
}

/** The alias of one of the numbers that a source's articles have on the day for which they wait. */
function waitingNumber(sourceId: string, { seenAt, id }: ArticlePlace, attempt: number): string {
  const sha = (...parts: readonly string[]) => createHash("sha256").update(parts.join("\n")).digest("hex");
  const number = Number.parseInt(sha("waits", id, String(attempt)).slice(0, 8), 16) % MOST_WAITING;
  return sha("waiting", sourceId, dayOf(seenAt), String(number));
}

const dayOf = (at: Instant) => at.slice(0, 10);
