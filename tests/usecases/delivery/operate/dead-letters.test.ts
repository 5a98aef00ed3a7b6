import { beforeEach, describe, expect, test } from "vitest";
import { fault } from "#domain/outcome.ts";
import { now, setting } from "../../../testing/command-setting.ts";
import { complained, event } from "../../../testing/delivery/ses-events.ts";

let system: ReturnType<typeof setting>;
beforeEach(() => {
  system = setting();
});
/** The command's result, or its fault. */
async function ask(request: object, change: Parameters<typeof system.ask>[1] = {}): Promise<object> {
  const answer = await system.ask(request, change);
  return answer.ok ? Object.assign({ ok: true }, answer.value) : answer;
}
const key = {
  ...{ newsletter: "daily", date: "2026-11-23", group: "00", run: "r" },
  ...{ due: "2026-11-23T07:00:00.000Z", first: "0123456789abcdef01234567" },
};
const due = { do: "scheduled", newsletter: "daily", scheduledFor: "2026-11-23T07:00:00Z" };
/** As Lambda writes it when an asynchronous call failed for the last time. */
const failed = (requestPayload: object) =>
  JSON.stringify({
    ...{ version: "1.0", timestamp: "2026-11-23T07:05:00.000Z", requestPayload },
    requestContext: { requestId: "r", functionArn: "arn:aws:lambda:x", condition: "RetriesExhausted" },
    ...{ responseContext: { statusCode: 200 }, responsePayload: { errorType: "Error", errorMessage: "no table" } },
  });
const dead = (queue: "kicks" | "feedback" | "clock", body: string, reason: string | null = null) =>
  void system.letters[queue].push({ at: now, body, reason });

describe("dlq list", () => {
  test("says what each is about and why it failed, without an address", async () => {
    dead("feedback", complained({ key, position: 0 }), "the table has no batch");
    dead("feedback", event("Send", {}, { key, position: 0 }, { tags: {} }), "tags");
    dead("feedback", "ann@example.org");
    dead("kicks", '{"kick":2}', "a kick of another version");
    dead("clock", failed(due));
    dead("clock", JSON.stringify(due));
    dead("clock", failed({}));
    dead("clock", "{}");
    const answer = await ask({ do: "dlq list" });
    expect(answer).toMatchObject({
      ok: true,
      letters: [
        { queue: "kicks", what: "a kick", reason: "a kick of another version" },
        { queue: "feedback", what: "Complaint of daily 2026-11-23", reason: "the table has no batch" },
        { what: "Send of no edition" },
        { what: "a text of 15 characters that is not one of ours", reason: null },
        { what: "the edition of daily that was due 2026-11-23T07:00:00Z", reason: "no table" },
        { what: "the edition of daily that was due 2026-11-23T07:00:00Z", reason: null },
        { what: "a round of watch or ingest", reason: "no table" },
        { what: "a round of watch or ingest" },
      ],
      counts: [
        { queue: "kicks", dead: 1 },
        { queue: "feedback", dead: 3 },
        { queue: "clock", dead: 4 },
      ],
    });
    expect(JSON.stringify(answer)).not.toContain("@");
  });

  test("of one queue", async () => {
    dead("kicks", '{"kick":2}');
    expect(await ask({ do: "dlq list", queue: "clock" })).toMatchObject({ letters: [], counts: [{ dead: 0 }] });
    expect(await ask({ do: "dlq list", queue: "none" })).toMatchObject({ ok: false });
  });
});

describe("dlq redrive", () => {
  test("returns messages to their queue, and logs who did", async () => {
    dead("feedback", "one", "why");
    dead("feedback", "two");
    dead("kicks", "three");
    expect(await ask({ do: "dlq redrive", queue: "feedback", by: "jo" })).toMatchObject({ moved: 2, left: 0 });
    expect(system.returned).toEqual(["feedback one", "feedback two"]);
    expect(system.letters.feedback).toEqual([]);
    expect(system.letters.kicks).toHaveLength(1);
    expect(await system.audit.day(now.slice(0, 10))).toMatchObject([
      { did: "dlq redrive", by: "jo", subjects: ["feedback"], note: "2 messages" },
    ]);
  });

  test("of scheduled invocations makes the editions, and drops rounds that later ones replaced", async () => {
    dead("clock", failed({}));
    dead("clock", failed(due));
    expect(await ask({ do: "dlq redrive", queue: "clock" })).toMatchObject({ moved: 2, left: 0 });
    expect(system.calls.scheduled).toEqual([{ ...due, step: "due" }]);
  });

  test("keeps messages that fail again, and says why", async () => {
    dead("clock", failed(due));
    const makeScheduled = async () => fault("no-edition", "There is no news.");
    expect(await ask({ do: "dlq redrive", queue: "clock" }, { makeScheduled })).toMatchObject({
      ok: false,
      fault: { message: "There is no news." },
    });
    expect(system.letters.clock).toHaveLength(1);
  });
});

describe("doubles", () => {
  const double = { key, attempt: 2, positions: [1, 2], noticedAt: "2026-11-23T08:00:00.000Z" };

  test("stop automatic resends until a person accepts them", async () => {
    expect(await ask({ do: "double list" })).toMatchObject({ doubles: [], resends: true });
    await system.ledger.noteDouble(double);
    expect(await ask({ do: "double list" })).toMatchObject({
      doubles: [{ newsletter: "daily", date: "2026-11-23", batch: "01234567", attempt: 2, readers: 2 }],
      resends: false,
    });
    expect(await ask({ do: "double accept", by: "jo" })).toMatchObject({ accepted: 1, allowedAt: now });
    expect(await ask({ do: "double list" })).toMatchObject({ allowedAt: now, resends: true });
    expect(await system.ledger.resendAllowed()).toEqual({ at: now, by: "jo" });
    expect(await ask({ do: "double accept" })).toMatchObject({ accepted: 0 });
    expect(await system.audit.day(now.slice(0, 10))).toMatchObject([{ did: "double accept", by: "jo" }]);
  });
});
