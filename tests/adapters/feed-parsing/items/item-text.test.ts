import { describe, expect, test } from "vitest";
import { entry, first, item } from "../../../testing/articles/feed-reading.ts";

describe("an article's text", () => {
  test("summary and body are kept apart; the first paragraph replaces a missing summary", () => {
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
