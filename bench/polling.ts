import { createServer, get, type Server } from "node:http";
import { openParsers } from "#adapters/feed-parsing/pool.ts";
import { openFetcher } from "#adapters/fetch/feed.ts";
import { memoryArticles } from "#adapters/memory/articles.ts";
import { memorySources } from "#adapters/memory/sources.ts";
import { newSource } from "#domain/source/polling.ts";
import { toInstant } from "#domain/time/instant.ts";
import { pollSources } from "#usecases/articles/poll.ts";
import type { IngestPorts } from "#usecases/articles/poll-source.ts";

/** Polls of a thousand sources on a server with the latencies of the web, with a store that takes as long as DynamoDB. */
type PollingFigures = {
  sources: number;
  /** Sources that answered; the others hang or fail, on purpose. */
  answered: number;
  /** Articles landed by the first poll. */
  fresh: number;
  /** Seconds of the first poll, of one where nothing changed, and of fetching the same addresses and nothing else. */
  first: number;
  again: number;
  baseline: number;
  /** Writes of the poll where nothing changed, except for the sources' own items. */
  writes: number;
  /** Megabytes of the process at its largest. */
  memory: number;
};

const SOURCES = 1000;
const ITEMS = 25;
/** Of 1,000 sources so many hang until the time limit, and so many answer 500. */
const HANGING = 25;
const FAILING = 25;
const MEDIAN_LATENCY = 200;
/** Milliseconds a write or a read of the table takes. */
const TABLE = 5;
const AT_ONCE = 32;

async function pollingFigures(): Promise<PollingFigures> {
  const { server, origin } = await serve();
  try {
    const baseline = await timed(() => fetchAll(origin));
    const store = slowStore();
    const ports = await openPorts(origin, store);
    const started = performance.now();
    const reports = await pollSources(ports, { all: true }, []);
    const first = (performance.now() - started) / 1000;
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
    };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}

async function openPorts(origin: string, store: ReturnType<typeof slowStore>): Promise<IngestPorts> {
  const sources = memorySources();
  for (let n = 0; n < SOURCES; n += 1) {
    await sources.add(newSource({ url: `${origin}/${n}`, id: `source-${n}` }, toInstant(Date.now())));
  }
  const fetchFeed = openFetcher({ allowOrigins: [origin] });
  return { sources, articles: store.articles, fetchFeed, ...openParsers(), now: Date.now, random: Math.random };
}

/** The memory store with a table's latency, counting its writes. */
function slowStore() {
  const fast = memoryArticles();
  let writes = 0;
  const slow =
    <A extends readonly unknown[], R>(run: (...args: A) => Promise<R>, writing: number) =>
    async (...args: A): Promise<R> => {
      writes += writing;
      await new Promise((wake) => setTimeout(wake, TABLE));
      return run(...args);
    };
  const articles = {
    places: slow(fast.places, 0),
    read: slow(fast.read, 0),
    claim: slow(fast.claim, 1),
    redirect: slow(fast.redirect, 1),
    add: slow(fast.add, 1),
    replace: slow(fast.replace, 1),
    keep: slow(fast.keep, 1),
  };
  return { articles, writes: () => writes };
}

async function serve(): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    const n = Number(request.url?.slice(1));
    if (n < HANGING) return;
    // Waiting times of the web: half below the median, a tail of seconds. From the number, so runs compare.
    const wait = MEDIAN_LATENCY * Math.exp(Math.sin(n * 12.9898) * 1.2);
    setTimeout(() => (n < HANGING + FAILING ? response.writeHead(500).end() : response.end(feed(n))), wait);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return { server, origin: `http://127.0.0.1:${address.port}` };
}

function feed(n: number): string {
  const text = `The council of town ${n} has met and decided. `.repeat(8);
  const items = Array.from({ length: ITEMS }, (_, i) => {
    const date = new Date(Date.UTC(2026, 10, 23) - i * 3_600_000).toUTCString();
    return `<item><title>Town ${n} decides matter number ${i} of its long agenda</title><link>https://town${n}.example/${i}</link><guid>t${n}-${i}</guid><pubDate>${date}</pubDate><description>&lt;p&gt;${text}&lt;/p&gt;</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Town ${n}</title>${items.join("")}</channel></rss>`;
}

/** The same addresses with a plain client and the same limits. */
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

/** Bars: seconds of one poll of all, and megabytes: what the function is given in AWS. */
const bars = { seconds: 60, memory: 512 };

/** Prints the table; false when a poll takes too long, or writes though nothing changed. */
export async function reportPolling(): Promise<boolean> {
  const { sources, answered, fresh, first, again, baseline, writes, memory } = await pollingFigures();
  const within = Math.max(first, again) <= bars.seconds && writes === 0 && memory <= bars.memory;
  console.log(`A poll of ${sources} sources: at most ${bars.seconds} s and ${bars.memory} MB
  first poll              ${first.toFixed(1)} s, ${fresh} articles from ${answered} sources; ${(first / baseline).toFixed(1)} × fetching alone (${baseline.toFixed(1)} s)
  where nothing changed   ${again.toFixed(1)} s, ${writes} writes besides the sources' own items
  memory                  ${memory.toFixed(0)} MB${within ? "" : "  TOO MUCH"}`);
  return within;
}

if (import.meta.main) process.exitCode = (await reportPolling()) ? 0 : 1;
