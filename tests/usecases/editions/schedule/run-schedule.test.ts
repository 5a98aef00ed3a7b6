import { describe, expect, it } from "vitest";
import { showWorkbench } from "#usecases/editions/workbench/workbench.ts";
import { digest, key } from "../../../testing/editions/daily-edition.ts";
import { articles, news } from "../../../testing/editions/edition-fixtures.ts";
import { morning, system, value } from "../../../testing/editions/editions-system.ts";

describe("the schedule", () => {
  const due = { do: "scheduled", newsletter: "daily", scheduledFor: "2026-11-23T07:00:00Z" } as const;

  it("in mode auto builds, approves and dispatches, once", async () => {
    const { ask, dispatched, editions, notices } = system(news());
    const view = value(await ask(due));
    expect(view).toMatchObject({ state: "approved", date: "2026-11-23" });
    expect(await editions.get(key)).toMatchObject({
      approvedAt: morning,
      dueAt: morning,
      latest: "2026-11-23T10:00:00.000Z",
    });
    expect(dispatched).toEqual([key]);
    await editions.update(key, { state: "sending", frozenAt: morning });
    expect(value(await ask(due)).state).toBe("sending");
    expect(dispatched).toHaveLength(1);
    expect(notices).toEqual([]);
    expect((await editions.decisions(key)).map((decision) => decision.do)).toEqual(["build", "approve"]);
  });

  it("dispatches again when the first run died before it", async () => {
    const { ask, dispatched, ports } = system(news());
    const dispatch = ports.dispatch;
    ports.dispatch = async () => {
      throw new Error("killed");
    };
    await expect(ask(due)).rejects.toThrow("killed");
    ports.dispatch = dispatch;
    expect(value(await ask(due)).state).toBe("approved");
    expect(dispatched).toEqual([key]);
  });

  it("sends what an editor drafted before, as it was drafted", async () => {
    const { ask, later, dispatched } = system(news());
    const drafted = value(await ask({ do: "draft", newsletter: "daily", text: digest, by: "ed" }));
    later(0.1);
    expect(value(await ask(due))).toMatchObject({ state: "approved", rev: 1, headlines: drafted.headlines });
    expect(dispatched).toEqual([key]);
  });

  it("in mode approve leaves the draft and tells the editors once", async () => {
    const { ask, notices, dispatched } = system(news(), { mode: "approve" });
    const view = value(await ask(due));
    expect(view.state).toBe("draft");
    value(await ask(due));
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).toContain(view.lead.title);
    expect(notices[0]?.text).toContain("edition send daily --date 2026-11-23");
    expect(dispatched).toEqual([]);
  });

  it("where a second person is needed, sends in mode auto only what no person changed", async () => {
    const untouched = system(news(), { secondPerson: true });
    value(await untouched.build());
    expect(value(await untouched.ask(due)).state).toBe("approved");
    const { ask, decide, notices, dispatched, ports } = system(news(), { secondPerson: true });
    value(await decide({ do: "rewrite", subject: "My own words" }, "Ana"));
    const bench = value(await showWorkbench(ports, { newsletter: "daily" })).workbench;
    expect(bench).toMatchObject({ mode: "approve", outlook: { kind: "needs-approval", needsPerson: true } });
    for (const step of ["gate", "due", "due"] as const) expect(value(await ask({ ...due, step })).state).toBe("draft");
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).toContain("edition send daily --date 2026-11-23");
    expect(dispatched).toEqual([]);
  });

  it("with too little news skips and tells the editors why, once", async () => {
    const { ask, notices, editions, dispatched } = system(articles(3));
    const view = value(await ask(due));
    expect(view).toMatchObject({ state: "skipped", reason: expect.stringContaining("too little news") });
    value(await ask(due));
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).toContain("three stories are to be had");
    expect(dispatched).toEqual([]);
    expect(await editions.get(key)).toMatchObject({ state: "skipped", rev: 0 });
  });

  it("runs twice at once and sends one edition", async () => {
    const { ask, editions, notices, dispatched, store } = system(news());
    const outcomes = await Promise.all([ask(due), ask(due), ask(due)]);
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(store.editions.size).toBe(1);
    expect((await editions.decisions(key)).filter((decision) => decision.do === "approve")).toHaveLength(1);
    expect(dispatched.length).toBeGreaterThan(0);
    expect(notices).toEqual([]);
  });

  it("runs twice at once with too little news and tells the editors once", async () => {
    const { ask, notices } = system(articles(3));
    const outcomes = await Promise.all([ask(due), ask(due)]);
    expect(outcomes.map((outcome) => outcome.ok && outcome.value.state)).toEqual(["skipped", "skipped"]);
    expect(notices).toHaveLength(1);
  });

  it("holds what it comes too late for, and says so", async () => {
    const { ask, later, notices, dispatched } = system(news());
    later(4);
    expect(value(await ask(due))).toMatchObject({ state: "held", reason: expect.stringContaining("3 hours") });
    expect(notices).toHaveLength(1);
    expect(dispatched).toEqual([]);
  });

  it("takes the date of the moment it was scheduled for, where the newsletter is at home", async () => {
    const { ask, at } = system(news(), { timeZone: "Asia/Tokyo" });
    at("2026-11-23T16:05:00.000Z");
    const view = value(await ask({ ...due, scheduledFor: "2026-11-24T01:00:00+09:00" }));
    expect(view.date).toBe("2026-11-24");
  });
});
