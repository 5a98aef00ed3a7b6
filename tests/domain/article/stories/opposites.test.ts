import { describe, expect, test } from "vitest";
import type { Article } from "#domain/article/article.ts";
import { areOpposite, divideOpposites } from "#domain/article/stories/opposites.ts";
import { cluster } from "#domain/article/stories/stories.ts";
import { article } from "../../../testing/editions/edition-fixtures.ts";

describe("two headlines tell opposite outcomes", () => {
  test.each([
    ["Marland shares close higher", "Marland shares close lower"],
    ["Rail fares to rise in May, minister says", "Rail fares fall in May"],
    ["Olsen wins the Northwick derby", "Olsen loses the Northwick derby"],
    ["Ellery ferry terminal opens after storm", "Ellery ferry terminal closes after storm"],
    ["Bus strike begins in Northwick", "Bus strike ends in Northwick"],
    ["Senate approves the harbour bill", "Senate rejects the harbour bill"],
    ["Wheat rises as barley falls", "Wheat falls as barley rises"],
    ["Milchpreise steigen weiter", "Milchpreise fallen weiter"],
    ["La Bourse de Lyon ouvre en hausse", "La Bourse de Lyon ouvre en baisse"],
    ["Sube el precio del aceite", "Cae el precio del aceite"],
    ["Bolsa do Porto fecha em alta", "Bolsa do Porto fecha em queda"],
    ["ارتفاع أسعار القمح", "انخفاض أسعار القمح"],
    ["הבורסה בחיפה ננעלה בעליות", "הבורסה בחיפה ננעלה בירידות"],
  ])("%s / %s", (one, other) => {
    expect(areOpposite(one, other)).toBe(true);
    expect(areOpposite(other, one)).toBe(true);
  });

  test.each([
    // One match, told from two sides.
    ["Olsen beats Brand in Northwick", "Brand loses to Olsen in Northwick"],
    ["Wheat rises as barley falls", "Barley falls as wheat rises"],
    ["Ferry fares rise", "Bread prices fall"],
    ["Rain of up to 40 mm in Ellery", "Ellery power lines down"],
    ["Ellery sales lower than feared", "Ellery sales rise"],
    ["Shares fall, then rise in Marland", "Shares rise in Marland"],
    ["Recall of Vandermeer brakes began in spring", "Recall of Vandermeer brakes nears its end"],
  ])("not: %s / %s", (one, other) => {
    expect(areOpposite(one, other)).toBe(false);
  });
});

const told = (title: string, n: number): Article =>
  article(n, { title, url: `https://paper-${n}.example/${n}`, sourceId: `paper-${n}`, summary: "", paragraphs: [] });
const titles = (all: readonly string[]) =>
  cluster(all.map((title, n) => told(title, n + 1))).map(({ articles }) => articles.map((one) => one.title).toSorted());

describe("stories", () => {
  const up = ["Port Ellery exchange closes higher on grain news", "Grain news: Port Ellery exchange closes higher"];
  const down = ["Port Ellery exchange closes lower on grain news", "Grain news: Port Ellery exchange closes lower"];

  test("are two where outcomes are opposite, each with all that tell it", () => {
    const found = titles([...up, ...down]);
    expect(found).toHaveLength(2);
    expect(found).toEqual(expect.arrayContaining([up.toSorted(), down.toSorted()]));
  });

  test("are two of two headlines that differ in nothing else", () => {
    expect(titles([up[0] ?? "", down[0] ?? ""])).toHaveLength(2);
  });
});

describe("a large group", () => {
  const rising = Array.from({ length: 9 }, () => "Marland exports rise");
  const divided = (all: readonly string[]) =>
    divideOpposites([...all.keys()], (member) => all[member] ?? null).map(({ length }) => length);

  test("keeps a few headlines that tell another side of it", () => {
    expect(divided([...rising, "Marland exports fall"])).toEqual([10]);
  });

  test("is divided where many do", () => {
    expect(divided([...rising, ...Array.from({ length: 4 }, () => "Marland exports fall")])).toEqual([9, 4]);
  });
});
