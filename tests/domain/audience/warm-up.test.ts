import { describe, expect, test } from "vitest";
import {
  admit,
  editionsLeft,
  endWarmUp,
  isOver,
  isWaiting,
  limitAhead,
  queueReaders,
  type Reception,
  type WarmUp,
} from "#domain/audience/warm-up.ts";

const at = "2026-11-23T07:00:00.000Z";
const settings = { first: 1_000, part: 0.2, factor: 1.5 };
const queue = (newcomers: number, before?: WarmUp, readers = 0) =>
  queueReaders(before, newcomers, { settings, readers, at });
const dateOf = (n: number) => `2026-12-${String(n).padStart(2, "0")}`;
const rise = (warmUp: WarmUp, n: number, reception: Reception = { is: "well" }) =>
  admit(warmUp, { date: dateOf(n), reception });

/** How many imported readers each edition admits, until it is all of them. */
function curve(newcomers: number, readers = 0): number[] {
  let { after: warmUp } = queue(newcomers, undefined, readers);
  const limits: number[] = [];
  for (let n = 1; !isOver(warmUp) && n < 31; n += 1) {
    const risen = rise(warmUp, n);
    warmUp = risen.after;
    limits.push(risen.admission.below);
  }
  return limits;
}

describe("the curve", () => {
  test("begins with the first size and grows by the factor, up to all of them", () => {
    expect(curve(5_000)).toEqual([1_000, 1_500, 2_250, 3_375, 5_000]);
  });

  test("admits an import of the first size at once, and of a part of the list", () => {
    expect(curve(1_000)).toEqual([1_000]);
    expect(curve(20_000, 100_000)).toEqual([20_000]);
    expect(curve(20_001, 100_000)).toEqual([20_000, 20_001]);
  });

  test("takes a million readers 19 editions, as it says beforehand", () => {
    expect(curve(1_000_000)).toHaveLength(19);
    const { after } = queue(1_000_000);
    expect(editionsLeft(after)).toBe(19);
    expect(limitAhead(after, 2)).toBe(1_500);
    expect(limitAhead(after, 30)).toBe(1_000_000);
  });
});

describe("the queue", () => {
  test("gives each import the ranks after the last one", () => {
    const first = queue(500);
    const second = queue(700, first.after);
    expect([first.rank, second.rank, second.after.queued]).toEqual([0, 500, 1_200]);
  });

  test("is joined by an import during a warm-up, whose curve stays", () => {
    const risen = rise(queue(5_000).after, 1).after;
    const joined = queue(5_000, risen, 1_000_000).after;
    expect(joined).toMatchObject({ from: 0, first: 1_000, admitted: 1_000, queued: 10_000, rises: 1 });
  });

  test("begins a warm-up of its own once the last one is over, and sends no one back", () => {
    const over = rise(queue(800).after, 1).after;
    const next = queue(9_000, over, 800).after;
    expect(next).toMatchObject({ from: 800, admitted: 800, first: 1_000, rises: 0, raisedFor: null });
    expect(rise(next, 2).admission).toEqual({ below: 1_800, from: 800 });
  });

  test("has no place for readers who were not imported: they never wait", () => {
    expect([isWaiting({}, 0), isWaiting({ rank: 7 }, 7), isWaiting({ rank: 6 }, 7)]).toEqual([false, true, false]);
  });
});

describe("an edition", () => {
  const begun = rise(queue(5_000).after, 3).after;

  test("has one limit, however often it is asked for", () => {
    expect(rise(begun, 3)).toEqual({ admission: { below: 1_000, from: 0 }, after: begun });
  });

  test("of an earlier date than the last admits no one new", () => {
    expect(rise(begun, 2)).toEqual({ admission: { below: 1_000, from: 0 }, after: begun });
  });

  test("admits no one new as long as the one before was not sent", () => {
    expect(rise(begun, 4, { is: "unsent" }).after).toBe(begun);
    expect(rise(queue(5_000).after, 1, { is: "unsent" }).admission.below).toBe(1_000);
  });

  test("admits no one new after one with too many bounces or complaints, and says why until one goes well", () => {
    const bad = { is: "bad", why: "Of 1,000 readers 60 bounced." } as const;
    const braked = rise(begun, 4, bad);
    expect([braked.admission.below, braked.after.braked]).toEqual([1_000, bad.why]);
    expect(rise(braked.after, 4, bad).after).toBe(braked.after);
    expect(rise(braked.after, 5).after).toMatchObject({ admitted: 1_500, braked: null });
  });

  test("after a warm-up has all readers, and counts none of them as new", () => {
    const ended = endWarmUp(begun);
    expect([isOver(ended), editionsLeft(ended), limitAhead(ended, 3)]).toEqual([true, 0, 5_000]);
    expect(rise(ended, 9).admission).toEqual({ below: 5_000, from: 5_000 });
  });
});
