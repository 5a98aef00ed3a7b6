import { describe, expect, test } from "vitest";
import { solvedChallenge, workChallenge } from "#domain/audience/limits/proof-of-work.ts";
import { toInstant } from "#domain/time/instant.ts";

const keys = { id: "k1", key: "a secret of at least thirty-two letters" };
const start = Date.UTC(2026, 10, 23, 7);
const minute = (minutes: number) => toInstant(start + minutes * 60_000);
const { maxnumber: _, ...work } = workChallenge(keys, { salt: "5a17", number: 42 }, minute(0));
const encoded = (solution: object) => Buffer.from(JSON.stringify(solution)).toString("base64");
const solution = { ...work, number: 42 };

test("the number that was hidden solves a challenge, within half an hour", () => {
  expect(solvedChallenge(keys, encoded(solution), minute(29))).toBe(work.challenge);
  expect(solvedChallenge(keys, encoded(solution), minute(31))).toBeUndefined();
});

test("a challenge says until when it is valid, and nothing of the number", () => {
  expect(workChallenge(keys, { salt: "5a17", number: 42 }, minute(0))).toEqual({
    algorithm: "SHA-256",
    challenge: expect.stringMatching(/^[0-9a-f]{64}$/),
    maxnumber: 100_000,
    salt: `5a17?expires=${start / 1000 + 1800}&`,
    signature: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

describe("no solution is", () => {
  const other = workChallenge(
    { ...keys, key: "another secret of thirty-two letters" },
    { salt: "a", number: 1 },
    minute(0),
  );
  const later = work.salt.replace(/\d+(?=&$)/, (seconds) => String(Number(seconds) + 3600));
  test.each([
    ["another number", encoded({ ...solution, number: 43 })],
    ["a later end", encoded({ ...solution, salt: later })],
    ["no end", encoded({ ...solution, salt: "5a17" })],
    ["a later end by the number's first digit", encoded({ ...solution, salt: `${work.salt}4`, number: 2 })],
    ["an end that isn't closed", encoded({ ...solution, salt: work.salt.slice(0, -1) })],
    ["another key's challenge", encoded({ ...other, number: 1 })],
    ["another algorithm", encoded({ ...solution, algorithm: "SHA-1" })],
    ["a number as text", encoded({ ...solution, number: "42" })],
    ["a list", encoded([solution])],
    ["no JSON", Buffer.from("{").toString("base64")],
    ["no base64", "§§§"],
    ["nothing", ""],
    ["a megabyte", "A".repeat(1_000_000)],
  ])("%s", (_name, text) => {
    expect(solvedChallenge(keys, text, minute(1))).toBeUndefined();
  });
});
