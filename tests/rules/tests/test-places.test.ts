import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mirrored, roomsOfTheirOwn, subjectOf, testFiles } from "./test-places.ts";

describe("a test is found by the name of what it tests", () => {
  test("every folder of tests/ mirrors a room or has a reason of its own", () => {
    expect(readdirSync("tests").toSorted()).toEqual([...mirrored, ...Object.keys(roomsOfTheirOwn)].toSorted());
  });

  test("every unit test is named after a module or folder at its place, alone or with an aspect behind a dash", () => {
    expect(testFiles().length).toBeGreaterThan(100);
    expect(testFiles().filter((file) => subjectOf(file) === null)).toEqual([]);
  });

  const there = new Set(["domain/time/wall-clock.ts", "local/host", "cli/link.js"]);
  test.each([
    ["tests/domain/time/wall-clock.test.ts", "domain/time/wall-clock.ts"],
    ["tests/domain/time/wall-clock-gaps.test.ts", "domain/time/wall-clock.ts"],
    ["tests/local/host.test.ts", "local/host"],
    ["tests/local/host-restart.test.ts", "local/host"],
    ["tests/cli/link.test.ts", "cli/link.js"],
    ["tests/domain/time/wall.test.ts", null],
    ["tests/domain/time/clock.test.ts", null],
    ["tests/domain/wall-clock.test.ts", null],
    ["tests/local/hosts.test.ts", null],
  ])("%s is the test of %s", (file, subject) => {
    expect(subjectOf(file, (path) => there.has(path))).toBe(subject);
  });
});
