import type { Instant } from "../time/instant.ts";
import { toInstant } from "../time/instant.ts";
import type { Source } from "./source.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A source is polled at least and at most so often. */
const SHORTEST = 10 * MINUTE;
const LONGEST = 2 * HOUR;
/** After this many failures in a row the waiting time no longer doubles. */
const MOST_DOUBLINGS = 7;
/** How far a waiting time is spread to both sides, so polls do not gather at one moment. */
const SPREAD = 0.15;

/**
 * At a source's first poll, what is older by its own date is its archive: stored, never news. A source counts as new
 * until it has brought its first article, and again when it comes back after it was removed.
 */
export const ARCHIVE_AGE = 72 * HOUR;
/** What a known source shows for the first time weeks after its date is archive too: its feed has grown backwards. */
const OLD_AGE = 7 * DAY;
export const isFirstPoll = (source: Source) => source.articles === 0 || source.returnedAt !== null;
export const archiveBefore = (source: Source, now: number): Instant =>
  toInstant(now - (isFirstPoll(source) ? ARCHIVE_AGE : OLD_AGE));

/** Only feeds are polled: what is pushed comes by itself. */
export const isPolled = (source: Source) => source.kind === "feed" && source.removedAt === null;

/** Is the source's next poll due? */
export const isDue = (source: Source, now: Instant) => isPolled(source) && source.nextPollAt <= now;

/** Before an edition takes in articles for the last time, its sources that fail are tried once more in this time. */
const BEFORE_EDITION = 25 * MINUTE;

/**
 * Is this a failing source's last chance to be in an edition? However long it has been told to wait, one that has
 * recovered meanwhile misses none.
 * @param completed when editions take in articles for the last time
 */
export function isLastChance(source: Source, now: Instant, completed: readonly Instant[]): boolean {
  if (!isPolled(source) || source.failures === 0) return false;
  return completed.some((at) => {
    const from = toInstant(Date.parse(at) - BEFORE_EDITION);
    return now >= from && now < at && (source.lastPolledAt ?? "") < from;
  });
}

/**
 * How long until a source that answered is asked again: half the usual time between its articles, so news waits
 * half of it at most, within bounds; an hour where too few articles have dates to tell.
 * @param published times of its articles, in any order
 * @param random 0 to 1
 */
export function pollInterval(published: readonly Instant[], now: number, random: number): number {
  const times = published
    .map((one) => Date.parse(one))
    .filter((at) => at <= now && at > now - 14 * DAY)
    .sort((a, b) => b - a)
    .slice(0, 20);
  const gaps = times.slice(1).map((at, index) => (times[index] ?? at) - at);
  const usual = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
  return spread(Math.min(LONGEST, Math.max(SHORTEST, (usual ?? LONGEST) / 2)), random);
}

/** How long until a source that had nothing new is asked again: as long as last time, since nothing was learned. */
export function sameInterval(source: Source, random: number): number {
  const last =
    source.lastPolledAt === null ? Number.NaN : Date.parse(source.nextPollAt) - Date.parse(source.lastPolledAt);
  const usual = source.failures > 0 || Number.isNaN(last) ? LONGEST / 2 : last;
  return spread(Math.min(LONGEST, Math.max(SHORTEST, usual)), random);
}

/**
 * How long until a source that failed is asked again: twice as long with each failure in a row, from 10 minutes to
 * most of a day, and never sooner than it asked for.
 * @param retryAfter milliseconds the server asks to wait, null where it says nothing
 */
export function backOff(failures: number, retryAfter: number | null, random: number): number {
  const doubled = SHORTEST * 2 ** Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS);
  return Math.max(spread(doubled, random), retryAfter ?? 0);
}

/** A source whose publisher says that it is gone for good is still asked once a week: some come back. */
export const goneInterval = (random: number) => spread(7 * DAY, random);

const spread = (wait: number, random: number) => Math.round(wait * (1 - SPREAD + 2 * SPREAD * random));

/**
 * `https://www.example.com/news/feed.xml` → `example-com-news`: what a person would call it, with a number where the
 * name is taken.
 */
export function sourceId(url: string, taken: ReadonlySet<string> = new Set()): string {
  const parsed = URL.parse(url);
  const host = parsed?.host.replace(/^www\./, "") ?? "";
  const path = (parsed?.pathname ?? url).replace(/\.(xml|rss|atom|json|rdf)$/i, "").split("/");
  const words = [host, ...path.filter((part) => !/^(feed|feeds|rss|atom|index)?$/i.test(part))];
  const slug = words
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 50)
    .replace(/^-|-$/g, "");
  const name = slug === "" ? "source" : slug;
  if (!taken.has(name)) return name;
  for (let n = 2; ; n += 1) if (!taken.has(`${name}-${n}`)) return `${name}-${n}`;
}

/** True until the source's feed, or a person, has said what it is called: its id or its host is in. */
export const isUntitled = (source: Source) =>
  source.title === source.id || source.title === (URL.parse(source.url)?.host ?? "");

/** A source that has not been polled yet. Without a title its id is in until the feed tells its own. */
export function newSource(
  {
    url,
    title,
    weight = 1,
    id,
  }: { url: string; title?: string | undefined; weight?: number | undefined; id?: string | undefined },
  now: Instant,
): Source {
  const name = id ?? sourceId(url);
  return {
    id: name,
    kind: "feed",
    url,
    addedUrl: url,
    movingTo: null,
    movingSince: null,
    movingPolls: 0,
    landedOn: null,
    landedArticles: 0,
    landedBytes: 0,
    limitReportedAt: null,
    title: title ?? name,
    weight,
    addedAt: now,
    removedAt: null,
    returnedAt: null,
    etag: null,
    lastModified: null,
    lastPolledAt: null,
    lastArticleAt: null,
    nextPollAt: now,
    failures: 0,
    lastError: null,
    reportedAt: null,
    articles: 0,
    used: 0,
  };
}

/** A source that articles are pushed to. Without a title its id is in. */
export function newPushSource(
  { id, title, weight }: { id: string; title?: string | undefined; weight?: number | undefined },
  now: Instant,
): Source {
  return { ...newSource({ id, url: `push:${id}`, title, weight }, now), kind: "push" };
}
