import { describe, expect, test } from "vitest";
import { audienceMoveOf, movesBetween, noMoves } from "#domain/audience/audience-day.ts";
import { movedAway, movedHere } from "#domain/audience/consent/moving.ts";
import type { Subscriber, SubscriberStatus } from "#domain/audience/subscriber.ts";

const at = "2026-11-23T07:00:00.000Z";
const id = "0".repeat(24);
const subscriber = (status: SubscriberStatus, change: Partial<Subscriber> = {}): Subscriber => ({
  ...{ id, newsletter: "daily", address: "ann@example.com", status, consent: "confirmed", addedAt: at },
  ...{ changedAt: at, origin: null, movedTo: null, movedAt: null },
  ...change,
});

describe("what a change means for the audience", () => {
  test.each<[SubscriberStatus | "none", SubscriberStatus, string | undefined]>([
    ["none", "pending", undefined],
    ["none", "active", "joined"],
    ["pending", "active", "joined"],
    ["left", "active", "joined"],
    ["active", "active", undefined],
    ["active", "left", "left"],
    ["active", "removed", "removed"],
    ["active", "bounced", "bounced"],
    ["active", "complained", "complained"],
    ["pending", "left", undefined],
    ["bounced", "complained", undefined],
  ])("%s to %s: %s", (before, after, move) => {
    expect(audienceMoveOf(before === "none" ? undefined : subscriber(before), subscriber(after))).toBe(move);
  });

  test("a change of address is neither joining nor leaving, on either side", () => {
    const from = subscriber("active");
    const who = { newsletter: "daily", id: "1".repeat(24), address: "anna@example.com" };
    const here = movedHere(undefined, who, from, at);
    expect(here && audienceMoveOf(undefined, here)).toBeUndefined();
    expect(audienceMoveOf(from, movedAway(from, who.id, at))).toBeUndefined();
    // Leaving under the new address and coming back counts as joining.
    const left = { ...subscriber("left"), origin: from.id };
    expect(audienceMoveOf(left, { ...left, status: "active" })).toBe("joined");
  });
});

describe("what happened between two editions", () => {
  const days = [
    { date: "2026-11-21", ...noMoves, joined: 2 },
    { date: "2026-11-22", ...noMoves, left: 1 },
    { date: "2026-11-24", ...noMoves, joined: 5, bounced: 3 },
  ];
  const counted = { since: "2026-11-21", days };

  test("is from the first one's date to the day before the second", () => {
    expect(movesBetween(counted, "2026-11-21", "2026-11-24")).toEqual({ ...noMoves, joined: 2, left: 1 });
    expect(movesBetween(counted, "2026-11-22", null)).toEqual({ ...noMoves, left: 1, joined: 5, bounced: 3 });
    expect(movesBetween(counted, "2026-11-23", "2026-11-24")).toEqual(noMoves);
  });

  test("isn't known where counting began later, and nothing is counted as zero", () => {
    expect(movesBetween(counted, "2026-11-20", "2026-11-22")).toBeNull();
    expect(movesBetween({ since: null, days: [] }, "2026-11-20", null)).toBeNull();
  });
});
