import { describe, expect, test } from "vitest";
import { htmlToText } from "#adapters/feed-parsing/items/html-text.ts";

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

  test.each([
    '<img src="data:image/gif;base64,x" data-src="tide.jpg">',
    '<img src="blank.gif" data-lazy-src="tide.jpg"><noscript><img src="tide.jpg"></noscript>',
    '<img srcset="tide.jpg 1x, tide-2.jpg 2x">',
  ])("a picture that is loaded late: %s", (html) => {
    expect(htmlToText(html).images.map(({ src }) => src)).toEqual(["tide.jpg"]);
  });

  test("pictures with what they show, without pixels that count readers", () => {
    const { images } = htmlToText(
      `<img src="a.jpg" alt="A bridge" width="640" height="360"><img src="p.gif" width="1" height="1"><img src="data:image/png;base64,x"><img alt="none">`,
    );
    expect(images).toEqual([{ src: "a.jpg", alt: "A bridge", width: 640, height: 360 }]);
  });

  test("which paragraphs are links from beginning to end", () => {
    const html =
      '<p>See <a href="/a">this</a></p><p><a href="/b">The <b>tide</b></a> »</p><ul><li><a href="/c">Eels</a></ul><p>End';
    expect(htmlToText(html).links.map(({ text }) => text)).toEqual(["The tide »", "• Eels"]);
  });

  test("terms with the definition that they share", () => {
    const list = "<dl><dt>Ebb<dt>Low water:<dd>it goes<dd>twice a day<dt>Flood</dt><dd>it comes</dd></dl>";
    expect(htmlToText(list).paragraphs).toEqual(["Ebb, Low water: it goes", "twice a day", "Flood: it comes"]);
  });
});
