import { describe, expect, test } from "vitest";
import { newEdition } from "#domain/edition/states.ts";
import { explainEdition } from "#usecases/editions/workbench/why.ts";
import { articles, id } from "../../../testing/editions/edition-fixtures.ts";
import { morning, system, value } from "../../../testing/editions/editions-system.ts";

const today = { newsletter: "daily", date: "2026-11-23" };
const news = () => system(articles(40, (n) => ({ sourceId: ["gazette", "herald", "courier"][n % 3] ?? "" })));

describe("what an edition could choose from", () => {
  test("explains it after every article has expired", async () => {
    const { build, decide, ports, articles: stored } = news();
    value(await build());
    value(await decide({ do: "remove", story: id(3) }));
    const before = value(await explainEdition(ports, today));
    expect(before.stories.filter(({ place }) => place === null).length).toBeGreaterThan(10);
    stored.splice(0);
    expect(value(await explainEdition(ports, today))).toEqual(before);
  });

  test("is kept as of the cut-off: decisions leave it, another build replaces it", async () => {
    const { build, decide, editions, later, articles: stored } = news();
    value(await build());
    const first = await editions.candidates(today);
    expect(first?.stories.length).toBeGreaterThan(30);
    later(1);
    stored.splice(0, 20);
    value(await decide({ do: "remove", story: id(30) }));
    expect(await editions.candidates(today)).toEqual(first);
    value(await build());
    const second = await editions.candidates(today);
    expect(second?.cutoff).toBe((await editions.get(today))?.cutoff);
    expect(second?.stories.length).toBeLessThan(first?.stories.length ?? 0);
  });

  test("is kept for the newest 30 editions only", async () => {
    const { build, editions } = news();
    const dates = Array.from({ length: 32 }, (_, n) =>
      new Date(Date.parse("2026-10-01") + n * 86_400_000).toISOString().slice(0, 10),
    ).filter((date) => date < today.date);
    const record = {
      newsletter: "daily",
      cutoff: morning,
      weights: {},
      stories: [],
      left: [],
      more: { stories: 0, left: 0 },
    };
    for (const date of dates) {
      await editions.create(newEdition({ newsletter: "daily", date, now: morning, rev: 0, cutoff: null }));
      await editions.putCandidates({ ...record, date });
    }
    value(await build());
    const kept = await Promise.all(dates.map((date) => editions.candidates({ newsletter: "daily", date })));
    expect(kept.map((one) => one !== undefined)).toEqual(dates.map((_, n) => n >= dates.length + 1 - 30));
    expect(await editions.candidates(today)).toBeDefined();
  });
});
