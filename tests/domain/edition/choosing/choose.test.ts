import { describe, expect, test } from "vitest";
import { chooseLead, chooseList } from "#domain/edition/choosing/choose.ts";
import type { Scored } from "#domain/edition/choosing/scoring/score.ts";
import { fieldOf } from "#domain/edition/content/make.ts";
import { article, articles, hoursBefore, ingredients } from "../../../testing/editions/edition-fixtures.ts";

const scoredOf = (found: ReturnType<typeof article>[]): Scored[] => fieldOf(ingredients({ articles: found })).scored;

describe("a list of stories", () => {
  test("is chosen in a few looks at each, though hundreds are of one headline", () => {
    const papers = ["gazette", "herald", "courier", "mercury"];
    const [told] = scoredOf([article(1, { title: "Mayors welcome harbour bridge after ten years of work" })]);
    if (told === undefined) throw new Error("one story is scored");
    let looks = 0;
    const pool = Array.from({ length: 800 }, (_, n): Scored => {
      const { candidate } = told;
      const from = { ...candidate.article, sourceId: papers[n % 4] ?? "", url: `https://paper.example/${n}` };
      const same = { ...told, candidate: { ...candidate, id: `${n}`, article: from } };
      return Object.defineProperty(same, "score", {
        get: () => {
          looks += 1;
          return told.score;
        },
      });
    });
    expect(chooseList(pool, [], 17)).toHaveLength(1);
    expect(looks).toBeLessThan(20 * pool.length);
  });

  test("has the best of those that aren't covered yet, in order, with deductions for what is above", () => {
    const same = (n: number, sourceId: string) =>
      article(900 + n, {
        title: "Mayors welcome harbour bridge after ten years of work",
        sourceId,
        seenAt: hoursBefore(1),
        published: hoursBefore(1),
      });
    const pool = scoredOf([
      ...articles(12, (n) => ({ sourceId: n % 2 === 0 ? "gazette" : "herald" })),
      same(1, "mercury"),
    ]);
    const [top] = pool;
    if (top === undefined) throw new Error("stories are scored");
    const again = { ...top, candidate: { ...top.candidate, id: "again" } };
    const picks = chooseList([top, again, ...pool.slice(1)], [], 8);
    expect(picks.map(({ scored }) => scored)).not.toContain(again);
    expect(picks).toHaveLength(8);
    const totals = picks.map(({ total }) => total);
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
  });

  test("has one of two headlines of which one is in the other", () => {
    const of = (n: number, sourceId: string, title: string) =>
      article(n, { sourceId, title, url: `https://${sourceId}.example/${n}` });
    const pairs = [
      of(801, "gazette", "Crane goes again after ten years"),
      of(802, "herald", "Crane goes again after ten years, say officials"),
      of(803, "gazette", "Night market"),
      of(804, "herald", "Night market grows into a second street"),
    ];
    const pool = pairs.flatMap((one) => scoredOf([one]));
    const titles = chooseList(pool, [], 8).map(({ scored }) => scored.candidate.article.title);
    expect(titles.filter((title) => title.startsWith("Crane"))).toHaveLength(1);
    expect(titles.filter((title) => title.startsWith("Night"))).toHaveLength(2);
  });
});

describe("a series of one source", () => {
  const firms = "Orlow Sunde Marland Ellery Calex Vandermeer Brackley Corvane".split(" ");
  const rated = firms.map((firm, n) =>
    article(800 + n, {
      title: `${firm} Outperform`,
      sourceId: "ticker",
      seenAt: hoursBefore(0.5),
      published: hoursBefore(0.5),
    }),
  );
  const others = articles(30, (n) => ({ sourceId: n % 2 === 0 ? "gazette" : "herald", paragraphs: ["One line."] }));
  const sourcesOf = (picks: { scored: Scored }[]) => picks.map(({ scored }) => scored.candidate.article.sourceId);

  test("takes two places, below others of about the same score", () => {
    const sources = sourcesOf(chooseList(scoredOf([...rated, ...others]), [], 17));
    expect(sources.filter((source) => source === "ticker")).toHaveLength(2);
    expect(sources[0]).not.toBe("ticker");
  });

  test("takes more where the list would be half empty, and leaves it short before that", () => {
    expect(sourcesOf(chooseList(scoredOf(rated), [], 17))).toHaveLength(firms.length);
    const some = others.slice(0, 9);
    expect(sourcesOf(chooseList(scoredOf([...rated, ...some]), [], 17))).toHaveLength(some.length + 2);
  });

  test("doesn't lead while there is other news", () => {
    expect(chooseLead(scoredOf([...rated, ...others]))?.candidate.article.sourceId).not.toBe("ticker");
    expect(chooseLead(scoredOf(rated))?.candidate.article.sourceId).toBe("ticker");
  });
});

describe("the lead", () => {
  const told = (n: number, hours: number, paragraphs: string[]) =>
    article(n, { sourceId: `paper${n}`, seenAt: hoursBefore(hours), published: hoursBefore(hours), paragraphs });

  test("is fresh news of one sentence rather than a long text of a day before", () => {
    const [short, long] = [told(1, 1, ["One sentence."]), told(2, 30, Array<string>(9).fill("A paragraph."))];
    expect(chooseLead(scoredOf([short, long]))?.candidate.id).toBe(short.id);
  });

  test("is the longer text of two that are as fresh", () => {
    const [short, long] = [told(1, 1, ["One sentence."]), told(2, 2, Array<string>(9).fill("A paragraph."))];
    expect(chooseLead(scoredOf([short, long]))?.candidate.id).toBe(long.id);
  });
});
