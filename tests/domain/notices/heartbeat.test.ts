import { expect, test } from "vitest";
import { noCounts } from "#domain/delivery/ledger/counts.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { Heartbeat, heartbeatOf } from "#domain/notices/heartbeat.ts";

const edition: Edition = {
  ...{ newsletter: "daily", date: "2026-11-30", state: "finished", reason: null, stage: "full", rev: 1 },
  ...{ cutoff: null, createdAt: "2026-11-29T19:00:00.000Z", approvedAt: "2026-11-30T07:00:00.000Z" },
  ...{ dueAt: "2026-11-30T07:00:00.000Z", latest: null, frozenAt: null, groups: 1, size: 14, frozen: 1000 },
};
const facts = {
  edition,
  counts: { ...noCounts, audience: 1000, accepted: 1000 },
  finishedAt: "2026-11-30T07:04:00.000Z",
  seconds: 71,
  dollars: 0.11,
  previousAudience: 990,
};

test("an ordinary edition has nothing unusual", () => {
  const heartbeat = heartbeatOf(facts);
  expect(Heartbeat.parse(heartbeat)).toMatchObject({ minutesAfterDue: 4, audience: 1000, dollars: 0.11, unusual: [] });
});

test.each<[string, Partial<typeof facts>, RegExp]>([
  ["late", { finishedAt: "2026-11-30T08:30:00.000Z" }, /90 minutes after it was due/],
  ["bounces", { edition: { ...edition, bounced: 30 } }, /30 of 1,000 .*3\.00 %/],
  ["complaints", { edition: { ...edition, complained: 1 } }, /1 reader called it spam \(0\.10 %/],
  ["refused", { counts: { ...facts.counts, refused: 2, failed: 1 } }, /didn't take it for 3/],
  ["unknown", { counts: { ...facts.counts, unknown: 5 } }, /For 5 readers/],
  ["a smaller audience", { previousAudience: 2000 }, /1,000 fewer readers/],
  ["a larger audience", { previousAudience: 500 }, /500 more readers/],
  ["a warm-up", { edition: { ...edition, warmUp: { below: 9, from: 0, waiting: 600 } } }, /600 imported readers wait/],
  ["sent anyway", { edition: { ...edition, anyway: true } }, /spoke against it/],
])("%s is said in a sentence, alone", (_, change, sentence) => {
  const { unusual } = heartbeatOf({ ...facts, ...change });
  expect(unusual).toHaveLength(1);
  expect(unusual[0]).toMatch(sentence);
});

test("it counts imported readers who wait; a heartbeat of an earlier version has none", () => {
  const heartbeat = heartbeatOf({ ...facts, edition: { ...edition, warmUp: { below: 9, from: 0, waiting: 600 } } });
  expect(heartbeat.waiting).toBe(600);
  const { waiting: _, ...earlier } = heartbeat;
  expect(Heartbeat.parse(earlier).waiting).toBe(0);
});

test("in local time an edition is late by its last readers' time", () => {
  const cohorts = [
    { due: "2026-11-30T07:00:00.000Z", readers: 500 },
    { due: "2026-11-30T19:00:00.000Z", readers: 500 },
  ];
  const local = { ...facts, edition: { ...edition, cohorts } };
  expect(heartbeatOf({ ...local, finishedAt: "2026-11-30T19:04:00.000Z" })).toMatchObject({
    ...{ minutesAfterDue: 4, unusual: [] },
  });
  expect(heartbeatOf({ ...local, finishedAt: "2026-11-30T20:30:00.000Z" }).unusual).toEqual([
    expect.stringMatching(/90 minutes after it was due/),
  ]);
});

test("shares of a handful of readers say nothing, and an edition sent by hand is never late", () => {
  const few = { ...noCounts, audience: 5, accepted: 5 };
  const byHand = { ...edition, dueAt: null, bounced: 1, complained: 1 };
  const heartbeat = heartbeatOf({ ...facts, edition: byHand, counts: few, previousAudience: 2 });
  expect(heartbeat).toMatchObject({ minutesAfterDue: null, unusual: [] });
});
