import { describe, expect, test } from "vitest";
import { markStep, type ScheduledEdition, scheduleDay, stepDue } from "#domain/edition/timing/schedule.ts";
import { type Calendar, calendarDay, weekdays } from "#domain/time/calendar.ts";

const rules: Calendar = {
  timeZone: "UTC",
  sendAt: "07:00",
  days: [...weekdays],
  skip: new Map(),
  extra: new Set(),
  draftBefore: 12,
};
const date = "2026-11-24";
const day = (change: Partial<Calendar> = {}) => calendarDay({ ...rules, ...change }, date);
const about = (now: string) => ({ newsletter: "daily", latest: "2026-11-24T10:00:00.000Z", now });
const stored = (change: Partial<ScheduledEdition> = {}): ScheduledEdition => {
  const first = scheduleDay(day(), undefined, about("2026-11-20T00:00:00.000Z"));
  if (first === null) throw new Error("the day was not stored");
  return { ...first, ...change };
};

describe("the stored times of an edition", () => {
  test("are the calendar's", () => {
    expect(stored()).toMatchObject({
      date,
      draftAt: "2026-11-23T19:00:00.000Z",
      gateAt: "2026-11-24T06:45:00.000Z",
      dueAt: "2026-11-24T07:00:00.000Z",
      latest: "2026-11-24T10:00:00.000Z",
      plannedAt: "2026-11-20T00:00:00.000Z",
      n: 1,
    });
  });

  test("stay as they are while the calendar does", () => {
    expect(scheduleDay(day(), stored(), about("2026-11-23T20:00:00.000Z"))).toBeNull();
  });

  test("are not begun for a time that has passed: a new newsletter has missed nothing", () => {
    expect(scheduleDay(day(), undefined, about("2026-11-24T07:00:00.000Z"))).toBeNull();
  });

  test("follow the config", () => {
    const moved = scheduleDay(day({ sendAt: "08:00" }), stored(), about("2026-11-24T05:00:00.000Z"));
    expect(moved).toMatchObject({ dueAt: "2026-11-24T08:00:00.000Z", plannedAt: "2026-11-24T05:00:00.000Z", n: 2 });
    expect(stepDue(moved ?? stored(), "2026-11-24T08:00:00.000Z")).toBe("due");
  });

  test("that a new config moves into the past start nothing", () => {
    const moved = scheduleDay(day({ sendAt: "05:00" }), stored(), about("2026-11-24T05:30:00.000Z"));
    expect(moved?.dueAt).toBe("2026-11-24T05:00:00.000Z");
    expect(stepDue(moved ?? stored(), "2026-11-24T05:30:00.000Z")).toBeNull();
  });

  test("end with a date that the config leaves out, and come back with it", () => {
    const skip = new Map([[date, "Holiday"]]);
    const gone = scheduleDay(day({ skip }), stored(), about("2026-11-24T05:00:00.000Z"));
    expect(gone?.dueAt).toBeNull();
    expect(stepDue(gone ?? stored(), "2026-11-24T07:00:00.000Z")).toBeNull();
    expect(scheduleDay(day({ skip }), gone ?? undefined, about("2026-11-24T05:01:00.000Z"))).toBeNull();
    expect(scheduleDay(day(), gone ?? undefined, about("2026-11-24T06:00:00.000Z"))?.dueAt).toBe(day().dueAt);
  });

  test("of an edition that is done do not change", () => {
    const done = stored({ doneAt: "2026-11-24T07:00:30.000Z" });
    expect(scheduleDay(day({ sendAt: "09:00" }), done, about("2026-11-24T08:00:00.000Z"))).toBeNull();
  });
});

describe("what is started", () => {
  const cases: [name: string, change: Partial<ScheduledEdition>, now: string, step: string | null][] = [
    ["nothing before the draft's time", {}, "2026-11-23T18:59:59.000Z", null],
    ["the draft", {}, "2026-11-23T19:00:00.000Z", "draft"],
    ["not at once again", { draftedAt: "2026-11-23T19:00:00.000Z" }, "2026-11-23T19:01:00.000Z", null],
    ["each hour, with new articles", { draftedAt: "2026-11-23T19:00:00.000Z" }, "2026-11-23T20:00:00.000Z", "draft"],
    ["the gate", { draftedAt: "2026-11-24T06:40:00.000Z" }, "2026-11-24T06:45:00.000Z", "gate"],
    ["the gate, without a draft", {}, "2026-11-24T06:50:00.000Z", "gate"],
    ["the gate once", { gatedAt: "2026-11-24T06:45:00.000Z" }, "2026-11-24T06:59:59.000Z", null],
    ["the edition, to the second", {}, "2026-11-24T07:00:00.000Z", "due"],
    ["the edition, after a sleep", {}, "2026-11-24T09:30:00.000Z", "due"],
    ["not while a run is under way", { triedAt: "2026-11-24T07:00:00.000Z" }, "2026-11-24T07:11:00.000Z", null],
    ["again after a run that left no mark", { triedAt: "2026-11-24T07:00:00.000Z" }, "2026-11-24T07:12:00.000Z", "due"],
    ["late, so a draft is held", {}, "2026-11-24T10:30:00.000Z", "due"],
    ["nothing a day later", {}, "2026-11-25T07:00:00.000Z", null],
    ["nothing once it is done", { doneAt: "2026-11-24T07:01:00.000Z" }, "2026-11-24T08:00:00.000Z", null],
  ];
  test.each(cases)("%s", (_, change, now, step) => expect(stepDue(stored(change), now)).toBe(step));

  test("is marked", () => {
    const now = "2026-11-24T07:00:00.000Z";
    expect(markStep(stored(), "draft", now)).toMatchObject({ draftedAt: now, n: 2 });
    expect(markStep(stored(), "gate", now)).toMatchObject({ gatedAt: now, n: 2 });
    expect(markStep(stored(), "due", now)).toMatchObject({ triedAt: now, n: 2 });
  });
});
