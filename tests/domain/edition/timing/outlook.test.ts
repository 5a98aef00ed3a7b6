import { describe, expect, test } from "vitest";
import { endStateOf } from "#domain/delivery/edition.ts";
import type { Counts, Edition } from "#domain/edition/edition.ts";
import { type OutlookFacts, outlookOf, textBesideState } from "#domain/edition/timing/outlook.ts";

const own = { at: "2026-11-24T07:00:00.000Z", latest: "2026-11-24T10:00:00.000Z", note: null };
const early = "2026-11-24T06:00:00.000Z";
const due = "2026-11-24T07:00:00.000Z";
const within = "2026-11-24T08:00:00.000Z";
const late = "2026-11-24T11:00:00.000Z";

const counts = (change: Partial<Counts> = {}): Counts => ({
  ...{ audience: 100, accepted: 0, refused: 0, failed: 0, skipped: 0, held: 0, unknown: 0, waiting: 0 },
  ...change,
});
const edition = (state: Edition["state"], change: Partial<Edition> = {}) => ({
  ...{ state, reason: null, dueAt: null, latest: null, approvedAt: null },
  ...change,
});
const approved = (change: Partial<Edition> = {}) =>
  edition("approved", { approvedAt: early, dueAt: own.at, latest: own.latest, ...change });

const localTime = { time: "07:00", timeZone: "UTC", lateHours: 3, skipLate: false };
const cohorts = [
  { due, readers: 69 },
  { due: "2026-11-24T11:00:00.000Z", readers: 30 },
  { due: "2026-11-24T12:00:00.000Z", readers: 1 },
];

