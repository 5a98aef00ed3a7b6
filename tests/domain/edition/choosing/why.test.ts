import { describe, expect, it } from "vitest";
import { explainAll } from "#domain/edition/choosing/why.ts";
import { fieldOf, makeEdition } from "#domain/edition/content/make.ts";
import { article, articles, hoursBefore, id, ingredients, log } from "../../../testing/editions/edition-fixtures.ts";

describe("why", () => {
  it("explains every article there was, chosen or not, in sentences", () => {
    const pool = [
      ...articles(40, (n) => ({ sourceId: ["gazette", "herald", "courier"][n % 3] })),
      article(50, { language: "de" }),
      article(51, { title: article(1).title, sourceId: "mercury", published: hoursBefore(20) }),
    ];
    const all = ingredients({ articles: pool, decisions: log({ do: "remove", story: id(2) }) });
    const { scored, sorted } = fieldOf(all);
    const { content } = makeEdition(all);
    const explained = explainAll({ scored, left: sorted.left, decisions: all.decisions }, content);
    expect(explained.slice(0, 18).map(({ place }) => place)).toEqual(Array.from({ length: 18 }, (_, n) => n));
    const of = (story: string) => explained.find(({ storyId }) => storyId === story);
    expect(of(id(2))).toMatchObject({ place: null, reasons: expect.arrayContaining(["An editor removed it."]) });
    expect(of(id(50))).toMatchObject({ score: null, reasons: [expect.stringContaining("German")] });
    const out = explained.filter(({ place, score }) => place === null && score !== null);
    expect(out.length).toBeGreaterThan(10);
    for (const { reasons } of out) {
      expect(reasons[0]).toMatch(/points, and each story in the list|went before it|An editor removed|much like it/);
    }
  });
});
