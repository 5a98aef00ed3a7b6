import { describe, expect, test } from "vitest";
import { endOf, isHeldBy, isOver, mustRenew, mustTouch } from "#domain/desk/session.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;
const start = Date.UTC(2026, 10, 23, 7);
const session = {
  identity: { id: "s1", name: "Ann", email: null, groups: [] },
  signedInAt: start,
  usedAt: start,
  askedAt: start,
  renewal: "sealed",
};

describe("a session", () => {
  test("ends four hours after it was last used", () => {
    expect([isOver(session, start + 4 * HOUR - 1), isOver(session, start + 4 * HOUR)]).toEqual([false, true]);
  });

  test("ends 24 hours after signing in, however much it is used", () => {
    expect(endOf({ ...session, usedAt: start + 23 * HOUR })).toBe(start + 24 * HOUR);
  });

  test("writes down its use, and asks the provider again, after five minutes", () => {
    const [before, after] = [start + 5 * MINUTE - 1, start + 5 * MINUTE];
    expect([mustTouch(session, before), mustTouch(session, after)]).toEqual([false, true]);
    expect([mustRenew(session, before), mustRenew(session, after)]).toEqual([false, true]);
    expect(mustRenew({ ...session, renewal: null }, after)).toBe(false);
  });

  test("is found by its person's subject, address or name, in any case", () => {
    const holder = { hash: "h", id: "s1", name: "Ann Lee", email: "ann@harbour.example", signedInAt: start };
    for (const person of ["s1", " ann lee ", "ANN@harbour.example"]) expect(isHeldBy(holder, person)).toBe(true);
    expect(isHeldBy(holder, "Ann")).toBe(false);
    expect(isHeldBy({ ...holder, email: null }, "")).toBe(false);
  });
});
