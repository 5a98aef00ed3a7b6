import { describe, expect, test } from "vitest";
import { changePreferences, isPaused, pauseRange, preferencesOf } from "#domain/audience/preferences.ts";
import { reader } from "../../testing/audience/subscriber.ts";

const at = "2026-11-23T07:00:00.000Z";

test("a paused reader gets no edition before the date they chose, and the one of that date", () => {
  const paused = { pausedUntil: "2026-12-01" };
  expect([isPaused(paused, "2026-11-30"), isPaused(paused, "2026-12-01"), isPaused({}, "2026-11-30")]).toEqual([
    true,
    false,
    false,
  ]);
});

test("mail can be paused from tomorrow for a year, counted where the reader is", () => {
  expect(pauseRange("2026-11-23T14:59:00.000Z", "Asia/Tokyo")).toEqual({ first: "2026-11-24", last: "2027-11-24" });
  expect(pauseRange("2026-11-23T15:00:00.000Z", "Asia/Tokyo")).toEqual({ first: "2026-11-25", last: "2027-11-25" });
});

describe("a change of preferences", () => {
  test("says what changed, and what goes back to the newsletter's", () => {
    const before = reader({ zone: "Asia/Tokyo", language: "de" });
    const change = changePreferences(before, { zone: undefined, language: "fr", pausedUntil: undefined }, at);
    expect(change?.evidence).toBe("zone: the newsletter's, language: fr");
    expect(change?.after).toEqual(reader({ language: "fr", changedAt: at }));
  });

  test("is none where everything stays as it was", () => {
    const before = reader({ zone: "Asia/Tokyo" });
    expect(changePreferences(before, preferencesOf(before), at)).toBeUndefined();
  });
});
