import type { SourceSeed } from "#domain/config.ts";
import { isDue, isLastChance, isPolled, newSource, sourceId } from "#domain/source/polling.ts";
import type { Source } from "#domain/source/source.ts";
import type { SourceReport } from "#domain/source/source-report.ts";
import { type Instant, toInstant } from "#domain/time/instant.ts";
import { inParallel } from "../in-parallel.ts";
import { type BodyPlace, openBodyPlaces } from "./large-bodies.ts";
import { type IngestPorts, pollSource, reportOf } from "./poll-source.ts";

/** Number of sources polled at once; most of the time is spent waiting for the network. */
const CONCURRENCY = 32;
/** Of these, so many at once with more than a megabyte: what they read, and the articles in it until they have landed. */
const LARGE_AT_ONCE = 6;

/**
 * Polls the sources that are due or requested, and lands their articles. A source that fails, or whose feed is harmful,
 * is reported and doesn't stop the others.
 */
export async function pollSources(
  ports: IngestPorts,
  request: { sources?: string[] | undefined; all: boolean },
  seeds: readonly SourceSeed[],
  /** When the next editions take in articles for the last time. */
  completed: readonly Instant[] = [],
): Promise<SourceReport[]> {
  const known = await addSeeds(ports, seeds, await ports.sources.all());
  const now = toInstant(ports.now());
  const named = request.sources === undefined ? undefined : new Set(request.sources);
  const isRequested = (source: Source) =>
    named === undefined
      ? request.all || isDue(source, now) || isLastChance(source, now, completed)
      : named.has(source.id) || named.has(source.url);
  const wanted = known.filter(isRequested);
  // Longest overdue first: if a poll is cut short, the next one continues there, and no source starves.
  const chosen = wanted
    .filter(isPolled)
    .toSorted((a, b) => a.nextPollAt.localeCompare(b.nextPollAt) || a.id.localeCompare(b.id));
  const places = openBodyPlaces(LARGE_AT_ONCE);
  const reports = await inParallel(chosen, CONCURRENCY, (source) => pollSafely(ports, source, places()));
  return reports.toSorted((a, b) => a.source.localeCompare(b.source));
}

/** Adds configured sources that were never in the table. Removed sources stay removed. */
async function addSeeds(ports: IngestPorts, seeds: readonly SourceSeed[], known: Source[]): Promise<Source[]> {
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

/** An error of one source goes only into that source's report. */
async function pollSafely(ports: IngestPorts, source: Source, place: BodyPlace): Promise<SourceReport> {
  const fetchFeed: IngestPorts["fetchFeed"] = (request) => ports.fetchFeed({ ...request, beforeLarge: place.take });
  try {
    return await pollSource({ ...ports, fetchFeed }, source);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return reportOf(source, "failed", {
      error: `${source.url} could not be ingested: ${why}. It will be tried again.`,
    });
  } finally {
    place.free();
  }
}
