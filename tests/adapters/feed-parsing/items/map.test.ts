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
    expect(first(feed('<!ENTITY port "x">', "<![CDATA[&port; stays]]>")).title).toBe("&port; stays");
  });

  test("but not without bounds", () => {
    const bomb = feed(`<!ENTITY a "${"x".repeat(4000)}">`, "&a;".repeat(1000));
    expect(tryRead(bomb)).toMatchObject({ ok: false, fault: { message: expect.stringContaining("attacks") } });
    const nested = feed('<!ENTITY a "x"><!ENTITY b "&a;&a;">', "&b;");
    expect(tryRead(nested)).toMatchObject({ ok: false });
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
