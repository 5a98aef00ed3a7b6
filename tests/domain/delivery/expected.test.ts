import { describe, expect, test } from "vitest";
import { expectedEditions, isWholeDue, whyMissing } from "#domain/delivery/expected.ts";
import type { Counts, EditionState } from "#domain/edition/edition.ts";
import type { Calendar } from "#domain/time/calendar.ts";
import { localDate } from "#domain/time/instant.ts";
import { approved } from "../../testing/delivery/delivery-system.ts";

const calendar: Calendar = {
  timeZone: "Europe/London",
  sendAt: "07:00",
  days: ["mon", "tue", "wed", "thu", "fri"],
  skip: new Map([["2026-12-25", "Christmas"]]),
  extra: new Set(),
  draftBefore: 12,
};

describe("the edition that readers should have by now", () => {
  test.each([
    // Monday 30 November, due at 07:00Z, with two hours' grace.
    ["2026-11-30T08:59:59Z", undefined],
    ["2026-11-30T09:00:00Z", "2026-11-30"],
    ["2026-12-01T08:59:59Z", "2026-11-30"],
    ["2026-12-01T09:00:00Z", "2026-12-01"],
    // Friday's is reported until Saturday; nothing is expected on a Sunday.
    ["2026-12-05T08:00:00Z", "2026-12-04"],
    ["2026-12-05T10:00:00Z", undefined],
    ["2026-12-25T10:00:00Z", undefined],
    // Clocks went forward at 01:00Z that Sunday, so Monday's is due at 06:00Z.
    ["2027-03-29T08:00:00Z", "2027-03-29"],
  ])("at %s is %s", (now, date) => {
    const today = localDate(now, calendar.timeZone);
    expect(expectedEditions(calendar, { today, now, graceMinutes: 120 })[0]?.date).toBe(date);
  });
});

test("in local time the one before is looked at until its last readers have had their time", () => {
  const local = { ...calendar, firstZone: "Pacific/Kiritimati" };
  const dates = (now: string) =>
    expectedEditions(local, { today: localDate(now, "UTC"), now, graceMinutes: 120 }).map(({ date }) => date);
  // Tuesday's is due at 17:00Z on Monday in the first zone, and at 19:00Z on Tuesday in the last.
  expect(dates("2026-11-30T18:59:59Z")).toEqual(["2026-11-30"]);
  expect(dates("2026-11-30T19:00:00Z")).toEqual(["2026-12-01", "2026-11-30"]);
  expect(dates("2026-12-01T21:00:00Z")).toEqual(["2026-12-02", "2026-12-01"]);
  const cohorts = [{ due: "2026-12-01T19:00:00.000Z", readers: 1 }];
  const whole = (now: string) => isWholeDue({ ...approved(), cohorts }, { now, graceMinutes: 120 });
  expect([whole("2026-12-01T20:59:59.000Z"), whole("2026-12-01T21:00:00.000Z")]).toEqual([false, true]);
});

const none = { audience: 0, accepted: 0, refused: 0, failed: 0, skipped: 0, held: 0, unknown: 0, waiting: 0 };
const edition = (state: EditionState, more: object = {}) => ({
  ...approved(),
  state,
  frozenAt: "2026-11-30T07:00:10Z",
  reason: null,
  ...more,
});

/** Due two hours ago, and one. */
const cohortsDue = (first: number, second: number) => [
  { due: "2026-11-30T10:00:00.000Z", readers: first },
  { due: "2026-11-30T11:00:00.000Z", readers: second },
];

describe("why most readers don't have an edition", () => {
  test.each<[string, ReturnType<typeof edition> | undefined, Partial<Counts>, RegExp | undefined]>([
    ["none was made", undefined, {}, /was not made/],
    ["no one approved it", edition("draft", { frozenAt: null }), {}, /still a draft/],
    ["too little news", edition("skipped", { frozenAt: null, reason: "Only 2 headlines." }), {}, /skipped. Only 2/],
    ["held before it began", edition("held", { frozenAt: null, reason: "No sender." }), {}, /held. No sender/],
    ["slow", edition("sending"), { audience: 100, accepted: 89, waiting: 11 }, /for 89 of 100 readers; 11 wait/],
    ["halted", edition("halted", { reason: "Bounces." }), { audience: 100, accepted: 50, waiting: 50 }, /Bounces/],
    ["finished with unknown ones", edition("finished"), { audience: 100, accepted: 80, unknown: 20 }, /20 unknown/],
    ["on its way, and enough have it", edition("sending"), { audience: 100, accepted: 90, waiting: 10 }, undefined],
    [
      "readers who left don't count as missing",
      edition("finished"),
      { audience: 100, accepted: 45, skipped: 50, failed: 5 },
      undefined,
    ],
    ["an editor skipped it", edition("skipped", { frozenAt: null }), {}, undefined],
    ["a person cancelled it", edition("cancelled", { reason: "Wrong lead." }), {}, undefined],
    ["no one to send to", edition("finished"), {}, undefined],
    [
      "in local time, readers who aren't due don't count as missing",
      edition("sending", { cohorts: cohortsDue(30, 70) }),
      { audience: 100, accepted: 30, waiting: 70 },
      undefined,
    ],
    [
      "in local time, readers who are due count as missing",
      edition("sending", { cohorts: cohortsDue(30, 70) }),
      { audience: 100, accepted: 20, waiting: 80 },
      /for 20 of 30 readers who should have it by now/,
    ],
  ])("%s", (_, of, counts, why) => {
    const said = whyMissing(of, { ...none, ...counts }, { now: "2026-11-30T12:00:00.000Z", graceMinutes: 120 });
    if (why === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(why);
  });
});
