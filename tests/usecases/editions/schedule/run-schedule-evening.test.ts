import { describe, expect, it } from "vitest";
import { key } from "../../../testing/editions/daily-edition.ts";
import { article, news } from "../../../testing/editions/edition-fixtures.ts";
import { morning, system, value } from "../../../testing/editions/editions-system.ts";

describe("an edition that was begun the evening before (C1)", () => {
  const evening = "2026-11-22T20:00:00.000Z";
  const night = article(800, { seenAt: "2026-11-23T05:00:00.000Z", published: "2026-11-23T05:00:00.000Z" });
  const due = { do: "scheduled", newsletter: "daily", scheduledFor: morning } as const;
  const begun = async () => {
    const desk = system([...news(), night]);
    desk.at(evening);
    value(await desk.build("2026-11-23"));
    value(await desk.ask({ do: "decide", ...key, decision: { do: "rewrite", story: "3", title: "Mine" }, by: "ana" }));
    desk.at(morning);
    return desk;
  };
  const cutoffOf = async ({ editions }: Awaited<ReturnType<typeof begun>>) => (await editions.get(key))?.cutoff;

  it("takes the night's news in when it is due, and keeps what was decided", async () => {
    const desk = await begun();
    const sent = value(await desk.ask(due));
    expect(await cutoffOf(desk)).toBe(morning);
    expect([sent.lead, ...sent.headlines].map(({ title }) => title)).toContain("Mine");
    expect(desk.dispatched).toEqual([key]);
  });

  it("is sent as it was seen if it is approved", async () => {
    const approved = await begun();
    await approved.editions.update(key, { state: "approved", approvedAt: evening, dueAt: morning, latest: null });
    value(await approved.ask(due));
    expect(await cutoffOf(approved)).toBe(evening);
  });

  it("takes news in until the gate, and none after it", async () => {
    const desk = await begun();
    const gate = "2026-11-23T06:45:00.000Z";
    for (const [at, step] of [
      ["2026-11-23T05:30:00.000Z", "draft"],
      [gate, "gate"],
    ] as const) {
      desk.at(at);
      const view = value(await desk.ask({ ...due, step }));
      expect([view.state, await cutoffOf(desk)]).toEqual(["draft", at]);
      expect([view.lead, ...view.headlines].map(({ title }) => title)).toContain("Mine");
    }
    desk.at(morning);
    value(await desk.ask(due));
    expect(await cutoffOf(desk)).toBe(gate);
    expect(desk.dispatched).toEqual([key]);
  });

  it("is not skipped for too little news before it is due", async () => {
    const empty = system([]);
    for (const step of ["draft", "gate"] as const) {
      expect(await empty.ask({ ...due, step })).toMatchObject({ ok: false, fault: { code: "no-candidates" } });
      expect(await empty.editions.get(key)).toBeUndefined();
    }
    expect(value(await empty.ask(due)).state).toBe("skipped");
  });

  it("in mode approve, is offered to the editors at the gate, once", async () => {
    const desk = system([...news(), night], { mode: "approve" });
    desk.at("2026-11-23T06:45:00.000Z");
    value(await desk.ask({ ...due, step: "gate" }));
    expect(desk.notices.map(({ subject }) => subject)).toEqual([expect.stringContaining("Waiting for you")]);
    desk.at(morning);
    expect(value(await desk.ask(due)).state).toBe("draft");
    expect([desk.notices.length, desk.dispatched.length]).toEqual([1, 0]);
  });

  it("is marked as done once it was acted on, and not before", async () => {
    const desk = await begun();
    const times = { draftAt: morning, gateAt: morning, dueAt: morning, latest: morning, plannedAt: evening };
    const untouched = { draftedAt: null, gatedAt: null, triedAt: null, doneAt: null };
    await desk.schedule.saveScheduled({ ...key, ...times, ...untouched, n: 1 });
    const doneAt = async () => (await desk.schedule.scheduled("daily", key.date))[0]?.doneAt;
    value(await desk.ask({ ...due, step: "gate" }));
    expect(await doneAt()).toBeNull();
    value(await desk.ask(due));
    expect(await doneAt()).toBe(morning);
  });
});
