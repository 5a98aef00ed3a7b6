import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { type Folder, openFolder } from "#local/folder.ts";
import { closeServer, listen } from "#local/listen.ts";
import { feedOf, feedPath, paragraphsOf, piecesOf } from "#local/samples/feeds.ts";
import { writeSamples } from "#local/samples/note.ts";
import { outletIds, outlets, pictureSize } from "#local/samples/outlets.ts";
import { sampleReaders } from "#local/samples/people.ts";
import { serveSamples } from "#local/samples/serve.ts";

const anchor = Date.parse("2026-11-23T12:00:00Z");
const shelf = (released: boolean) => ({ anchor, released, site: "http://127.0.0.1:4400" });
const pieces = (released: boolean) => outletIds.flatMap((id) => piecesOf(id, shelf(released)));

describe("the sample news", () => {
  it("is enough for two editions of a lead and 17 headlines, each story told by one at least", () => {
    const first = pieces(false);
    const second = pieces(true).filter((piece) => !first.includes(piece));
    expect(first.length).toBeGreaterThanOrEqual(24);
    expect(second.length).toBeGreaterThanOrEqual(24);
  });

  it("comes in every format, from outlets that all have news at both polls", () => {
    expect(new Set(Object.values(outlets).map(({ format }) => format))).toEqual(new Set(["rss", "atom", "json"]));
    expect(outletIds.length).toBeGreaterThanOrEqual(6);
    for (const id of outletIds) {
      const before = piecesOf(id, shelf(false)).length;
      expect(before).toBeGreaterThan(0);
      expect(piecesOf(id, shelf(true)).length).toBeGreaterThan(before);
    }
  });

  it("is news: nothing is older than a day or still to come, and what is held back is newer", () => {
    const first = pieces(false);
    for (const piece of pieces(true)) {
      expect(piece.hours).toBeGreaterThan(0);
      expect(piece.hours).toBeLessThan(24);
      expect(first.includes(piece) ? 7 : 0).toBeLessThanOrEqual(piece.hours);
    }
  });

  it("has no two articles at one address, and no empty one", () => {
    const all = pieces(true);
    expect(new Set(all.map((piece) => `${piece.in}/${piece.slug}`)).size).toBe(all.length);
    for (const piece of all) expect(paragraphsOf(piece).every((text) => text.length > 20)).toBe(true);
  });

  it("is the same bytes for the same moment", () => {
    for (const id of outletIds) expect(feedOf(id, shelf(true))).toEqual(feedOf(id, shelf(true)));
  });
});

it("invents 50 readers at addresses that belong to no one", () => {
  expect(new Set(sampleReaders).size).toBe(50);
  for (const address of sampleReaders) expect(address).toMatch(/^[a-z.]+@example\.(com|net|org)$/);
});

describe("the sample outlets over HTTP", () => {
  let path: string;
  let folder: Folder;
  let url: string;
  const server = createServer((request, response) => serveSamples(folder, request, response));
  beforeAll(async () => {
    path = mkdtempSync(join(tmpdir(), "broadsheet-samples-"));
    folder = openFolder(path);
    url = await listen(server, 0);
    writeSamples(folder, { v: 1, anchor, newsletter: "daily", date: "2026-11-22", site: url, step: "added" });
  });
  afterAll(async () => {
    await closeServer(server);
    rmSync(path, { recursive: true });
  });

  it("say that nothing changed until the news held back is released", async () => {
    const feed = url + feedPath("harbour-post");
    const first = await fetch(feed);
    const etag = first.headers.get("etag") ?? "";
    expect(first.headers.get("content-type")).toContain("rss");
    expect((await fetch(feed, { headers: { "if-none-match": etag } })).status).toBe(304);
    const note = { v: 1, anchor, newsletter: "daily", date: "2026-11-22", site: url, step: "released" } as const;
    writeSamples(folder, note);
    const then = await fetch(feed, { headers: { "if-none-match": etag } });
    expect(then.status).toBe(200);
    expect((await then.text()).length).toBeGreaterThan((await first.text()).length);
  });

  it("show a picture for each big story, in the feed and on the page", async () => {
    for (const id of ["harbour-post", "northmoor-courier"] as const) {
      const feed = (await (await fetch(url + feedPath(id))).text()).replaceAll("&#34;", '"');
      const src = /img src="([^"]+)"/.exec(feed)?.[1] ?? "";
      const picture = await fetch(src);
      expect(picture.headers.get("content-type")).toBe("image/png");
      const bytes = Buffer.from(await picture.arrayBuffer());
      expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([pictureSize.width, pictureSize.height]);
    }
  });

  it("have a page for each article that a headline leads to", async () => {
    const Feed = z.object({ items: z.array(z.object({ url: z.url(), title: z.string() })).min(1) });
    const feed = Feed.parse(await (await fetch(url + feedPath("touchline"))).json());
    for (const { url: link, title } of feed.items) {
      const page = await fetch(link);
      expect(page.status).toBe(200);
      expect((await page.text()).replaceAll("&#39;", "'")).toContain(title);
    }
    expect((await fetch(`${url}/-/samples/touchline/nothing`)).status).toBe(404);
    expect((await fetch(`${url}/-/samples/touchline`)).status).toBe(200);
  });
});
