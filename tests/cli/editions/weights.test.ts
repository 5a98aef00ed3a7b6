import { expect, test } from "vitest";
import type { WeightsReport } from "#domain/edition/weighing/learn.ts";
import { newsletter } from "../../testing/editions/edition-fixtures.ts";
import { ask, gives } from "../command-line.ts";

const { weights } = newsletter();
const report: WeightsReport = {
  newsletter: "daily",
  editions: 30,
  leads: 28,
  removals: 9,
  today: { weights, change: "", leads: 20, removals: 3, inBothHalves: true },
  better: [
    {
      weights: { ...weights, recency: 3 },
      change: "recency 3 instead of 2",
      leads: 24,
      removals: 4,
      inBothHalves: false,
    },
  ],
  sentence: "The sentence.",
};

test("edition weights is a table, a sentence, and where weights are set", async () => {
  const { requests, out } = await ask(gives(report), ["edition", "weights", "daily"]);
  expect(requests).toEqual([{ do: "weights", newsletter: "daily" }]);
  expect(out).toMatch(/^as today +20 of 28 +3 of 9$/m);
  expect(out).toMatch(/^recency 3 instead of 2 +24 of 28 +4 of 9 +in one half of the time only$/m);
  expect(out).toContain("The sentence.");
  expect(out).toContain("newsletters.daily.weights");
});

test("how many editions are replayed is a choice, and --json is the whole report", async () => {
  const { requests, out } = await ask(gives(report), ["edition", "weights", "daily", "--editions", "10", "--json"]);
  expect(requests).toEqual([{ do: "weights", newsletter: "daily", editions: 10 }]);
  expect(JSON.parse(out)).toEqual(report);
  expect((await ask(gives(report), ["edition", "weights", "daily", "--editions", "0"])).code).toBe(2);
});
