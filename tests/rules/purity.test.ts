import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const files = globSync("domain/**/*.ts");

/** What makes a rule impure without an import: the clock and randomness. Each is an argument in domain/. */
const impure = /Date\.now\(|new Date\(\)|Math\.random\(|randomUUID|randomBytes|Temporal\.Now|performance\.now/;

describe("domain", () => {
  it("is there", () => expect(files.length).toBeGreaterThan(5));
  it.each(files)("%s has no clock and no randomness of its own", (file) => {
    expect(readFileSync(file, "utf8")).not.toMatch(impure);
  });
});
