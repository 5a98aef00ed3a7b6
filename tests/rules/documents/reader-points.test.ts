import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const root = new URL("../../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const rows = [...read("docs/readers.md").matchAll(/^\| (D\d+) \| [^|]+ \| ([^|]+) \|$/gm)].map(
  ([, point = "", files = ""]) => ({ point, files: files.split(", ") }),
);

/** The name of a test that says which points it is about: `D14, D15: every page says …`. */
const pointsIn = (source: string): string[] =>
  [...source.matchAll(/["']((?:D\d+, )*D\d+): /g)].flatMap(([, points = ""]) => points.split(", "));

describe("the points of good public pages", () => {
  test("are in docs/readers.md, each once, none left out", () => {
    expect(rows.map(({ point }) => point)).toEqual(Array.from({ length: 20 }, (_, i) => `D${i + 1}`));
  });

  test.each(rows)("$point has a test that names it, in each file the table says", ({ point, files }) => {
    for (const file of files) expect(pointsIn(read(file)), file).toContain(point);
  });

  test("have no test in those files that the table does not know", () => {
    const known = new Map<string, Set<string>>();
    for (const { point, files } of rows)
      for (const file of files) known.set(file, (known.get(file) ?? new Set()).add(point));
    for (const [file, points] of known) for (const point of pointsIn(read(file))) expect(points, file).toContain(point);
  });
});
