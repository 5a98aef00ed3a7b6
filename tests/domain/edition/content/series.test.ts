import { describe, expect, test } from "vitest";
import type { Article } from "#domain/article/article.ts";
import { sameNumbers, untangled } from "#domain/edition/content/series.ts";
import { article } from "../../../testing/editions/edition-fixtures.ts";

const story = (articles: [Article, ...Article[]], tellings = articles.length) => ({
  id: articles[0].id,
  representative: articles[0],
  articles,
  tellings,
});
const draw = (n: number, number: number, sourceId = "gazette") =>
  article(n, { title: `Lottery draw ${number}`, sourceId });
const titles = (stories: ReturnType<typeof untangled>) =>
  stories.map(({ articles }) => articles.map(({ title }) => title));

describe("what reads alike and is not the same news", () => {
  test("is taken apart by the numbers in its titles", () => {
    const parts = untangled(story([draw(1, 17), draw(2, 18), draw(3, 17, "herald")]));
    expect(titles(parts)).toEqual([["Lottery draw 17", "Lottery draw 17"], ["Lottery draw 18"]]);
    expect(parts).toMatchObject([{ tellings: 2 }, { id: draw(2, 18).id, tellings: 1 }]);
  });

  test.each([
    ["en", "Harbour events in May", "Harbour events in June"],
    ["de", "Termine am Montag im Hafen", "Termine am Dienstag im Hafen"],
    ["fr", "Le port en août", "Le port en septembre"],
  ])("is taken apart by the months and weekdays of a source's series: %s", (language, one, other) => {
    const [first, second] = [article(1, { title: one, language }), article(2, { title: other, language })];
    expect(titles(untangled(story([first, second])))).toEqual([[one], [other]]);
  });

  test("is taken apart by the days that headlines of several sources name", () => {
    const [today, too, yesterday, any] = [
      "Ferry puzzle: hints for Monday, November 30",
      "Hints for the ferry puzzle of 30 November",
      "Ferry puzzle: hints for Sunday, November 29",
      "Ferry puzzle: hints",
    ].map((title, n) => article(n + 1, { title, sourceId: `source-${n}` }));
    if (today === undefined || too === undefined || yesterday === undefined || any === undefined) throw new Error();
    expect(titles(untangled(story([today, too, yesterday, any])))).toEqual([
      [today.title, too.title, any.title],
      [yesterday.title],
    ]);
    const undated = [5, 6, 7].map((n) => article(n, { title: "Ferry puzzle", sourceId: `source-${n}` }));
    expect(untangled(story([today, yesterday, ...undated]))).toHaveLength(1);
  });

  test("is taken apart one by one where it is a long row of one source", () => {
    const row = Array.from({ length: 6 }, (_, n) => article(n + 1, { title: `Weather for ${"ABCDEF"[n]}` }));
    const [first, ...rest] = row;
    if (first === undefined) throw new Error("the row is empty");
    expect(untangled(story([first, ...rest]))).toHaveLength(6);
    expect(untangled(story([first, ...rest.slice(0, 4)]))).toHaveLength(1);
  });
});

test("a story whose numbers differ between sources only stays whole: they count the same thing", () => {
  const whole = story([
    article(1, { title: "Storm kills 12 on the coast", sourceId: "gazette" }),
    article(2, { title: "Storm on the coast: 14 dead", sourceId: "herald" }),
    article(3, { title: "Storm hits the coast", sourceId: "courier" }),
  ]);
  expect(untangled(whole)).toEqual([whole]);
});

test("titles with other numbers in them are about something else", () => {
  expect(sameNumbers({ title: "Match day 3: 2 goals" }, { title: "Match day 3, 2 red cards" })).toBe(true);
  expect(sameNumbers({ title: "Match day 3" }, { title: "Match day 4" })).toBe(false);
});
