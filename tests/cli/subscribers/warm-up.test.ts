import { expect, test } from "vitest";
import { ask, gives } from "../command-line.ts";

const warmUp = {
  ...{ readers: 5_000, startedAt: "2026-11-23T07:00:00.000Z" },
  ...{ admitted: 1_500, waiting: 3_500, lastDate: "2026-12-04", braked: null },
};
const given = (change: Partial<typeof warmUp> | { braked: string } | { lastDate: null } = {}) =>
  gives({ newsletter: "daily", warmUp: { ...warmUp, ...change } });

test("subscriber warm-up says who gets the next edition, and until when", async () => {
  const { requests, out, code } = await ask(given(), ["subscriber", "warm-up", "daily"]);
  expect(requests).toEqual([{ do: "subscriber warm-up", newsletter: "daily", end: false, by: "ed" }]);
  expect(out).toBe(
    "daily: 5,000 readers imported since 2026-11-23. The next edition: 1,500 of the imported readers get it, 3,500 wait. " +
      "All get it from the edition for 2026-12-04 on, if each is taken well until then.\n",
  );
  expect(code).toBe(0);
});

test("it says why no one new is admitted, and how to end it where it would take over a year", async () => {
  const { out } = await ask(given({ braked: "Of 900 readers mailed 60 bounced." }), ["subscriber", "warm-up", "daily"]);
  expect(out).toContain("taken well until then. Of 900 readers mailed 60 bounced.\n");
  const long = await ask(given({ lastDate: null }), ["subscriber", "warm-up", "daily"]);
  expect(long.out).toContain("more than a year; to end it: subscriber warm-up NEWSLETTER --end.");
});

test("the last step is said in the singular where it is one reader, and that none waits", async () => {
  const one = await ask(given({ admitted: 1, waiting: 1 }), ["subscriber", "warm-up", "daily"]);
  expect(one.out).toContain("1 of the imported readers gets it, 1 waits. All get it");
  const none = await ask(given({ admitted: 5_000, waiting: 0 }), ["subscriber", "warm-up", "daily"]);
  expect(none.out).toContain("5,000 of the imported readers get it, none of them waits.\n");
});

test("--end ends it, and --json is what the command gives", async () => {
  const ended = await ask(gives({ newsletter: "daily", warmUp: null }), ["subscriber", "warm-up", "daily", "--end"]);
  expect(ended.requests).toMatchObject([{ end: true }]);
  expect(ended.out).toBe("The warm-up of daily has ended: its next edition goes to all readers.\n");
  const { out } = await ask(given(), ["subscriber", "warm-up", "daily", "--json"]);
  expect(JSON.parse(out)).toEqual({ newsletter: "daily", warmUp });
  const none = await ask(gives({ newsletter: "daily", warmUp: null }), ["subscriber", "warm-up", "daily"]);
  expect(none.out).toBe("No warm-up of daily is under way: its editions go to all readers.\n");
});
