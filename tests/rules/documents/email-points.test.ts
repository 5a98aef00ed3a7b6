import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const root = new URL("../../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const rows = [...read("docs/decisions/email.md").matchAll(/^\| (B\d+) \| [^|]+ \| ([^|]+) \|$/gm)].map(
  ([, point = "", files = ""]) => ({ point, files: files.split(", ") }),
);

/** The name of a test that says which points it is about: `B30, B31: reaches SES …`. */
const pointsIn = (source: string): string[] =>
  [...source.matchAll(/["']((?:B\d+, )*B\d+): /g)].flatMap(([, points = ""]) => points.split(", "));

describe("the points of a good digest email", () => {
  test("are in docs/decisions/email.md, each once, none left out", () => {
    expect(rows.map(({ point }) => point)).toEqual(Array.from({ length: 41 }, (_, i) => `B${i + 1}`));
  });

  test.each(rows)("$point has a test that names it, in each file the table says", ({ point, files }) => {
    for (const file of files) expect(pointsIn(read(file)), file).toContain(point);
  });

  test("have no test that the table does not know", () => {
    const known = new Map<string, Set<string>>();
    for (const { point, files } of rows)
      for (const file of files) known.set(file, (known.get(file) ?? new Set()).add(point));
    for (const [file, points] of known) for (const point of pointsIn(read(file))) expect(points, file).toContain(point);
  });
});
