import { describe, expect, test } from "vitest";
import { endStateOf, freezeAction, isDue, lateReason, resumingOf, sendPermission } from "#domain/delivery/edition.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import { unknownCallsReason } from "#domain/delivery/table-identity.ts";

const at = (minutes: number, seconds = 0) => new Date(Date.UTC(2026, 10, 23, 7, minutes, seconds)).toISOString();
describe("permission to send an edition", () => {
  const sending = { state: "sending", latest: at(10), frozen: 50 } as const;
  const none = { accepted: 0, refused: 0 };
  test("is to send only while it is sending, in time and within the quota", () => {
    expect(sendPermission(sending, { due: at(0), now: at(10), quota: null, mailed: none })).toEqual({ may: "send" });
    for (const state of ["paused", "held", "halted", "cancelled", "finished", "freezing"] as const) {
      expect(sendPermission({ ...sending, state }, { due: at(0), now: at(0), quota: null, mailed: none })).toEqual({
        may: "stop",
      });
    }
    expect(sendPermission(sending, { due: at(0), now: at(10, 1), quota: null, mailed: none })).toMatchObject({
      may: "hold",
      reason: expect.stringMatching(/too late/),
    });
    expect(
      sendPermission({ ...sending, latest: null }, { due: at(0), now: at(59), quota: null, mailed: none }),
    ).toEqual({ may: "send" });
    expect(sendPermission(sending, { due: at(0), now: at(0), quota: 53, mailed: none })).toEqual({ may: "send" });
    expect(sendPermission(sending, { due: at(0), now: at(0), quota: 52, mailed: none })).toMatchObject({
      may: "hold",
      reason: expect.stringMatching(/50 readers/),
    });
  });

  test("ends when too many deliveries are refused, unless a person overrode it", () => {
    const mailed = { accepted: 190, refused: 4 };
    const permission = (change: object) =>
      sendPermission({ ...sending, ...change }, { due: at(0), now: at(0), quota: null, mailed: mailed });
    expect(permission({ bounced: 5 })).toEqual({ may: "send" });
    expect(permission({ bounced: 6 })).toMatchObject({
      may: "halt",
      reason: expect.stringMatching(/10 of the first 194 .*6 bounced/),
    });
    expect(permission({ bounced: 3, rejected: 3 })).toMatchObject({ may: "halt" });
    expect(permission({ complained: 2 })).toMatchObject({
      may: "halt",
      reason: expect.stringMatching(/2 of the first 194 readers called it spam/),
    });
    expect(permission({ bounced: 190, complained: 100, anyway: true })).toEqual({ may: "send" });
  });

  test("in local time each cohort has its own last moment, until a person overrides it", () => {
    const localTime = { time: "07:00", timeZone: "UTC", lateHours: 1, skipLate: false };
    const local = { ...sending, localTime, latest: at(180) };
    const may = (due: string, now: string, change = {}) =>
      sendPermission({ ...local, ...change }, { due, now, quota: null, mailed: none });
    expect(may(at(0), at(60))).toEqual({ may: "send" });
    expect(may(at(0), at(60, 1))).toMatchObject({
      may: "hold",
      reason: expect.stringMatching(/due at .*07:00.*anyway/),
    });
    expect(may(at(60), at(60, 1))).toEqual({ may: "send" });
    expect(may(at(0), at(180), { anyway: true })).toEqual({ may: "send" });
    expect(may(at(150), at(180, 1), { anyway: true })).toMatchObject({ may: "hold" });
    expect(may(at(0), at(999), { latest: null })).toEqual({ may: "send" });
  });

  test("is given when it is due, with a tolerance for clocks", () => {
    expect(isDue({ dueAt: null }, at(0))).toBe(true);
    expect(isDue({ dueAt: at(0, 5) }, at(0))).toBe(true);
    expect(isDue({ dueAt: at(0, 6) }, at(0))).toBe(false);
  });

  test("a freeze without progress is begun again, and given up after half an hour", () => {
    expect(freezeAction(at(0), undefined, at(2))).toBe("wait");
    expect(freezeAction(at(0), undefined, at(2, 1))).toBe("dispatch");
    expect(freezeAction(at(0), at(2), at(4))).toBe("wait");
    expect(freezeAction(at(0), at(29), at(30, 1))).toBe("hold");
  });

  test("ends finished, or held for a person", () => {
    expect(endStateOf({ ...noCounts, audience: 3, accepted: 2, skipped: 1 })).toEqual({
      state: "finished",
      reason: null,
    });
    expect(endStateOf({ ...noCounts, audience: 3, accepted: 2, held: 1 })).toMatchObject({ state: "held" });
  });
});

describe("resuming a stopped edition", () => {
  const reasonOfPrevious =
    "Held because the edition before it (2026-11-22) was not taken well: of 90 readers mailed, 9 bounced.";
  test.each([
    ["acts at once after a pause", { state: "paused", reason: "Paused by ed." }, "at-once"],
    ["is over a pause that outlasted the send window", { state: "paused", reason: null, latest: at(4) }, "only-anyway"],
    [
      "waits for a cause that can be fixed",
      { state: "held", reason: "Held because SES paused the account." },
      "once-fixed",
    ],
    ["is over a send window that passed", { state: "held", reason: lateReason({ latest: null }) }, "only-anyway"],
    ["is over bounces", { state: "halted", reason: "Halted because 9 of the first 50 bounced." }, "only-anyway"],
    ["is over the previous edition's bounces", { state: "held", reason: reasonOfPrevious }, "only-anyway"],
    ["is over calls that the table doesn't know", { state: "held", reason: unknownCallsReason }, "only-anyway"],
  ] as const)("%s", (_, edition, expected) => {
    expect(resumingOf({ latest: null, ...edition }, at(5))).toBe(expected);
  });
});
