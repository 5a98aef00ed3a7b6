import { describe, expect, it } from "vitest";
import { toInstant } from "#domain/time/instant.ts";
import { key, titles } from "../../../testing/editions/daily-edition.ts";
import { articles, id, news } from "../../../testing/editions/edition-fixtures.ts";
import { morning, system, value } from "../../../testing/editions/editions-system.ts";

describe("build", () => {
  it("drafts today's edition and keeps it", async () => {
    const { build, editions } = system(news());
    const view = value(await build());
    expect(view).toMatchObject({ newsletter: "daily", date: "2026-11-23", state: "draft", rev: 1 });
    expect(view.headlines).toHaveLength(17);
    expect(view.bytes.html).toBeGreaterThan(5_000);
    expect(await editions.get(key)).toMatchObject({ rev: 1, cutoff: morning, state: "draft" });
    expect(await editions.decisions(key)).toMatchObject([{ n: 1, do: "build", by: "ed" }]);
  });

  it("puts no revision where nothing changed, and one where news came", async () => {
    const { build, articles: all, later } = system(news());
    const first = value(await build());
    expect(value(await build()).rev).toBe(1);
    const [newest] = news(61).slice(-1);
    if (newest) all.push({ ...newest, seenAt: morning, published: morning });
    later(0.01);
    const second = value(await build());
    expect(second.rev).toBe(2);
    expect([second.lead, ...second.headlines].map(({ storyId }) => storyId)).toContain(id(61));
    expect(second.date).toBe(first.date);
  });

  it("keeps decisions when it is built again", async () => {
    const { build, decide, later } = system(news());
    const before = value(await build());
    const gone = before.headlines[2]?.title;
    value(await decide({ do: "remove", story: "3" }));
    value(await decide({ do: "rewrite", story: "1", title: "A better title" }));
    later(0.01);
    const titles = value(await build()).headlines.map(({ title }) => title);
    expect(titles).not.toContain(gone);
    expect(titles).toContain("A better title");
    expect(titles).toHaveLength(17);
  });

  it("with too little news says what is missing and leaves nothing", async () => {
    const { build, editions, store } = system(articles(4, () => ({ language: "pt" })));
    const outcome = await build();
    expect(outcome).toMatchObject({ ok: false, fault: { code: "no-candidates" } });
    expect(!outcome.ok && outcome.fault.message).toMatch(/no stories.*5 headlines.*4 in another language/i);
    expect(await editions.get(key)).toBeUndefined();
    expect(await editions.decisions(key)).toEqual([]);
    expect(store.revisions.size).toBe(0);
  });

  it("names the newsletters there are", async () => {
    const { ask } = system(news());
    const outcome = await ask({ do: "build", newsletter: "weekly", by: "ed" });
    expect(outcome).toMatchObject({ ok: false, fault: { code: "unknown-newsletter" } });
    expect(!outcome.ok && outcome.fault.message).toContain("daily");
  });

  it("takes the date where the newsletter is at home", async () => {
    const { build, at } = system(news(), { timeZone: "Asia/Tokyo" });
    at("2026-11-23T16:00:00.000Z");
    expect(value(await build()).date).toBe("2026-11-24");
  });

  it.each([
    ["approved", "wrong-state"],
    ["sending", "already-sent"],
    ["finished", "already-sent"],
    ["held", "wrong-state"],
  ] as const)("refuses once the edition is %s", async (state, code) => {
    const { build, decide, editions } = system(news());
    value(await build());
    await editions.update(key, { state });
    expect(await build()).toMatchObject({ ok: false, fault: { code } });
    expect(await decide({ do: "remove", story: "1" })).toMatchObject({ ok: false, fault: { code } });
    expect(await editions.decisions(key)).toHaveLength(1);
  });

  it("drafts again what was skipped or cancelled before anybody got it", async () => {
    const { build, decide, editions } = system(news());
    value(await build());
    expect(value(await decide({ do: "skip", reason: "A quiet\nday" }))).toMatchObject({
      state: "skipped",
      reason: "A quiet day",
    });
    expect(value(await build())).toMatchObject({ state: "draft", reason: null });
    await editions.update(key, { state: "cancelled", reason: "cancelled by ed", approvedAt: morning });
    expect(value(await build())).toMatchObject({ state: "draft", reason: null });
    await editions.update(key, { state: "cancelled", frozenAt: morning });
    expect(await build()).toMatchObject({ ok: false, fault: { code: "already-sent" } });
  });
});

describe("the next edition", () => {
  it("starts where the last one that ran ended, and repeats nothing", async () => {
    const { ask, at, articles: pool, build } = system(news());
    const first = value(await ask({ do: "scheduled", newsletter: "daily", scheduledFor: morning }));
    const next = "2026-11-24T07:00:00.000Z";
    at(next);
    expect(await build()).toMatchObject({ ok: false, fault: { code: "no-candidates" } });
    pool.push(
      ...news(120)
        .slice(60)
        .map((one) => ({ ...one, seenAt: "2026-11-24T05:00:00.000Z", published: "2026-11-24T05:00:00.000Z" })),
    );
    const second = value(await build());
    expect(second.date).toBe("2026-11-24");
    expect(titles(second).filter((title) => titles(first).includes(title))).toEqual([]);
  });

  it("finds what was seen before the last cut-off and written after it", async () => {
    const { ask, at, articles: pool, build } = system(news());
    value(await ask({ do: "scheduled", newsletter: "daily", scheduledFor: morning }));
    const seenAt = toInstant(Date.parse(morning) - 900);
    // Just a full edition's worth, so all of them are in it.
    pool.push(
      ...news(78)
        .slice(60)
        .map((one) => ({ ...one, seenAt, published: seenAt })),
    );
    at("2026-11-24T07:00:00.000Z");
    const { lead, headlines } = value(await build());
    const shown = [lead, ...headlines].map(({ storyId }) => storyId);
    expect(shown.toSorted()).toEqual(Array.from({ length: 18 }, (_, n) => id(61 + n)));
  });
});
