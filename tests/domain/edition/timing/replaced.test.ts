import { expect, test } from "vitest";
import { replacedText } from "#domain/edition/timing/replaced.ts";

const zone = "Europe/London";
const now = "2026-11-23T20:00:00.000Z";
const due = (at: string, latest: string | null = "2026-12-01T00:00:00.000Z") => ({ at, latest, note: null });

test.each([
  ["tomorrow", due("2026-11-24T07:00:00.000Z"), now, "Then nothing goes out at 07:00 tomorrow."],
  ["today", due("2026-11-23T21:30:00.000Z"), now, "Then nothing goes out at 21:30 today."],
  ["on another day", due("2026-11-26T07:00:00.000Z"), now, "Then nothing goes out at 07:00 on Thu 26 Nov."],
  [
    "after midnight in the newsletter's zone",
    due("2026-06-01T07:00:00.000Z"),
    "2026-05-31T23:30:00.000Z",
    "Then nothing goes out at 08:00 today.",
  ],
  ["not by itself", null, now, null],
  ["already due", due(now), now, null],
  ["sent by a person a moment ago", due("2026-11-23T20:01:00.000Z", null), now, null],
])("what would have gone out %s", (_, planned, at, text) => {
  expect(replacedText(planned, zone, at)).toBe(text);
});
