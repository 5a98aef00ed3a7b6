import { describe, expect, test } from "vitest";
import { htmlToText } from "#adapters/feed-parsing/html-text.ts";
import { titleText } from "#adapters/feed-parsing/title.ts";
import { entry, first, item } from "../../testing/feed-reading.ts";

describe("titles", () => {
  test.each([
    ["once", "Salt &amp;amp; Tide", "Salt & Tide"],
    ["twice", "Salt &amp;amp;amp; Tide", "Salt & Tide"],
    ["not at all", "Salt & Tide", "Salt & Tide"],
    ["as a number", "Salt &#38;#8211; Tide", "Salt – Tide"],
    ["as a number of windows-1252", "Harbour&#146;s bridge", "Harbour’s bridge"],
    ["with HTML's names", "Caf&eacute;&nbsp;opens", "Café opens"],
    ["in CDATA", "<![CDATA[Salt & <b>Tide</b>]]>", "Salt & Tide"],
    ["with elements", "&lt;b&gt;Salt&lt;/b&gt; and <i>Tide</i>", "Salt and Tide"],
    ["with a script", "&lt;script&gt;alert(1)&lt;/script&gt;Tide", "Tide"],
    ["with a comparison", "5 &lt; 6 and 7 > 3", "5 < 6 and 7 > 3"],
    ["with a heart", "I &lt;3 tides", "I <3 tides"],
    ["with a type parameter", "What List&lt;T&gt; means", "What List<T> means"],
    ["over lines", "Salt\n   and\tTide", "Salt and Tide"],
    ["with a mail header", "Tide&#13;&#10;Bcc: all@example.com", "Tide Bcc: all@example.com"],
    ["with a template", "{{7*7}} $x <%= y %>", "{{7*7}} $x <%= y %>"],
    ["with an entity nobody declared", "Salt &tide; sea", "Salt &tide; sea"],
  ])("escaped or written %s", (_what, raw, title) => {
    expect(first(item(`<title>${raw}</title>`)).title).toBe(title);
  });

  test.each([
    ["text", "Less &lt;b&gt; is more", "Less <b> is more"],
    ["html", "Less &lt;b&gt;is&lt;/b&gt; more", "Less is more"],
    [
      "xhtml",
      '<div xmlns="http://www.w3.org/1999/xhtml">Less <b>is</b> more &amp; &lt; less</div>',
      "Less is more & < less",
    ],
  ])("of Atom's type %s", (type, raw, title) => {
    expect(first(entry(`<title type="${type}">${raw}</title>`)).title).toBe(title);
  });

  test("a missing one is taken from the text, or the link, and said to be missing", () => {
    expect(first(item("<description>The bridge opened. Thousands came.</description>"))).toMatchObject({
      title: "The bridge opened",
      doubts: expect.arrayContaining(["title-missing"]),
    });
    expect(first(item("<title>\u200b</title><link>https://www.gazette.example/1</link>")).title).toBe(
      "gazette.example/1",
    );
  });

  test("of ten thousand characters are cut at a word", () => {
    const { title } = first(item(`<title>${"harbour ".repeat(1250)}</title>`));
    expect(title.length).toBeLessThanOrEqual(300);
    expect(title.endsWith("harbour…")).toBe(true);
  });

  test("decoding ends", () => {
    expect(titleText("&amp;".repeat(5000), "unsaid").length).toBeLessThan(25_000);
    expect(titleText(`&${"amp;".repeat(500)}`, "unsaid")).toContain("&");
  });
});

describe("HTML as text", () => {
  const paragraphs = (html: string) => htmlToText(html).paragraphs;
  test.each([
    ["<p>One</p><p>Two</p>", ["One", "Two"]],
    ["One<br>still one<br><br>Two", ["One still one", "Two"]],
    ["<div>One<div>Two</div>Three</div>", ["One", "Two", "Three"]],
    ["<ul><li>One<li>Two</ul>", ["• One", "• Two"]],
    ["<p>An <a href='x'>old</a> <b>b</b>ridge</p>", ["An old bridge"]],
    ["<script>alert(1)</script><style>p{}</style><p>One</p>", ["One"]],
    ["<p>One</p><script>never closed <p>Two", ["One"]],
    ["<p hidden>No</p><p style='display:none'>No</p><p>One</p>", ["One"]],
    ["<figure><img src=a.jpg><figcaption>Caption</figcaption></figure><p>One</p>", ["One"]],
    ["<svg><text>No</text></svg><math><mi>x</mi></math>One", ["One"]],
    ["One &amp; Two &lt;three&gt; &copy;", ["One & Two <three> ©"]],
    ["<![CDATA[One]]>", ["One"]],
    ["<!-- no -->One<!-- never closed", ["One"]],
    ["no markup at all", ["no markup at all"]],
    ["<p>unclosed <b>bold", ["unclosed bold"]],
    ["", []],
  ])("%s", (html, text) => {
    expect(paragraphs(html)).toEqual(text);
  });

  test("pictures with what they show, without pixels that count readers", () => {
    const { images } = htmlToText(
      `<img src="a.jpg" alt="A bridge" width="640" height="360"><img src="p.gif" width="1" height="1"><img src="data:image/png;base64,x"><img alt="none">`,
    );
    expect(images).toEqual([{ src: "a.jpg", alt: "A bridge", width: 640, height: 360 }]);
  });
});

