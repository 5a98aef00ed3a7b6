import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { atom, entry, first, item, now, read, rss, tryRead } from "../../testing/articles/feed-reading.ts";

describe("each format, whole", () => {
  const expected = {
    title: "Bridge opens",
    url: "https://gazette.example/bridge",
    published: "2026-11-23T06:00:00.000Z",
    summary: "At last.",
    paragraphs: ["The bridge opened.", "Thousands came."],
    author: "Ada Pike",
    section: "Harbour",
    language: "en",
    image: { url: "https://gazette.example/bridge.jpg", alt: "The bridge", width: 800, height: 450 },
    doubts: [],
  };

  test("RSS 2.0", () => {
    const feed = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:m="http://search.yahoo.com/mrss/">
      <channel><title>The Gazette</title><language>en-gb</language><item>
      <title>Bridge opens</title><link>https://gazette.example/bridge?utm_source=rss</link><guid isPermaLink="false">b1</guid>
      <pubDate>Mon, 23 Nov 2026 06:00:00 GMT</pubDate><description>At last.</description><category>Harbour</category><dc:creator>Ada Pike</dc:creator>
      <content:encoded><![CDATA[<p>The bridge <b>opened</b>.</p><p>Thousands came.</p>]]></content:encoded>
      <m:content url="https://gazette.example/bridge.jpg" medium="image" width="800" height="450"><m:description>The bridge</m:description></m:content>
      </item></channel></rss>`;
    expect(read(feed)).toMatchObject({
      feed: { title: "The Gazette", url: "https://gazette.example/feeds/all.xml", format: "rss", language: "en" },
      articles: [{ ...expected, guid: "b1" }],
      refused: [],
    });
  });

  test("Atom 1.0", () => {
    const feed = atom(
      `<entry><title>Bridge opens</title><link rel="self" href="/self"/><link href="/bridge"/><id>urn:b1</id><published>2026-11-23T07:00:00+01:00</published>
       <updated>2026-11-23T06:30:00Z</updated><author><name>Ada Pike</name></author><category term="Harbour"/><summary>At last.</summary>
       <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The bridge <em>opened</em>.</p><p>Thousands came.</p><img src="bridge.jpg" alt="The bridge" width="800" height="450"/></div></content></entry>`,
      'xml:lang="en" xml:base="https://gazette.example/"',
    );
    expect(read(feed)).toMatchObject({
      feed: { format: "atom", language: "en" },
      articles: [{ ...expected, guid: "urn:b1" }],
    });
  });

  test("RSS 1.0", () => {
    const feed = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="x"><title>The Gazette</title><link>https://gazette.example/</link><dc:language>en</dc:language><items><rdf:Seq><rdf:li rdf:resource="b1"/></rdf:Seq></items></channel>
      <image rdf:about="i"><title>Not this</title><url>https://gazette.example/logo.png</url></image>
      <item rdf:about="b1"><title>Bridge opens</title><link>https://gazette.example/bridge</link><dc:date>2026-11-23T06:00:00Z</dc:date><dc:creator>Ada Pike</dc:creator><dc:subject>Harbour</dc:subject>
      <description>At last.</description></item></rdf:RDF>`;
    const { image: _, paragraphs: __, ...rest } = expected;
    expect(read(feed)).toMatchObject({
      feed: { title: "The Gazette", format: "rdf" },
      articles: [{ ...rest, guid: "b1" }],
    });
  });

  test("Google News as Atom, which names an outlet in the title alone", () => {
    const entry = (title: string, link: string) =>
      `<entry><id>${link}</id><title type="html">${title}</title><link href="${link}"/><content type="html">&lt;ol&gt;&lt;li&gt;&lt;a href="https://news.google.com/x"&gt;Bridge closes&lt;/a&gt; The Post&lt;/li&gt;&lt;/ol&gt;</content></entry>`;
    const news = read(atom(entry("Bridge closes - at last - Harbour Gazette", "https://news.google.com/articles/b1")));
    expect(news).toMatchObject({
      articles: [{ title: "Bridge closes - at last", outlet: "Harbour Gazette", paragraphs: [] }],
    });
    const other = read(atom(entry("Bridge closes - Harbour Gazette", "https://gazette.example/b1")));
    expect(other).toMatchObject({ articles: [{ title: "Bridge closes - Harbour Gazette" }] });
    expect(JSON.stringify(other)).not.toContain('"outlet"');
  });

  test.each([
    [
      "RSS",
      `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>TG</title><copyright>&#169; 2026 The Gazette</copyright><dc:publisher>Harbour Press</dc:publisher><description>News &amp;amp; tides</description><item><title>A</title><link>https://gazette.example/a</link><description>Not this</description></item></channel></rss>`,
      ["© 2026 The Gazette", "Harbour Press", "News & tides"],
    ],
    [
      "Atom",
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>TG</title><subtitle>News</subtitle><rights>The Gazette</rights><author><name>Ada Pike</name></author><entry><id>urn:a</id><title>A</title><link href="https://gazette.example/a"/><rights>Not this</rights></entry></feed>`,
      ["The Gazette", "Ada Pike", "News"],
    ],
    [
      "JSON",
      JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "TG", description: "News", items: [] }),
      ["News"],
    ],
  ])("what a feed says of itself in %s", (_format, feed, texts) => {
    expect(read(feed)).toMatchObject({ feed: { title: "TG", texts } });
    const long = read(feed.replace("News", "News ".repeat(100_000)));
    expect(long).toMatchObject({ feed: { texts: expect.any(Array) } });
    expect(JSON.stringify(long).length).toBeLessThan(5_000);
  });

  test("JSON Feed", () => {
    const feed = JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: "The Gazette",
      language: "en",
      items: [
        {
          id: "b1",
          url: "https://gazette.example/bridge",
          title: "Bridge opens",
          summary: "At last.",
          content_html: "<p>The bridge opened.</p><p>Thousands came.</p>",
          image: "https://gazette.example/bridge.jpg",
          date_published: "2026-11-23T06:00:00Z",
          authors: [{ name: "Ada Pike" }],
          tags: ["Harbour"],
        },
      ],
    });
    const image = { url: "https://gazette.example/bridge.jpg", alt: "", width: null, height: null };
    expect(read(feed)).toMatchObject({
      feed: { title: "The Gazette", format: "json" },
      articles: [{ ...expected, image, guid: "b1" }],
    });
  });
});

describe("by content, whatever it is called", () => {
  test.each(["text/html", "application/json", "image/png", null])("served as %s", (type) => {
    expect(read(item("<title>A</title>"), type ?? undefined).articles).toHaveLength(1);
  });

  test("gzip without saying so", () => {
    expect(read(gzipSync(item("<title>A</title>"))).articles).toHaveLength(1);
  });

  test.each([
    ["", /empty/],
    ["  \n ", /empty/],
    ["<!doctype html><html><body><p>Hello</p></body></html>", /web page/],
    ["<html><head><title>404</title></head></html>", /web page/],
    ["Just some text", /neither RSS/],
    ["<svg><title>x</title></svg>", /neither RSS/],
    ["[]", /neither RSS/],
    ['{"name":"package","version":"1.0.0"}', /neither RSS/],
    ['{"version":"https://jsonfeed.org/version/1"', /begins like JSON/],
    ["\u0000\u0001\u0002PNG\u00ff", /neither RSS/],
  ])("%j isn't a feed", (text, why) => {
    const result = tryRead(text);
    expect(result.ok ? "read" : result.fault).toMatchObject({
      code: "not-a-feed",
      message: expect.stringMatching(why),
    });
  });

  test.each([
    rss(""),
    '<rss version="2.0"/>',
    atom(""),
    '{"version":"https://jsonfeed.org/version/1.1","items":[]}',
    '{"version":"https://jsonfeed.org/version/1.1","items":{"0":{}}}',
  ])("%s is a feed without articles", (text) => {
    expect(read(text).articles).toEqual([]);
  });
});

describe("encodings", () => {
  const feed = (declaration: string) =>
    `${declaration}${rss("<item><title>Café — ça</title></item>").replace(/<\?.*?\?>/, "")}`;
  const latin = (text: string) => Buffer.from(text.replaceAll("—", "\x97"), "latin1");
  const wide = (text: string, big = false) => {
    const bytes = Buffer.from(text, "utf16le");
    return big ? bytes.swap16() : bytes;
  };
  test.each([
    ["UTF-8", Buffer.from(feed("")), undefined],
    ["UTF-8 with a mark, against the header", Buffer.from(`\ufeff${feed("")}`), "text/xml; charset=iso-8859-1"],
    [
      "UTF-8 by the header, against the declaration",
      Buffer.from(feed('<?xml version="1.0" encoding="iso-8859-1"?>')),
      "text/xml; charset=utf-8",
    ],
    [
      "UTF-8, with a careless server's default",
      Buffer.from(feed('<?xml version="1.0" encoding="utf-8"?>')),
      "text/xml; charset=iso-8859-1",
    ],
    ["windows-1252 declared", latin(feed('<?xml version="1.0" encoding="windows-1252"?>')), undefined],
    ["Latin-1 declared, windows-1252 meant", latin(feed('<?xml version="1.0" encoding="ISO-8859-1"?>')), undefined],
    ["windows-1252 in the header, quoted", latin(feed("")), 'text/xml; charset="Windows-1252"'],
    ["windows-1252 not declared", latin(feed("")), undefined],
    [
      "windows-1252 declared as UTF-8",
      latin(feed('<?xml version="1.0" encoding="UTF-8"?>')),
      "text/xml; charset=utf-8",
    ],
    ["an unknown encoding", Buffer.from(feed('<?xml version="1.0" encoding="klingon"?>')), undefined],
    ["UTF-16 with a mark", wide(`\ufeff${feed("")}`), undefined],
    ["UTF-16 big-endian with a mark", wide(`\ufeff${feed("")}`, true), undefined],
    ["UTF-16 without a mark", wide(feed("")), undefined],
    ["UTF-16 big-endian without a mark", wide(feed(""), true), undefined],
    ["UTF-8 that says it is UTF-16", Buffer.from(feed('<?xml version="1.0" encoding="utf-16"?>')), undefined],
    ["UTF-32", utf32(`\ufeff${feed("")}`), undefined],
  ])("%s", (_what, bytes, type) => {
    expect(read(bytes, type).articles[0]?.title).toBe("Café — ça");
  });

  function utf32(text: string): Buffer {
    const points = [...text].map((sign) => sign.codePointAt(0) ?? 0);
    const bytes = Buffer.alloc(points.length * 4);
    for (const [n, point] of points.entries()) bytes.writeUInt32LE(point, n * 4);
    return bytes;
  }

  test("one broken sequence in UTF-8 does not make it another encoding", () => {
    const bytes = Buffer.concat([
      Buffer.from("<rss><channel><item><title>Café naïve"),
      Buffer.from([0xff]),
      Buffer.from("</title></item></channel></rss>"),
    ]);
    expect(first(bytes).title).toBe("Café naïve\ufffd");
  });
});

describe("links", () => {
  test.each([
    ["relative to the feed", item("<title>A</title><link>/news/1</link>"), "https://gazette.example/news/1"],
    [
      "by xml:base",
      rss('<item xml:base="https://other.example/x/"><title>A</title><link>1</link></item>'),
      "https://other.example/x/1",
    ],
    [
      "from a permalink guid",
      item("<title>A</title><guid>https://gazette.example/1</guid>"),
      "https://gazette.example/1",
    ],
    [
      "from atom:link",
      rss(
        '<item xmlns:a="http://www.w3.org/2005/Atom"><title>A</title><a:link href="https://gazette.example/1"/></item>',
      ),
      "https://gazette.example/1",
    ],
    [
      "of the alternate page",
      entry('<title>A</title><link rel="enclosure" href="/a.mp3"/><link rel="alternate" type="text/html" href="/1"/>'),
      "https://gazette.example/1",
    ],
    ["from the id", entry("<title>A</title><id>https://gazette.example/1</id>"), "https://gazette.example/1"],
    [
      "behind a feed proxy",
      rss(
        '<item xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><title>A</title><link>http://feedproxy.example/~r/1</link><feedburner:origLink>https://gazette.example/1</feedburner:origLink></item>',
      ),
      "https://gazette.example/1",
    ],
    [
      "escaped twice",
      item("<title>A</title><link>https://gazette.example/?a=1&amp;amp;b=2</link>"),
      "https://gazette.example/?a=1&b=2",
    ],
  ])("%s", (_what, feed, url) => {
    expect(first(feed).url).toBe(url);
  });

  test.each([
    [
      "a guid that is none",
      item('<title>A</title><guid isPermaLink="false">https://gazette.example/1</guid>'),
      "url-missing",
    ],
    ["a script", item("<title>A</title><link>javascript:alert(1)</link>"), "url-refused"],
    ["a tag: name", entry('<title>A</title><link href="tag:gazette.example,2026:1"/>'), "url-refused"],
  ])("%s isn't a link", (_what, feed, doubt) => {
    expect(first(feed)).toMatchObject({ url: null, doubts: expect.arrayContaining([doubt]) });
  });

  test("fragments stay where they tell the items of one page apart", () => {
    const log = rss("<item><title>A</title><link>/log#1</link></item><item><title>B</title><link>/log#2</link></item>");
    expect(read(log).articles.map((one) => one.url)).toEqual([
      "https://gazette.example/log#1",
      "https://gazette.example/log#2",
    ]);
    expect(first(item("<title>A</title><link>/log#1</link>")).url).toBe("https://gazette.example/log");
  });

  test("a file of no address resolves by what the feed says of itself", () => {
    const feed = rss(
      "<item><title>A</title><link>/1</link></item>",
      "<title>G</title><link>https://gazette.example/</link>",
    );
    expect(read(feed, undefined, null).articles[0]?.url).toBe("https://gazette.example/1");
  });
});

test("dates are the first that can be read", () => {
  const dated = (inside: string) => first(item(`<title>A</title>${inside}`));
  expect(dated("<pubDate>rubbish</pubDate><dc:date>2026-11-23T06:00:00Z</dc:date>").published).toBe(
    "2026-11-23T06:00:00.000Z",
  );
  expect(dated("<pubDate>rubbish</pubDate>")).toMatchObject({
    published: null,
    doubts: expect.arrayContaining(["date-unparseable"]),
  });
  expect(dated("")).toMatchObject({ published: null, doubts: expect.arrayContaining(["date-missing"]) });
  const ahead = new Date(now + 3_600_000).toUTCString();
  expect(dated(`<pubDate>${ahead}</pubDate>`).doubts).toContain("date-in-future");
});

test.each([
  ["Episode 4", "The eel wars", "The eel wars"],
  ["S2:E3", "The eel wars", "The eel wars"],
  ["#7", "The eel wars", "The eel wars"],
  ["Folge 12", "Die Aalkriege", "Die Aalkriege"],
  ["12: The eel wars", "The eel wars", "The eel wars"],
  ["Episode 4, in which eels return", "The eel wars", "Episode 4, in which eels return"],
  ["Episode 4", "", "Episode 4"],
])("a podcast's item named %s, and %s without its number, is named %s", (title, short, name) => {
  const feed = `<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>The Pier</title>
    <item><title>${title}</title><itunes:title>${short}</itunes:title><link>https://gazette.example/4</link></item></channel></rss>`;
  expect(read(feed)).toMatchObject({ articles: [{ title: name }] });
});

test("a feed without a language has its dates in the order of the language of its titles", () => {
  const one = (title: string) => `<item><title>${title}</title><pubDate>04/05/2026 07:00</pubDate></item>`;
  const feed = rss(
    one("Der Hafen bleibt wegen der Aale bis zum Frühjahr geschlossen") +
      one("Die neue Brücke wird für die Schiffe zu niedrig"),
  );
  expect(read(feed).articles.map(({ published }) => published)).toEqual(Array(2).fill("2026-05-04T07:00:00.000Z"));
});
