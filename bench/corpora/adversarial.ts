/** Feeds that cost as much as possible for their size, by kind. Each can be generated at any size. */
type Adversary = { readonly name: string; readonly make: (bytes: number) => Buffer };

const times = (piece: string, bytes: number) => piece.repeat(Math.max(1, Math.floor(bytes / Buffer.byteLength(piece))));
const rss = (inside: string) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>${inside}</channel></rss>`;
const item = (inside: string) => rss(`<item><title>A</title>${inside}</item>`);

/** Items of 300 KB, so no limit for one item applies. */
const EACH = 300_000;
const inItems = (element: string, piece: string) => (bytes: number) =>
  rss(times(`<item><title>A</title><${element}>${times(piece, Math.min(EACH, bytes))}</${element}></item>`, bytes));
const inJson = (fields: (long: (piece: string) => string) => object) => (bytes: number) => {
  const one = fields((piece) => times(piece, Math.min(EACH, bytes)));
  const size = JSON.stringify(one).length;
  const items = Array.from({ length: Math.max(1, Math.floor(bytes / size)) }, (_, n) => ({
    id: `${n}`,
    title: "A",
    ...one,
  }));
  return JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "T", items });
};
/** As many items as are read, with titles of their own. */
const inManyItems = (line: (item: number, line: number) => string) => (bytes: number) => {
  const count = 2000;
  const lines = Math.max(1, Math.floor(bytes / count / line(999, 99).length));
  const all = Array.from({ length: count }, (_, n) => {
    const text = Array.from({ length: lines }, (_, of) => line(n, of)).join("");
    return `<item><title>Town ${n} decides</title><description>${text}</description></item>`;
  });
  return rss(all.join(""));
};
const nested = (bytes: number, element: (depth: number) => string, most: number) => {
  let text = "<rss><channel>";
  for (let depth = 0; text.length < bytes; depth = (depth + 1) % most)
    text += depth === 0 ? times("</a>", 4 * most) + element(0) : element(depth);
  return text;
};

const texts: readonly (readonly [string, (bytes: number) => string])[] = [
  // These once blocked the process for minutes.
  [
    "slashes in a namespace",
    (n) => `<rss xmlns:a="http://x${times("/", n)}y"><channel><item><a:b/><title>A</title></item></channel></rss>`,
  ],
  ["slashes in many namespaces", (n) => rss(times(`<a:b xmlns:a="http://x${"/".repeat(2000)}y"/>`, n))],
  [
    "prefixes in prefixes",
    (n) =>
      nested(n, (depth) => `<a ${Array.from({ length: 90 }, (_, i) => `xmlns:p${depth}-${i}="u"`).join(" ")}>`, 150),
  ],
  ["tags without an end, in JSON text", inJson((long) => ({ content_text: long("<a ") }))],
  ["tags without an end, in JSON HTML", inJson((long) => ({ content_html: long("<a ") }))],
  ["quotes without an end", inJson((long) => ({ content_html: long(`<a href="'" title='"' x=">`) }))],
  ["quotes without an end, in short texts", inJson(() => ({ content_html: `<a href="'" title='"' x=">`.repeat(40) }))],
  ["AMP addresses of dots", inJson(() => ({ url: `https://google.com/amp/${".a".repeat(1900)}` }))],
  ["AMP addresses of slashes", inJson(() => ({ url: `https://x.example/${"/amp".repeat(900)}` }))],
  ["marks on one letter", inJson((long) => ({ content_text: `e${long("\u0301\u0316")}` }))],
  [
    "marks in titles and names",
    inJson(() => ({ title: `e${"\u0301\u0316".repeat(4000)}`, authors: [{ name: "\u0316\u0301".repeat(900) }] })),
  ],
  ["end tags of what isn't open", inItems("description", `${"&lt;q>".repeat(500)}${"&lt;/b>".repeat(500)}`)],
  [
    "a million open elements, then end tags",
    (n) => item(`<description>${times("<q>", n / 2)}${times("</b>", n / 2)}</description>`),
  ],
  ["scopes copied at each level", (n) => nested(n, (depth) => `<a xmlns:p${depth}="u">`, 190)],
  // Variants of the above.
  ["less-than signs", inItems("title", "<")],
  ["less-than signs in text", inJson((long) => ({ content_text: long("<") }))],
  ["ampersands", inItems("description", "&")],
  ["references without an end", inItems("description", "&#x1f600")],
  ["references in references", inJson((long) => ({ title: long("&amp;amp;"), content_html: long("&amp;lt;") }))],
  ["references escaped twice", inItems("description", "f&amp;amp;uuml;r ")],
  ["comments without an end", inItems("description", "<!--")],
  ["comments without an end, in HTML", inJson((long) => ({ content_html: long("<!--") }))],
  ["CDATA in CDATA", inItems("description", "<![CDATA[")],
  ["processing instructions", inItems("description", "<?php ")],
  ["a document type of entities", (n) => `<!DOCTYPE rss [${times('<!ENTITY a "b">', n)}]>${item("")}`],
  ["a document type without an end", (n) => `<!DOCTYPE rss [${times("<!ENTITY \t", n)}`],
  [
    "an attribute of the whole size",
    (n) => `<rss a="${times("x", n)}"><channel><item><title>A</title></item></channel></rss>`,
  ],
  [
    "attributes of one element",
    (n) => rss(times(`<item ${Array.from({ length: 400 }, (_, i) => `a${i}="1"`).join(" ")}/>`, n)),
  ],
  ["items without end", (n) => rss(times("<item/>", n))],
  ["items that never close", (n) => rss(times("<item><title>A", n))],
  ["bases of bases", (n) => nested(n, () => `<a xml:base="${"b/".repeat(700)}">`, 190)],
  [
    "relative links under a long base",
    (n) =>
      `<rss xml:base="https://x.example/${"b/".repeat(900)}"><channel>${times("<item><link>x</link></item>", n)}</channel></rss>`,
  ],
  ["white space in lines", inItems("description", " \n \t")],
  ["white space before a sign", inItems("title", " ")],
  ["line breaks, in HTML", inJson((long) => ({ content_html: long("<br> ") }))],
  ["joiners", inItems("title", "\u200d\u200c")],
  ["flags of tags", inJson((long) => ({ content_text: long("\u{1f3f4}\u{e0067}") }))],
  ["bidirectional marks", inItems("description", "\u202e\u2066")],
  ["signs of the second control block", inItems("description", "\u0092")],
  ["tables in tables", inJson((long) => ({ content_html: long("<table><tr><td>") }))],
  ["forms in forms", inJson((long) => ({ content_html: long("<form><svg>") }))],
  ["paragraphs that never close", inJson((long) => ({ content_html: long("<p>") }))],
  ["styles", inJson((long) => ({ content_html: long('<b style="display   :   ">x</b>') }))],
  ["classes", inJson((long) => ({ content_html: `<b class="${long("subscription-widget-")}">x</b>` }))],
  ["pictures", inJson((long) => ({ content_html: long('<img src="a.jpg" alt="&amp;lt;b">') }))],
  ["scripts in titles", inJson(() => ({ title: `<script>${"(=".repeat(2400)}</script>${"<style>(".repeat(600)}` }))],
  [
    "furniture without an end",
    inJson((long) => ({ content_html: long(`<p>the post ${"the post appeared ".repeat(30)}</p>`) })),
  ],
  [
    "buttons without an end",
    inJson((long) => ({ content_html: long(`<p>read more ${"( read more ".repeat(40)}</p>`) })),
  ],
  ["lines that items repeat", inManyItems(() => "&lt;p>Read the tide tables&lt;/p>")],
  ["lines that items nearly repeat", inManyItems((n, line) => `&lt;p>Read tide table ${n * line} by T ${n}&lt;/p>`)],
  ["sentences that items repeat", inManyItems((n, line) => `Read it? Do. ${n % 3} ${line} `)],
  [
    "notes at the end of items",
    inManyItems((n, line) => `&lt;p>Would you tell your friends of ${n} ${line} good papers that never end?&lt;/p>`),
  ],
  ["dates of digits", inJson(() => ({ date_published: "1".repeat(5000), date_modified: "12:".repeat(2000) }))],
  ["dates of words", (n) => rss(times(`<item><title>A</title><pubDate>${"a 1 ".repeat(45)}</pubDate></item>`, n))],
  ["words of one script", inJson((long) => ({ title: "שלום ".repeat(60), content_text: long("سلام ") }))],
  ["objects in JSON", (n) => `{"version":"https://jsonfeed.org/version/1.1","items":[${times("{},", n)}{}]}`],
  ["arrays in JSON", (n) => `{"items":[${times("[],", n)}[]]}`],
  ["numbers in JSON", (n) => `{"items":[${times("1e9,", n)}1]}`],
  [
    "names in one JSON object",
    (n) => `{"items":[{${Array.from({ length: Math.floor(n / 12) }, (_, i) => `"k${i}":0`).join(",")}}]}`,
  ],
  ["brackets in JSON", (n) => times("[", n)],
  ["escapes in JSON", (n) => `{"items":[{"title":"${times("\\u0301", n)}"}]}`],
  ["a page without a feed", (n) => `<html><head>${times('<link rel=alternate type="application/rss+xml" href=a>', n)}`],
];