describe("an article's picture", () => {
  const media = (inside: string) =>
    first(
      `<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item><title>A</title>${inside}</item></channel></rss>`,
    ).image;

  test.each([
    [
      "the widest of several",
      '<media:content url="/s.jpg" width="300"/><media:content url="/l.jpg" width="900"/>',
      "/l.jpg",
    ],
    ["an enclosure", '<enclosure url="/a.png" type="image/png" length="9"/>', "/a.png"],
    ["not an enclosure of sound", '<enclosure url="/a.mp3" type="audio/mpeg" length="9"/>', null],
    ["not a thumbnail's thumbnail", '<media:thumbnail url="/t.jpg" width="75" height="75"/>', null],
    [
      "with its signed parameters",
      '<media:content url="/a.jpg?w=900&amp;utm_source=x&amp;s=1f" medium="image"/>',
      "/a.jpg?w=900&utm_source=x&s=1f",
    ],
    ["in the text", "<description>&lt;img src='/a.jpg' alt='Tide'&gt;</description>", "/a.jpg"],
    ["not one that is no address", '<media:content url="javascript:alert(1)" medium="image"/>', null],
  ])("is %s", (_what, inside, path) => {
    expect(media(inside)?.url ?? null).toBe(path === null ? null : `https://gazette.example${path}`);
  });
});

describe("a picture's caption and credit", () => {
  const media = (inside: string) =>
    first(
      `<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item><title>A</title><media:content url="/a.jpg">${inside}</media:content></item></channel></rss>`,
    ).image;

  test.each([
    [
      "as plain text",
      "<media:description type='html'>The &lt;b&gt;mill&lt;/b&gt;</media:description><media:credit>Ines Holm</media:credit>",
      { alt: "The mill", caption: "The mill", credit: "Ines Holm" },
    ],
    ["not of a title, which only describes", "<media:title>The mill</media:title>", { alt: "The mill" }],
    ["not empty", "<media:description> </media:description><media:credit/>", { alt: "" }],
  ])("%s", (_what, inside, image) => {
    expect(media(inside)).toEqual({ url: "https://gazette.example/a.jpg", width: null, height: null, ...image });
  });
});

describe("an article's text", () => {
  test("summary and body are told apart; the first paragraph stands in for a summary", () => {
    const both = first(
      item(
        "<title>A</title><description>Short.</description><content:encoded>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</content:encoded>",
      ),
    );
    expect(both).toMatchObject({ summary: "Short.", paragraphs: ["One.", "Two."] });
    const body = first(
      entry('<title>A</title><content type="html">&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</content>'),
    );
    expect(body).toMatchObject({ summary: "One.", paragraphs: ["One.", "Two."] });
  });

  test("HTML that was not escaped is read all the same", () => {
    const article = first(
      item("<title>A</title><description><p>One &amp; only.<br>Still.</p><p>Two.</p></description><link>/1</link>"),
    );
    expect(article).toMatchObject({ paragraphs: ["One & only. Still.", "Two."], url: "https://gazette.example/1" });
  });

  test("HTML that was escaped twice is read all the same", () => {
    const twice = "&amp;lt;p&amp;gt;One.&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;Two.&amp;lt;/p&amp;gt;";
    expect(first(item(`<title>A</title><description>${twice}</description>`)).paragraphs).toEqual(["One.", "Two."]);
  });

  test("an author's mailbox is not repeated, a name beside it is", () => {
    expect(first(item("<title>A</title><author>desk@gazette.example</author>")).author).toBeNull();
    expect(first(item("<title>A</title><author>desk@gazette.example (Ada Pike)</author>")).author).toBe("Ada Pike");
  });
});
