import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Article } from "#domain/article/article.ts";
import { atom, rss, tryRead } from "../../testing/articles/feed-reading.ts";

const Draft = Article.omit({
  id: true,
  sourceId: true,
  sourceTitle: true,
  seenAt: true,
  changedAt: true,
  archive: true,
});

/** Sound feeds of each format, to be damaged. */
const sound = [
  rss(
    `<item xmlns:dc="http://purl.org/dc/elements/1.1/"><title>Salt &amp; tide</title><link>https://gazette.example/1?utm_source=x</link><guid isPermaLink="false">g1</guid>
     <pubDate>Mon, 23 Nov 2026 06:00:00 GMT</pubDate><description><![CDATA[<p>One <img src="a.jpg" alt="x"> two</p>]]></description><dc:creator>Ada</dc:creator></item>
     <item><title>Bridge opens</title><enclosure url="https://gazette.example/a.png" type="image/png" length="1"/></item>`,
  ),
  atom(
    `<entry><title type="html">Salt &amp;amp; tide</title><link href="/1"/><id>urn:1</id><updated>2026-11-23T06:00:00Z</updated>
     <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p></div></content><author><name>Ada</name></author></entry>`,
    'xml:lang="en" xml:base="https://gazette.example/"',
  ),
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>G</title></channel><item rdf:about="u"><title>A</title></item></rdf:RDF>`,
  `{"version":"https://jsonfeed.org/version/1.1","title":"G","items":[{"id":"1","url":"https://gazette.example/1","title":"A","content_html":"<p>x</p>","date_published":"2026-11-23T06:00:00Z","tags":["t"]}]}`,
];

const scraps = fc.constantFrom(
  "<",
  ">",
  "&",
  ";",
  '"',
  "'",
  "</",
  "/>",
  "<![CDATA[",
  "]]>",
  "<!--",
  "-->",
  "<!DOCTYPE x [",
  "<!ENTITY a '&b;'>",
  "]>",
  "<?xml ",
  "?>",
  "&amp;",
  "&#0;",
  "&#xd800;",
  "&#x110000;",
  "&nbsp;",
  "<item>",
  "</item>",
  "<entry>",
  "</title>",
  "<title>",
  "<br>",
  "xmlns:a=''",
  "xml:base='::'",
  "\u0000",
  "\ufffe",
  "\ud800",
  "\u202e",
  "{",
  "}",
  "[",
  "]",
  "\\u0000",
  "null",
  "1e999",
  "\u2028",
  "\ufeff",
);
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  drop: fc.nat(40),
  put: scraps,
  times: fc.integer({ min: 1, max: 50 }),
});

function damaged(text: string, edits: readonly { at: number; drop: number; put: string; times: number }[]): string {
  return edits.reduce((so, { at, drop, put, times }) => {
    const place = Math.floor(at * so.length);
    return so.slice(0, place) + put.repeat(times) + so.slice(place + drop);
  }, text);
}

function expectSense(feed: string | Uint8Array): void {
  const result = tryRead(feed);
  if (!result.ok) {
    expect(result.fault.code).toBe("not-a-feed");
    return;
  }
  for (const article of result.value.articles) {
    expect(Draft.safeParse(article).error).toBeUndefined();
    expect(article.title).not.toBe("");
    expect(article.url ?? "https://").toMatch(/^https?:\/\//);
    expect(`${article.title}${article.summary}${article.paragraphs.join("")}`).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
  }
}

test("damaged feeds are read or refused, and the result makes sense", () => {
  fc.assert(
    fc.property(fc.constantFrom(...sound), fc.array(edit, { minLength: 1, maxLength: 8 }), (feed, edits) =>
      expectSense(damaged(feed, edits)),
    ),
    { numRuns: 1500, seed: 20261123 },
  );
});

test("damaged bytes are read or refused too", () => {
  const flip = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) });
  fc.assert(
    fc.property(fc.constantFrom(...sound), fc.array(flip, { minLength: 1, maxLength: 30 }), (feed, flips) => {
      const bytes = Buffer.from(feed);
      for (const { at, byte } of flips) bytes[Math.floor(at * bytes.length)] = byte;
      expectSense(bytes);
    }),
    { numRuns: 500, seed: 20261123 },
  );
});

test("two feeds in one, a feed cut anywhere, and noise", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...sound),
      fc.constantFrom(...sound),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (a, b, at) => {
        const cut = Math.floor(at * a.length);
        expectSense(a.slice(0, cut));
        expectSense(a.slice(0, cut) + b + a.slice(cut));
      },
    ),
    { numRuns: 200, seed: 20261123 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (noise) => expectSense(noise)),
    { seed: 20261123 },
  );
});

test("what is said of an undamaged feed does not depend on what surrounds it", () => {
  const [feed = ""] = sound;
  const plain = tryRead(feed);
  fc.assert(
    fc.property(
      fc.constantFrom("", "\n", "<!-- x -->", "junk ", "\ufeff"),
      fc.constantFrom("", "\n\n", "<p>junk", "\u0000"),
      (before, after) => {
        expect(tryRead(before + feed + after)).toEqual(plain);
      },
    ),
  );
});
