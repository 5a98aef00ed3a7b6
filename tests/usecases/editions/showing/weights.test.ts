import { describe, expect, it } from "vitest";
import { weighEditions } from "#usecases/editions/showing/weights.ts";
import { article, articles } from "../../../testing/editions/edition-fixtures.ts";
import { morning, system, value } from "../../../testing/editions/editions-system.ts";

const four = (n: number) => ({ sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] ?? "gazette" });

describe("edition weights", () => {
  it("replays what went out against what people decided, and changes nothing", async () => {
    const newsroom = system(articles(40, four));
    value(await newsroom.build());
    const before = value(await newsroom.decide({ do: "remove", story: "3" }));
    const key = { newsletter: "daily", date: before.date };
    await newsroom.editions.appendDecision(key, 3, { do: "approve", n: 3, by: "ed", at: morning });
    await newsroom.editions.update(key, { state: "approved", approvedAt: morning });
    const report = value(await weighEditions(newsroom.ports, { newsletter: "daily", editions: 30 }));
    expect(report).toMatchObject({
      newsletter: "daily",
      editions: 1,
      leads: 1,
      removals: 1,
      today: { leads: 1, removals: 0 },
    });
    expect(report.sentence).toContain("2 decisions are too few to go by");
    expect(await newsroom.editions.decisions(key)).toHaveLength(3);
    expect((await newsroom.editions.get(key))?.rev).toBe(before.rev);
  });

  it("says why where nothing was sent yet, and which newsletters there are", async () => {
    const newsroom = system([article(1)]);
    expect(await weighEditions(newsroom.ports, { newsletter: "daily", editions: 30 })).toMatchObject({
      ok: false,
      fault: { code: "no-edition" },
    });
    expect(await weighEditions(newsroom.ports, { newsletter: "weekly", editions: 30 })).toMatchObject({
      ok: false,
      fault: { code: "unknown-newsletter" },
    });
  });
});
