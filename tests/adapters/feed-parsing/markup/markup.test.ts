import { describe, expect, test } from "vitest";
import { escapeLooseMarkup, hasMarkup } from "#adapters/feed-parsing/markup/loose-markup.ts";
import { entry, first, item, read } from "../../../testing/articles/feed-reading.ts";

const cdata = (text: string) => `<![CDATA[${text}]]>`;
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

describe("a title about markup keeps the names of elements", () => {
  const titles = [
    "Why <section> beats <article> for lists",
    "When <i> is wrong and <em> right",
    "The <canvas> element turns twenty",
    "Forget <marquee>",
    "How <style> blocks a page, and <script> too",
    "Never put <li> in <p>",
    "Five uses of <hr> in letters",
    "Do you need </li>?",
    "Map<String, List<T>> explained",
    "if (a<b && c>d) return",
  ];

  test.each(titles)("%s", (title) => {
    expect(first(item(`<title>${escaped(title)}</title>`)).title).toBe(title);
    expect(first(item(`<title>${cdata(title)}</title>`)).title).toBe(title);
    expect(first(item(`<title>${escaped(escaped(title))}</title>`)).title).toBe(title);
    expect(first(entry(`<title>${escaped(title)}</title>`)).title).toBe(title);
    expect(first(entry(`<title type="text">${escaped(title)}</title>`)).title).toBe(title);
    expect(first(entry(`<title type="html">${escaped(escaped(title))}</title>`)).title).toBe(title);
    expect(first(entry(`<title type="html">${cdata(escaped(title))}</title>`)).title).toBe(title);
    const div = `<div xmlns="http://www.w3.org/1999/xhtml">${escaped(title)}</div>`;
    expect(first(entry(`<title type="xhtml">${div}</title>`)).title).toBe(title);
  });

  test("and so does a body", () => {
    const body = (html: string) => first(item(`<title>A</title><description>${html}</description>`)).paragraphs;
    for (const text of titles) {
      expect(body(escaped(text))).toEqual([text]);
      expect(body(escaped(`<p>${escaped(text)}</p><p>And more.</p>`))).toEqual([text, "And more."]);
    }
    expect(body(escaped("<p>if (a<b && c>d) go; <code>x</code></p>"))).toEqual(["if (a<b && c>d) go; x"]);
    expect(body(escaped("<p>Use &lt;p&gt; for text and &lt;/p&gt; to end it.</p>"))).toEqual([
      "Use <p> for text and </p> to end it.",
    ]);
  });
});

describe("markup in a title goes", () => {
  test.each([
    ["<em>Emma</em> reviewed: <i>good</i>", "Emma reviewed: good"],
    ["Tide<br>and Salt", "Tide and Salt"],
    ["Tide <br/> and Salt", "Tide and Salt"],
    ['<img src="/tide.png" alt="x"> Tide', "Tide"],
    ['<a href="/tide">Tide</a> and salt', "Tide and salt"],
    ['<span class="kicker">Harbour</span> Tide', "Harbour Tide"],
    ["<script>alert(1)</script>Tide", "Tide"],
    ["<p>Tide</p>", "Tide"],
    ["Tide<!-- spring -->", "Tide"],
  ])("%s", (html, title) => {
    expect(first(item(`<title>${escaped(html)}</title>`)).title).toBe(title);
    expect(first(item(`<title>${cdata(html)}</title>`)).title).toBe(title);
    expect(first(entry(`<title type="html">${escaped(html)}</title>`)).title).toBe(title);
  });
});

describe("elements that are not closed", () => {
  const paragraphs = (html: string) =>
    first(item(`<title>A</title><description>${cdata(html)}</description>`)).paragraphs;

  test.each([
    ['<p>One</p><iframe src="https://video.example/1"/><p>Two</p>', ["One", "Two"]],
    ['<p>One</p><iframe src="https://video.example/1"><p>Two</p>', ["One", "Two"]],
    ["<p>One</p><video/><p>Two</p>", ["One", "Two"]],
    ['<p>One</p><script src="/a.js"/><p>Two</p>', ["One", "Two"]],
    ["<form><p>One</p><input><p>Two</p></form>", ["One", "Two"]],
    ["<audio controls><p>No</p></audio><p>One</p>", ["One"]],
  ])("%s", (html, text) => {
    expect(paragraphs(html)).toEqual(text);
  });
});

describe("lines", () => {
  const paragraphs = (html: string) =>
    first(item(`<title>A</title><description>${cdata(html)}</description>`)).paragraphs;

  test.each([
    ["<dl><dt>Ebb</dt><dd>out</dd><dt>Flow:</dt><dd>in</dd></dl>", ["Ebb: out", "Flow: in"]],
    ["<pre>let tide = 1;\nlet salt = 2;\n\nend</pre>", ["let tide = 1;", "let salt = 2;", "end"]],
    ["<ul><li>One<br>two</li><li><p>Three</p></li></ul>", ["• One", "two", "• Three"]],
    ["<p>One<br>still one</p>", ["One still one"]],
  ])("of %s", (html, text) => {
    expect(paragraphs(html)).toEqual(text);
  });

  test("a film's description keeps its lines", () => {
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><entry><title>A mill</title>
      <link href="https://www.youtube.com/watch?v=1"/><media:group><media:description>We open it.\nIt turns.\n\nSubscribe: https://x.example</media:description></media:group></entry></feed>`;
    expect(read(feed).articles[0]?.paragraphs).toEqual(["We open it.", "It turns."]);
  });
});

test("escaping takes no time on hostile text", () => {
  const started = performance.now();
  for (const piece of ["<a ", "<a b='", '<a b="c" ', "<", "<b>", "</b>", "<!--", "<a b=c<"]) {
    const text = piece.repeat(100_000 / piece.length);
    escapeLooseMarkup(text, "title");
    escapeLooseMarkup(text, "body");
    hasMarkup(text);
  }
  expect(performance.now() - started).toBeLessThan(4000);
});
