import { expect, test } from "vitest";
import { discoverFeeds } from "#adapters/feed-parsing/discover.ts";
import { feedsOfPage } from "#adapters/feed-parsing/read.ts";
import { item, tryRead } from "../../testing/articles/feed-reading.ts";

const link = (attributes: string) => `<link rel="alternate" ${attributes}>`;
const page = (links: string) => `<!doctype html><html><head><title>Gazette</title>${links}</head><body></body></html>`;
const url = "https://gazette.example/news/";

test.each([
  ["RSS", link('type="application/rss+xml" href="feed.xml"'), ["https://gazette.example/news/feed.xml"]],
  [
    "Atom, in capitals",
    '<LINK REL="ALTERNATE" TYPE="Application/Atom+XML" HREF="/atom">',
    ["https://gazette.example/atom"],
  ],
  [
    "JSON Feed",
    link('type="application/feed+json" href="https://other.example/f.json"'),
    ["https://other.example/f.json"],
  ],
  [
    "with a base",
    `<base href="https://cdn.example/x/">${link('type="application/rss+xml" href="f"')}`,
    ["https://cdn.example/x/f"],
  ],
  [
    "the comments' feed last",
    link('type="application/rss+xml" href="/comments/feed"') + link('type="application/rss+xml" href="/feed"'),
    ["https://gazette.example/feed", "https://gazette.example/comments/feed"],
  ],
  ["another language's page", link('hreflang="fr" href="/fr"'), []],
  ["a script as address", link('type="application/rss+xml" href="javascript:alert(1)"'), []],
])("finds %s", (_what, links, feeds) => {
  expect(discoverFeeds(page(links), url)).toEqual(feeds);
});

test("a page that names its feed says so when it is taken for one", () => {
  const result = tryRead(page(link('type="application/rss+xml" href="/feed"')));
  expect(result).toMatchObject({
    fault: { message: expect.stringContaining("Its feed is at https://gazette.example/feed") },
  });
});

test("only pages are looked at", () => {
  const feeds = (text: string) => feedsOfPage({ bytes: Buffer.from(text), url, contentType: null });
  expect(feeds(page(link('type="application/rss+xml" href="/feed"')))).toEqual(["https://gazette.example/feed"]);
  expect(feeds(item("<title>A</title>"))).toEqual([]);
});
