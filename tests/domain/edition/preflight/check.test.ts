import { describe, expect, test } from "vitest";
import { preflight } from "#domain/edition/preflight/check.ts";
import { inOneLine } from "./checked.ts";
import { lookCases } from "./look-cases.ts";
import { wordCases } from "./word-cases.ts";

const cases = { ...lookCases, ...wordCases };

/** Points of the specification that these checks don't cover, and where they are covered. */
const elsewhere: Record<string, string> = {
  B15: "axe needs a browser: tests/browser/email/email-axe.ts, and the visual harness",
  B19: "overflow is measured on pictures: tests/browser/email/email.test.ts",
  B26: "the email without styles is compared on pictures: tests/browser/email/email.test.ts",
};

test("every point of the specification is checked here or named with the place where it is", () => {
  const points = Array.from({ length: 41 }, (_, i) => `B${i + 1}`);
  const named = [...Object.keys(cases), ...Object.keys(elsewhere)].filter((point) => point.startsWith("B"));
  expect(named.toSorted()).toEqual(points.toSorted());
});

describe.each(Object.entries(cases))("%s", (point, all) => {
  test.each(all)("finds %s, and nothing else", (_, spoilt, patterns) => {
    const { facts, trials } = spoilt();
    const found = preflight(facts, trials).map(inOneLine);
    expect(found.some((line) => line.startsWith(`${point} `))).toBe(true);
    for (const pattern of patterns) expect(found.find((line) => pattern.test(line))).toBeDefined();
    expect(found.filter((line) => !patterns.some((pattern) => pattern.test(line)))).toEqual([]);
  });
});
