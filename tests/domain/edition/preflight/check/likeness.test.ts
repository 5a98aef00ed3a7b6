import fc from "fast-check";
import { expect, test } from "vitest";
import { likeness } from "#domain/edition/preflight/check/likeness.ts";

/** The length of the longest common sequence, the slow way. */
function inCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    for (const [i, other] of b.entries())
      next.push(word === other ? (row[i] ?? 0) + 1 : Math.max(row[i + 1] ?? 0, next[i] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}

test("the likeness of two texts is their longest common sequence of words", () => {
  const words = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 30 });
  fc.assert(
    fc.property(words, words, (one, other) => {
      const both = one.length + other.length;
      const slow = both === 0 ? 1 : (2 * inCommon(one, other)) / both;
      expect(likeness(one, other, 0)).toBeCloseTo(slow, 10);
      expect(likeness(one, other, 0.8)).toBeCloseTo(slow >= 0.8 - 1e-9 ? slow : 0, 10);
    }),
  );
});

test("long texts that differ are found different at once", () => {
  const one = Array.from({ length: 20_000 }, (_, i) => `a${i}`);
  expect(
    likeness(
      one,
      one.map((word) => `${word}x`),
      0.95,
    ),
  ).toBe(0);
});
