/** How long an article and its aliases are kept after it was last in its feed. Seconds. */
const KEPT = 60 * 24 * 3600;
/**
 * While it is in the feed, its expiry is extended once a week, because each extension writes the article and all
 * aliases.
 */
const REFRESHED = 7 * 24 * 3600;

/** The expiry of an article that is in its feed now, in epoch seconds. */
export const keptUntil = (now: number): number => Math.floor(now / 1000) + KEPT;

/** Whether to extend an article's expiry. @param until epoch seconds; undefined: stored by a version without expiry */
export const isRefreshDue = (until: number | undefined, now: number): boolean =>
  until === undefined || until < keptUntil(now) - REFRESHED;
