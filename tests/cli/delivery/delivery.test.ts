import { describe, expect, test } from "vitest";
import { bench } from "../../testing/editions/workbench-fixture.ts";
import { ask, counts, edition, gives, json } from "../command-line.ts";

const daily = { newsletter: "daily", by: "ed" };
const going = edition({ state: "sending", counts: counts({ audience: 100, accepted: 60, waiting: 40 }) });

describe("each command asks the command function", () => {
  test.each<[string, object, object]>([
    ["edition pause daily", { do: "pause", ...daily }, { onTheirWay: 0 }],
    ["edition resume daily", { do: "resume", ...daily, anyway: false }, {}],
    [
      "edition resume daily --anyway --date 2026-11-23",
      { do: "resume", ...daily, date: "2026-11-23", anyway: true },
      {},
    ],
    ["edition cancel daily", { do: "cancel", ...daily }, { onTheirWay: 0 }],
    [
      "edition resolve daily --batch 3f9a --as resend",
      { do: "resolve", ...daily, batch: "3f9a", all: false, as: "resend" },
      { resolved: 1, batches: [], later: [] },
    ],
    [
      "edition resolve daily --call 3f9ac1d2.1 --as delivered",
      { do: "resolve", ...daily, call: "3f9ac1d2.1", all: false, as: "delivered" },
      { resolved: 1, batches: [], later: [] },
    ],
    [
      "edition resolve daily --all --as delivered",
      { do: "resolve", ...daily, all: true, as: "delivered" },
      { resolved: 1, batches: [], later: [] },
    ],
    ["edition correct daily --decisions", { do: "correct", ...daily }, {}],
    ["edition retry daily", { do: "retry", ...daily }, { retried: 2 }],
  ])("%s", async (line, request, more) => {
    const { requests, code, err } = await ask(gives({ edition: going, ...more }), [...line.split(" "), "--json"]);
    expect([err, code, requests]).toEqual(["", 0, [request]]);
  });

  test("edition deliveries, page by page", async () => {
    const pages = [row({ reader: "r1" }), row({ reader: "r2" })];
    let at = 0;
    const answers = () => ({ ok: true, deliveries: [pages[at]], next: at++ === 0 ? "00:100" : null });
    const ran = await ask(answers, ["edition", "deliveries", "daily", "--state", "unknown", "--json"]);
    expect(json(ran).deliveries.map(({ reader }: { reader: string }) => reader)).toEqual(["r1", "r2"]);
    const request = { do: "deliveries", newsletter: "daily", state: "unknown", addresses: false };
    expect(ran.requests).toEqual([request, { ...request, after: "00:100" }]);
  });
});

test.each([
  ["edition resolve daily --all", /--as/],
  ["edition correct daily", /--from FILE or --decisions/],
  ["edition correct daily --decisions --from x.txt", /--from FILE or --decisions/],
  ["edition resolve daily --all --as lost", /Allowed choices are delivered, resend/],
  ["edition deliveries daily --state lost", /Allowed choices/],
  ["edition deliveries daily --csv --json", /--json or --csv/],
])("%s is misuse", async (line, why) => {
  const { code, err, out, requests } = await ask(gives({}), line.split(" "));
  expect([code, requests]).toEqual([2, []]);
  expect(err + out).toMatch(why);
});

test("edition show says of unknown deliveries where to look at them", async () => {
  const shown = (unknown: number) =>
    edition({ state: "sending", counts: counts({ audience: 9, accepted: 2, unknown }) });
  const show = (unknown: number) => ask(gives({ edition: shown(unknown), email: null }), ["edition", "show", "daily"]);
  expect((await show(7)).out).toContain("edition deliveries daily --date 2026-11-23 --state unknown");
  expect((await show(0)).out).not.toContain("unknown");
});

test("restore accept says which table it is now", async () => {
  const table = { arn: "arn:new", createdAt: "2026-11-23T07:00:00.000Z" };
  const accepted = await ask(gives({ accepted: true, table }), ["restore", "accept"]);
  expect(accepted.requests).toEqual([{ do: "restore accept", by: "ed" }]);
  expect(accepted.out).toContain(
    "arn:new, created 2026-11-23T07:00:00.000Z, is accepted. Resume or cancel each edition that is held",
  );
  expect((await ask(gives({ accepted: false, table }), ["restore", "accept"])).out).toContain("nothing to accept");
});

