import { describe, expect, test } from "vitest";
import { titleText } from "#adapters/feed-parsing/items/title.ts";
import { entry, first, item } from "../../../testing/articles/feed-reading.ts";

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
    ["with a type parameter that isn't escaped", "List<T> or Vector<T>", "List<T> or Vector<T>"],
    ["with an element that isn't closed", "Why <dialog> wins", "Why <dialog> wins"],
    ["over lines", "Salt\n   and\tTide", "Salt and Tide"],
    ["with a mail header", "Tide&#13;&#10;Bcc: all@example.com", "Tide Bcc: all@example.com"],
    ["with a template", "{{7*7}} $x <%= y %>", "{{7*7}} $x <%= y %>"],
    ["with an undeclared entity", "Salt &tide; sea", "Salt &tide; sea"],
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
