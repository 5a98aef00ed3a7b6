import type { SourceSeed } from "#domain/config.ts";
import { isDue, isLastChance, isPolled, newSource, sourceId } from "#domain/source/polling.ts";
import type { Source } from "#domain/source/source.ts";
import type { SourceReport } from "#domain/source/source-report.ts";
import { type Instant, toInstant } from "#domain/time/instant.ts";
import { inParallel } from "../in-parallel.ts";
import { type IngestPorts, pollSource, reportOf } from "./poll-source.ts";

/** Sources polled at once; most of the time goes into waiting for the network. */
const CONCURRENCY = 32;

/**
 * Polls the sources that are due, or those asked for, and lands their articles. A source that fails, or whose feed
 * does harm, is reported and stops no other.
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
  // Longest overdue first: a poll that is cut short goes on there next time, and starves none.
  const chosen = wanted
    .filter(isPolled)
    .toSorted((a, b) => a.nextPollAt.localeCompare(b.nextPollAt) || a.id.localeCompare(b.id));
  const reports = await inParallel(chosen, CONCURRENCY, (source) => pollSafely(ports, source));
  return reports.toSorted((a, b) => a.source.localeCompare(b.source));
}

/** Puts the configured sources that the table has never had. What was removed stays removed. */
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

/** Whatever goes wrong with one source is that source's report. */
async function pollSafely(ports: IngestPorts, source: Source): Promise<SourceReport> {
  try {
    return await pollSource(ports, source);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return reportOf(source, "failed", {
      error: `${source.url} could not be ingested: ${why}. It will be tried again.`,
    });
  }
}
