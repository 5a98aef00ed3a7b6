import { expect, test } from "vitest";
import { storyPictures } from "#domain/edition/views/story-detail.ts";
import { article } from "../../../testing/editions/edition-fixtures.ts";

test("a story's pictures are the shown article's first, each once, and none too small or too long to show", () => {
  const image = (name: string, width: number | null = 1200, height: number | null = 800) => ({
    url: `https://pictures.example/${name}.jpg`,
    alt: "",
    width,
    height,
  });
  const first = article(1, { sourceId: "gazette", image: image("bridge") });
  const second = article(2, { sourceId: "herald", image: image("mayor", null, null) });
  const articles = [
    first,
    second,
    article(3, { sourceId: "courier", image: image("bridge") }),
    article(4, { image: image("stamp", 399) }),
    article(5, { image: image("banner", 1200, 300) }),
    article(6, { image: null }),
  ];
  expect(storyPictures({ article: second, articles }).map(({ image: { url }, source }) => [url, source])).toEqual([
    ["https://pictures.example/mayor.jpg", "The Herald"],
    ["https://pictures.example/bridge.jpg", "The Gazette"],
  ]);
});
