import { type ReadFeed, readFeed } from "#adapters/feed-parsing/read.ts";

export const now = Date.parse("2026-11-23T07:00:00.000Z");

/** Reads a feed as if it came from a gazette's site. */
export function tryRead(
  feed: string | Uint8Array,
  contentType: string | null = null,
  url: string | null = "https://gazette.example/feeds/all.xml",
) {
  const bytes = typeof feed === "string" ? Buffer.from(feed) : feed;
  return readFeed({ bytes, url, contentType, now });
}

export function read(feed: string | Uint8Array, contentType?: string, url?: string | null): ReadFeed {
  const result = tryRead(feed, contentType, url);
  if (!result.ok) throw new Error(result.fault.message);
  return result.value;
}

/** The first article of a feed. */
export function first(feed: string | Uint8Array) {
  const [article] = read(feed).articles;
  if (article === undefined) throw new Error("no article was read");
  return article;
}

export const rss = (items: string, channel = "<title>The Gazette</title>") =>
  `<?xml version="1.0"?><rss version="2.0"><channel>${channel}${items}</channel></rss>`;
export const atom = (entries: string, attributes = "") =>
  `<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><title>The Gazette</title>${entries}</feed>`;
export const item = (inside: string) => rss(`<item>${inside}</item>`);
export const entry = (inside: string) => atom(`<entry>${inside}</entry>`);
