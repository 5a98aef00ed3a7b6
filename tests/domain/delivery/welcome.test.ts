import { describe, expect, test } from "vitest";
import { endStateOf } from "#domain/delivery/edition.ts";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import {
  chooseWelcome,
  editionsToJoin,
  isWelcomeOver,
  laterEditions,
  welcomeBatch,
  withdrawn,
} from "#domain/delivery/welcome.ts";
import type { Edition } from "#domain/edition/edition.ts";

const now = "2026-11-23T12:00:00.000Z";
const edition = (date: string, state: Edition["state"], change: Partial<Edition> = {}): Edition => ({
  ...{ newsletter: "daily", date, state, reason: null, stage: null, rev: 1, cutoff: null, createdAt: now },
  ...{ approvedAt: null, dueAt: null, latest: null, frozenAt: null, groups: null, size: null, frozen: null },
  ...change,
});
const frozen = { frozenAt: "2026-11-22T07:00:00.000Z", groups: 1, size: 50, frozen: 9 };
const held = (held: number) => ({ ...frozen, ...endStateOf({ ...noCounts, audience: 9, held }) });

const choices: [string, readonly Edition[], string][] = [
  ["nothing was ever sent", [], "none"],
  ["there are only drafts", [edition("2026-11-24", "draft"), edition("2026-11-23", "skipped")], "none"],
  [
    "the newest is finished",
    [edition("2026-11-22", "finished", frozen), edition("2026-11-21", "finished", frozen)],
    "2026-11-22",
  ],
  ["a later one is drafted", [edition("2026-12-24", "draft"), edition("2026-11-22", "finished", frozen)], "2026-11-22"],
  ["one is being frozen", [edition("2026-11-23", "freezing"), edition("2026-11-22", "finished", frozen)], "wait"],
  [
    "one is due",
    [edition("2026-11-23", "approved", { dueAt: now }), edition("2026-11-22", "finished", frozen)],
    "wait",
  ],
  [
    "one is due tomorrow",
    [
      edition("2026-11-24", "approved", { dueAt: "2026-11-24T07:00:00.000Z" }),
      edition("2026-11-22", "finished", frozen),
    ],
    "2026-11-22",
  ],
  [
    "one is on its way",
    [edition("2026-11-23", "sending", frozen), edition("2026-11-22", "finished", frozen)],
    "2026-11-22 unless in 2026-11-23",
  ],
  ["the first of all is on its way", [edition("2026-11-23", "sending", frozen)], "wait"],
  [
    "the first of all is held",
    [edition("2026-11-23", "held", { ...frozen, reason: "Held because SES is paused." })],
    "none",
  ],
  ["a person decides about some of its readers", [edition("2026-11-22", "held", held(2))], "2026-11-22"],
  [
    "it is held for another reason",
    [
      edition("2026-11-23", "held", { ...frozen, reason: "Held because SES is paused." }),
      edition("2026-11-22", "finished", frozen),
    ],
    "2026-11-22 unless in 2026-11-23",
  ],
  [
    "a freeze was given up",
    [edition("2026-11-23", "held", { ...frozen, frozen: null }), edition("2026-11-22", "finished", frozen)],
    "2026-11-22",
  ],
  [
    "the newest is old",
    [edition("2026-10-01", "finished", { ...frozen, frozenAt: "2026-10-01T07:00:00.000Z" })],
    "none",
  ],
];

test.each(choices)("which edition welcomes a reader, when %s", (_, editions, expected) => {
  const choice = chooseWelcome(editions, now);
  const newer = choice.is === "edition" ? choice.newer.map(({ date }) => ` unless in ${date}`).join("") : "";
  expect(choice.is === "edition" ? choice.edition.date + newer : choice.is).toBe(expected);
});

