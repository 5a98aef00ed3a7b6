import { describe, expect, test } from "vitest";
import { admit, queueReaders, type WarmUp } from "#domain/audience/warm-up.ts";
import { newEdition } from "#domain/edition/states.ts";
import { warmUpOutlook } from "#domain/edition/timing/warm-up-outlook.ts";
import type { Calendar } from "#domain/time/calendar.ts";

const at = "2026-11-23T07:00:00.000Z";
const today = "2026-11-23";
const calendar: Calendar = {
  ...{ timeZone: "Europe/London", sendAt: "07:00", days: ["mon", "tue", "wed", "thu", "fri"], draftBefore: 12 },
  ...{ skip: new Map([["2026-11-26", "a holiday"]]), extra: new Set<string>() },
};
const queued = queueReaders(undefined, 3_000, {
  settings: { first: 1_000, part: 0.2, factor: 1.5 },
  readers: 0,
  at,
}).after;
const risen = admit(queued, { date: today, reception: { is: "well" } }).after;
const outlook = (warmUp: WarmUp, date: string, change: Partial<Parameters<typeof warmUpOutlook>[1]> = {}) =>
  warmUpOutlook(warmUp, { date, edition: undefined, editions: [], calendar, today, ...change });

describe("before an edition is frozen", () => {
  test("it says what the curve admits by then, and the last day by the calendar", () => {
    const about = { lastDate: "2026-11-27", braked: null };
    expect(outlook(queued, today)).toEqual({ admitted: 1_000, waiting: 2_000, ...about });
    expect(outlook(queued, "2026-11-25")).toEqual({ admitted: 2_250, waiting: 750, ...about });
    // Thursday is a holiday.
    expect(outlook(queued, "2026-11-27")).toEqual({ admitted: 3_000, waiting: 0, ...about });
  });

  test("the day after one that was, it goes on from there", () => {
    expect(outlook(risen, "2026-11-24")).toEqual({
      ...{ admitted: 1_500, waiting: 1_500, lastDate: "2026-11-27", braked: null },
    });
  });

  test.each([
    ["that was frozen before the import", { frozenAt: at, state: "finished" }],
    ["that too little news skipped", { frozenAt: null, state: "skipped" }],
    ["that an editor cancelled", { frozenAt: null, state: "cancelled" }],
  ] as const)("an edition %s admits none of its readers, so it ends one edition later", (_, had) => {
    const editions = [{ date: today, ...had }];
    const about = { lastDate: "2026-11-30", braked: null };
    expect(outlook(queued, today, { editions })).toEqual({ admitted: 0, waiting: 3_000, ...about });
    expect(outlook(queued, "2026-11-24", { editions })).toEqual({ admitted: 1_000, waiting: 2_000, ...about });
    expect(outlook(queued, "2026-11-30", { editions })).toEqual({ admitted: 3_000, waiting: 0, ...about });
    const open = [{ date: today, state: "approved", frozenAt: null }] as const;
    expect(outlook(queued, today, { editions: open })?.lastDate).toBe("2026-11-27");
  });

  test("if no one waits there is nothing to say", () => {
    expect(outlook({ ...queued, admitted: 3_000 }, "2026-11-24")).toBeNull();
  });

  test("no last day is named that is more than a year away", () => {
    expect(
      outlook({ ...queued, queued: 1e9 }, today, { calendar: { ...calendar, days: ["mon"], skip: new Map() } }),
    ).toMatchObject({ lastDate: "2027-07-26" });
    expect(outlook({ ...queued, queued: 1e9, factor: 1.01 }, today)?.lastDate).toBeNull();
  });
});

test("of an edition that is frozen it says what was counted", () => {
  const edition = newEdition({ newsletter: "daily", date: today, now: at, rev: 1, cutoff: at });
  const frozen = { ...edition, warmUp: { below: 1_000, from: 0, admitted: 990, waiting: 2_000 } };
  expect(outlook(risen, today, { edition: frozen })).toEqual({
    ...{ admitted: 990, waiting: 2_000, lastDate: "2026-11-27", braked: null },
  });
  const after = { ...edition, warmUp: { below: 3_000, from: 3_000, admitted: 0, waiting: 0 } };
  expect(outlook({ ...risen, admitted: 3_000 }, today, { edition: after })).toBeNull();
});
