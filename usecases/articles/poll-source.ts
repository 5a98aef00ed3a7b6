import type { DraftArticle } from "#domain/article/article.ts";
import type { Outcome } from "#domain/outcome.ts";
import { isLimitNews, openAllowance, usageAfter } from "#domain/source/allowance.ts";
import { answerHash } from "#domain/source/answer-hash.ts";
import { followMove } from "#domain/source/moving.ts";
import { type FeedSelf, sourceName } from "#domain/source/name/source-name.ts";
import {
  archiveBefore,
  backOff,
  goneInterval,
  isFirstPoll,
  isUntitled,
  pollInterval,
  sameInterval,
} from "#domain/source/polling.ts";
import type { Source } from "#domain/source/source.ts";
import type { SourceReport } from "#domain/source/source-report.ts";
import { toInstant } from "#domain/time/instant.ts";
import type { SourceStore } from "../ports/articles.ts";
import { type ArticlePort, landArticles } from "./land.ts";

/** The result of fetching a feed, as adapters/fetch gives it. */
export type FetchOutcome =
  | {
      readonly kind: "fetched";
      readonly bytes: Uint8Array;
      readonly contentType: string | null;
      readonly etag: string | null;
      readonly lastModified: string | null;
      /** Its address after redirects; null: it is a file. */
      readonly url: string | null;
      readonly movedTo: string | null;
    }
  | { readonly kind: "unchanged"; readonly movedTo: string | null }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "gone"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string; readonly retryAfter: number | null };

type FeedRead = {
  readonly feed: { readonly title: string | null } & FeedSelf;
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
    /** The rest of a large body is read when this has resolved. */
    beforeLarge?: () => Promise<void>;
  }) => Promise<FetchOutcome>;
  readonly readFeed: (document: {
    bytes: Uint8Array;
    url: string | null;
    contentType: string | null;
    now: number;
  }) => Outcome<FeedRead> | Promise<Outcome<FeedRead>>;
  /** The feeds that a web page links to, best first. Absent: pages aren't searched. */
  readonly feedsOfPage?: (document: {
    bytes: Uint8Array;
    url: string | null;
    contentType: string | null;
  }) => string[] | Promise<string[]>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
};

/** Fetches, reads and lands one source, and saves what was learned about it. */
export async function pollSource(ports: IngestPorts, source: Source): Promise<SourceReport> {
  const { url, etag, lastModified } = source;
  const answer = unlessSame(ports, source, await ports.fetchFeed({ url, etag, lastModified }));
  const started = answer.kind === "fetched" ? await markReading(ports, source) : source;
  const feed = await linkedFeed(ports, source, answer);
  if (feed === undefined) return saveAnswer(ports, { before: started, source, url: source.url }, answer);
  const fromFeed = await ports.fetchFeed({ url: feed, etag: null, lastModified: null });
  return saveAnswer(ports, { before: started, source, url: feed }, unlessSame(ports, source, fromFeed));
}

/** Many servers send the same feed again instead of saying that it hasn't changed. */
function unlessSame(ports: IngestPorts, source: Source, answer: FetchOutcome): FetchOutcome {
  if (answer.kind !== "fetched" || source.answerHash !== answerHash(answer, ports.now())) return answer;
  return { kind: "unchanged", movedTo: answer.movedTo };
}

/** `before`: the source as it is in the table now. `source`: as it was before this poll. */
type Poll = { readonly before: Source; readonly source: Source; readonly url: string };

/**
 * Counts a failure before the feed is parsed, and removes it afterwards. If parsing ends the whole process, the source
 * is delayed like any failing source, instead of being first again.
 */
async function markReading(ports: IngestPorts, source: Source): Promise<Source> {
  const now = ports.now();
  const failures = source.failures + 1;
  const marked = {
    ...source,
    lastPolledAt: toInstant(now),
    failures,
    lastError: `${source.url} was being read when its poll stopped. If this happens again, its feed may be too much to read.`,
    nextPollAt: toInstant(now + backOff(failures, null, ports.random())),
  };
  return (await ports.sources.savePoll(source, marked)) ? marked : source;
}

/** If someone added a site's address, its new source uses the feed that the page there names. */
async function linkedFeed(ports: IngestPorts, source: Source, answer: FetchOutcome): Promise<string | undefined> {
  if (!isFirstPoll(source) || answer.kind !== "fetched") return undefined;
  const [feed] = (await ports.feedsOfPage?.(answer)) ?? [];
  return feed;
}

