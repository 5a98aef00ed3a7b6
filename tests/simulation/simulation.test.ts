import { describe, expect, test } from "vitest";
import { tellSeed } from "./tally.ts";
import { editionsOf, weatherOf } from "./weather.ts";

/** As many editions are told each time; `npm run simulate` tells more. */
const EDITIONS = 2_000;
const PARTS = 4;

/** Seeds of one part, of stories with about so many editions. */
function seedsOf(part: number): number[] {
  const seeds: number[] = [];
  let editions = 0;
  for (let seed = part + 1; editions < EDITIONS / PARTS; seed += PARTS) {
    seeds.push(seed);
    editions += editionsOf(weatherOf(seed));
  }
  return seeds;
}

describe("the promise holds, whatever goes wrong", () => {
  test.each(Array.from({ length: PARTS }, (_, part) => part))(
    "part %d",
    async (part) => {
      for (const seed of seedsOf(part)) {
        const { findings } = await tellSeed(seed);
        expect(findings, `seed ${seed}; see: npm run simulate -- --seed ${seed}`).toEqual([]);
      }
    },
    120_000,
  );
});

test("the same seed tells the same story, and another one another", async () => {
  const digests = [];
  for (const seed of [21, 22, 21, 22]) digests.push((await tellSeed(seed)).digest);
  expect(digests.slice(0, 2)).toEqual(digests.slice(2));
  expect(new Set(digests).size).toBe(2);
});
