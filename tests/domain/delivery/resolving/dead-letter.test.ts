import { describe, expect, test } from "vitest";
import { describeDead, failureIn, scheduledIn } from "#domain/delivery/resolving/dead-letter.ts";

const dead = (body: unknown) => ({
  at: "2026-11-23T07:00:00.000Z",
  body: typeof body === "string" ? body : JSON.stringify(body),
  reason: null,
});
const mail = { destination: ["ann@example.com"], tags: { newsletter: ["daily"], edition: ["2026-11-23"] } };
const due = { do: "scheduled", newsletter: "daily", scheduledFor: "2026-11-23T07:00:00Z" };

describe("a dead letter has its subject, and no reader's data", () => {
  test.each<[string, unknown]>([
    ["Bounce of daily 2026-11-23", { detail: { eventType: "Bounce", mail } }],
    ["Bounce of no edition", { detail: { eventType: "Bounce", mail: { destination: ["ann@example.com"] } } }],
    ["a kick", { kick: 1 }],
    ["the edition of daily that was due 2026-11-23T07:00:00Z", due],
    ["the edition of daily that was due 2026-11-23T07:00:00Z", { requestPayload: due }],
    ["a round of watch or ingest", {}],
    ["a round of watch or ingest", { requestPayload: {}, responsePayload: { errorMessage: "Task timed out" } }],
    ["a text of 15 characters that is not one of ours", "ann@example.com"],
    ["a text of 6 characters that is not one of ours", '{"a":1'],
  ])("%s", (text, body) => {
    expect(describeDead(dead(body))).toBe(text);
  });
});

test("the edition that was due is found in the call and in its failure, and the step is “due” where none is given", () => {
  expect(scheduledIn(dead(due))).toEqual({ ...due, step: "due" });
  expect(scheduledIn(dead({ requestPayload: { ...due, step: "gate" } }))?.step).toBe("gate");
  expect(scheduledIn(dead({ kick: 1 }))).toBeUndefined();
});

test("the error with which the function failed is found where Lambda gives one", () => {
  const failed = { requestPayload: due, responsePayload: { errorMessage: "the table is away" } };
  expect(failureIn(dead(failed))).toBe("the table is away");
  expect([failureIn(dead({ requestPayload: due })), failureIn(dead("no JSON"))]).toEqual([null, null]);
});
