import { describe, expect, test } from "vitest";
import { forecastFor, rateNow, sendingNotice } from "#domain/delivery/pace/outlook.ts";
import { costOf } from "#domain/delivery/pace/prices.ts";
import { takeSender } from "#domain/delivery/pace/sender.ts";

const now = "2026-11-23T07:00:00.000Z";
const sender = { ...takeSender(undefined, "s", now, 15), rate: 200, quota: null };

test("the rate is SES's, our share of it, and slower after a throttle", () => {
  expect(rateNow(sender, 0.5, now)).toBe(100);
  expect(rateNow({ ...sender, slow: { factor: 0.5, since: Date.parse(now) } }, 0.5, now)).toBe(50);
  expect([
    rateNow(undefined, 1, now),
    rateNow({ ...sender, rate: null }, 1, now),
    forecastFor(5, undefined, 1, now),
  ]).toEqual([null, null, null]);
});

const cohorts = (toCome: number) => [
  { due: "2026-11-23T06:00:00.000Z", readers: 5 },
  { due: "2026-11-23T12:00:00.000Z", readers: toCome },
];

describe("what a person who follows sees", () => {
  const going = {
    edition: { state: "sending" as const, reason: null, stage: null },
    sender,
    waiting: 10,
    called: 5,
    onTheirWay: 0,
    refused: null,
  };
  const refused = { since: "2026-11-23T06:50:00.000Z", why: "SES could not be reached" };
  test.each<[string, Partial<Parameters<typeof sendingNotice>[0]>, string | null]>([
    ["nothing while it goes", {}, null],
    ["nothing when no one waits", { waiting: 0, sender: undefined }, null],
    [
      "the quota, and until when",
      { sender: { ...sender, wakeAt: "2026-11-23T09:15:00.000Z" } },
      "quota is used up. Sending continues as the quota frees up, next at 2026-11-23 09:15",
    ],
    [
      "SES's own words, when it has refused for a while",
      { refused },
      "accepted nothing since 2026-11-23 06:50 UTC (SES could not be reached)",
    ],
    ["nothing yet of a refusal just now", { refused: { ...refused, since: "2026-11-23T06:59:58.000Z" } }, null],
    [
      "that the first readers are waited for",
      { edition: { ...going.edition, stage: "canary" } },
      "The first readers have it",
    ],
    [
      "in local time, that those who are due have it, and when the next get it",
      { edition: { ...going.edition, cohorts: cohorts(10) }, sender: { ...sender, until: "2026-11-23T06:59:00.000Z" } },
      "the next 10 readers get it at their own time, 2026-11-23 12:00 UTC",
    ],
    [
      "in local time, nothing while some who are due wait",
      { edition: { ...going.edition, cohorts: cohorts(9) } },
      null,
    ],
    ["nothing while no one has it", { edition: { ...going.edition, stage: "canary" }, called: 0 }, null],
    ["nothing while they are being mailed", { edition: { ...going.edition, stage: "canary" }, onTheirWay: 5 }, null],
    ["that no sender is there", { sender: { ...sender, until: "2026-11-23T06:59:00.000Z" } }, "No sender is running"],
    [
      "why it is held",
      { edition: { state: "held", reason: "Held because it is late.", stage: null } },
      "Held because it is late.",
    ],
  ])("is %s", (_, change, expected) => {
    const told = sendingNotice({ ...going, ...change }, now);
    if (expected === null) expect(told).toBeNull();
    else expect(told).toContain(expected);
  });
});

test("a million readers cost SES's fee and 17 cents, or 29 in local time, or 1.20 dollars with confirmations", () => {
  const million = { readers: 1_000_000, size: 50, rate: 200, plan: "none" } as const;
  const plain = costOf({ ...million, confirmations: false });
  expect(plain.ses).toBeCloseTo(100, 6);
  expect(plain.rest).toBeCloseTo(0.17, 2);
  expect(costOf({ ...million, confirmations: false, inLocalTime: true }).rest).toBeCloseTo(0.29, 2);
  expect(costOf({ ...million, confirmations: true }).rest).toBeLessThan(1.2);
  expect(costOf({ ...million, readers: 0, confirmations: true })).toEqual({ ses: 0, rest: 0 });
});
