import { describe, expect, test } from "vitest";
import { first } from "../../../testing/articles/feed-reading.ts";

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
    ["not one without a valid address", '<media:content url="javascript:alert(1)" medium="image"/>', null],
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
