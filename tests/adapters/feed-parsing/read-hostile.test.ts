import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { adversaries, harmless } from "../../../bench/corpora/adversarial.ts";
import { first, item, read, rss, tryRead } from "../../testing/articles/feed-reading.ts";

describe("broken XML is read as a reader would", () => {
  test.each([
    ["text before the declaration", `\n<!-- made by hand -->\n${item("<title>A</title>")}`],
    ["two declarations", `<?xml version="1.0"?>${item("<title>A</title>")}`],
    ["text after the feed", `${item("<title>A</title>")}\n<script>track()</script>`],
    ["the feed inside a page", `<html><body>${item("<title>A</title>")}</body></html>`],
    ["undeclared prefixes", item("<media:thumbnail url='x'/><foo:bar>no</foo:bar><title>A</title>")],
    ["attributes without quotes", item("<guid isPermaLink=false>x</guid><title>A</title>")],
    ["a bare ampersand", item("<link>https://x.example/?a=1&b=2</link><title>A</title>")],
    ["an item that is not closed", rss("<item><title>A</title>").replace("</channel></rss>", "")],
    [
      "CDATA that is not closed",
      rss("<item><title>A</title><description><![CDATA[and so on").replace("</channel></rss>", ""),
    ],
    ["a tag cut in the middle", `${rss("<item><title>A</title></item>").slice(0, -20)}<ite`],
    ["control characters", item("<title>\u0000A\u0008</title>")],
    ["elements in capitals", "<RSS><CHANNEL><ITEM><TITLE>A</TITLE></ITEM></CHANNEL></RSS>"],
    ["no root element", "<channel><item><title>A</title></item></channel>"],
    [
      "a default namespace of its own",
      '<rss xmlns="http://example.com/mine"><channel><item><title>A</title></item></channel></rss>',
    ],
    [
      "a prefix on everything",
      '<r:rss xmlns:r="http://backend.userland.com/rss2"><r:channel><r:item><r:title>A</r:title></r:item></r:channel></r:rss>',
    ],
  ])("with %s", (_what, feed) => {
    expect(read(feed).articles.map((one) => one.title)).toEqual(["A"]);
  });

  test("an item whose end is missing ends where the next begins", () => {
    const feed = rss("<item><title>A</title><description>one <item><title>B</title></item>");
    expect(read(feed).articles.map(({ title, summary }) => [title, summary])).toEqual([
      ["A", "one"],
      ["B", ""],
    ]);
  });

  test("foreign elements of the same name do not win", () => {
    const feed = rss(
      '<item xmlns:x="http://example.com/x"><x:title>No</x:title><title>A</title><x:link>https://no.example/</x:link><image><title>No</title></image></item>',
    );
    expect(first(feed)).toMatchObject({ title: "A", url: null });
  });

  test("elements given twice count once", () => {
    expect(first(item("<title>A</title><title>B</title><link>/1</link><link>/2</link>"))).toMatchObject({
      title: "A",
      url: "https://gazette.example/1",
    });
  });
});

describe("attacks", () => {
  test("entities that repeat others are refused, external ones stay as they are and nothing is fetched", () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>${item("<title>&b;</title>")}`;
    expect(tryRead(bomb)).toMatchObject({ ok: false, fault: { message: expect.stringContaining("entities") } });
    expect(tryRead(bomb.replaceAll('"', "'")).ok).toBe(false);
    const lesson = item(`<title>A</title><description><![CDATA[${bomb.slice(0, 60)}]]></description>`);
    expect(first(lesson).title).toBe("A");
    const external = `<!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1/"><!ENTITY y "why">]>${item("<title>A &x; &y;</title>")}`;
    expect(first(external).title).toBe("A &x; why");
  });

  test.each([
    ["deep elements", "<rss><channel>".concat("<a>".repeat(100_000))],
    ["deep JSON", `{"items":${"[".repeat(100_000)}`],
    ["attributes without end", `<rss ${Array.from({ length: 2000 }, (_, n) => `a${n}="1"`).join(" ")}>`],
    ["gzip that inflates without end", gzipSync(Buffer.alloc(20_000_000, " "))],
    ["gzip that is damaged", Buffer.concat([gzipSync("x").subarray(0, 12), Buffer.from("damage")])],
    ["more than ten megabytes", Buffer.alloc(11 * 1024 * 1024, " ")],
  ])("%s are given up with a sentence", (_what, feed) => {
    const result = tryRead(feed);
    expect(result).toMatchObject({
      ok: false,
      fault: { code: "not-a-feed", message: expect.stringContaining("was not read") },
    });
  });

  test.each([
    ["deep HTML", item(`<title>A</title><description>${"&lt;div>".repeat(50_000)}deep</description>`)],
    ["raw line breaks by the hundred", item(`<title>A</title><description>${"line<br>".repeat(500)}</description>`)],
    ["a megabyte of one letter", item(`<title>A</title><description>${"x".repeat(2_000_000)}</description>`)],
    ["a long guid", item(`<title>A</title><guid>${"g".repeat(5000)}</guid>`)],
  ])("%s cost the item's tail and no more", (_what, feed) => {
    const article = first(feed);
    expect(article.title).toBe("A");
    expect(JSON.stringify(article).length).toBeLessThan(60_000);
  });

  test("JSON cannot reach into objects", () => {
    const feed =
      '{"version":"https://jsonfeed.org/version/1.1","__proto__":{"polluted":1},"items":[{"id":"1","title":"A","__proto__":{"polluted":1},"constructor":{"prototype":{}}}]}';
    expect(first(feed).title).toBe("A");
    expect("polluted" in {}).toBe(false);
  });

  test("JSON of the wrong types loses the item, not the feed", () => {
    const items = [
      null,
      7,
      "x",
      [],
      { id: { a: 1 }, title: ["t"], content_html: 7 },
      { id: 5, title: "A", tags: "x", authors: {} },
    ];
    const feed = JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: { a: 1 }, items });
    expect(read(feed).articles.map((one) => one.title)).toContain("A");
  });

  test("of empty items too only the first and the last thousand are looked at", () => {
    const { refused } = read(rss("<item/>".repeat(50_000)));
    expect(refused).toHaveLength(2001);
    expect(refused.at(-1)?.why).toContain("48,000 items more");
  });

  test("of fifty thousand items the first and the last thousand are kept, and it is said", () => {
    const items = Array.from({ length: 50_000 }, (_, n) => `<item><title>Number ${n}</title></item>`).join("");
    const { articles, refused } = read(rss(items));
    expect(articles).toHaveLength(2000);
    expect([articles[0]?.title, articles[999]?.title, articles[1000]?.title, articles.at(-1)?.title]).toEqual([
      "Number 0",
      "Number 999",
      "Number 49000",
      "Number 49999",
    ]);
    expect(refused).toEqual([{ why: expect.stringContaining("48,000 items more"), at: "after 2,000 items" }]);
  });
});

