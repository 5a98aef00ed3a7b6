import type { DraftArticle } from "#domain/article/article.ts";
import type { SourceSeed } from "#domain/config.ts";
import type { Outcome } from "#domain/outcome.ts";
import {
  archiveBefore,
  backOff,
  goneInterval,
  isDue,
  isFirstPoll,
  isPolled,
  isUntitled,
  newSource,
  pollInterval,
  sameInterval,
  sourceId,
} from "#domain/source/polling.ts";
import type { Source } from "#domain/source/source.ts";
import type { SourceReport } from "#domain/source/source-report.ts";
import { toInstant } from "#domain/time/instant.ts";
import type { IngestRequest } from "#functions/ingest/contract.ts";
import { inParallel } from "../in-parallel.ts";
import type { SourceStore } from "../ports.ts";
import { type ArticlePort, landArticles } from "./land.ts";

/** What fetching a feed came to; adapters/fetch says the same in more words. */
export type FetchOutcome =
  | {
      readonly kind: "fetched";
      readonly bytes: Uint8Array;
      readonly contentType: string | null;
      readonly etag: string | null;
      readonly lastModified: string | null;
      /** Where it was found after redirects; null: nowhere, it is a file. */
      readonly url: string | null;
      readonly movedTo: string | null;
    }
  | { readonly kind: "unchanged"; readonly movedTo: string | null }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "gone"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string; readonly retryAfter: number | null };

export type FeedRead = {
  readonly feed: { readonly title: string | null };
  readonly articles: readonly DraftArticle[];
  readonly refused: readonly { why: string; at: string }[];
};

export type IngestPorts = {
  readonly sources: Pick<SourceStore, "all" | "add" | "savePoll">;
  readonly articles: ArticlePort;
  readonly fetchFeed: (request: {
    url: string;
    etag: string | null;
    lastModified: string | null;
  }) => Promise<FetchOutcome>;
  readonly readFeed: (document: {
    bytes: Uint8Array;
    url: string | null;
    contentType: string | null;
    now: number;
  }) => Outcome<FeedRead>;
  /** The feeds that a web page names, best first; without it pages are not looked at. */
  readonly feedsOfPage?: (document: { bytes: Uint8Array; url: string | null; contentType: string | null }) => string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
};

/** Sources polled at once: what is waited for is the network. */
const AT_ONCE = 32;

/**
 * Polls the sources that are due, or those asked for, and lands their articles. A source that fails, or whose feed
 * does harm, is reported and stops no other.
 */
export async function pollSources(
  ports: IngestPorts,
  request: IngestRequest,
  seeds: readonly SourceSeed[],
): Promise<SourceReport[]> {
  const known = await plantSeeds(ports, seeds, await ports.sources.all());
  const now = toInstant(ports.now());
  const asked = request.sources === undefined ? undefined : new Set(request.sources);
  const wanted = known.filter((source) =>
    asked === undefined ? request.all || isDue(source, now) : asked.has(source.id) || asked.has(source.url),
  );
  // Longest overdue first: a poll that is cut short goes on there next time, and starves none.
  const chosen = wanted
    .filter(isPolled)
    .toSorted((a, b) => a.nextPollAt.localeCompare(b.nextPollAt) || a.id.localeCompare(b.id));
  const reports = await inParallel(chosen, AT_ONCE, (source) => pollSafely(ports, source));
  return reports.toSorted((a, b) => a.source.localeCompare(b.source));
}

/** Puts the configured sources that the table has never had. What was removed stays removed. */
async function plantSeeds(ports: IngestPorts, seeds: readonly SourceSeed[], known: Source[]): Promise<Source[]> {
  const names = new Set(known.flatMap((source) => [source.id, source.url, source.addedUrl ?? source.url]));
  const planted: Source[] = [];
  for (const seed of seeds) {
    if (names.has(seed.url)) continue;
    const source = newSource({ ...seed, id: sourceId(seed.url, names) }, toInstant(ports.now()));
    names.add(source.id).add(source.url);
    if (await ports.sources.add(source)) planted.push(source);
  }
  return [...known, ...planted];
}

/** Whatever goes wrong with one source is that source's report. */
async function pollSafely(ports: IngestPorts, source: Source): Promise<SourceReport> {
  try {
    return await pollOne(ports, source);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return report(source, "failed", { error: `${source.url} could not be ingested: ${why}. It will be tried again.` });
  }
}

