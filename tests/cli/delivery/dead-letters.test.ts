import { expect, test } from "vitest";
import { type Answers, ask, json } from "../command-line.ts";

const letter = { queue: "feedback", at: "2026-11-23T07:00:00.000Z", what: "Send of no edition", reason: "no tags" };
const gives =
  (answer: object): Answers =>
  () => ({ ok: true, ...answer });

test("dlq list shows what is dead and why, and how much more there is", async () => {
  const letters = [letter, { ...letter, queue: "kicks", what: "a kick", reason: null }];
  const counts = [
    { queue: "kicks", dead: 1 },
    { queue: "feedback", dead: 70 },
  ];
  const ran = await ask(gives({ letters, counts }), ["dlq", "list"]);
  expect(ran.requests).toEqual([{ do: "dlq list" }]);
  expect(ran.out).toMatch(/feedback +2026-11-23 07:00:00 +Send of no edition +no tags/);
  expect(ran.out).toMatch(/a kick +failed repeatedly/);
  expect(ran.out).toContain("feedback has 70 messages in total.");
});

test("dlq list of one queue, where nothing is dead", async () => {
  const ran = await ask(gives({ letters: [], counts: [] }), ["dlq", "list", "clock"]);
  expect(ran.requests).toEqual([{ do: "dlq list", queue: "clock" }]);
  expect(ran.out).toContain("The dead-letter queues are empty.");
});

test("dlq redrive names its queue, and says what is left", async () => {
  const ran = await ask(gives({ moved: 1000, left: 12 }), ["dlq", "redrive", "kicks"]);
  expect(ran.requests).toMatchObject([{ do: "dlq redrive", queue: "kicks" }]);
  expect(ran.out).toContain("1,000 messages moved back. About 12 are left: run the command again.");
  expect((await ask(gives({}), ["dlq", "redrive", "letters"])).code).toBe(2);
  expect((await ask(gives({}), ["dlq", "redrive"])).code).toBe(2);
});

test("double list says whether a person has looked, and accept that one has", async () => {
  const double = { newsletter: "daily", date: "2026-11-23", batch: "01234567", attempt: 2, readers: 3 };
  const given = { doubles: [{ ...double, noticedAt: letter.at }], allowedAt: null, resends: false };
  const ran = await ask(gives(given), ["double", "list"]);
  expect(ran.out).toMatch(/daily +2026-11-23 +01234567 +2 +3/);
  expect(ran.out).toContain("npx --no-install broadsheet double accept");
  expect(json(await ask(gives(given), ["double", "list", "--json"]))).toEqual(given);
  const accepted = await ask(gives({ accepted: 1, allowedAt: letter.at }), ["double", "accept"]);
  expect(accepted.out).toContain("1 double delivery accepted");
});