test("an item that cannot be used is said to be, with its place", () => {
  const { articles, refused } = read(
    rss("<item><title>A</title></item><item><guid isPermaLink='false'>g7</guid></item>"),
  );
  expect(articles).toHaveLength(1);
  expect(refused).toEqual([{ why: "it has no title, no text and no link", at: "item 2, g7" }]);
});

/**
 * Texts of 300 KB that a pattern or a stack takes the square of their length for. Each is read within 20 times what
 * plain words of its size take: what grows with the square takes hundreds of times as long.
 */
describe("the content of a text does not change how long it takes", () => {
  const size = 300_000;
  const times = (piece: string) => piece.repeat(Math.ceil(size / piece.length));
  const json = (fields: object) => JSON.stringify({ version: "https://jsonfeed.org/version/1.1", items: [fields] });
  const cpu = (feed: string) => {
    const started = process.cpuUsage();
    tryRead(feed);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  };
  const plain = json({ id: "1", title: "A", content_text: times("plain words, ") });
  const allowed = () => 20 * Math.max(5, Math.min(cpu(plain), cpu(plain), cpu(plain)));

  test.each([
    ["slashes in a namespace", `<rss xmlns:a="http://x${times("/")}y"><channel><item><a:b/><title>A</title></item>`],
    ["prefixes in prefixes", `<rss><channel>${nestedPrefixes()}`],
    ["tags that never end, in text", json({ id: "1", title: "A", content_text: times("<a ") })],
    ["tags that never end, in HTML", json({ id: "1", title: "A", content_html: times("<a ") })],
    ["an AMP address of dots", json({ id: "1", title: "A", url: `https://google.com/amp/${times(".a")}` })],
    ["marks on one letter", json({ id: "1", title: "A", content_text: `e${times("\u0301\u0316")}` })],
    ["end tags of what is not open", json({ id: "1", title: "A", content_html: times("<q>") + times("</b>") })],
    ["end tags in the feed itself", item(`<title>A</title><description>${times("<q>")}${times("</b>")}`)],
    ["white space before the end of a title", item(`<title>A${times(" ")}.</title>`)],
    ["a base of a base", `<rss><channel>${`<a xml:base="${"b/".repeat(700)}">`.repeat(190)}<item><link>x</link>`],
  ])("%s", (_what, feed) => {
    const most = allowed();
    expect(Math.min(cpu(feed), cpu(feed))).toBeLessThan(most);
  });

  function nestedPrefixes(): string {
    const element = (depth: number) =>
      `<a ${Array.from({ length: 90 }, (_, n) => `xmlns:p${depth}-${n}="u"`).join(" ")}>`;
    return Array.from({ length: 150 }, (_, depth) => element(depth)).join("");
  }
});

/** The kinds of `npm run corpora`, small: each is read or refused within the time of many harmless feeds of its size. */
describe("a feed made to cost as much as it can", () => {
  const size = 200_000;
  const cpu = (bytes: Uint8Array) => {
    const before = process.cpuUsage();
    tryRead(bytes);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const usual = harmless(size);

  test.each(adversaries)("by $name", ({ make }) => {
    const feed = make(size);
    const most = 20 * Math.max(5, cpu(usual), cpu(usual));
    expect(Math.min(cpu(feed), cpu(feed))).toBeLessThan(most);
  });
});
