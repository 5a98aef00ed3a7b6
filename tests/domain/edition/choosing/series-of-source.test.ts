import { describe, expect, test } from "vitest";
import { seriesAmong } from "#domain/edition/choosing/series-of-source.ts";
import { fieldOf } from "#domain/edition/content/make.ts";
import { article, ingredients } from "../../../testing/editions/edition-fixtures.ts";

/** How many of these titles of one source are pieces of a series. */
function serial(titles: string[], { text = "", sources = ["ticker"] } = {}): number {
  const found = titles.map((title, n) =>
    article(n + 1, {
      title,
      sourceId: sources[n % sources.length] ?? "",
      summary: text === "" ? "" : `${text} number ${n}.`,
      paragraphs: [],
    }),
  );
  const { scored } = fieldOf(ingredients({ articles: found }));
  const seriesOf = seriesAmong(scored);
  return scored.filter((one) => seriesOf(one) !== null).length;
}

describe("a series of one source is", () => {
  test.each([
    ["labels that end alike", ["Orlow Outperform", "Sunde Line Outperform", "Marland Outperform"], 3],
    ["titles under one rubric", ["Quiz: boats", "Quiz: the old bridge opens again", "Quiz: who swam"], 3],
    ["titles under one rubric in brackets", ["[Brève] Un pont", "[Brève] Une gare", "[Brève] Un bac"], 3],
    ["no two titles", ["Orlow Outperform", "Sunde Outperform"], 0],
    ["no sentences that end alike", ["Baker sues Orlow", "Ferry hits pier of Orlow", "Mayor praises Orlow"], 0],
  ])("%s", (_, titles, expected) => {
    expect(serial(titles)).toBe(expected);
  });

  test("labels whose texts begin alike, whatever their last words", () => {
    const titles = ["Orlow Buy", "Sunde Hold", "Marland Sell"];
    expect(serial(titles, { text: "The analyst" })).toBe(3);
    expect(serial(titles)).toBe(0);
  });

  test("of one source: others have their own", () => {
    const titles = ["Orlow Outperform", "Sunde Outperform", "Marland Outperform"];
    expect(serial(titles, { sources: ["gazette", "herald", "courier"] })).toBe(0);
  });
});
