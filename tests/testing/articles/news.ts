import type { DraftArticle } from "#domain/article/article.ts";
import { newSource } from "#domain/source/polling.ts";
import type { Source } from "#domain/source/source.ts";

export const start = Date.parse("2026-11-23T07:00:00.000Z");

export const source = (name = "gazette"): Source =>
  newSource({ url: `https://${name}.example/feed.xml`, title: `The ${name}`, id: name }, "2026-11-23T07:00:00.000Z");

/** An article as a feed has it; `n` makes it unique. */
export function draft(n: number, change: Partial<DraftArticle> = {}): DraftArticle {
  return {
    title: `Council votes on the harbour bridge, part ${n}`,
    url: `https://gazette.example/news/${n}`,
    guid: `guid-${n}`,
    published: "2026-11-23T06:30:00.000Z",
    doubts: [],
    summary: `Summary ${n}`,
    paragraphs: [`Paragraph ${n}`],
    author: null,
    section: null,
    language: "en",
    image: null,
    ...change,
  };
}
