import { describe, expect, it } from "vitest";
import { drafted, key, messageOf, storyIds, titles } from "../../../testing/editions/daily-edition.ts";
import { id, news } from "../../../testing/editions/edition-fixtures.ts";
import { morning, system, value } from "../../../testing/editions/editions-system.ts";

describe("decisions", () => {
  it("pin, move and remove by number, by id and by the start of it", async () => {
    const { build, decide } = system(news());
    const before = value(await build());
    const [second, third] = [before.headlines[1], before.headlines[2]];
    expect(value(await decide({ do: "move", story: "2", to: 0 })).lead.title).toBe(second?.title);
    const moved = value(await decide({ do: "move", story: third?.storyId ?? "", to: 1 }));
    expect(moved.headlines[0]?.title).toBe(third?.title);
    const outside = news()
      .map(({ title }) => title)
      .find((one) => !titles(moved).includes(one));
    const story = id(Number(outside?.match(/number(\d+)/)?.[1]));
    expect(value(await decide({ do: "pin", story, at: 5 })).headlines[4]?.title).toBe(outside);
    expect(titles(value(await decide({ do: "remove", story })))).not.toContain(outside);
  });

  it("refuse a story that is not there, and an edition that is not", async () => {
    const { build, decide } = system(news());
    expect(await decide({ do: "undo" })).toMatchObject({ ok: false, fault: { code: "no-edition" } });
    value(await build());
    for (const story of ["18", "zzz", "0000000000"]) {
      expect(await decide({ do: "remove", story })).toMatchObject({ ok: false, fault: { code: "unknown-story" } });
    }
    expect(await decide({ do: "rewrite", story: "1" })).toMatchObject({ ok: false, fault: { code: "bad-request" } });
    expect(await decide({ do: "rewrite", story: "1", title: " \n" })).toMatchObject({ ok: false });
    for (const rewrite of [
      { subject: "x".repeat(201) },
      { story: "1", url: "javascript:alert(1)" },
      { title: "No story" },
    ]) {
      expect(await decide({ do: "rewrite", ...rewrite })).toMatchObject({ ok: false, fault: { code: "bad-request" } });
    }
    expect(await decide({ do: "undo" })).toMatchObject({ ok: false, fault: { code: "wrong-state" } });
  });

  it("change nothing that was approved in the same moment", async () => {
    const { build, decide, editions, ports } = system(news());
    value(await build());
    const { putRevision } = ports.editions;
    ports.editions = {
      ...editions,
      putRevision: async (at, revision) => {
        await editions.update(key, { state: "approved" }, { state: ["draft"] });
        return putRevision(at, revision);
      },
    };
    expect(await decide({ do: "rewrite", subject: "Too late" })).toMatchObject({
      ok: false,
      fault: { code: "wrong-state" },
    });
    expect(await editions.get(key)).toMatchObject({ state: "approved", rev: 1 });
  });

  it("of two editors at once are both kept", async () => {
    const { build, decide, editions } = system(news());
    value(await build());
    const outcomes = await Promise.all([
      decide({ do: "rewrite", story: "1", title: "From Anna" }, "anna"),
      decide({ do: "rewrite", story: "2", title: "From Ben" }, "ben"),
      decide({ do: "rewrite", subject: "From Cleo" }, "cleo"),
    ]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, true, true]);
    const edition = await editions.get(key);
    const content = (await editions.revision(key, edition?.rev ?? 0))?.content;
    expect(content?.subject).toBe("From Cleo");
    expect(content?.headlines.slice(0, 2).map(({ title }) => title)).toEqual(["From Anna", "From Ben"]);
    expect((await editions.decisions(key)).map(({ n }) => n)).toEqual([1, 2, 3, 4]);
  });

  it("skip a day before it is drafted; undo takes that back", async () => {
    const { decide, ask, dispatched, notices } = system(news());
    expect(value(await decide({ do: "skip" }))).toMatchObject({ state: "skipped", rev: 0, headlines: [] });
    const view = value(await ask({ do: "scheduled", newsletter: "daily", scheduledFor: morning }));
    expect(view.state).toBe("skipped");
    expect([dispatched, notices]).toEqual([[], []]);
    expect(value(await decide({ do: "undo" })).state).toBe("draft");
  });

  it("keep what an editor wrote in one line", async () => {
    const { build, decide } = system(news());
    value(await build());
    const view = value(await decide({ do: "rewrite", story: "0", title: "Two\r\nlines {{x}} <b>" }));
    expect(view.lead.title).toBe("Two lines {{x}} <b>");
    expect(view.subject).toBe("Two lines {{x}} <b>");
  });
});

describe("a request that comes again (C12)", () => {
  it("decides once, and answers as the first did", async () => {
    const { decide, editions } = await drafted();
    const first = value(await decide({ do: "remove", story: "3" }, "ana", "r1"));
    const again = value(await decide({ do: "remove", story: "3" }, "ana", "r1"));
    expect(storyIds(again)).toEqual(storyIds(first));
    expect(await editions.decisions(key)).toHaveLength(2);
  });

  it("finishes what a run that died half-way began", async () => {
    const { decide, editions, stories } = await drafted();
    const decision = { n: 2, do: "remove", story: stories[3] ?? "", by: "ana", at: morning, key: "r1" } as const;
    await editions.appendDecision(key, 2, decision);
    expect(storyIds(value(await decide({ do: "remove", story: "3" }, "ana", "r1")))).not.toContain(stories[3]);
    expect(await editions.decisions(key)).toHaveLength(2);
  });
});

describe("an approval for later (C20)", () => {
  it("ends with any change, and its time with it; what is due stays as it is", async () => {
    const { decide, editions } = await drafted();
    const later = "2026-11-23T09:00:00.000Z";
    await editions.update(key, { state: "approved", approvedAt: morning, dueAt: later, latest: later });
    value(await decide({ do: "remove", story: "3" }));
    expect(await editions.get(key)).toMatchObject({ state: "draft", approvedAt: null, dueAt: null, latest: null });
    await editions.update(key, { state: "approved", approvedAt: morning, dueAt: morning });
    expect(messageOf(await decide({ do: "remove", story: "3" }))).toMatch(/about to be sent/);
  });
});
