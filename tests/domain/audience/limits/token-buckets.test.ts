import { expect, test } from "vitest";
import { tokenBuckets } from "#domain/audience/limits/token-buckets.ts";

test("a client may take its burst at once, and then as many as the rate gives back", () => {
  const buckets = tokenBuckets({ rate: 2, burst: 3 });
  expect([0, 0, 0, 0].map((at) => buckets.take("a", at))).toEqual([0, 0, 0, 0.5]);
  expect(buckets.take("a", 499)).toBeGreaterThan(0);
  expect(buckets.take("a", 500)).toBe(0);
  expect(buckets.take("b", 500)).toBe(0);
});

test("a pause gives back the burst and no more", () => {
  const buckets = tokenBuckets({ rate: 1, burst: 2 });
  buckets.take("a", 0);
  expect([1e9, 1e9, 1e9].map((at) => buckets.take("a", at))).toEqual([0, 0, 1]);
});

test("a clock that goes back takes nothing away", () => {
  const buckets = tokenBuckets({ rate: 1, burst: 2 });
  buckets.take("a", 10_000);
  expect(buckets.take("a", 0)).toBe(0);
});

test("memory is bounded: the client seen longest ago is forgotten first", () => {
  const buckets = tokenBuckets({ rate: 1, burst: 1 });
  buckets.take("first", 0);
  for (let client = 0; client < 9_999; client += 1) buckets.take(`c${client}`, 0);
  expect(buckets.take("first", 0)).toBeGreaterThan(0);
  for (let client = 0; client < 10_000; client += 1) buckets.take(`d${client}`, 0);
  expect(buckets.take("first", 0)).toBe(0);
});
