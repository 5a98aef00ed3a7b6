import { describe, expect, test } from "vitest";
import { entry, first, item, read, rss, tryRead } from "../../../testing/articles/feed-reading.ts";

describe("a link that only the identity has", () => {
  test.each([
    ["<guid>/2026/bridge</guid>", "https://gazette.example/2026/bridge"],
    ["<guid>//news.gazette.example/bridge</guid>", "https://news.gazette.example/bridge"],
    ['<guid isPermaLink="true">bridge.html</guid>', "https://gazette.example/feeds/bridge.html"],
    ['<guid isPermaLink="false">/2026/bridge</guid>', null],
    ["<guid>bridge-2026</guid>", null],
  ])("%s", (guid, url) => {
    expect(first(item(`<title>Bridge</title>${guid}`)).url).toBe(url);
  });

  test("is read in JSON too", () => {
    const items = [{ id: "/2026/bridge", title: "Bridge" }];
    const feed = JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "T", items });
    expect(first(feed).url).toBe("https://gazette.example/2026/bridge");
  });

  test("of a recording is the recording itself", () => {
    const sound = '<enclosure url="https://sound.example/1.mp3" type="audio/mpeg" length="1"/>';
    expect(first(item(`<title>Bridge</title>${sound}`))).toMatchObject({
      url: "https://sound.example/1.mp3",
      medium: "audio",
    });
  });
});

describe("recordings in JSON", () => {
  test("are attachments", () => {
    const attachments = [{ url: "https://sound.example/2.mp3", mime_type: "audio/mpeg" }];
    const items = [{ id: "2", title: "Tides, read aloud", attachments }];
    const feed = JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "T", items });
    expect(first(feed)).toMatchObject({ url: "https://sound.example/2.mp3", medium: "audio" });
  });
});

describe("a base inside the text", () => {
  test("is what its pictures are relative to", () => {
    const text = `<content type="xhtml" xml:base="/deep/"><div xmlns="http://www.w3.org/1999/xhtml"><img src="tide.jpg"/></div></content>`;
    expect(first(entry(`<title>Tides</title>${text}`)).image?.url).toBe("https://gazette.example/deep/tide.jpg");
  });
});

describe("dates as numbers", () => {
  test("in JSON", () => {
    const items = [{ id: "1", title: "Bridge", date_published: 1795417509 }];
    const feed = JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "T", items });
    expect(first(feed).published).toBe("2026-11-23T07:05:09.000Z");
  });
});

describe("the outlet that a feed names", () => {
  test("is whose the article is, and leaves its title", () => {
    const article = first(
      item('<title>Bridge opens - The Herald</title><source url="https://h.example">The Herald</source>'),
    );
    expect(article).toMatchObject({ title: "Bridge opens", outlet: "The Herald" });
  });

  test("a tail that nothing names stays", () => {
    const article = first(item("<title>Bridge opens - The Herald</title>"));
    expect(article.title).toBe("Bridge opens - The Herald");
    expect(article).not.toHaveProperty("outlet");
  });
});

describe("entities that the document declares", () => {
  const feed = (doctype: string, title: string) =>
    `<?xml version="1.0"?><!DOCTYPE rss [${doctype}]>${rss(`<item><title>${title}</title></item>`)}`;

  test("are put in", () => {
    expect(first(feed('<!ENTITY port "Port of Salt">', "The &port; opens")).title).toBe("The Port of Salt opens");
    expect(first(feed('<!ENTITY port "Caf&eacute; &#38; Port">', "The &port; opens")).title).toBe(
      "The Café & Port opens",
    );
    const nested = '<!ENTITY town "Salt"><!ENTITY port "Port of &town;"><!ENTITY all "&port; &amp; &#38; quay">';
    expect(first(feed(nested, "The &all; opens")).title).toBe("The Port of Salt & & quay opens");
    expect(first(feed('<!ENTITY port "x">', "<![CDATA[&port; stays]]>")).title).toBe("&port; stays");
  });

  test("but not without bounds", () => {
    const bomb = feed(`<!ENTITY a "${"x".repeat(4000)}">`, "&a;".repeat(1000));
    expect(tryRead(bomb)).toMatchObject({ ok: false, fault: { message: expect.stringContaining("attacks") } });
    for (const nested of ['<!ENTITY a "x"><!ENTITY b "&a;&a;">', '<!ENTITY a "&b;"><!ENTITY b "&a;">'])
      expect(tryRead(feed(nested, "&b;"))).toMatchObject({ ok: false });
    const long = Array.from({ length: 4 }, (_, n) => `<!ENTITY a${n} "${"x".repeat(2000)}&a${n + 1};">`).join("");
    expect(tryRead(feed(long, "&a0;"))).toMatchObject({ ok: false });
  });
});