async function pollOne(ports: IngestPorts, source: Source): Promise<SourceReport> {
  const answer = await ports.fetchFeed({ url: source.url, etag: source.etag, lastModified: source.lastModified });
  const feed = feedInstead(ports, source, answer);
  if (feed === undefined) return settle(ports, source, source.url, answer);
  return settle(ports, source, feed, await ports.fetchFeed({ url: feed, etag: null, lastModified: null }));
}

/** Someone added a site's address: a new source moves to the feed that the page there names. */
function feedInstead(ports: IngestPorts, source: Source, answer: FetchOutcome): string | undefined {
  if (!isFirstPoll(source) || answer.kind !== "fetched") return undefined;
  const [feed] = ports.feedsOfPage?.(answer) ?? [];
  return feed;
}

async function settle(ports: IngestPorts, source: Source, url: string, answer: FetchOutcome): Promise<SourceReport> {
  if (answer.kind === "failed") {
    return fail(ports, source, answer.message, (failures) => backOff(failures, answer.retryAfter, ports.random()));
  }
  if (answer.kind === "gone") return fail(ports, source, answer.message, () => goneInterval(ports.random()));
  if (answer.kind === "refused") return failSlowly(ports, source, answer.message);
  if (answer.kind === "unchanged") {
    await save(ports, source, { url: answer.movedTo ?? url });
    return report(source, "unchanged", {});
  }
  const { bytes, contentType } = answer;
  const read = ports.readFeed({ bytes, url: answer.url, contentType, now: ports.now() });
  if (!read.ok) return failSlowly(ports, source, read.fault.message);
  const { etag, lastModified } = answer;
  return land(ports, source, read.value, { url: answer.movedTo ?? url, etag, lastModified });
}

async function land(ports: IngestPorts, source: Source, read: FeedRead, found: Partial<Source>): Promise<SourceReport> {
  const title = isUntitled(source) ? (read.feed.title ?? source.title) : source.title;
  const named = { ...source, title };
  const landings = await landArticles(
    ports.articles,
    named,
    read.articles,
    ports.now,
    archiveBefore(source, ports.now()),
  );
  const count = (what: string) => landings.filter((one) => one === what).length;
  const published = read.articles.flatMap((article) => article.published ?? []);
  const newest = published
    .filter((one) => one <= toInstant(ports.now()))
    .reduce((a, b) => (a > b ? a : b), source.lastArticleAt ?? "");
  await save(ports, source, {
    ...found,
    title,
    articles: source.articles + count("fresh"),
    returnedAt: count("fresh") > 0 ? null : source.returnedAt,
    lastArticleAt: newest === "" ? source.lastArticleAt : newest,
    nextPollAt: toInstant(ports.now() + pollInterval(published, ports.now(), ports.random())),
  });
  const refused = [...read.refused];
  return report(named, "polled", { fresh: count("fresh"), changed: count("changed"), same: count("same"), refused });
}

/** What a person has to mend is asked for again, but seldom. */
const failSlowly = (ports: IngestPorts, source: Source, message: string) =>
  fail(ports, source, message, (failures) => backOff(failures + 2, null, ports.random()));

async function fail(
  ports: IngestPorts,
  source: Source,
  message: string,
  wait: (failures: number) => number,
): Promise<SourceReport> {
  const failures = source.failures + 1;
  const now = ports.now();
  const after = {
    ...source,
    lastPolledAt: toInstant(now),
    failures,
    lastError: message,
    nextPollAt: toInstant(now + wait(failures)),
  };
  await ports.sources.savePoll(source, after);
  return report(source, "failed", { error: message });
}

/** Another poll that wrote since knows as much: then this one's word is dropped. */
async function save(ports: IngestPorts, source: Source, change: Partial<Source>): Promise<void> {
  const now = ports.now();
  await ports.sources.savePoll(source, {
    ...source,
    lastPolledAt: toInstant(now),
    failures: 0,
    lastError: null,
    reportedAt: null,
    nextPollAt: toInstant(now + sameInterval(source, ports.random())),
    ...change,
  });
}

function report(source: Source, outcome: SourceReport["outcome"], change: Partial<SourceReport>): SourceReport {
  const { id, title, url } = source;
  return { source: id, title, url, outcome, fresh: 0, changed: 0, same: 0, refused: [], error: null, ...change };
}
