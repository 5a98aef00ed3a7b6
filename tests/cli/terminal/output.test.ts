import { expect, test } from "vitest";
import { forPlace } from "#cli/terminal/output.ts";

const advice = "Run npx --no-install broadsheet dlq list kicks, then npx --no-install broadsheet dlq redrive kicks.";

test("commands in an advice are for the system that was asked", () => {
  expect(forPlace(advice, { stack: "press" })).toBe(
    "Run npx --no-install broadsheet --stack press dlq list kicks, then npx --no-install broadsheet --stack press dlq redrive kicks.",
  );
  expect(forPlace(advice, { stack: "press", region: "eu-west-1" })).toContain(
    "npx --no-install broadsheet --stack press --region eu-west-1 dlq list",
  );
  expect(forPlace(advice, {})).toBe(advice);
});

test("what has its stack already keeps it", () => {
  const given = "npx --no-install broadsheet --stack press keys rotate all";
  expect(forPlace(given, { stack: "other" })).toBe(given);
});
