import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callSize, groupCount, groupNames, groupOf, SHARDS, shardsOf } from "#domain/delivery/pace/size.ts";

describe("the size of a call", () => {
  test.each([
    [0.5, 1],
    [1, 1],
    [1.5, 1],
    [14, 14],
    [50, 50],
    [80, 40],
    [97, 48],
    [200, 50],
    [500, 50],
    [5000, 50],
  ])("at a rate of %d is %d", (rate, size) => {
    expect(callSize(rate)).toBe(size);
  });

  test("whole calls a second use nearly all of the rate and never more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }), (rate) => {
        const size = callSize(rate);
        const perSecond = Math.floor(rate / size) * size;
        expect(size).toBeLessThanOrEqual(50);
        expect(perSecond).toBeLessThanOrEqual(rate);
        expect(perSecond / rate).toBeGreaterThanOrEqual(rate < 51 ? 0.98 : 0.96);
      }),
    );
  });
});

describe("groups", () => {
  test("there is one for every 10,000 readers, at least one and at most 256", () => {
    expect([0, 1, 10_000, 10_001, 1_000_000, 9_000_000].map(groupCount)).toEqual([1, 1, 1, 2, 100, 256]);
  });

  test("share all shards among themselves, neighbours together, each reader in the group of its shard", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 256 }), (groups) => {
        const shards = groupNames(groups).map((group) => shardsOf(group, groups));
        expect(shards.flat()).toEqual(Array.from({ length: SHARDS }, (_, shard) => shard));
        for (const [at, name] of groupNames(groups).entries()) {
          for (const shard of shards[at] ?? []) {
            expect(groupOf(`${shard.toString(16).padStart(2, "0")}${"f".repeat(22)}`, groups)).toBe(name);
          }
        }
      }),
    );
  });
});