describe("a reader who confirms while an edition in local time is on its way", () => {
  const localTime = { time: "07:00", timeZone: "UTC", lateHours: 3, skipLate: false };
  const cohorts = [{ due: "2026-11-22T22:00:00.000Z", readers: 9 }];
  const local = edition("2026-11-23", "sending", {
    ...{ ...frozen, frozenAt: "2026-11-22T17:00:00.000Z", stage: "full", localTime, cohorts },
  });
  const before = edition("2026-11-22", "finished", frozen);
  const chosen = (zone: string, one = local) => {
    const choice = chooseWelcome([one, before], now, zone);
    return choice.is === "edition" ? choice.edition.date : choice.is;
  };
  const joined = (zone: string | undefined, one = local) =>
    editionsToJoin([one, before], zone, now).map(({ edition: { date }, ownTime }) => [date, ownTime]);

  test("is welcomed with it if their time has passed, and joins it if that is still ahead", () => {
    expect([chosen("Asia/Tokyo"), joined("Asia/Tokyo")]).toEqual(["2026-11-23", []]);
    expect(chosen("America/Los_Angeles")).toBe("2026-11-22");
    expect(joined("America/Los_Angeles")).toEqual([["2026-11-23", "2026-11-23T15:00:00.000Z"]]);
    expect(joined(undefined)).toEqual([]);
  });

  test("of a newsletter's first edition does not wait for its last cohort", () => {
    const first = (zone: string, change: Partial<Edition> = {}) =>
      chooseWelcome([{ ...local, ...change }], now, zone).is;
    expect(first("Asia/Tokyo")).toBe("edition");
    expect(first("America/Los_Angeles")).toBe("none");
    expect(first("Asia/Tokyo", { stage: "canary" })).toBe("wait");
  });

  test("is not welcomed with it while its first readers decide, nor when it was stopped", () => {
    expect(chosen("Asia/Tokyo", { ...local, stage: "canary" })).toBe("2026-11-22");
    for (const state of ["held", "halted", "cancelled"] as const) {
      expect(chosen("Asia/Tokyo", { ...local, state })).toBe("2026-11-22");
      expect(joined("America/Los_Angeles", { ...local, state })).toEqual([]);
    }
    expect(joined("America/Los_Angeles", { ...local, state: "paused" })).toHaveLength(1);
  });

  test("waits for it a day longer than until their own time", () => {
    const pointer = { newsletter: "daily", date: "2026-11-23", due: now, root: "a".repeat(24), askedAt: now };
    const late = { ...pointer, ownTime: "2026-11-23T15:00:00.000Z" };
    expect(isWelcomeOver(late, "2026-11-24T15:00:00.000Z")).toBe(false);
    expect(isWelcomeOver(late, "2026-11-24T15:00:00.001Z")).toBe(true);
    expect(welcomeBatch(late, "b".repeat(24))).toMatchObject({ state: "ready", notBefore: late.ownTime });
  });
});

describe("before a welcome is sent", () => {
  const own = edition("2026-11-22", "finished", frozen);
  test("later editions are looked at, whatever their outcome", () => {
    const later = [edition("2026-11-24", "draft"), edition("2026-11-23", "finished", frozen), own];
    expect(laterEditions(later, "2026-11-22", now)).toEqual({ is: "frozen", editions: [later[1]] });
    expect(laterEditions([edition("2026-11-23", "freezing"), own], "2026-11-22", now)).toEqual({ is: "wait" });
    expect(laterEditions([own, edition("2026-11-21", "sending", frozen)], "2026-11-22", now)).toEqual({
      is: "frozen",
      editions: [],
    });
  });

  test("a day later it is over", () => {
    const pointer = { newsletter: "daily", date: "2026-11-22", due: now, root: "a".repeat(24), askedAt: now };
    expect(isWelcomeOver(pointer, "2026-11-24T12:00:00.000Z")).toBe(false);
    expect(isWelcomeOver(pointer, "2026-11-24T12:00:00.001Z")).toBe(true);
    const after = withdrawn(welcomeBatch(pointer, "b".repeat(24)), "it is a day old", now);
    expect(after).toMatchObject({
      state: "done",
      outcomes: ["skipped"],
      log: [{ what: "withdrawn: it is a day old" }],
    });
  });
});
