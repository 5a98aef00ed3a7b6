import { describe, expect, test } from "vitest";
import { elapsedSince } from "#domain/delivery/pace/reading.ts";
import { claimIsFresh, leaseIsFresh, takeSender } from "#domain/delivery/pace/sender.ts";

const at = (minutes: number, seconds = 0) => new Date(Date.UTC(2026, 10, 23, 7, minutes, seconds)).toISOString();
describe("the sender", () => {
  test("trusts the clock on which more time has passed", () => {
    expect(elapsedSince({ wall: 1000, mono: 10 }, { wall: 1000, mono: 4010 })).toBe(4000);
    expect(elapsedSince({ wall: 1000, mono: 10 }, { wall: 61_000, mono: 10 })).toBe(60_000);
    expect(elapsedSince({ wall: 61_000, mono: 10 }, { wall: 1000, mono: 10 })).toBe(60_000);
    const began = { wall: 0, mono: 0 };
    expect(claimIsFresh(began, { wall: 4999, mono: 4999 })).toBe(true);
    expect(claimIsFresh(began, { wall: 5000, mono: 100 })).toBe(false);
    expect(leaseIsFresh(began, { wall: 7999, mono: 0 }, 15)).toBe(true);
    expect(leaseIsFresh(began, { wall: 8000, mono: 0 }, 15)).toBe(false);
  });

  test("keeps the previous sender's figures of the account", () => {
    const first = takeSender(undefined, "a", at(0), 15);
    expect(first).toMatchObject({ holder: "a", until: at(0, 15), rate: null });
    expect(takeSender({ ...first, rate: 14 }, "b", at(1), 15)).toMatchObject({
      holder: "b",
      until: at(1, 15),
      rate: 14,
    });
  });

  test("counts what it mails from zero, and keeps its index and the shares", () => {
    const shares = { senders: 2, rate: 10, since: at(0), until: at(0, 15) };
    const mailed = [{ newsletter: "daily", date: "2026-11-23", accepted: 5, refused: 0 }];
    const second = takeSender({ ...takeSender(undefined, "a", at(0), 15, 1), mailed }, "b", at(1), 15, 1);
    expect(second).toMatchObject({ index: 1, holder: "b" });
    expect(second.mailed).toBeUndefined();
    expect(takeSender({ ...takeSender(undefined, "a", at(0), 15), shares }, "b", at(1), 15).shares).toEqual(shares);
  });
});
