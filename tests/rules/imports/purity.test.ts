import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const files = globSync("domain/**/*.ts");

/** What makes a rule impure without an import: clock, randomness, waiting, and a port to the world. */
const impure =
  /\bPromise\b|\basync\b|\bawait\b|Date\.now\(|new Date\(\)|Math\.random\(|randomUUID|randomBytes|Temporal\.Now|performance\.now/;

describe("domain", () => {
  it("is there", () => expect(files.length).toBeGreaterThan(5));
  it.each(files)("%s has no clock, randomness, promise or port", (file) => {
    expect(readFileSync(file, "utf8")).not.toMatch(impure);
  });
});
