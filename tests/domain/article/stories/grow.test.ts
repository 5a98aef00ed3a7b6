import { describe, expect, it } from "vitest";
import { growGroups } from "#domain/article/stories/grow.ts";
import { readHeadlines } from "#domain/article/stories/terms.ts";
import { vectorsOf } from "#domain/article/stories/vectors.ts";

const told = ["grows", "reaches Marland", "costs millions", "angers drivers", "began in spring", "nears its end"];
const recall = told.map((what) => `Vandermeer recall over faulty Calex brakes ${what}`);
const aside = [
  "Ostmark plant hid Vandermeer brakes recall warnings",
  "Vandermeer brakes recall warnings hidden in Ostmark",
];
const other = ["Port Ellery ferry grounding hearing opens", "Hearing on Port Ellery ferry grounding begins"];
const titles = [...recall, ...aside, ...other];
const vectors = vectorsOf(readHeadlines(titles.map((title) => ({ title, url: null, summary: "", language: "en" }))));
const [large, pair, stranger] = [
  [0, 1, 2, 3, 4, 5],
  [6, 7],
  [8, 9],
];

describe("groups grow", () => {
  it("by small ones that are like the centre of a large one, and by no others", () => {
    const grown = growGroups(vectors, [stranger, pair, large], 0);
    expect(grown.toSorted(([a = 0], [b = 0]) => a - b)).toEqual([[...large, ...pair], stranger]);
  });

  it("but not where the window's mix asks for more", () => {
    expect(growGroups(vectors, [large, pair], 0.5)).toContainEqual(pair);
  });

  it("never by joining two pairs: what two share may be a name alone", () => {
    expect(growGroups(vectors, [[0, 1], pair], 0)).toHaveLength(2);
  });

  it("by headlines left over", () => {
    expect(growGroups(vectors, [large], 0)).toEqual([[...large, ...pair]]);
  });
});
