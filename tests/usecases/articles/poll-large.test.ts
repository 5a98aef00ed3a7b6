import { createServer } from "node:http";
import { afterEach, expect, test } from "vitest";
import { openFetcher } from "#adapters/fetch/feed.ts";
import { memoryArticles } from "#adapters/memory/articles/articles.ts";
import { memorySources } from "#adapters/memory/articles/sources.ts";
import { done } from "#domain/outcome.ts";
import { openBodyPlaces } from "#usecases/articles/large-bodies.ts";
import { pollSources } from "#usecases/articles/poll.ts";
import { source } from "../../testing/articles/news.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Serves bodies of a size by the first part of the path, and counts those that were sent whole. */
async function serve(): Promise<string> {
  const megabyte = Buffer.alloc(1024 * 1024, "a");
  const server = createServer(async ({ url = "" }, response) => {
    response.on("error", () => undefined);
    const megabytes = Number(url.split("/")[1]);
    if (megabytes === 0) return void response.end("a");
    for (let sent = 0; sent < megabytes; sent += 1) {
      if (!response.write(megabyte)) await new Promise((drained) => response.once("drain", drained));
    }
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  closing.push(() => server.close().closeAllConnections());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return `http://127.0.0.1:${address.port}`;
}

const pause = (ms: number) => new Promise((wake) => setTimeout(wake, ms));

/**
 * Polls sources with bodies of so many megabytes. `most`: how many large ones were in memory at once; `order`: the sizes
 * as they were read.
 */
async function pollAll(megabytes: readonly number[], readsFor: number, timeout: number) {
  const origin = await serve();
  const sources = memorySources();
  for (const [n, size] of megabytes.entries()) await sources.put({ ...source(`s${n}`), url: `${origin}/${size}/${n}` });
  const fetch = openFetcher({ allowOrigins: [origin], timeout });
  const figures = { now: 0, most: 0, order: [] as number[] };
  const isLarge = ({ byteLength }: Uint8Array) => byteLength > 1024 * 1024;
  const reports = await pollSources(
    {
      ...{ sources, articles: memoryArticles(), now: Date.now, random: () => 0.5 },
      fetchFeed: async (request) => {
        const answer = await fetch(request);
        if (answer.kind === "fetched" && isLarge(answer.bytes)) figures.now += 1;
        figures.most = Math.max(figures.most, figures.now);
        return answer;
      },
      readFeed: async ({ bytes }) => {
        figures.order.push(Math.floor(bytes.byteLength / 1024 / 1024));
        if (isLarge(bytes)) {
          await pause(readsFor);
          figures.now -= 1;
        }
        return done({ feed: { title: "A" }, articles: [], refused: [] });
      },
    },
    { all: true },
    [],
  );
  return { ...figures, outcomes: reports.map(({ outcome, error }) => error ?? outcome) };
}

test("many large feeds at once are in memory by sixes, and waiting for that doesn't count as slow", async () => {
  const feeds = Array.from({ length: 36 }, () => 3);
  const { most, outcomes } = await pollAll(feeds, 600, 3_000);
  expect(outcomes).toEqual(feeds.map(() => "polled"));
  expect(most).toBe(6);
}, 20_000);

test("small feeds don't wait for large ones", async () => {
  const { order, outcomes } = await pollAll([2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0], 500, 5_000);
  expect(outcomes).toEqual(outcomes.map(() => "polled"));
  expect(order).toHaveLength(11);
  expect(order.slice(-2)).toEqual([2, 2]);
});

test("a poll takes one place, however often it requests one", async () => {
  const place = openBodyPlaces(2);
  const first = place();
  await first.take();
  await first.take();
  await place().take();
  const order: string[] = [];
  void place()
    .take()
    .then(() => order.push("third"));
  await pause(1);
  expect(order).toEqual([]);
  first.free();
  await pause(1);
  expect(order).toEqual(["third"]);
});

test("a large body waits once, and a small one doesn't", async () => {
  const origin = await serve();
  const fetch = openFetcher({ allowOrigins: [origin], timeout: 5_000 });
  let waits = 0;
  const beforeLarge = async () => {
    waits += 1;
  };
  for (const megabytes of [0, 5]) expect(await fetch({ url: `${origin}/${megabytes}`, beforeLarge })).toMatchObject({});
  expect(waits).toBe(1);
});

test("a poll that fails while it has or awaits a place leaves it to the next", async () => {
  const place = openBodyPlaces(1);
  const [first, second, third] = [place(), place(), place()];
  await first.take();
  await first.take();
  const order: string[] = [];
  void second.take().then(() => order.push("second"));
  void third.take().then(() => order.push("third"));
  second.free();
  await pause(1);
  expect(order).toEqual([]);
  first.free();
  first.free();
  await pause(1);
  expect(order).toEqual(["third"]);
  const fourth = place();
  void fourth.take().then(() => order.push("fourth"));
  await pause(1);
  expect(order).toEqual(["third"]);
  third.free();
  await pause(1);
  expect(order).toEqual(["third", "fourth"]);
});
