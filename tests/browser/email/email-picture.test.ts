import { describe, expect, test } from "vitest";
import { decoded, difference, kept, type Picture, tolerance } from "./email-picture.ts";

/** A picture whose pixels `paint` gives. */
const picture = (paint: (x: number, y: number) => [number, number, number], height = 100): Picture => ({
  width: 300,
  height,
  data: Buffer.from(Array.from({ length: 300 * height }, (_, i) => paint(i % 300, Math.floor(i / 300))).flat()),
});
const paper = (x: number, y: number): [number, number, number] =>
  y % 20 < 8 && x % 5 < 2 ? [27, 25, 22] : [253, 250, 244];
const shade =
  (by: number) =>
  (x: number, y: number): [number, number, number] => {
    const [red, green, blue] = paper(x, y);
    return [red + by, green - by, blue + by];
  };

describe("a golden picture", () => {
  const before = picture(paper);

  test("is kept small, and what it was is not changed by keeping it", async () => {
    const file = await kept(before);
    expect(file.length).toBeLessThan(1_500);
    expect(difference(await decoded(file), before).share).toBe(0);
  });

  test.each([
    ["a browser's own shade more or less", picture(shade(2)), false],
    [
      "another accent in one word",
      picture((x, y) => (x < 30 && y < 8 && x % 5 < 2 ? [154, 27, 30] : paper(x, y))),
      true,
    ],
    ["a word more", picture((x, y) => (x > 280 && y > 10 && y < 18 ? [27, 25, 22] : paper(x, y))), true],
    ["one pixel more or less", picture((x, y) => (x === 9 && y === 9 ? [27, 25, 22] : paper(x, y))), false],
    ["another height", picture(paper, 101), true],
  ])("%s", async (_, now, isChanged) => {
    const { share } = difference(await decoded(await kept(before)), now);
    expect(share > tolerance).toBe(isChanged);
  });

  test("shows in red where it changed", () => {
    const { map } = difference(
      before,
      picture((x, y) => (x === 9 && y === 9 ? [27, 25, 22] : paper(x, y))),
    );
    expect([...map.data.subarray((9 * 300 + 9) * 3, (9 * 300 + 9) * 3 + 3)]).toEqual([200, 0, 0]);
  });
});
