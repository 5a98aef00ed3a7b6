import { expect, test } from "vitest";
import { queryTerms, searchEntriesOf, termsOf, withAllTerms } from "#domain/edition/search.ts";

test.each([
  ["Zürich's Straßenbahn: 2 neue Züge, a tram!", "de", ["zurich", "straßenbahn", "neue", "zuge", "tram"]],
  ["L’Élysée répond", "fr", ["elysee", "repond"]],
  ["Port Ellery’s barrier", "en", ["port", "ellery", "barrier"]],
  ["東京で地震", "ja", ["東京", "で", "地震"]],
  ["<script>alert(1)</script>", "en", ["script", "alert"]],
  ["", "en", []],
])("%s has the terms %s", (text, language, terms) => {
  expect(termsOf(text, language)).toEqual(terms);
});

test("a search is bounded", () => {
  expect(queryTerms("word ".repeat(10_000), "en")).toEqual(["word"]);
  expect(queryTerms(Array.from({ length: 50 }, (_, n) => `w${n}`).join(" "), "en")).toHaveLength(8);
  expect(termsOf("x".repeat(41), "en")).toEqual([]);
});

const headline = (title: string) => ({
  ...{ storyId: null, title, url: null, source: null, alsoIn: [], developing: false, reasons: [] },
});
const content = {
  ...{ newsletter: "daily", date: "2026-11-23", subject: "Storm over Dover", preheader: "" },
  lead: {
    ...{ storyId: null, title: "Storm over Dover", url: null, paragraphs: [], source: null, image: null, reasons: [] },
  },
  headlines: [headline("A storm of protest in Dover"), headline("Calm seas")],
};

test("each term leads to the headlines that contain it, and one headline must have all words", () => {
  const entries = searchEntriesOf(content, "en");
  const storm = entries.filter(({ term }) => term === "storm");
  expect(storm).toEqual([
    {
      term: "storm",
      date: "2026-11-23",
      subject: "Storm over Dover",
      titles: ["Storm over Dover", "A storm of protest in Dover"],
    },
  ]);
  expect(withAllTerms(storm, ["storm", "protest"], "en")[0]?.titles).toEqual(["A storm of protest in Dover"]);
  expect(withAllTerms(storm, ["storm", "calm"], "en")).toEqual([]);
});