type Row = [name: string, facts: Partial<OutlookFacts>, expected: [kind: string, needsPerson: boolean, text: RegExp]];
const rows: Row[] = [
  ["no edition, early", { now: early }, ["goes-out", false, /^Goes out by itself Tue 24 Nov 07:00 UTC\.$/]],
  ["no edition, due", { now: due }, ["going-out", false, /^Goes out within a minute\.$/]],
  ["no edition, late", { now: late }, ["window-passed", true, /passed at Tue 24 Nov 10:00 UTC\. You can still send/]],
  [
    "no edition, late, before the newsletter's first draft",
    { now: late, hadBegun: false },
    ["no-time", true, /^Was due Tue 24 Nov 07:00 UTC, before the newsletter's first draft.* You can still send/],
  ],
  [
    "the first draft of all, made in its send window",
    { edition: edition("draft"), now: within, hadBegun: false },
    ["no-time", true, /doesn't go out by itself/],
  ],
  ["no edition, skipped date", { own: null }, ["no-time", true, /calendar skips this date/]],
  [
    "no edition, mode approve",
    { mode: "approve" },
    ["needs-approval", true, /^Needs approval by 10:00\. Due Tue 24 Nov 07:00 UTC\.$/],
  ],
  [
    "no edition, in local time",
    { own: { ...own, localTime: "07:00" } },
    ["goes-out", false, /^Goes out by itself at 07:00 in each reader's time zone, starting Tue 24 Nov 07:00 UTC\.$/],
  ],
  [
    "approved, in local time",
    { edition: approved({ localTime }) },
    ["goes-out", false, /^Approved\. Goes out at 07:00 in each reader's time zone, starting Tue 24 Nov 07:00 UTC\.$/],
  ],
  [
    "between two cohorts",
    { edition: edition("sending", { localTime, cohorts }), counts: counts({ accepted: 60, waiting: 40 }), now: within },
    [
      "sending",
      false,
      /60 accepted, 40 waiting\. In local time, cohorts that were due: 1 of 3\. Next: 30 readers Tue 24 Nov 11:00 UTC; the last Tue 24 Nov 12:00 UTC\.$/,
    ],
  ],
  [
    "paused before the last cohort",
    { edition: edition("paused", { localTime, cohorts }), counts: counts({ accepted: 90, waiting: 10 }), now: late },
    ["stopped", true, /Next: 1 reader Tue 24 Nov 12:00 UTC, the last\. Nothing more goes out until/],
  ],
  [
    "sending, asleep for the quota",
    { edition: edition("sending"), counts: counts({ accepted: 60, waiting: 40 }), now: within, asleepUntil: late },
    [
      "sending",
      false,
      /60 accepted, 40 waiting\. SES's daily quota is used up. .* next check is Tue 24 Nov 11:00 UTC\.$/,
    ],
  ],
  [
    "sending, awake again",
    { edition: edition("sending"), counts: counts({ accepted: 60, waiting: 40 }), now: late, asleepUntil: within },
    ["sending", false, /60 accepted, 40 waiting\.$/],
  ],
  [
    "sending, and no one waits for the quota",
    { edition: edition("sending"), counts: counts({ accepted: 60, unknown: 40 }), now: within, asleepUntil: late },
    ["sending", true, /60 accepted, 40 unknown\.$/],
  ],
  ["draft, early", { edition: edition("draft") }, ["goes-out", false, /by itself/]],
  ["draft, due", { edition: edition("draft"), now: within }, ["going-out", false, /within a minute/]],
  ["draft, late", { edition: edition("draft"), now: late }, ["window-passed", true, /window passed/]],
  [
    "draft, mode approve, early",
    { edition: edition("draft"), mode: "approve" },
    ["needs-approval", true, /Due Tue 24 Nov 07:00/],
  ],
  [
    "draft, mode approve, due",
    { edition: edition("draft"), mode: "approve", now: within },
    ["needs-approval", true, /Was due/],
  ],
  [
    "draft, mode approve, late",
    { edition: edition("draft"), mode: "approve", now: late },
    ["window-passed", true, /manually/],
  ],
  [
    "draft that a check stopped",
    { edition: edition("draft", { reason: "Not sent when it was due. It has no sender." }), now: within },
    ["needs-approval", true, /^Not sent when it was due\. It has no sender\. Needs a person to send it by/],
  ],
  ["draft on a skipped date", { edition: edition("draft"), own: null }, ["no-time", true, /still send it manually/]],
  ["approved, early", { edition: approved() }, ["goes-out", false, /^Approved\. Goes out Tue 24 Nov 07:00 UTC\.$/]],
  ["approved, due", { edition: approved(), now: due }, ["going-out", false, /within a minute/]],
  [
    "approved, late",
    { edition: approved(), now: late },
    ["window-passed", true, /^Approved, but its send window passed/],
  ],
  ["approved by hand", { edition: approved({ dueAt: due, latest: null }), now: late }, ["going-out", false, /minute/]],
  ["freezing", { edition: edition("freezing"), counts: counts() }, ["sending", false, /^Preparing its audience\.$/]],
  [
    "sending",
    { edition: edition("sending"), counts: counts({ accepted: 60, waiting: 40 }), now: late },
    ["sending", false, /^Being sent\. 60 accepted, 40 waiting\.$/],
  ],
  [
    "sending, all unknown",
    { edition: edition("sending"), counts: counts({ unknown: 100 }) },
    ["sending", true, /^Being sent\. 0 accepted, 100 unknown\.$/],
  ],
  [
    "paused",
    { edition: edition("paused", { reason: "paused by ed" }), counts: counts({ accepted: 10, waiting: 90 }) },
    ["stopped", true, /^Paused by ed\. 10 accepted, 90 waiting\. Nothing more goes out until you resume/],
  ],
  [
    "held",
    { edition: edition("held", { reason: "Held because SES paused the account." }), counts: null },
    ["stopped", true, /^Held: SES paused the account\. Nothing more goes out/],
  ],
  [
    "held only for decisions",
    {
      edition: edition("held", endStateOf(counts({ accepted: 47, held: 3 }))),
      counts: counts({ accepted: 47, held: 3 }),
    },
    [
      "stopped",
      true,
      /^Held: 3 of 100 deliveries need a decision: .* 47 accepted, 3 held\. It finishes once each is resolved/,
    ],
  ],
  [
    "halted",
    { edition: edition("halted", { reason: "Halted because 9 bounced." }) },
    ["stopped", true, /^Halted: 9 bounced\./],
  ],
  [
    "finished",
    { edition: edition("finished"), counts: counts({ accepted: 98, skipped: 2 }), now: late },
    ["sent", false, /^Sent\. 98 accepted, 2 skipped\.$/],
  ],
  [
    "skipped",
    { edition: edition("skipped", { reason: "Too little news." }), now: due },
    ["over", false, /^Skipped: Too little news\. Nothing goes out\.$/],
  ],
  [
    "cancelled",
    { edition: edition("cancelled", { reason: "cancelled by ed" }), now: early },
    ["over", false, /^Cancelled by ed\. Nothing goes out\.$/],
  ],
  [
    "cancelled half-way",
    {
      edition: edition("cancelled", { reason: "cancelled by ed" }),
      counts: counts({ accepted: 12, unknown: 3, waiting: 80, failed: 5 }),
    },
    ["over", false, /^Cancelled by ed\. 12 accepted, 3 unknown, 85 won't get it\. Nothing more goes out\.$/],
  ],
];

describe("an edition's next step", () => {
  test.each(rows)("%s", (_, facts, [kind, needsPerson, text]) => {
    const outlook = outlookOf({
      ...{ edition: undefined, counts: null, mode: "auto", own, hadBegun: true, timeZone: "UTC", now: early },
      ...facts,
    });
    expect([outlook.kind, outlook.needsPerson]).toEqual([kind, needsPerson]);
    expect(outlook.text).toMatch(text);
    expect(textBesideState(outlook)).not.toMatch(
      /^(?:Approved|Being sent|Sent|Paused|Held|Halted|Skipped|Cancelled)\b/,
    );
    expect(textBesideState(outlook)).toMatch(/^\p{Lu}|^\d/u);
  });

  test("never promises to go out and waits for a person at the same time", () => {
    for (const [, facts] of rows) {
      const { kind, needsPerson, text } = outlookOf({
        ...{ edition: undefined, counts: null, mode: "auto", own, hadBegun: true, timeZone: "UTC", now: early },
        ...facts,
      });
      if (kind === "goes-out" || kind === "going-out") expect(needsPerson).toBe(false);
      if (needsPerson) expect(text).not.toMatch(/Goes out by itself|within a minute/);
    }
  });
});

describe("what is urgent", () => {
  const at = (facts: Partial<OutlookFacts>) =>
    outlookOf({
      ...{ edition: undefined, counts: null, mode: "auto", own, hadBegun: true, timeZone: "UTC", now: early },
      ...facts,
    });

  test.each<[string, Partial<OutlookFacts>, boolean]>([
    ["needs approval, due within the hour", { mode: "approve", now: "2026-11-24T06:00:00.000Z" }, true],
    ["needs approval, due later", { mode: "approve", now: "2026-11-24T05:59:00.000Z" }, false],
    ["its window has passed", { now: late }, true],
    ["stopped long before it is due", { edition: edition("held"), now: "2026-11-20T06:00:00.000Z" }, true],
    ["its window had passed before the newsletter began", { now: late, hadBegun: false }, false],
    ["goes out by itself", { now: within }, false],
    ["the calendar skips the date", { own: null }, false],
    ["sent", { edition: edition("finished"), now: late }, false],
    ["only unknown ones are left", { edition: edition("sending"), counts: counts({ unknown: 100 }) }, false],
  ])("%s", (_, facts, isUrgent) => {
    expect(at(facts).isUrgent).toBe(isUrgent);
  });

  test("has the last moment at which it may start, with its time", () => {
    expect(at({})).toMatchObject({ at: own.at, latest: own.latest });
    expect(at({ edition: approved({ dueAt: due, latest: null }) })).toMatchObject({ at: due, latest: null });
    expect(at({ now: late })).toMatchObject({ at: null, latest: null });
  });
});
