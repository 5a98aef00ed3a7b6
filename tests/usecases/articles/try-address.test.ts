import { expect, test } from "vitest";
import { feedsOfPage, readFeed } from "#adapters/feed-parsing/read.ts";
import type { FetchOutcome } from "#usecases/articles/poll-source.ts";
import { tryAddress } from "#usecases/articles/try-address.ts";
import { item, now } from "../../testing/feed-reading.ts";

const page = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>';
const pages: Record<string, string> = {
  "https://gazette.example/feed.xml": item("<title>A</title>"),
  "https://gazette.example/": page,
  "https://gazette.example/about": "<html><body>About us</body></html>",
};
const fetchFeed = async ({ url }: { url: string }): Promise<FetchOutcome> => {
  const body = pages[url];
  if (body === undefined) return { kind: "failed", message: `${url} returned 404.`, retryAfter: null };
  return {
    kind: "fetched",
    bytes: Buffer.from(body),
    contentType: null,
    etag: null,
    lastModified: null,
    url,
    movedTo: null,
  };
};
const tried = (url: string) => tryAddress({ fetchFeed, readFeed, feedsOfPage, now: () => now }, url);

test.each([
  ["a feed", "https://gazette.example/feed.xml"],
  ["a page that names its feed", "https://gazette.example/"],
])("%s can be read", async (_what, url) => {
  expect(await tried(url)).toMatchObject({ outcome: "polled", title: "The Gazette", error: null });
});

test.each([
  ["what isn't there", "https://gazette.example/nope", "returned 404"],
  ["a page without a feed", "https://gazette.example/about", "web page, not a feed"],
])("%s says why it can't", async (_what, url, why) => {
  expect(await tried(url)).toMatchObject({ outcome: "failed", error: expect.stringContaining(why) });
});
