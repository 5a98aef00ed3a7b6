import { writeFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkSource, formatCheck } from "#cli/sources/source-check.ts";
import { broadsheet, newFolder } from "../command-line.ts";

const feed = `<rss version="2.0"><channel><title>The Gazette</title><language>en</language>
  <item><title>Bridge opens</title><link>/bridge?utm_source=rss</link><guid isPermaLink="false">b1</guid><pubDate>Mon, 23 Nov 2026 06:00:00 GMT</pubDate>
  <description>At last.</description></item><item><title>Ferry retires</title></item><item><guid isPermaLink="false">empty</guid></item></channel></rss>`;
const now = () => Date.parse("2026-11-23T07:00:00.000Z");

let folder: string;
let server: Server;
let origin: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "source-check-"));
  await writeFile(join(folder, "gazette.rss"), feed);
  await writeFile(join(folder, "gazette.gz"), gzipSync(feed));
  await writeFile(join(folder, "page.html"), "<html><head><title>No</title></head></html>");
  server = createServer((request, response) => {
    const page = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>';
    response.end(request.url === "/feed.xml" ? feed : page);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  origin = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

describe("a file", () => {
  test("is read as from the address it pretends to come from", async () => {
    const as = "https://gazette.example/feed.xml";
    const result = await checkSource(join(folder, "gazette.rss"), { as, now });
    expect(result).toEqual({
      source: { title: "The Gazette", url: as, format: "rss", language: "en" },
      articles: [
        {
          id: expect.stringMatching(/^[0-9a-f]{24}$/),
          title: "Bridge opens",
          url: "https://gazette.example/bridge",
          published: "2026-11-23T06:00:00.000Z",
          doubts: [],
          summary: "At last.",
          author: null,
          section: null,
          language: "en",
          image: null,
          paragraphs: ["At last."],
          form: "text",
          sourceName: "The Gazette",
          via: null,
        },
        expect.objectContaining({
          title: "Ferry retires",
          url: null,
          published: null,
          doubts: ["date-missing", "url-missing"],
        }),
      ],
      refused: [{ why: expect.stringContaining("no title"), at: "item 3, empty" }],
    });
    const again = await checkSource(join(folder, "gazette.rss"), { as, now });
    expect(again).toEqual(result);
  });

  test("may be gzip", async () => {
    expect((await checkSource(join(folder, "gazette.gz"), { now })).articles).toHaveLength(2);
  });

  test.each([
    ["missing.xml", {}, /There is no file/],
    ["", {}, /is not a file/],
    ["page.html", {}, /page\.html is a web page, not a feed/],
    ["gazette.rss", { as: "nonsense" }, /--as nonsense is not an address/],
  ])("%s with %j fails with a sentence", async (name, options, why) => {
    await expect(checkSource(join(folder, name), options)).rejects.toThrow(why);
  });
});

describe("an address", () => {
  test("is fetched if its origin is allowed, and refused if not", async () => {
    const result = await checkSource(`${origin}/feed.xml`, { allowOrigins: [origin], now });
    expect(result).toMatchObject({ source: { url: `${origin}/feed.xml` }, articles: [{ title: "Bridge opens" }, {}] });
    await expect(checkSource(`${origin}/feed.xml`)).rejects.toThrow(/can't be fetched/);
  });

  test("of a page leads to the feed the page names", async () => {
    const result = await checkSource(`${origin}/`, { allowOrigins: [origin], now });
    expect(result.source.url).toBe(`${origin}/feed.xml`);
  });
});

test("for people it names the feed, its articles, and what is doubtful or left out", async () => {
  const text = formatCheck(await checkSource(join(folder, "gazette.rss"), { as: "https://gazette.example/", now }));
  expect(text).toMatch(/^The Gazette: RSS, 2 articles, language en\n/);
  expect(text).toContain("2026-11-23 06:00  Bridge opens");
  expect(text).toContain("doubtful: date-missing, url-missing");
  expect(text).toContain("left out: item 3, empty: it has no title, no text and no link");
});

test("source check of what is not there or no feed fails with a sentence", async () => {
  const file = join(newFolder(), "page.html");
  writeFileSync(file, "<p>Hello</p>");
  for (const target of ["nothing.xml", file]) {
    const { code, out } = await broadsheet(["source", "check", target, "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false, fault: { code: "not-a-feed" } });
  }
});

test("source check of an address that is not public says that it is refused", async () => {
  const { code, out } = await broadsheet(["source", "check", "http://127.0.0.1:1/", "--json"]);
  expect([code, JSON.parse(out)]).toMatchObject([1, { ok: false, fault: { code: "fetch-refused" } }]);
});

test("source check prints what a feed file holds", async () => {
  const file = join(newFolder(), "feed.json");
  const items = [{ id: "1", url: "https://example.com/1", title: "One", date_published: "2026-11-23T07:00:00Z" }];
  writeFileSync(file, JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "Example", items }));
  const { code, out } = await broadsheet(["source", "check", file, "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    source: { title: "Example", format: "json" },
    articles: [{ title: "One", url: "https://example.com/1", published: "2026-11-23T07:00:00.000Z", doubts: [] }],
    refused: [],
  });
});

test("source check of a feed without articles prints it and fails", async () => {
  const file = join(newFolder(), "feed.json");
  writeFileSync(file, JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "Example", items: [] }));
  const { code, out, err } = await broadsheet(["source", "check", file]);
  expect([code, out]).toEqual([1, "Example: JSON Feed, 0 articles\n"]);
  expect(err).toMatch(/feed\.json has no articles\. Check that it is the right feed\./);
});
