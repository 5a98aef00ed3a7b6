import { describe, expect, test } from "vitest";
import { isRefreshDue, keptUntil } from "#domain/article/retention.ts";

const now = Date.UTC(2026, 10, 23, 7);
const DAY = 24 * 3_600_000;

describe("how long an article is kept", () => {
  test("is 60 days after it was last in its feed, in epoch seconds", () => {
    expect(keptUntil(now)).toBe(Date.UTC(2027, 0, 22, 7) / 1000);
  });

  test("is moved on once a week while the feed has it", () => {
    const until = keptUntil(now);
    expect(isRefreshDue(until, now + 7 * DAY)).toBe(false);
    expect(isRefreshDue(until, now + 7 * DAY + 1000)).toBe(true);
  });

  test("is set for an article that was stored before articles expired", () => {
    expect(isRefreshDue(undefined, now)).toBe(true);
  });
});
