import { describe, expect, test } from "vitest";
import { fieldOf, regrouped } from "#domain/edition/content/make.ts";
import { article, hoursBefore, id, ingredients, log, news } from "../../../testing/editions/edition-fixtures.ts";

const piece = (n: number, sourceId: string, title: string, text: string) =>
  article(n, { sourceId, title, summary: text, paragraphs: [text], published: hoursBefore(2) });

const crash = [
  piece(101, "gazette", "Ferry hits quay in Port Ellery fog", "Eleven people were hurt when a ferry struck the quay."),
  piece(102, "herald", "Ferry hits the quay in fog at Port Ellery", "Police spoke to the skipper on the quay."),
];
const text = "Passengers fell as the ferry struck the quay at Port Ellery and its skipper shouted a warning.";
const aside = piece(103, "mercury", "Ferry skipper shouted, then everyone fell", text);
const all = ingredients({ articles: [...news(80), ...crash, aside] });

describe("stories near the page that tell one event in other words", () => {
  test("are one, scored as one", () => {
    const { scored } = fieldOf(all);
    const story = scored.find(({ candidate }) => candidate.articles.some((one) => one.id === id(103)));
    expect(story?.candidate.articles.map((one) => one.id).toSorted()).toEqual([id(101), id(102), id(103)]);
    expect(story?.parts.find(({ name }) => name === "sources")?.value).toBe(0.75);
    expect(scored.map(({ score }) => score)).toEqual(scored.map(({ score }) => score).toSorted((a, b) => b - a));
  });

  test("stay apart when an editor split them", () => {
    const decisions = log({ do: "split", story: id(101), articles: [id(103)], rest: id(101), to: null });
    const { scored } = regrouped(fieldOf(all), { ...all, decisions });
    expect(scored.find(({ candidate }) => candidate.id === id(103))?.candidate.articles).toHaveLength(1);
  });
});
