import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { openParsers } from "#adapters/feed-parsing/worker/pool.ts";
import { openFetcher } from "#adapters/fetch/feed.ts";
import { memorySources } from "#adapters/memory/articles/sources.ts";
import { newSource } from "#domain/source/polling.ts";
import { toInstant } from "#domain/time/instant.ts";
import { nodeOptions } from "#functions/ingest/contract.ts";
import { pollSources } from "#usecases/articles/poll.ts";
import type { IngestPorts } from "#usecases/articles/poll-source.ts";
import { type Answer, type Request, SOURCES } from "./polling-world.ts";

/** Polls of a thousand sources with realistic latencies, and a store as slow as DynamoDB. */
type PollingFigures = {
  sources: number;
  /** Sources that answered; the others hang or fail, on purpose. */
  answered: number;
  /** Articles landed by the first poll. */
  fresh: number;
  /** Seconds of the first poll, of one without news, and of only fetching the same addresses. */
  first: number;
  again: number;
  baseline: number;
  /** Writes of the poll without news, except for the sources' own items. */
  writes: number;
  /** Peak megabytes of the polling process; processes that read feeds have their own limits. */
  memory: number;
  /** Megabytes in use after the first poll; V8 frees the rest late if the machine has much memory. */
  live: number;
};

const AT_ONCE = 32;

async function pollingFigures(): Promise<PollingFigures> {
  const { origin, store, close } = await openWorld();
  try {
    const baseline = await timed(() => fetchAll(origin));
    const urls = Array.from({ length: SOURCES }, (_, n) => `${origin}/${n}`);
    const ports = await openPorts(origin, store, urls);
    const started = performance.now();
    const reports = await pollSources(ports, { all: true }, []);
    const first = (performance.now() - started) / 1000;
    const live = liveMegabytes();
    const before = store.writes();
    const again = await timed(() => pollSources(ports, { all: true }, []));
    return {
      sources: SOURCES,
      answered: reports.filter(({ outcome }) => outcome === "polled").length,
      fresh: reports.reduce((sum, report) => sum + report.fresh, 0),
      first,
      again,
      baseline,
      writes: store.writes() - before,
      memory: process.resourceUsage().maxRSS / 1024,
      live,
    };
  } finally {
    close();
  }
}

function liveMegabytes(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1_000_000;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}

export async function openPorts(origin: string, store: Store, urls: readonly string[]): Promise<IngestPorts> {
  const sources = memorySources();
  for (const [n, url] of urls.entries()) {
    await sources.add(newSource({ url, id: `source-${n}` }, toInstant(Date.now())));
  }
  const fetchFeed = openFetcher({ allowOrigins: [origin] });
  return { sources, articles: store.articles, fetchFeed, ...openParsers(), now: Date.now, random: Math.random };
}

type Store = { articles: IngestPorts["articles"]; writes: () => number };

/** Starts the process with the web and the table, and returns ports to them. */
export async function openWorld(): Promise<{ origin: string; store: Store; close: () => void }> {
  const child = fork(new URL("./polling-world.ts", import.meta.url), { serialization: "advanced" });
  const [port] = await once(child, "message");
  const waiting = new Map<number, (answer: Answer) => void>();
  child.on("message", (answer: Answer) => {
    waiting.get(answer.n)?.(answer);
    waiting.delete(answer.n);
  });
  let requests = 0;
  let writes = 0;
  const calls =
    (name: Request["name"], writing: number) =>
    async (...args: readonly unknown[]): Promise<never> => {
      writes += writing;
      requests += 1;
      const answered = new Promise<Answer>((resolve) => waiting.set(requests, resolve));
      child.send({ n: requests, name, args });
      const { value, fault } = await answered;
      if (fault !== undefined) throw new Error(fault);
      // The store's result after a structured clone.
      return value as never;
    };
  const articles = {
    places: calls("places", 0),
    read: calls("read", 0),
    claim: calls("claim", 1),
    redirect: calls("redirect", 1),
    add: calls("add", 1),
    replace: calls("replace", 1),
    keep: calls("keep", 1),
  };
  return { origin: `http://127.0.0.1:${port}`, store: { articles, writes: () => writes }, close: () => child.kill() };
}

/** Fetches the same addresses with a plain client and the same limits. */
async function fetchAll(origin: string): Promise<void> {
  const queue = Array.from({ length: SOURCES }, (_, n) => n).values();
  const work = async () => {
    for (const n of queue) await fetchOne(`${origin}/${n}`);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const fetchOne = (url: string) =>
  new Promise<void>((done) => {
    const request = get(url, { timeout: 10_000 }, (response) => response.resume().once("close", done));
    request.once("timeout", () => request.destroy()).once("error", () => done());
  });

/** Bars: seconds of one poll of all, and megabytes of the polling process. */
const bars = { seconds: 60, memory: 256 };

/** Each in a process of its own, with the options that the function has. */
export const reportPolling = (): boolean =>
  [import.meta.filename, fileURLToPath(new URL("./polling-large.ts", import.meta.url))].every(
    (file) => spawnSync(process.execPath, [...nodeOptions, file], { stdio: "inherit" }).status === 0,
  );

/** Prints the table; false when a poll takes too long, or writes though nothing changed. */
async function report(): Promise<boolean> {
  const { sources, answered, fresh, first, again, baseline, writes, memory, live } = await pollingFigures();
  const within = Math.max(first, again) <= bars.seconds && writes === 0 && memory <= bars.memory;
  console.log(`A poll of ${sources} sources: at most ${bars.seconds} s and ${bars.memory} MB
  first poll              ${first.toFixed(1)} s, ${fresh} articles from ${answered} sources; ${(first / baseline).toFixed(1)} × fetching alone (${baseline.toFixed(1)} s)
  where nothing changed   ${again.toFixed(1)} s, ${writes} writes besides the sources' own items
  memory                  ${memory.toFixed(0)} MB at most, ${live.toFixed(0)} MB in use after the poll${within ? "" : "  TOO MUCH"}`);
  return within;
}

if (import.meta.main) process.exitCode = (await report()) ? 0 : 1;
