import { describe, expect, test } from "vitest";
import { refuseChange } from "#domain/edition/changeable.ts";
import type { Edition } from "#domain/edition/edition.ts";
import { newEdition } from "#domain/edition/states.ts";

const now = "2026-11-23T07:00:00.000Z";
const later = "2026-11-23T08:00:00.000Z";
const edition = (over: Partial<Edition>): Edition => ({
  ...newEdition({ newsletter: "daily", date: "2026-11-23", now, rev: 1, cutoff: now }),
  ...over,
});
const refused = (over: Partial<Edition>, { reopening = false } = {}) => {
  const outcome = refuseChange(edition(over), { reopening, now });
  return outcome === null || outcome.ok ? null : outcome.fault;
};

describe("an edition can be changed", () => {
  test("before it is drafted and as a draft", () => {
    expect(refuseChange(undefined, { reopening: false, now })).toBeNull();
    expect(refused({ state: "draft" })).toBeNull();
  });

  test("once it is approved, while its time is ahead", () => {
    expect(refused({ state: "approved", dueAt: later })).toBeNull();
    expect(refused({ state: "approved", dueAt: now })?.message).toMatch(/about to be sent\. Cancel it first/);
    expect(refused({ state: "approved", dueAt: null })?.message).toMatch(/about to be sent/);
  });

  test("by reopening one that was skipped or cancelled before anyone got it", () => {
    expect(refused({ state: "skipped" }, { reopening: true })).toBeNull();
    expect(refused({ state: "cancelled" }, { reopening: true })).toBeNull();
    expect(refused({ state: "cancelled", frozenAt: now }, { reopening: true })?.code).toBe("already-sent");
  });
});

describe("why an edition can't be changed", () => {
  test.each<[Partial<Edition>, string, RegExp]>([
    [{ state: "finished" }, "already-sent", /is sent\. What was sent cannot be changed/],
    [{ state: "freezing" }, "already-sent", /is being sent \(freezing\)/],
    [{ state: "paused" }, "already-sent", /is being sent \(paused\)/],
    [
      { state: "held", reason: "It is late." },
      "wrong-state",
      /is held \(It is late\)\. Cancel it, then build it again/,
    ],
    [{ state: "held", frozenAt: now }, "already-sent", /was sent to some readers and is held/],
    [{ state: "halted", frozenAt: now }, "already-sent", /was sent to some readers and is halted/],
    [{ state: "skipped", reason: null }, "wrong-state", /is skipped\. Build it again/],
    [{ state: "cancelled" }, "wrong-state", /is cancelled\. Build it again/],
    [{ state: "cancelled", frozenAt: now }, "already-sent", /was cancelled while it was being sent/],
  ])("%o: %s", (over, code, message) => {
    expect(refused(over)).toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
