import { expect, test } from "vitest";
import { readable } from "#domain/article/furniture/furniture.ts";

/** Microseconds of processor time for a line of this piece again and again, which isn't furniture in the end. */
function costOf(piece: string, times: number): number {
  const before = process.cpuUsage();
  for (let n = 0; n < 3; n += 1)
    readable(["One sentence says this.", `${piece.repeat(times)}${n} and more`], "A title");
  return process.cpuUsage(before).user;
}

test.each([
  "#likes:1 ",
  "likes:1,. ",
  "1 likes,,",
  "1 participante-",
  "participante:1 ",
  "Words by A B C D.",
  "…..>...",
])("a line of many counts like %s takes no time of its own", (piece) => {
  costOf(piece, 8);
  // Twice as long took five hundred times as long.
  expect(costOf(piece, 17)).toBeLessThan(30 * costOf(piece, 8) + 20_000);
});

test("counts in a row are furniture", () => {
  for (const line of [
    "Comments: 12 # Views: 1.3 k",
    "#Likes: 3, shares: 4/5",
    "12 comments · 1,300 views",
    "Score: 3.",
  ])
    expect(readable(["One sentence says this.", line], "A title")).toEqual(["One sentence says this."]);
});

test("dots after a word are read once", () => {
  const before = process.cpuUsage();
  readable(["One sentence says this.", `More ${".".repeat(200)}-`], "A title");
  expect(process.cpuUsage(before).user).toBeLessThan(100_000);
});
