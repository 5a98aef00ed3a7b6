import { describe, expect, test } from "vitest";
import { CAPITAL, DIGIT, openTokenTable, TAIL_MARK } from "#domain/article/stories/token-table.ts";
import { tokensOf } from "#domain/article/stories/tokens.ts";
import { openNumbers } from "#domain/article/stories/word-numbers.ts";

function scanned(text: string): string[] | null {
  const table = openTokenTable();
  if (!table.scan(text)) return null;
  return table.last.tokens.slice(0, table.last.count).map((token) => table.textOf(token));
}

describe("a scanned text", () => {
  test.each([
    "",
    "x",
    "Ferry strike ends after nine days",
    "U.S. and AT&T don't agree 'so far'",
    "Don’t call it ‘over’: o’clock, O‘Hara’s",
    "“Over” — the council’s vote – 3.5 to 100,000…",
    "a.b..c 'd' e.'f g&&h.",
    "tail’s end’",
    "'90s & .5 and 5.",
    "tab\tline\nnull\0bell\x07del\x7f",
    "snake_case well-known | Harbour Gazette",
  ])("has the tokens of the expressions: %j", (text) => expect(scanned(text)).toEqual(tokensOf(text)));

  test.each(["café", "ελιά", "a\u00a0b", "five‐six", "100 €", "\ud800"])("is left to the expressions: %j", (text) =>
    expect(scanned(text)).toBeNull(),
  );

  test("tells what its characters are", () => {
    const table = openTokenTable();
    const seen = (text: string) => {
      table.scan(text);
      return [CAPITAL, DIGIT, TAIL_MARK].map((kind) => (table.last.seen & kind) !== 0);
    };
    expect(seen("ferry strike")).toEqual([false, false, false]);
    expect(seen("Ferry strike")).toEqual([true, false, false]);
    expect(seen("ferry 9 – late")).toEqual([false, true, true]);
    expect(seen("the Élan")).toEqual([true, false, false]);
    expect(seen("the élan")).toEqual([false, false, false]);
  });

  test("replaces the one before", () => {
    const table = openTokenTable();
    table.scan("one two three");
    table.scan("two");
    expect([table.last.count, table.last.tokens[0]]).toEqual([1, 1]);
    table.take(["three", "four"]);
    expect([table.last.count, ...table.last.tokens.slice(0, 2)]).toEqual([2, 2, 3]);
  });
});

describe("numbers of words", () => {
  test("are in the order of first use, however many there are", () => {
    const { numberOf, textOf, count } = openNumbers();
    const words = Array.from({ length: 20_000 }, (_, n) => `word${n}`);
    expect(words.map((word) => numberOf(word))).toEqual([...words.keys()]);
    expect(words.toReversed().map((word) => numberOf(word))).toEqual([...words.keys()].toReversed());
    expect([textOf(19_999), textOf(20_000), count()]).toEqual(["word19999", "", 20_000]);
  });

  test("are found as fast for words made to have one hash", () => {
    const { numberOf } = openNumbers();
    // "Aa" and "BB" have one hash, and so have words of as many of them.
    const words = Array.from({ length: 2 ** 14 }, (_, n) =>
      n.toString(2).padStart(14, "0").replaceAll("0", "Aa").replaceAll("1", "BB"),
    );
    const before = performance.now();
    expect(words.map((word) => numberOf(word))).toEqual([...words.keys()]);
    expect(words.map((word) => numberOf(word))).toEqual([...words.keys()]);
    expect(performance.now() - before).toBeLessThan(6000);
  }, 60_000);
});
