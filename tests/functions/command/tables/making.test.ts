import { beforeEach, describe, expect, test } from "vitest";
import { newSource } from "#domain/source/polling.ts";
import { noDeliveries, now, setting } from "../../../testing/command-setting.ts";

let system: ReturnType<typeof setting>;

beforeEach(() => {
  system = setting();
});

describe("editions", () => {
  const addSource = () => system.sources.add(newSource({ url: "https://gazette.example/feed", id: "gazette" }, now));

  test("are made for today's date at the newsletter's home, and each decision answers with the workbench", async () => {
    await addSource();
    expect(await system.ask({ do: "build", newsletter: "daily", by: "ed" })).toMatchObject({
      value: { edition: { date: "2026-11-24" }, workbench: { decisions: 1 } },
    });
    const draft = { do: "draft", newsletter: "daily", text: "Lead\n\nOne", date: "2026-11-25", by: "ed" };
    expect(await system.ask(draft)).toMatchObject({ value: { edition: { date: "2026-11-25" } } });
    const pinned = await system.ask({
      do: "decide",
      newsletter: "daily",
      decision: { do: "pin", story: "3" },
      since: 1,
    });
    expect(pinned).toMatchObject({
      value: { edition: { date: "2026-11-24" }, workbench: { decisions: 2, since: { n: 1 } } },
    });
    expect(await system.editions.decisions({ newsletter: "daily", date: "2026-11-24" })).toMatchObject([
      { do: "build", by: "ed" },
      { do: "pin", by: "operator" },
    ]);
  });

  test("are drafted by the first decision about them", async () => {
    await addSource();
    const decided = await system.ask({
      do: "decide",
      newsletter: "daily",
      decision: { do: "remove", story: "1" },
      by: "ed",
    });
    expect(decided).toMatchObject({ ok: true });
    expect(await system.editions.decisions({ newsletter: "daily", date: "2026-11-24" })).toMatchObject([
      { do: "build", by: "ed" },
      { do: "remove", by: "ed" },
    ]);
  });

  test("are checked with their links unless not asked for", async () => {
    expect(await system.ask({ do: "check", newsletter: "daily" })).toMatchObject({
      value: { check: { rev: 1, links: [] } },
    });
    expect(await system.ask({ do: "check", newsletter: "daily", links: false })).toMatchObject({
      value: { check: { links: null } },
    });
    const target = { newsletter: "daily" };
    expect(system.calls.check).toMatchObject([
      { ...target, links: true },
      { ...target, links: false },
    ]);
  });

  test("are shown with their counts, their bytes, and the email as anyone may see it", async () => {
    await system.put("2026-11-24");
    expect(await system.ask({ do: "show", newsletter: "daily" })).toMatchObject({
      value: { edition: { subject: "News of 2026-11-24", counts: noDeliveries }, email: null },
    });
    expect(await system.ask({ do: "show", newsletter: "daily", email: true })).toMatchObject({
      value: {
        edition: { bytes: { html: expect.any(Number) } },
        email: { subject: "{News}", text: "https://news.example.com/unsubscribe" },
      },
    });
  });

  test("one that is not there: how to get it, and which is the newest", async () => {
    await system.put("2026-11-20");
    expect(await system.ask({ do: "show", newsletter: "daily" })).toMatchObject({
      fault: {
        code: "no-edition",
        message:
          "daily has no edition for 2026-11-24. Draft one with: npx --no-install broadsheet edition build daily --date 2026-11-24. The newest is of 2026-11-20 (--date 2026-11-20).",
      },
    });
  });

  test("are listed newest first", async () => {
    await system.put("2026-11-20", "finished", now);
    await system.put("2026-11-21");
    await system.worth.count({ newsletter: "daily", date: "2026-11-20" }, "a mark", "yes", 0);
    expect(await system.ask({ do: "list", newsletter: "daily" })).toEqual({
      ok: true,
      value: {
        editions: [
          { date: "2026-11-21", state: "draft", subject: "News of 2026-11-21", audience: 0, accepted: 0, worth: null },
          {
            date: "2026-11-20",
            state: "finished",
            subject: "News of 2026-11-20",
            audience: 0,
            accepted: 0,
            worth: { yes: 1, no: 0 },
          },
        ],
      },
    });
  });
});
