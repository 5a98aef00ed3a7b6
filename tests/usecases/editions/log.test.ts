import { expect, test } from "vitest";
import type { Decision } from "#domain/edition/decisions/decisions.ts";
import { now, setting } from "../../testing/command-setting.ts";

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
