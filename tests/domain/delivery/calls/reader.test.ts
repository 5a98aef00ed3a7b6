import { describe, expect, test } from "vitest";
import type { Subscriber } from "#domain/audience/subscriber.ts";
import { readerStatusOf, successorOf } from "#domain/delivery/calls/reader.ts";

const at = (minutes: number, seconds = 0) => new Date(Date.UTC(2026, 10, 23, 7, minutes, seconds)).toISOString();
const id = (n: number) => n.toString(16).padStart(24, "0");
describe("a reader as of now", () => {
  const date = "2026-11-23";
  const subscriber = (change: Partial<Subscriber>): Subscriber => ({
    ...{ id: id(1), newsletter: "daily", address: "a@example.org", status: "active", consent: "", addedAt: at(0) },
    ...{ changedAt: at(0), origin: null, movedTo: null, movedAt: null },
    ...change,
  });
  test("is mailed, skipped or followed to a new address", () => {
    expect(readerStatusOf(subscriber({}), date)).toMatchObject({ is: "mail" });
    expect(readerStatusOf(undefined, date)).toEqual({ is: "skip" });
    for (const status of ["left", "removed", "pending"] as const) {
      expect(readerStatusOf(subscriber({ status }), date)).toEqual({ is: "skip" });
    }
    expect(readerStatusOf(subscriber({ pausedUntil: "2026-11-24" }), date)).toEqual({ is: "skip" });
    expect(readerStatusOf(subscriber({ pausedUntil: "2026-11-23" }), date)).toMatchObject({ is: "mail" });
    const moved = subscriber({ status: "moved", movedTo: id(2) });
    expect(readerStatusOf(moved, date)).toEqual({ is: "follow", from: id(1), to: id(2) });
  });

  test("is not followed to an address that was subscribed before", () => {
    expect(successorOf(id(1), subscriber({ id: id(2), origin: id(1) }), date)).toMatchObject({ is: "mail" });
    expect(successorOf(id(1), subscriber({ id: id(2), origin: null }), date)).toEqual({ is: "skip" });
    expect(successorOf(id(1), subscriber({ id: id(2), origin: id(3) }), date)).toEqual({ is: "skip" });
    expect(successorOf(id(1), undefined, date)).toEqual({ is: "skip" });
  });
});
