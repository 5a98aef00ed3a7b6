import { describe, expect, test } from "vitest";
import { canClear, withMail } from "#domain/audience/limits/contact.ts";
import { toInstant } from "#domain/time/instant.ts";

const MINUTE = 60_000;
const start = Date.UTC(2026, 10, 23, 7);
const minute = (minutes: number) => toInstant(start + minutes * MINUTE);

describe("mail that answers requests", () => {
  test("goes to one address at most every ten minutes", () => {
    const first = withMail(undefined, minute(0));
    expect(first).toEqual({ mailedAt: [minute(0)], clearedAt: null });
    expect(withMail(first, minute(9.9))).toBeUndefined();
    expect(withMail(first, minute(10))?.mailedAt).toEqual([minute(0), minute(10)]);
  });

  test("goes to one address at most five times in 24 hours", () => {
    const full = { mailedAt: [0, 10, 20, 30, 40].map(minute), clearedAt: null };
    expect(withMail(full, minute(24 * 60 - 1))).toBeUndefined();
    expect(withMail(full, minute(24 * 60))?.mailedAt).toEqual([10, 20, 30, 40, 24 * 60].map(minute));
  });

  test("has a limit of its own for links to the reader's data", () => {
    const confirmed = withMail(undefined, minute(0));
    const asked = withMail(confirmed, minute(1), "dataMailedAt");
    expect(asked).toEqual({ mailedAt: [minute(0)], dataMailedAt: [minute(1)], clearedAt: null });
    expect(withMail(asked, minute(10.9), "dataMailedAt")).toBeUndefined();
    expect(withMail(asked, minute(10.9))?.mailedAt).toEqual([minute(0), minute(10.9)]);
  });

  test("keeps when SES's suppression was lifted", () => {
    expect(withMail({ mailedAt: [], clearedAt: minute(0) }, minute(60))?.clearedAt).toBe(minute(0));
  });
});

test("SES's suppression of an address is lifted at most every 30 days", () => {
  const month = 30 * 24 * 60;
  const cleared = { mailedAt: [], clearedAt: minute(0) };
  expect(canClear(undefined, minute(0))).toBe(true);
  expect(canClear({ mailedAt: [], clearedAt: null }, minute(0))).toBe(true);
  expect(canClear(cleared, minute(month - 1))).toBe(false);
  expect(canClear(cleared, minute(month))).toBe(true);
});
