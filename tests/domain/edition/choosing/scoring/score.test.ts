import { describe, expect, test } from "vitest";
import { Weights } from "#domain/config/weights.ts";
import { pastOf } from "#domain/edition/choosing/past.ts";
import { scoreAll } from "#domain/edition/choosing/scoring/score.ts";
import { candidateOf } from "#domain/edition/choosing/stories.ts";
import { article, closing, hoursBefore } from "../../../../testing/editions/edition-fixtures.ts";

const nothing = pastOf([]);
const weights = Weights.parse({});
const story = (...articles: ReturnType<typeof article>[]) => {
  const candidate = candidateOf(articles, { candidates: articles }, nothing);
  if (candidate === null) throw new Error("no candidate");
  return candidate;
};
const scored = (stories: ReturnType<typeof story>[], over: Partial<Weights> = {}, weightOf: number | null = 1) =>
  scoreAll(stories, {
    weights: { ...weights, ...over },
    from: hoursBefore(24),
    at: closing,
    sourceWeight: () => weightOf,
  });
const at = (hours: number) => ({ seenAt: hoursBefore(hours), published: hoursBefore(hours) });

describe("a story's score", () => {
  test("is the sum of its parts' points: value times weight", () => {
    const [one] = scored([story(article(1, at(12)))], { recency: 10 });
    expect(one?.parts.map(({ name }) => name).sort()).toEqual(Object.keys(weights).sort());
    expect(one?.parts.find(({ name }) => name === "recency")).toMatchObject({ value: 0.5, points: 5 });
    expect(one?.score).toBeCloseTo((one?.parts ?? []).reduce((sum, { points }) => sum + points, 0));
  });

  test("rises with each source, by half as much each time", () => {
    const told = { title: "Mayors welcome harbour bridge after ten years of work", ...at(3) };
    const by = (...sources: string[]) =>
      story(
        ...sources.map((sourceId, n) =>
          article(n + 1, { ...told, sourceId, summary: "", paragraphs: [`${n} ${sourceId}`] }),
        ),
      );
    const partOf = (...sources: string[]) =>
      scored([by(...sources)])[0]?.parts.find(({ name }) => name === "sources")?.value;
    expect(partOf("gazette")).toBe(0);
    expect(partOf("gazette", "herald")).toBe(0.5);
    expect(partOf("gazette", "herald", "courier")).toBe(0.75);
  });

  test("counts several sources less, the longer before the covered time they told it", () => {
    const told = { title: "Mayors welcome harbour bridge after ten years of work" };
    const both = (hours: number, published: string | null = hoursBefore(hours)) =>
      story(
        article(1, { ...told, ...at(hours), published, paragraphs: ["One text."] }),
        article(2, { ...told, ...at(hours), published, sourceId: "herald", paragraphs: ["Another text."] }),
      );
    const partOf = (one: ReturnType<typeof both>) =>
      scored([one])[0]?.parts.find(({ name }) => name === "sources") ?? { value: 0, reason: "" };
    expect(partOf(both(23))).toMatchObject({ value: 0.5, reason: "Two sources tell it: The Gazette and The Herald." });
    expect(partOf(both(36)).value).toBeCloseTo(0.25);
    expect(partOf(both(36)).reason).toContain("from before the time this edition covers");
    expect(partOf(both(36, null)).value).toBe(0.5);
    const [fresh] = scored([story(article(3, at(1)))]);
    expect(scored([both(40)])[0]?.score).toBeLessThan(fresh?.score ?? 0);
  });

  test("halves the points for recency in twelve hours, and counts an undated story by half", () => {
    const recency = (over: object) =>
      scored([story(article(1, over))])[0]?.parts.find(({ name }) => name === "recency")?.value;
    expect(recency(at(24))).toBeCloseTo(0.25);
    expect(recency({ seenAt: hoursBefore(12), published: null })).toBeCloseTo(0.25);
  });

  test("rises with the source's weight, and says so only if it isn't the usual one", () => {
    const of = (weight: number | null) =>
      scored([story(article(1))], {}, weight)[0]?.parts.find(({ name }) => name === "sourceWeight");
    expect(of(1)).toMatchObject({ value: 0.5, reason: null });
    expect(of(2)).toMatchObject({ value: 1, reason: "The Gazette counts more than usual (2)." });
    expect(of(null)).toMatchObject({ value: 0, reason: "The Gazette counts less than usual (0)." });
  });

  test("falls for a story without text, and further without an address", () => {
    const shown = (over: object) =>
      scored([story(article(1, over))])[0]?.parts.find(({ name }) => name === "completeness");
    expect(shown({})).toMatchObject({ value: 0.85, reason: "It comes with three paragraphs." });
    expect(shown({ paragraphs: [] })).toMatchObject({ value: 0.6, reason: "It comes with a summary." });
    expect(shown({ paragraphs: [], summary: "" })).toMatchObject({ value: 0.1 });
    expect(shown({ url: null })?.reason).toBe("It has no address to link to.");
  });

  test("orders stories, the best first and equal ones by id, whatever order they come in", () => {
    const stories = [5, 3, 30, 11].map((hours, n) => story(article(n + 1, at(hours))));
    const ids = scored(stories).map(({ candidate }) => candidate.id);
    expect(scored(stories.toReversed()).map(({ candidate }) => candidate.id)).toEqual(ids);
    const equal = [2, 1].map((n) => story(article(n, { title: `Rain ${n}`, ...at(2) })));
    const [first, second] = scored(equal, { recency: 0, subject: 0 });
    expect([first?.candidate.id, second?.candidate.id]).toEqual(equal.map(({ id }) => id).toSorted());
  });
});
