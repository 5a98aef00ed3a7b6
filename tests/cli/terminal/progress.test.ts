import { describe, expect, test } from "vitest";
import { barText, progressText, workCounts } from "#cli/terminal/progress.ts";
import { counts } from "../command-line.ts";

const cases: [name: string, change: object, text: string, cells: string][] = [
  ["nothing frozen yet", {}, "0 of 0 accepted", "░".repeat(30)],
  ["nothing sent yet", { audience: 50, waiting: 50 }, "0 of 50 accepted, 50 waiting", "░".repeat(30)],
  ["half of it", { audience: 50, accepted: 25, waiting: 25 }, "25 of 50 accepted, 25 waiting", "█".repeat(15)],
  ["all of it", { audience: 50, accepted: 50 }, "50 of 50 accepted", "█".repeat(30)],
  ["all unknown: none of it is green", { audience: 50, unknown: 50 }, "0 of 50 accepted, 50 unknown", "▒".repeat(30)],
  [
    "one waits of a million: the bar is not full",
    { audience: 1_000_000, accepted: 999_999, waiting: 1 },
    "999,999 of 1,000,000 accepted, 1 waiting",
    `${"█".repeat(29)}░`,
  ],
  [
    "each kind has its share",
    { audience: 300, accepted: 100, refused: 50, skipped: 50, unknown: 20, held: 10, failed: 30, waiting: 40 },
    "100 of 300 accepted, 50 refused, 50 skipped, 20 unknown, 10 held, 70 waiting",
    `${"█".repeat(10)}${"▓".repeat(10)}${"▒".repeat(3)}`,
  ],
  [
    "one held of many is visible",
    { audience: 10_000, accepted: 9_999, held: 1 },
    "9,999 of 10,000 accepted, 1 held",
    `${"█".repeat(29)}▒`,
  ],
];

describe("progress", () => {
  test.each(cases)("%s", (_, change, text, cells) => {
    const some = counts(change);
    expect(progressText(some)).toBe(text);
    expect(barText(some)).toBe(cells.padEnd(30, "░"));
  });

  test("an import has its own word", () => {
    expect(progressText(workCounts(2_000, 1_500), "processed")).toBe("500 of 2,000 processed, 1,500 waiting");
    expect(barText(workCounts(2_000, 1_500))).toBe("█".repeat(7).padEnd(30, "░"));
  });
});