describe("for people", () => {
  const says = async (line: string, answer: object) => ask(gives(answer), line.split(" "));

  test("pause says who has it, who may still get it, and how to go on", async () => {
    const paused = { ...going, state: "paused" };
    const { out } = await says("edition pause daily", { edition: paused, onTheirWay: 14 });
    expect(out).toContain("SES accepted it for 60 readers, up to 14 are being sent now, 26 are waiting.");
    expect(out).toContain("edition resume daily --date 2026-11-23");
  });

  test("resume of an edition that is held again at once fails with the reason", async () => {
    const held = edition({
      state: "held",
      reason: "Held because SES has paused sending.",
      counts: counts({ audience: 2, waiting: 2 }),
    });
    const { code, err } = await says("edition resume daily", { edition: held });
    expect(code).toBe(1);
    expect(err).toContain("is held (SES has paused sending). 2 readers: 2 waiting.");
  });

  test("correct says who gets the new revision; after a decision alone, no one does yet", async () => {
    const { out } = await says("edition correct daily --decisions", { edition: { ...going, rev: 2 } });
    expect(out).toContain(
      "is corrected: revision 2 goes to 40 waiting readers. 60 readers got an earlier revision, or may have.",
    );
    const noted = await says("edition rewrite daily 0 --title Snow", { edition: going, workbench: bench });
    expect(noted.out).toContain("Saved, but delivery goes on unchanged.");
    expect(noted.out).toContain("edition correct daily --date 2026-11-23 --decisions");
  });

  test("resolve says what may not be sent again yet, and from when it may", async () => {
    const later = [{ batch: "3f9ac1d2", from: "2026-11-23T07:15:00.000Z" }];
    const { code, out } = await says("edition resolve daily --all --as resend", {
      edition: going,
      resolved: 40,
      batches: [],
      later,
    });
    expect(code).toBe(0);
    expect(out).toContain(
      "40 deliveries will be sent again. 1 batch can't be sent again before 2026-11-23 07:15 UTC: 3f9ac1d2.",
    );
  });

  test("deliveries are a table with the batch to type, and addresses only when asked for", async () => {
    const one = row({ state: "unknown", note: "unknown: time-out" });
    const plain = await says("edition deliveries daily", { deliveries: [one], next: null });
    expect(plain.out).toMatch(/^READER +STATE +BATCH/);
    expect(plain.out).toMatch(/\n3f9ac1d2aabbccddeeff0011 +unknown +3f9ac1d2 .*unknown: time-out/);
    const call = { id: "3f9ac1d2.1", at: "2026-11-23T07:00:01.000Z", readers: 50, seen: 31 };
    const held = row({
      state: "held",
      at: null,
      rev: null,
      call: { ...call, undecided: 19, resendFrom: null, note: null },
    });
    const placed = await says("edition deliveries daily", { deliveries: [held], next: null });
    expect(placed.out).toMatch(/ held +3f9ac1d2 +2026-11-23 07:00:01 +31 of 50 /);
    const named = row({ address: "ann@example.com", after: "hard-bounce" });
    const full = await says("edition deliveries daily --addresses", { deliveries: [named], next: null });
    expect(full.out).toMatch(/ann@example\.com +accepted, hard-bounce/);
  });

  test("calls say when each was, how much of it was seen, and how to decide on one", async () => {
    const at = "2026-11-23T07:00:01.000Z";
    const call = { id: "3f9ac1d2.1", at, readers: 50, seen: 31, undecided: 19, resendFrom: at, note: "time-out" };
    const { out } = await says("edition calls daily", { calls: [call], more: 0 });
    expect(out).toMatch(/\n3f9ac1d2\.1 +2026-11-23 07:00:01 +50 +31 +19 +2026-11-23 07:00:01 +time-out\n/);
    expect(out).toContain("edition resolve --call CALL --as delivered");
    expect((await says("edition calls daily", { calls: [call], more: 3 })).out).toContain("3 newer calls not shown");
    expect((await says("edition calls daily", { calls: [], more: 0 })).out).toContain("No delivery of the edition");
  });

  test("as CSV they are quoted, headed once, and harmless in a spreadsheet", async () => {
    const rows = [row({ address: '=cmd|" /C"!A0', messageId: "a,b" }), row({ reader: "r2" })];
    const { out } = await says("edition deliveries daily --addresses --csv", { deliveries: rows, next: null });
    const lines = out.trimEnd().split("\n");
    expect(lines[0]).toBe(
      "reader,address,state,after,batch,position,attempt,at,rev,messageId,note,call,calledAt,callReaders,callSeen",
    );
    expect(lines).toHaveLength(3);
    expect(lines[1]).toContain('"\'=cmd|"" /C""!A0"');
    expect(lines[1]).toContain('"a,b"');
  });

  test("subscriber show has what the reader got", async () => {
    const at = "2026-11-23T07:00:00.000Z";
    const subscriber = { address: "ann@example.com", status: "active", consent: "vouched", addedAt: at, changedAt: at };
    const { reader: _, note: __, address: ___, ...got } = row({});
    const answer = { subscriber, deliveries: [{ ...got, date: "2026-11-23" }] };
    const { out } = await says("subscriber show daily ann@example.com", answer);
    expect(out).toMatch(/2026-11-23 +accepted +2026-11-23 07:00:00 +1 +m1/);
    const shown = await says("subscriber show daily ann@example.com --json", answer);
    expect(json(shown)).toMatchObject({ address: "ann@example.com", deliveries: [{ messageId: "m1" }] });
  });
});

function row(change: object) {
  return {
    reader: "3f9ac1d2aabbccddeeff0011",
    address: null,
    state: "accepted",
    after: null,
    batch: "3f9ac1d2",
    position: 0,
    attempt: 1,
    at: "2026-11-23T07:00:00.000Z",
    rev: 1,
    messageId: "m1",
    note: null,
    call: null,
    ...change,
  };
}
