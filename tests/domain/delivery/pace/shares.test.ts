import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  divisorAt,
  isShareUsable,
  nextShares,
  type Shares,
  senderOfGroup,
  sendersFor,
} from "#domain/delivery/pace/shares.ts";
import { groupNames } from "#domain/delivery/pace/size.ts";
import { toInstant } from "#domain/time/instant.ts";

const start = Date.UTC(2026, 10, 23, 7);
const plenty = { rate: 20_000, free: Number.POSITIVE_INFINITY, leaseSeconds: 15 };
const given = (change: Partial<Shares> = {}): Shares => ({
  ...{ senders: 4, rate: 5_000, since: toInstant(start), until: toInstant(start + 15_000) },
  ...change,
});

describe("groups are divided", () => {
  test("among all senders, each group to one of them, evenly", () => {
    for (const senders of [1, 2, 3, 4, 8]) {
      const counts = new Array<number>(senders).fill(0);
      for (const group of groupNames(256)) {
        const index = senderOfGroup(group, senders);
        counts[index] = (counts[index] ?? 0) + 1;
      }
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  test("with welcomes for the first sender", () => {
    expect(senderOfGroup("welcome", 4)).toBe(0);
    expect(senderOfGroup("fe", 4)).toBe(2);
  });
});

describe("how many senders share", () => {
  test("is the setting, as long as each has ten recipients a second", () => {
    expect(sendersFor(4, plenty)).toBe(4);
    expect(sendersFor(4, { ...plenty, rate: 40 })).toBe(4);
    expect(sendersFor(4, { ...plenty, rate: 39 })).toBe(3);
    expect(sendersFor(4, { ...plenty, rate: 14 })).toBe(1);
    expect(sendersFor(4, { ...plenty, rate: 0.5 })).toBe(1);
    expect(sendersFor(1, plenty)).toBe(1);
  });

  test("is one while the quota lasts for less than four leases", () => {
    expect(sendersFor(4, { ...plenty, free: 20_000 * 60 })).toBe(4);
    expect(sendersFor(4, { ...plenty, free: 20_000 * 60 - 1 })).toBe(1);
  });
});

describe("shares", () => {
  test("begin when there are none, and are as large as the rate divided by the senders", () => {
    expect(nextShares(undefined, 4, plenty, start)).toEqual(given());
    expect(nextShares(undefined, 1, plenty, start)).toBeUndefined();
  });

  test("are renewed with the rate of now", () => {
    const after = nextShares(given(), 4, { ...plenty, rate: 8_000 }, start + 3_000);
    expect(after).toEqual(given({ rate: 2_000, until: toInstant(start + 18_000) }));
  });

  test.each([1, 2, 8])("aren't renewed when %d should share, and end before others begin", (senders) => {
    expect(nextShares(given(), senders, plenty, start + 15_000)).toEqual(given());
    expect(nextShares(given(), senders, plenty, start + 16_100)).toEqual(given());
    const after = nextShares(given(), senders, plenty, start + 16_101);
    expect(after?.senders).toBe(senders === 1 ? undefined : senders);
    expect(after?.since).toBe(senders === 1 ? undefined : toInstant(start + 16_101));
  });

  test("that end become smaller with the rate, and never larger", () => {
    expect(nextShares(given(), 1, { ...plenty, rate: 400 }, start)?.rate).toBe(100);
    expect(nextShares(given(), 1, { ...plenty, rate: 40_000 }, start)?.rate).toBe(5_000);
  });

  test("divide the first sender's rate too, until no departure of others can count any more", () => {
    expect(divisorAt(undefined, 20_000, start)).toBe(1);
    expect(divisorAt(given(), 20_000, start)).toBe(4);
    expect(divisorAt(given(), 20_000, start + 16_100)).toBe(4);
    expect(divisorAt(given(), 20_000, start + 16_101)).toBe(1);
    // At one in two seconds, a departure counts for more than two.
    expect(divisorAt(given(), 0.5, start + 17_200)).toBe(4);
    expect(divisorAt(given(), 0.5, start + 17_201)).toBe(1);
  });

  test("are used only while they were read a short time ago, and end long before that by the clock that shows more", () => {
    const read = { wall: start + 1_000, mono: 50 };
    const later = (wall: number, mono = wall) => ({ wall: read.wall + wall, mono: read.mono + mono });
    const fresh = given({ until: toInstant(start + 16_000) });
    expect(isShareUsable(fresh, read, later(7_999), 15)).toBe(true);
    expect(isShareUsable(fresh, read, later(8_000), 15)).toBe(false);
    expect(isShareUsable(fresh, read, later(0, 8_000), 15)).toBe(false);
    expect(isShareUsable(fresh, read, later(8_000, 0), 15)).toBe(false);
    // The clock of the first sender is two seconds ahead.
    expect(isShareUsable(given({ until: toInstant(start + 18_000) }), read, later(7_999), 15)).toBe(true);
    expect(isShareUsable(given({ until: toInstant(start + 18_000) }), read, later(8_000), 15)).toBe(false);
    expect(isShareUsable(given({ until: toInstant(start + 10_000) }), read, later(1_999), 15)).toBe(true);
    expect(isShareUsable(given({ until: toInstant(start + 10_000) }), read, later(2_000), 15)).toBe(false);
  });

  test("below one a second are used by no one, because several could leave in the same second", () => {
    const read = { wall: start, mono: 0 };
    expect(isShareUsable(given({ rate: 1 }), read, read, 15)).toBe(true);
    expect(isShareUsable(given({ rate: 0.99 }), read, read, 15)).toBe(false);
  });
});

test("clocks that differ by two seconds never let old shares and another division be used at once", () => {
  const skew = fc.integer({ min: -2_000, max: 2_000 });
  fc.assert(
    fc.property(skew, skew, skew, fc.integer({ min: 0, max: 20_000 }), (giver, user, next, readAt) => {
      const shares = given({ since: toInstant(start + giver), until: toInstant(start + giver + 15_000) });
      const read = { wall: start + readAt + user, mono: readAt };
      for (let now = readAt; now < readAt + 9_000; now += 50) {
        const isUsed = isShareUsable(shares, read, { wall: start + now + user, mono: now }, 15);
        if (isUsed) expect(divisorAt(shares, 20_000, start + now + next)).toBe(4);
      }
    }),
    { numRuns: 50 },
  );
});
