import { describe, expect, test } from "vitest";
import { canClear, withMail } from "#domain/audience/contact.ts";
import { toInstant } from "#domain/time/instant.ts";

const MINUTE = 60_000;
const start = Date.UTC(2026, 10, 23, 7);
const after = (minutes: number) => toInstant(start + minutes * MINUTE);

describe("mail that answers requests", () => {
  test("goes to one address at most every ten minutes", () => {
    const first = withMail(undefined, after(0));
    expect(first).toEqual({ mailedAt: [after(0)], clearedAt: null });
    expect(withMail(first, after(9.9))).toBeUndefined();
    expect(withMail(first, after(10))?.mailedAt).toEqual([after(0), after(10)]);
  });

  test("goes to one address at most five times in 24 hours", () => {
    const full = { mailedAt: [0, 10, 20, 30, 40].map(after), clearedAt: null };
    expect(withMail(full, after(24 * 60 - 1))).toBeUndefined();
    expect(withMail(full, after(24 * 60))?.mailedAt).toEqual([10, 20, 30, 40, 24 * 60].map(after));
  });

  test("keeps when SES's suppression was lifted", () => {
    expect(withMail({ mailedAt: [], clearedAt: after(0) }, after(60))?.clearedAt).toBe(after(0));
  });
});

test("SES's suppression of an address is lifted at most every 30 days", () => {
  const month = 30 * 24 * 60;
  const cleared = { mailedAt: [], clearedAt: after(0) };
  expect(canClear(undefined, after(0))).toBe(true);
  expect(canClear({ mailedAt: [], clearedAt: null }, after(0))).toBe(true);
  expect(canClear(cleared, after(month - 1))).toBe(false);
  expect(canClear(cleared, after(month))).toBe(true);
});
