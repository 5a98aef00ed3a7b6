import { describe, expect, test } from "vitest";
import { htmlToText } from "#adapters/feed-parsing/items/html-text.ts";
import { readFeed } from "#adapters/feed-parsing/read.ts";

describe("what a page has around its text is known by its markup", () => {
  const text = "<p>The tide table has two columns.</p>";
  const left = (html: string) => htmlToText(html).paragraphs;

  test.each([
    '<p><a href="https://www.facebook.com/sharer/sharer.php?u=x">Ins Netz damit</a></p>',
    '<p>Off to: <a href="https://x.com/intent/post?url=x">one</a> · <a href="https://wa.me/?text=x">two</a></p>',
    '<p><a href="mailto:?subject=Tides">À mon frère</a></p>',
    '<p><a href="https://t.me/share/url?url=x">ורד</a></p>',
    '<div class="post-navigation"><p>Older: eels</p></div>',
    '<div class="box donation-cta"><p>Whatever it says.</p></div>',
    '<div role="navigation"><p>Harbours, eels, tides</p></div>',
  ])("furniture: %s", (html) => {
    expect(left(text + html)).toEqual(["The tide table has two columns."]);
  });

  test.each([
    [
      '<p>He wrote <a href="https://x.com/intent/post?url=x">this</a> on the wall of the harbour office that night.</p>',
      1,
    ],
    ['<p><a href="https://www.facebook.com/harbour/posts/1">The harbour office says no</a></p>', 1],
    ['<p><a href="mailto:pike@gull.example">Ada Pike</a></p>', 1],
    ['<div class="newsletter"><p>All of the letter.</p></div>', 1],
  ])("text: %s", (html, more) => {
    expect(left(text + html)).toHaveLength(1 + more);
  });
});

describe("a line that only links to the article itself", () => {
  const paragraphs = (body: string) => {
    const feed = `<rss version="2.0"><channel><title>The Gull</title><item><title>Tides</title>
      <link>https://gull.example/tides</link><description><![CDATA[${body}]]></description></item></channel></rss>`;
    const read = readFeed({
      bytes: new TextEncoder().encode(feed),
      url: "https://gull.example/feed",
      contentType: null,
      now: Date.UTC(2026, 10, 30),
    });
    return read.ok ? read.value.articles[0]?.paragraphs : read.fault;
  };

  test("isn't part of it, whatever its words", () => {
    const line = '<p><a href="https://gull.example/tides?utm_source=rss">Off you go, dear</a></p>';
    expect(paragraphs(`<p>The tide table has two columns.</p>${line}`)).toEqual(["The tide table has two columns."]);
  });

  test("stays if it leads elsewhere or to a part, or if nothing else is there", () => {
    const other = '<p><a href="https://gull.example/eels">Eels at night</a></p>';
    expect(paragraphs(`<p>The tide table has two columns.</p>${other}`)).toHaveLength(2);
    const part = '<p><a href="https://gull.example/tides#low">Low water at the quay</a></p>';
    expect(paragraphs(`<p>The tide table has two columns.</p>${part}`)).toHaveLength(2);
    expect(paragraphs('<p><a href="https://gull.example/tides">Off you go, dear</a></p>')).toHaveLength(1);
  });
});