async function saveAnswer(ports: IngestPorts, poll: Poll, answer: FetchOutcome): Promise<SourceReport> {
  if (answer.kind === "failed") {
    return fail(ports, poll, answer.message, (failures) => backOff(failures, answer.retryAfter, ports.random()));
  }
  if (answer.kind === "gone") return fail(ports, poll, answer.message, () => goneInterval(ports.random()));
  if (answer.kind === "refused") return failSlowly(ports, poll, answer.message);
  if (answer.kind === "unchanged") {
    const found = followMove(poll.source, poll.url, answer.movedTo, ports.now());
    await save(ports, poll, found);
    return reportOf(poll.source, "unchanged", { movedTo: movedTo(poll, found.url) });
  }
  const { bytes, contentType } = answer;
  const read = await ports.readFeed({ bytes, url: answer.url, contentType, now: ports.now() });
  if (!read.ok) return failSlowly(ports, poll, read.fault.message);
  const { etag, lastModified } = answer;
  const found = followMove(poll.source, poll.url, answer.movedTo, ports.now());
  return land(ports, poll, read.value, { ...found, etag, lastModified, answerHash: answerHash(answer, ports.now()) });
}

const movedTo = ({ source }: Poll, url: string | undefined) => (url === undefined || url === source.url ? null : url);

async function land(ports: IngestPorts, poll: Poll, read: FeedRead, found: Partial<Source>): Promise<SourceReport> {
  const { source } = poll;
  const title = isUntitled(source) && read.feed.title !== null ? sourceName(read.feed.title, read.feed) : source.title;
  const named = { ...source, title };
  const allowance = openAllowance(source, ports.now());
  const before = archiveBefore(source, ports.now());
  const landings = await landArticles(ports.articles, named, read.articles, ports.now, before, allowance);
  const count = (what: string) => landings.filter((one) => one === what).length;
  const overLimit = count("dropped") > 0 && isLimitNews(source, ports.now());
  const published = read.articles.flatMap((article) => article.published ?? []);
  const newest = published
    .filter((one) => one <= toInstant(ports.now()))
    .reduce((a, b) => (a > b ? a : b), source.lastArticleAt ?? "");
  await save(ports, poll, {
    ...found,
    ...usageAfter(source, allowance, ports.now()),
    ...(overLimit ? { limitReportedAt: toInstant(ports.now()) } : {}),
    title,
    articles: source.articles + count("fresh"),
    returnedAt: count("fresh") > 0 ? null : source.returnedAt,
    lastArticleAt: newest === "" ? source.lastArticleAt : newest,
    nextPollAt: toInstant(ports.now() + pollInterval(published, ports.now(), ports.random())),
  });
  return reportOf(named, "polled", {
    fresh: count("fresh"),
    changed: count("changed"),
    same: count("same"),
    dropped: count("dropped"),
    overLimit,
    refused: [...read.refused],
    movedTo: movedTo(poll, found.url),
  });
}

/** Errors that a person has to fix are retried less often. */
const failSlowly = (ports: IngestPorts, poll: Poll, message: string) =>
  fail(ports, poll, message, (failures) => backOff(failures + 2, null, ports.random()));

async function fail(
  ports: IngestPorts,
  { before, source }: Poll,
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
  await ports.sources.savePoll(before, after);
  return reportOf(source, "failed", { error: message });
}

/** If another poll wrote since, it has the same information, so this result is dropped. */
async function save(ports: IngestPorts, { before, source }: Poll, change: Partial<Source>): Promise<void> {
  const now = ports.now();
  await ports.sources.savePoll(before, {
    ...source,
    lastPolledAt: toInstant(now),
    failures: 0,
    lastError: null,
    reportedAt: null,
    nextPollAt: toInstant(now + sameInterval(source, ports.random())),
    ...change,
  });
}

export function reportOf(
  source: Source,
  outcome: SourceReport["outcome"],
  change: Partial<SourceReport>,
): SourceReport {
  const { id, title, url } = source;
  const nothing = {
    fresh: 0,
    changed: 0,
    same: 0,
    dropped: 0,
    overLimit: false,
    refused: [],
    movedTo: null,
    error: null,
  };
  return { source: id, title, url, outcome, ...nothing, ...change };
}
