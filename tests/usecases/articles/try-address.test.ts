import { describe, expect, test } from "vitest";
import { factsOfPage, feedsOfPage, readFeed } from "#adapters/feed-parsing/read.ts";
import type { FetchOutcome } from "#usecases/articles/poll-source.ts";
import { tryAddress } from "#usecases/articles/try-address.ts";
import { item, now } from "../../testing/articles/feed-reading.ts";

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

describe("the name that a new source gets", () => {
  const named = (feed: string, site: string) => {
    const bodies: Record<string, string> = {
      "https://news.example/rss": `<rss version="2.0"><channel><title>${feed}</title><link>https://news.example/front</link><item><title>A</title><link>https://news.example/a</link></item></channel></rss>`,
      "https://news.example/front": `<html><head><title>Front page</title>${site}</head></html>`,
    };
    const fetchAny = async ({ url }: { url: string }): Promise<FetchOutcome> =>
      bodies[url] === undefined
        ? { kind: "failed", message: `${url} returned 404.`, retryAfter: null }
        : { kind: "fetched", ...answer(bodies[url], url) };
    const ports = { fetchFeed: fetchAny, fetchPage: fetchAny, readFeed, feedsOfPage: () => [], now: () => now };
    return tryAddress({ ...ports, factsOfPage: async (page) => factsOfPage(page) }, "https://news.example/rss");
  };
  const answer = (body: string, url: string) => ({
    bytes: Buffer.from(body),
    contentType: null,
    etag: null,
    lastModified: null,
    url,
    movedTo: null,
  });
  const openGraph = (name: string) => `<meta property="og:site_name" content="${name}">`;
  const jsonLd = (data: object) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;

  test.each([
    ["initials", "OHH > Home Page", openGraph("The Ostmere Harbour Herald"), "The Ostmere Harbour Herald"],
    ["a part of it", "Herald - Top Stories", openGraph("The Herald"), "The Herald"],
    ["the same letters", "HarbourHerald.com - Public RSS", openGraph("Harbour Herald"), "Harbour Herald"],
    [
      "a publisher of JSON-LD",
      "OHH",
      jsonLd({
        "@graph": [{ "@type": "WebPage", publisher: { "@type": "Organization", name: "Ostmere Harbour Herald" } }],
      }),
      "Ostmere Harbour Herald",
    ],
    ["a site of JSON-LD", "Herald", jsonLd([{ "@type": "WebSite", name: "The Herald" }]), "The Herald"],
  ])("is its site's, made short in the feed as %s", async (_what, feed, site, name) => {
    expect(await named(feed, site)).toMatchObject({ outcome: "polled", title: name });
  });

  test.each([
    ["says more", "Marta’s Column", openGraph("Blog Hosting Inc")],
    ["is of a site that doesn't say", "The Gull", ""],
    ["is of a site whose data is broken", "The Gull", '<script type="application/ld+json">{"publisher":</script>'],
  ])("is the feed's where it %s", async (_what, feed, site) => {
    expect(await named(feed, site)).toMatchObject({ outcome: "polled", title: feed });
  });
});