const bytes: readonly Adversary[] = [
  {
    name: "bytes of no encoding",
    make: (n) => Buffer.concat([Buffer.from("<rss><channel><title>"), Buffer.alloc(n, 0xc3)]),
  },
  {
    name: "UTF-32",
    make: (n) =>
      Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.alloc(n - (n % 4), Buffer.from([0x3c, 0, 0, 0]))]),
  },
  {
    name: "UTF-16",
    make: (n) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(item(times("<b>", n / 2)), "utf16le")]),
  },
  { name: "zeros", make: (n) => Buffer.alloc(n) },
];

export const adversaries: readonly Adversary[] = [
  ...texts.map(([name, make]) => ({ name, make: (n: number) => Buffer.from(make(n)) })),
  ...bytes,
];

/** An honest feed of this size: articles of usual length with markup, links, dates and pictures. */
export function harmless(size: number): Buffer {
  const body =
    '&lt;p>The council of the town has met and decided &lt;b>again&lt;/b>, <![CDATA[<a href="/x">as it said</a>]]>.&lt;/p>';
  const one = (n: number) =>
    `<item><title>Town ${n} decides a matter of its long agenda</title><link>https://town.example/${n}</link><guid>${n}</guid><pubDate>Mon, 23 Nov 2026 06:30:00 GMT</pubDate><description>${body.repeat(40)}</description></item>`;
  const count = Math.max(1, Math.floor(size / one(1000).length));
  return Buffer.from(rss(Array.from({ length: count }, (_, n) => one(n)).join("")));
}
