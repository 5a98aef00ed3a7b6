import { expect, test } from "vitest";
import { capFeed } from "#adapters/feed-parsing/items/caps.ts";
import type { RawFeed, RawItem } from "#adapters/feed-parsing/items/map.ts";

const huge = "x".repeat(1_000_000);
const text = { value: huge, wording: "html" } as const;
const image = { url: huge, alt: huge, caption: huge, credit: huge, width: null, height: null };
const many = <T>(one: T) => Array.from({ length: 200 }, () => one);
const item: RawItem = {
  ...{ title: text, shortTitle: huge, outlet: huge, guid: huge, summary: text, body: text, author: huge },
  ...{ section: huge, language: huge, base: huge, links: many(huge), dates: many(huge) },
  files: many({ url: huge, type: "audio/mpeg" }) as RawItem["files"] & object,
  images: [...many({ ...image, url: "https://news.example/a.jpg" }), image],
};
const feed: RawFeed = { title: text, self: [], link: huge, language: huge, items: [item] };

/** Most characters of each field, whatever a feed has in it. */
const most: Readonly<Record<string, number>> = {
  ...{ title: 10_000, shortTitle: 10_000, outlet: 1000, guid: 2000, summary: 400_000, body: 400_000, author: 1000 },
  ...{ section: 1000, language: 100, base: 0, links: 200, dates: 2000, files: 0, images: 40 * 6100 },
};

const lengthOf = (value: unknown): number => {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum: number, one) => sum + lengthOf(one), 0);
};

test("each field of an article is cut before anything reads it", () => {
  const [capped = item] = capFeed(feed).items;
  expect(Object.keys(capped).toSorted()).toEqual(Object.keys(most).toSorted());
  for (const [name, value] of Object.entries(capped))
    expect(lengthOf(value), name).toBeLessThanOrEqual((most[name] ?? 0) + "html".length);
});

test("so are the fields of the feed itself", () => {
  expect(capFeed(feed).title?.value).toHaveLength(10_000);
  expect(capFeed(feed).link).toBeUndefined();
  expect(capFeed(feed).language).toHaveLength(100);
});

test("a short feed stays as it is", () => {
  const small = { ...item, title: { value: "A", wording: "html" } as const, links: ["https://news.example/a"] };
  expect(capFeed({ ...feed, items: [small] }).items[0]).toMatchObject({ title: small.title, links: small.links });
});
