import { createServer } from "node:http";
import { memoryArticles } from "#adapters/memory/articles/articles.ts";

/**
 * The web and the table of the bench of polling, in a process of their own: the memory they take is not the poll's. A
 * thousand feeds with the latencies of the web, and a store of articles that takes as long as DynamoDB.
 */
export type Request = {
  readonly n: number;
  readonly name: keyof ReturnType<typeof memoryArticles>;
  readonly args: never[];
};
export type Answer = { readonly n: number; readonly value?: unknown; readonly fault?: string };

export const SOURCES = 1000;
const ITEMS = 25;
/** Of 1,000 sources so many hang until the time limit, and so many answer 500. */
const HANGING = 25;
const FAILING = 25;
const MEDIAN_LATENCY = 200;
/** Milliseconds a write or a read of the table takes. */
const TABLE = 5;

function feed(n: number): string {
  const text = `The council of town ${n} has met and decided. `.repeat(8);
  const items = Array.from({ length: ITEMS }, (_, i) => {
    const date = new Date(Date.UTC(2026, 10, 23) - i * 3_600_000).toUTCString();
    return `<item><title>Town ${n} decides matter number ${i} of its long agenda</title><link>https://town${n}.example/${i}</link><guid>t${n}-${i}</guid><pubDate>${date}</pubDate><description>&lt;p&gt;${text}&lt;/p&gt;</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Town ${n}</title>${items.join("")}</channel></rss>`;
}

async function main(): Promise<void> {
  const server = createServer((request, response) => {
    const n = Number(request.url?.slice(1));
    if (n < HANGING) return;
    // Waiting times of the web: half below the median, a tail of seconds. From the number, so runs compare.
    const wait = MEDIAN_LATENCY * Math.exp(Math.sin(n * 12.9898) * 1.2);
    setTimeout(() => (n < HANGING + FAILING ? response.writeHead(500).end() : response.end(feed(n))), wait);
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
