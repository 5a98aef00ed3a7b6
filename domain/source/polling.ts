import { DAY, HOUR, MINUTE } from "../time/durations.ts";
import type { Instant } from "../time/instant.ts";
import { toInstant } from "../time/instant.ts";
import type { Source } from "./source.ts";

/** Shortest and longest time between two polls of a source. */
const SHORTEST = 10 * MINUTE;
const LONGEST = 2 * HOUR;
/** After this many failures in a row the waiting time no longer doubles. */
const MOST_DOUBLINGS = 7;
/** Random spread of waiting times in both directions, so polls don't happen all at once. */
const SPREAD = 0.15;

/**
 * At a source's first poll, older articles are its archive: stored, but never news. A source is new until its first
 * article arrives, and again after it was removed and restored.
 */
export const ARCHIVE_AGE = 72 * HOUR;
/** An article that a known source shows weeks after its date is archive too, because the feed has added old items. */
const OLD_AGE = 7 * DAY;
export const isFirstPoll = (source: Source) => source.articles === 0 || source.returnedAt !== null;
export const archiveBefore = (source: Source, now: number): Instant =>
  toInstant(now - (isFirstPoll(source) ? ARCHIVE_AGE : OLD_AGE));
/** Whether an article was that old when it was first seen. */
export const wasOld = ({ published, seenAt }: { published: Instant | null; seenAt: Instant }): boolean =>
  published !== null && published < toInstant(Date.parse(seenAt) - OLD_AGE);

/** Only feeds are polled; pushed sources aren't. */
export const isPolled = (source: Source) => source.kind === "feed" && source.removedAt === null;

/** Is the source's next poll due? */
export const isDue = (source: Source, now: Instant) => isPolled(source) && source.nextPollAt <= now;

/** How long before an edition takes in articles for the last time its failing sources are polled once more. */
const BEFORE_EDITION = 25 * MINUTE;

/**
 * Whether to poll a failing source once more before an edition, so a recovered source doesn't miss it, however long its
 * waiting time is.
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
 * Time until the next poll of a source that answered: half the usual time between its articles, within limits; an hour
 * if too few articles have dates.
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

/** Time until the next poll of a source without anything new: the same as last time. */
export function sameInterval(source: Source, random: number): number {
  const last =
    source.lastPolledAt === null ? Number.NaN : Date.parse(source.nextPollAt) - Date.parse(source.lastPolledAt);
  const usual = source.failures > 0 || Number.isNaN(last) ? LONGEST / 2 : last;
  return spread(Math.min(LONGEST, Math.max(SHORTEST, usual)), random);
}

/**
 * Time until the next poll of a failing source: doubled with each consecutive failure, from 10 minutes to most of a
 * day, and never less than the server requested.
 * @param retryAfter milliseconds to wait, by the server's answer; null: not given
 */
export function backOff(failures: number, retryAfter: number | null, random: number): number {
  const doubled = SHORTEST * 2 ** Math.min(Math.max(failures, 1) - 1, MOST_DOUBLINGS);
  return Math.max(spread(doubled, random), retryAfter ?? 0);
}

/** A source that is gone by its publisher's answer is still polled once a week, because some come back. */
export const goneInterval = (random: number) => spread(7 * DAY, random);

const spread = (wait: number, random: number) => Math.round(wait * (1 - SPREAD + 2 * SPREAD * random));

/** `https://www.example.com/news/feed.xml` → `example-com-news`, with a number if the name is taken. */
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

/** True until the source's feed or a person has given it a name instead of its id or host. */
export const isUntitled = (source: Source) =>
  source.title === source.id || source.title === (URL.parse(source.url)?.host ?? "");

/** A source that hasn't been polled yet. Without a title, it has its id until the feed gives one. */
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

/** A pushed source. Without a title, it has its id. */
export function newPushSource(
  { id, title, weight }: { id: string; title?: string | undefined; weight?: number | undefined },
  now: Instant,
): Source {
  return { ...newSource({ id, url: `push:${id}`, title, weight }, now), kind: "push" };
}
