import { createServer } from "node:http";
import { memoryArticles } from "#adapters/memory/articles/articles.ts";

/**
 * The web and the table for the polling bench, in a separate process so their memory isn't measured: a thousand feeds
 * with realistic latencies, and a store of articles as slow as DynamoDB.
 */
export type Request = {
  readonly n: number;
  readonly name: keyof ReturnType<typeof memoryArticles>;
  readonly args: never[];
};
export type Answer = { readonly n: number; readonly value?: unknown; readonly fault?: string };

export const SOURCES = 1000;
const small = { items: 25, repeats: 8 };
/** The number of the 1,000 sources that hang until the time limit, and that answer 500. */
const HANGING = 25;
const FAILING = 25;
const MEDIAN_LATENCY = 200;
/** Milliseconds of a read or a write of the table. */
const TABLE = 5;

/** Of a feed of almost 10 MB, the most that is read. */
const LARGE_ITEMS = 480;
const LARGE_REPEATS = 400;

function feed(n: number, { items: count, repeats }: { items: number; repeats: number }): string {
  const text = `The council of town ${n} has met and decided. `.repeat(repeats);
  const items = Array.from({ length: count }, (_, i) => {
    const date = new Date(Date.UTC(2026, 10, 23) - i * 3_600_000).toUTCString();
    return `<item><title>Town ${n} decides matter number ${i} of its long agenda</title><link>https://town${n}.example/${i}</link><guid>t${n}-${i}</guid><pubDate>${date}</pubDate><description>&lt;p&gt;${text}&lt;/p&gt;</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Town ${n}</title>${items.join("")}</channel></rss>`;
}

async function main(): Promise<void> {
  const server = createServer((request, response) => {
    const [, path = "", large] = request.url?.split("/") ?? [];
    if (path === "large") {
      response.end(feed(Number(large), { items: LARGE_ITEMS, repeats: LARGE_REPEATS }));
      return;
    }
    const n = Number(path);
    if (n < HANGING) return;
    // Realistic latencies, half below the median, with a tail of seconds. They depend only on the number, so runs are
    // comparable.
    const wait = MEDIAN_LATENCY * Math.exp(Math.sin(n * 12.9898) * 1.2);
    setTimeout(() => (n < HANGING + FAILING ? response.writeHead(500).end() : response.end(feed(n, small))), wait);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const articles = memoryArticles();
  process.on("message", async ({ n, name, args }: Request) => {
    await new Promise((wake) => setTimeout(wake, TABLE));
    const run: (...args: never[]) => Promise<unknown> = articles[name];
    const answer = await run(...args).then(
      (value): Answer => ({ n, value }),
      (error): Answer => ({ n, fault: String(error) }),
    );
    process.send?.(answer);
  });
  const address = server.address();
  process.send?.(address === null || typeof address === "string" ? 0 : address.port);
}

if (import.meta.main) await main();
