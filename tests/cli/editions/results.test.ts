import { expect, test } from "vitest";
import type { Results } from "#domain/edition/views/results.ts";
import { ask, gives } from "../command-line.ts";

const edition = {
  ...{ date: "2026-11-23", state: "finished" as const, subject: "Snow", audience: 1_000, accepted: 998 },
  ...{ bounced: 3, complained: 0, rejected: 0, unknown: 0, held: 0, worth: null },
  ...{ delivered: 995, waiting: 0, audienceChange: null },
};
const report: Results = {
  newsletter: "daily",
  of: "2026-11-23",
  editions: [edition],
  causes: [{ kind: "hard-bounce", deliveries: 2 }],
};

test("edition results is a table of the last editions, with parts of the accepted, and the causes", async () => {
  const { requests, out } = await ask(gives(report), ["edition", "results", "daily"]);
  expect(requests).toEqual([{ do: "results", newsletter: "daily" }]);
  expect(out).toMatch(/^2026-11-23 +finished +1,000 +998 +3 \(0\.30 %\) +0 +0 +Snow$/m);
  expect(out).toMatch(/^hard-bounce +2$/m);
});

test("what is open and what readers answered are columns only where there is any", async () => {
  const answered = { ...report, editions: [{ ...edition, held: 2, worth: { yes: 3, no: 1 } }], causes: [] };
  const { out } = await ask(gives(answered), ["edition", "results", "daily", "--editions", "30"]);
  expect(out).toContain("OPEN  WORTH IT");
  expect(out).toMatch(/ 2 +75 % of 4 +Snow$/m);
  expect(out).not.toContain("OUTCOME");
});

test("imported readers who wait are a column during a warm-up", async () => {
  const warming = { ...report, editions: [{ ...edition, waiting: 4_000 }, edition] };
  const { out } = await ask(gives(warming), ["edition", "results", "daily"]);
  expect(out).toMatch(/READERS +WAITING +ACCEPTED/);
  expect(out).toMatch(/^2026-11-23 +finished +1,000 +4,000 +998 /m);
});

test("who left and joined are columns once they are counted, and causes are of the date given", async () => {
  const change = { joined: 12, left: 3, removed: 0, bounced: 0, complained: 0 };
  const counted = { ...report, editions: [{ ...edition, audienceChange: change }, edition] };
  const { requests, out } = await ask(gives(counted), ["edition", "results", "daily", "--date", "2026-11-23"]);
  expect(requests).toEqual([{ do: "results", newsletter: "daily", date: "2026-11-23" }]);
  expect(out).toContain("LEFT  JOINED");
  expect(out).toMatch(/ 3 +12 +Snow$/m);
  expect(out).toMatch(/ - +- +Snow$/m);
  expect(out).toContain("Of 2026-11-23, by what SES said:");
});

test("--json is the whole report, and a number that is none is refused", async () => {
  const { out } = await ask(gives(report), ["edition", "results", "daily", "--json"]);
  expect(JSON.parse(out)).toEqual(report);
  expect((await ask(gives(report), ["edition", "results", "daily", "--editions", "0"])).code).toBe(2);
});
