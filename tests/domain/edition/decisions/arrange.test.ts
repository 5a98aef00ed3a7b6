import { describe, expect, it } from "vitest";
import { arrange, type Step } from "#domain/edition/decisions/arrange.ts";

/** Letters stand for stories: the better ones first; of two of one letter the capital tells the same. */
const order = (natural: string, size: number) => ({
  natural: Array.from(natural, (item) => (item === "-" ? null : item)),
  size,
  lead: (items: readonly string[]) => items.toSorted()[0] ?? null,
  before: (one: string, other: string) => one < other,
  same: (one: string, other: string) => one.toLowerCase() === other.toLowerCase(),
});
/** `c2`: c is pinned at 2; `c?`: wherever it belongs; `c-`: removed; `c!`: kept. */
const steps = (text: string): Step<string>[] =>
  text
    .split(" ")
    .filter(Boolean)
    .map((word) => {
      const [item = "", ...to] = word;
      if (to[0] === "-") return { do: "remove", item };
      if (to[0] === "!") return { do: "keep", item };
      return { do: "place", item, to: to[0] === "?" ? null : Number(to.join("")) };
    });
const after = (natural: string, size: number, text: string) =>
  arrange(order(natural, size), steps(text))
    .list.map((item) => item ?? "-")
    .join("");

describe("the order that an editor makes", () => {
  it.each([
    ["is the natural one without a step", "abcdef", 4, "", "abcd"],
    ["moves a story up, and the others close up", "abcdef", 6, "e1", "aebcdf"],
    ["moves a story down over one that was moved", "abcdef", 6, "d3 b4", "acdebf"],
    ["keeps each step as it was seen, one after the other", "abcdef", 6, "f1 e1 d1", "adefbc"],
    ["makes the old lead the first headline", "abcdef", 4, "d0", "dabc"],
    ["lets the next lead where the lead is moved down", "abcdef", 4, "a2", "bcad"],
    ["fills a removed one's place with the next", "abcdef", 4, "b-", "acde"],
    ["finds the best lead where the lead is removed", "dbcaef", 4, "d-", "abce"],
    ["lets the last go where one comes in", "abcdef", 4, "z2", "abzc"],
    ["lets none go that was placed", "abcdef", 4, "d3 z2", "abzd"],
    ["takes the last place for one past the end", "abcdef", 4, "b9", "acdb"],
    ["puts a story where it belongs", "acdefg", 4, "b?", "abcd"],
    ["leaves a story that is there already where it is", "abcdef", 4, "d1 d?", "adbc"],
    ["brings a removed one back", "abcdef", 4, "b- b2", "acbd"],
    ["holds one that comes back and then another", "abcdef", 4, "b- c- b1 c2", "abcd"],
    ["keeps what is kept in, where it is", "abcdef", 4, "d! z1", "azbd"],
    ["brings in what is kept and would not be", "abcdef", 4, "f!", "abcf"],
    ["shows one of two that tell the same", "abcdef", 4, "C1", "aCbd"],
    ["has no lead where nothing makes one", "-bc", 4, "", "-bc"],
    ["has the lead an editor makes", "-bc", 4, "c0", "cb"],
    ["is empty where there is nothing", "-", 4, "", "-"],
  ])("%s", (_, natural, size, text, expected) => {
    expect(after(natural, size, text)).toBe(expected);
  });

  it("says what was placed, so it stays when news comes", () => {
    const { placed } = arrange(order("abcdef", 4), steps("c1 z? b-"));
    expect([...placed]).toEqual([
      ["c", "place"],
      ["z", "anywhere"],
    ]);
  });
});
