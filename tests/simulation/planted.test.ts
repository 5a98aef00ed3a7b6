import { describe, expect, test } from "vitest";
import { tell } from "./story.ts";
import { type Breach, broken } from "./verdict.ts";
import { editionsOf, weatherOf } from "./weather.ts";
import type { Bug } from "./world.ts";

/** A simulation that would not notice a mistake proves nothing: these are planted, and each must break the promise. */

const MOST = 2_000;

/** The first seed whose story shows one of the breaches, within so many editions. */
async function noticed(bug: Bug, symptoms: readonly Breach[]): Promise<number | undefined> {
  let editions = 0;
  for (let seed = 1; editions < MOST; seed++) {
    const weather = weatherOf(seed);
    editions += editionsOf(weather);
    const findings = broken(await tell({ seed, weather, bug }));
    if (findings.some(({ is }) => symptoms.includes(is))) return seed;
  }
  return undefined;
}

describe("a planted mistake is noticed", () => {
  test.each<[Bug, readonly Breach[]]>([
    ["record before the call", ["untrue"]],
    ["let the SDK retry", ["doubled"]],
    ["no condition on the claim", ["doubled", "untrue"]],
    ["gate before signing", ["too fast", "doubled"]],
    ["an empty page taken as the end", ["lost"]],
    ["UnprocessedKeys taken as erased", ["lost"]],
    ["commit without condition", ["lost", "doubled"]],
    ["a kick lost to a dying run", ["stuck"]],
  ])("%s", { timeout: 120_000 }, async (bug, symptoms) => {
    expect(await noticed(bug, symptoms)).toBeDefined();
  });
});
