import { describe, expect, test } from "vitest";
import { CandidatesRecord, leftOutOf, recordCandidates, scoredOf } from "#domain/edition/choosing/candidates-record.ts";
import { explainAll } from "#domain/edition/choosing/why.ts";
import { contentOfPicks } from "#domain/edition/content/from-picks.ts";
import { fieldOf, type Ingredients, makeEdition } from "#domain/edition/content/make.ts";
import { editorialStateOf } from "#domain/edition/decisions/decisions.ts";
import { article, articles, hoursBefore, id, ingredients, log } from "../../../testing/editions/edition-fixtures.ts";

const image = { url: "https://gazette.example/p.png", alt: "", width: 800, height: 600 };

/** A day with stories told by several, pictures, sections, short texts, foreign ones, and one that ran before. */
const day = (over: Partial<Ingredients> = {}): Ingredients => {
  const told = "Parliament passes the harbour bridge budget after a long night";
  const pool = [
    ...articles(60, (n) => ({
      sourceId: ["gazette", "herald", "courier"][n % 3] ?? "",
      section: n % 4 === 0 ? "Sport" : null,
      image: n % 5 === 0 ? image : null,
      paragraphs: Array.from({ length: n % 4 }, (_, k) => `Paragraph ${k} of matter ${n}, with something to say.`),
      published: n % 9 === 0 ? null : hoursBefore(1 + (n % 20)),
    })),
    article(70, { title: told, sourceId: "gazette" }),
    article(71, { title: `${told} of debate`, sourceId: "herald" }),
    article(80, { language: "de" }),
  ];
  const past = makeEdition(ingredients({ articles: pool.slice(0, 12), date: "2026-11-22" })).content;
  return ingredients({ articles: pool, past: [past], ...over });
};

/** The record as it comes back from a store. */
function recorded(all: Ingredients): CandidatesRecord {
  const { scored, sorted } = fieldOf(all);
  const { newsletter, date, window, config } = all;
  const record = recordCandidates(
    { newsletter, date, cutoff: window.to, weights: config.weights },
    scored,
    sorted.left,
  );
  return CandidatesRecord.parse(JSON.parse(JSON.stringify(record)));
}

describe("a candidates record", () => {
  test("explains every story as the articles did", () => {
    const all = day({ decisions: log({ do: "remove", story: id(2) }) });
    const { scored, sorted } = fieldOf(all);
    const { content } = makeEdition(all);
    const record = recorded(all);
    const { decisions } = all;
    const now = explainAll({ scored, left: sorted.left, decisions }, content);
    const later = explainAll({ scored: scoredOf(record), left: leftOutOf(record), decisions }, content);
    const order = <T extends { storyId: string }>(explained: T[]) =>
      explained.toSorted((a, b) => (a.storyId < b.storyId ? -1 : 1));
    expect(order(later)).toEqual(order(now));
    expect(later.length).toBeGreaterThan(50);
  });

  test.each([
    ["the weights of then", {}],
    ["other weights", { recency: 0, completeness: 5, sources: 0.5 }],
  ])("replays the choice by %s", (_, changed) => {
    const all = day();
    const config = { ...all.config, weights: { ...all.config.weights, ...changed } };
    const fresh = makeEdition({ ...all, config }).content;
    const record = recorded(all);
    const replayed = contentOfPicks(scoredOf(record, config.weights), editorialStateOf([]), { ...all, config });
    const ids = ({ lead, headlines }: typeof fresh) => [lead, ...headlines].map(({ storyId }) => storyId);
    expect(ids(replayed)).toEqual(ids(fresh));
    expect(replayed.headlines.map(({ reasons }) => reasons)).toEqual(fresh.headlines.map(({ reasons }) => reasons));
  });

  test("holds no text of an article, and no more than a day's stories", () => {
    const record = recorded(day());
    expect(JSON.stringify(record)).not.toContain("Paragraph 1");
    const { scored } = fieldOf(ingredients({ articles: articles(1300) }));
    const about = { newsletter: "daily", date: "2026-11-23", cutoff: hoursBefore(0), weights: {} };
    const { stories, more } = recordCandidates(about, scored, []);
    expect([stories.length, more.stories]).toEqual([1000, scored.length - 1000]);
  });
});
