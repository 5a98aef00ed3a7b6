import { describe, expect, test } from "vitest";
import { read, rss } from "../../../testing/articles/feed-reading.ts";

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

describe("a text that was escaped twice is read right", () => {
  const bodies = (given: readonly string[]) =>
    read(
      rss(
        given
          .map((text, n) => `<item><title>${n}</title><description>${escaped(`<p>${text}</p>`)}</description></item>`)
          .join(""),
      ),
    ).articles.map(({ paragraphs }) => paragraphs.join("|"));

  test("in its letters and between its words", () => {
    expect(bodies(["Die F&amp;auml;hre f&amp;#228;hrt", "Reed &amp;amp; Sons", "It&amp;rsquo;s AT&amp;amp;T"])).toEqual(
      ["Die Fähre fährt", "Reed & Sons", "It’s AT&T"],
    );
  });

  test.each([
    [["Write caf&amp;eacute; for café, and M&amp;uuml;ll for Müll"]],
    [["Escape it: &amp;lt;b&amp;gt; and Q&amp;amp;A and f&amp;uuml;r"]],
    [["<code>a &amp;amp; b</code> and c &amp;amp; d"]],
    [["Write R&amp;amp;D &amp; Q&amp;amp;A as you see them"]],
    [["One f&amp;uuml;r alone"]],
  ])("but not where it may be about markup: %j", (given) => {
    const shown = given.map((text) => text.replace(/<[^>]*>/g, "").replaceAll("&amp;", "&"));
    expect(bodies(given)).toEqual(shown);
  });
});
