import { expect, test } from "vitest";
import { defineConfig } from "#domain/config.ts";
import type { Decision } from "#domain/edition/decisions/decisions.ts";
import { readLog } from "#usecases/editions/showing/log.ts";
import { now, setting } from "../../../testing/command-setting.ts";
import { key as day, drafted, titles } from "../../../testing/editions/daily-edition.ts";

const tomorrow = { newsletter: "daily", date: "2026-11-25" };
const by = "Anders";

test("the log tells who did what, before and after, newest first, and names no reader", async () => {
  const set = setting();
  await set.ask({ do: "subscriber add", newsletter: "daily", addresses: ["ada@example.com", "bram@example.com"] });
  const decided = async (decision: object) => {
    const n = (await set.editions.decisions(tomorrow)).length + 1;
    await set.editions.appendDecision(tomorrow, n, { n, at: now, ...decision } as Decision);
  };
  await set.put("2026-11-25");
  await decided({ do: "rewrite", story: null, subject: "First", by: "Edith" });
  await decided({ do: "rewrite", story: null, subject: "Second", by: "Vera" });
  await set.ask({ do: "approve", ...tomorrow, by });
  const whole = await set.ask({ do: "log", days: 7 });
  expect(whole).toMatchObject({
    value: {
      entries: expect.arrayContaining([
        expect.objectContaining({
          by: "Vera",
          what: "rewrote the subject",
          before: "First",
          after: "Second",
        }),
        expect.objectContaining({ by, what: "approved it for Wed 07:00", date: "2026-11-25" }),
        expect.objectContaining({ what: expect.stringMatching(/^added (?:a subscriber|\d+ subscribers)$/) }),
      ]),
    },
  });
  expect(JSON.stringify(whole)).not.toMatch(/@example\.com/);
  const one = await set.ask({ do: "log", ...tomorrow });
  expect(JSON.stringify(one)).not.toMatch(/subscriber/);
  expect(await set.ask({ do: "log", newsletter: "nightly" })).toMatchObject({ fault: { code: "unknown-newsletter" } });
});

test("drafts of later dates hide no decision", async () => {
  const set = setting();
  for (const date of ["2026-11-23", "2026-11-24", "2026-11-25", "2026-12-01", "2026-12-02"]) await set.put(date);
  const skip = { n: 1, at: now, do: "skip", reason: "Holiday", by } as const;
  await set.editions.appendDecision({ newsletter: "daily", date: "2026-11-23" }, 1, skip);
  const log = await set.ask({ do: "log", newsletter: "daily", days: 1 });
  expect(log).toMatchObject({ value: { entries: [{ by, date: "2026-11-23" }] } });
});

test("a removed story has its headline in the log, from a revision that still had it", async () => {
  const { decide, editions, stories, before } = await drafted();
  await decide({ do: "remove", story: "3" });
  await decide({ do: "rewrite", story: "0", title: "A better lead" });
  const config = defineConfig({
    newsletters: {
      daily: {
        title: "Daily",
        from: { name: "Ed", address: "ed@example.com" },
        postalAddress: "1 Street",
      },
    },
  });
  const audit = { day: async () => [] };
  const read = await readLog({ config, now: () => "2026-11-23T08:00:00.000Z", editions, audit }, { ...day, days: 1 });
  const whats = read.ok ? read.value.entries.map(({ what }) => what) : [];
  expect(whats).toContain(`removed “${titles(before)[3]}”`);
  expect(whats.join()).not.toContain(stories[3]?.slice(0, 12) ?? "");
});
