/** An article is kept for so long after it was last in its feed, and its names as long as it. Seconds. */
const KEPT = 60 * 24 * 3600;
/** While the feed has it, its time is moved on once a week: each move is a write for the article and for each name. */
const REFRESHED = 7 * 24 * 3600;

/** Until when an article that is in its feed now is kept, in epoch seconds. */
export const keptUntil = (now: number): number => Math.floor(now / 1000) + KEPT;

/** Is it time to move an article's time on? @param until epoch seconds; undefined: it was stored before articles expired */
export const isRefreshDue = (until: number | undefined, now: number): boolean =>
  until === undefined || until < keptUntil(now) - REFRESHED;