test("a list of feeds is distinguished from a feed", () => {
  const opml = '<opml version="2.0"><body><outline xmlUrl="https://a.example/"/></body></opml>';
  expect(tryRead(opml)).toMatchObject({ ok: false, fault: { message: expect.stringContaining("source import") } });
});

test("a picture without words is named by what it shows", () => {
  const feed = `<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item><guid>https://s.example/1</guid><description></description>
    <media:content url="https://s.example/1.jpg" type="image/jpeg" medium="image"><media:description type="plain">A gull on a post</media:description></media:content></item></channel></rss>`;
  expect(read(feed).articles[0]).toMatchObject({ title: "A gull on a post", medium: "picture" });
});

test.each([
  ["as Atom writes them", '<link href="/quay"/>'],
  ["as Atom writes them, with a relation", '<link rel="alternate" href="/quay"></link>'],
  ["with one slash", "<link>https:/gazette.example/quay</link>"],
  ["without a colon", "<link>https//gazette.example/quay</link>"],
  ["with two schemes", "<link>http://https://gazette.example/quay</link>"],
])("an RSS item's link is read %s", (_what, link) => {
  expect(first(item(`<title>A</title>${link}`)).url).toBe("https://gazette.example/quay");
});

test("an RSS 1.0 item without a link has the page that identifies it", () => {
  const rdf = (
    inside: string,
  ) => `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
    <item rdf:about="https://gazette.example/quay"><title>A</title>${inside}</item></rdf:RDF>`;
  expect(first(rdf("")).url).toBe("https://gazette.example/quay");
  expect(first(rdf("<link>https://gazette.example/pier</link>")).url).toBe("https://gazette.example/pier");
  expect(first(rdf("").replace("https://gazette.example/quay", "urn:quay")).url).toBeNull();
});

describe("JSON Feed's plain texts", () => {
  const json = (fields: object) =>
    first(JSON.stringify({ version: "https://jsonfeed.org/version/1.1", items: [{ id: "1", ...fields }] }));

  test("keep the names of elements, in pairs too", () => {
    const text = "Set <em>one</em> word in <strong>bold</strong>";
    expect(json({ title: text, content_text: `Yes: ${text}.` })).toMatchObject({
      title: text,
      paragraphs: [`Yes: ${text}.`],
    });
  });

  test("are HTML where they are blocks of it by mistake", () => {
    const article = json({ title: "A", content_text: "<p>The pier <b>opens</b>.</p><p>At last.</p>" });
    expect(article.paragraphs).toEqual(["The pier opens.", "At last."]);
  });
});

describe("a recording is known", () => {
  const enclosed = (attributes: string) =>
    first(item(`<title>Tides</title><enclosure ${attributes} length="1"/>`)).medium;
  test.each([
    ["by its name, where its type says nothing", 'url="/a.oga" type="application/octet-stream"', "audio"],
    ["by its name without a type", 'url="/a.flac"', "audio"],
    ["by a type that is only an ending", 'url="/a?id=7" type="mp3"', "audio"],
    ["as a stream of video", 'url="/a" type="application/vnd.apple.mpegurl"', "video"],
    ["not in a document", 'url="/a.pdf" type="application/pdf"', undefined],
    ["not in a picture with a misleading name", 'url="/a.mp3" type="image/png"', undefined],
  ])("%s", (_what, attributes, medium) => {
    expect(enclosed(attributes)).toBe(medium);
  });
});

test.each([
  ["its alt text", 'alt="A seal on a buoy"', "A seal on a buoy"],
  ["its title, where alt is empty", 'alt="" title="A seal on a buoy"', "A seal on a buoy"],
  ["its address, where alt is a file's name", 'alt="DSC_0042.JPG"', "gazette.example/7"],
  ["its address, where alt is a camera's number", 'alt="IMG-20261128"', "gazette.example/7"],
])("a picture without a title is named by %s", (_what, attributes, title) => {
  const post = item(
    `<link>https://gazette.example/7</link><description>&lt;img src="/a.jpg" ${attributes}></description>`,
  );
  expect(first(post).title).toBe(title);
});
