import { describe, expect, it } from "vitest";
import { likeness, significantWords } from "#domain/edition/content/words.ts";

describe("words", () => {
  it("compare headlines by what they say", () => {
    expect(significantWords("The Mayor's café: “open” again")).toEqual(["mayors", "cafe", "open", "again"]);
    expect(significantWords("市長の辞任")).toEqual(["市長", "長の", "の辞", "辞任"]);
    expect(likeness(new Set(["a", "b"]), new Set(["b", "a"]))).toBe(1);
    expect(likeness(new Set(["a", "b"]), new Set(["b", "c"]))).toBeCloseTo(1 / 3);
    expect(likeness(new Set(), new Set())).toBe(0);
  });
});
