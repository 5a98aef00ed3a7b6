import { describe, expect, test } from "vitest";
import { groupsOf, sectionNamed, sectionOrder } from "#domain/edition/choosing/sections.ts";
import type { Headline } from "#domain/edition/edition.ts";

const sections = ["World", "Science", "Sport"];
const headline = (title: string, section?: string): Headline => ({
  storyId: title,
  title,
  url: null,
  source: null,
  alsoIn: [],
  developing: false,
  reasons: [],
  ...(section === undefined ? {} : { section }),
});

describe("an article's section", () => {
  test.each([
    ["Science", { section: "Science" }],
    [" science ", { section: "Science" }],
    ["SPORT", { section: "Sport" }],
    ["Sports", {}],
    ["", {}],
    [null, {}],
  ])("called %s is %o", (given, section) => {
    expect(sectionNamed(given, sections)).toEqual(section);
  });
});

describe("headlines by section", () => {
  const list = [headline("a", "Sport"), headline("b"), headline("c", "World"), headline("d", "Sport"), headline("e")];

  test("are in the config's order of sections, those without one last", () => {
    expect(list.toSorted(sectionOrder(sections)).map(({ title }) => title)).toEqual(["c", "a", "d", "b", "e"]);
  });

  test("stay as they were without sections", () => {
    expect(list.toSorted(sectionOrder([]))).toEqual(list);
  });

  test("are numbered through, whatever heading they stand under", () => {
    const groups = groupsOf(list.toSorted(sectionOrder(sections)));
    expect(groups.map(({ section, start, headlines }) => [section, start, headlines.length])).toEqual([
      ["World", 1, 1],
      ["Sport", 2, 2],
      [null, 4, 2],
    ]);
    expect(groupsOf([])).toEqual([]);
  });
});
