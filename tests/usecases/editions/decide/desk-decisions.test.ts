import { describe, expect, it } from "vitest";
import type { EditionView } from "#domain/edition/edition.ts";
import { article, articles, hoursBefore, id } from "../../../testing/edition-fixtures.ts";
import { morning, system, value } from "../../../testing/editions-system.ts";

const news = (count = 60) =>
  articles(count, (n) => ({ sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] ?? "gazette" }));
const key = { newsletter: "daily", date: "2026-11-23" };
const list = ({ lead, headlines }: EditionView) => [lead, ...headlines].map(({ storyId }) => storyId);

async function drafted(all = news()) {
  const desk = system(all);
  const before = value(await desk.build());
  return { ...desk, before, stories: list(before) };
}
const message = (outcome: { ok: boolean; fault?: { message: string } }) => outcome.fault?.message ?? "";

describe("lead (C5)", () => {
  it("makes a headline the lead, and the old lead the first headline", async () => {
    const { decide, stories } = await drafted();
    const after = list(value(await decide({ do: "lead", story: "5" })));
    expect(after).toEqual([stories[5], ...stories.toSpliced(5, 1)]);
  });
});

describe("restore (C6)", () => {
  it("brings a removed story back to the place it had", async () => {
    const { decide, before, stories } = await drafted();
    value(await decide({ do: "remove", story: "4" }));
    value(await decide({ do: "remove", story: "4" }));
    const after = value(await decide({ do: "restore", story: stories[4] ?? "" }));
    expect(list(after).indexOf(stories[4] ?? "")).toBe(4);
    expect(after.headlines).toHaveLength(before.headlines.length);
    expect(message(await decide({ do: "restore", story: stories[4] ?? "" }))).toMatch(/not among the removed/);
  });
});

describe("reset (C7)", () => {
  it("takes one field back, then all of them", async () => {
    const { decide, before } = await drafted();
    value(await decide({ do: "rewrite", story: "2", title: "Other words", url: "https://other.example/2" }));
    const half = value(await decide({ do: "reset", story: "2", fields: ["title"] }));
    expect(half.headlines[1]).toMatchObject({ title: before.headlines[1]?.title, url: "https://other.example/2" });
    expect(value(await decide({ do: "reset", story: "2" })).headlines[1]?.url).toBe(before.headlines[1]?.url);
    expect(message(await decide({ do: "reset", story: "2" }))).toMatch(/nothing to take back/);
  });

  it("gives subject and preheader back to the edition", async () => {
    const { decide, before } = await drafted();
    value(await decide({ do: "rewrite", subject: "S", preheader: "P" }));
    const after = value(await decide({ do: "reset", fields: ["subject"] }));
    expect(after).toMatchObject({ subject: before.subject, preheader: "P" });
  });
});

describe("add (C9)", () => {
  it("takes a candidate by its address, however that is written", async () => {
    const { decide, stories } = await drafted();
    const other = news().find((one) => !stories.includes(one.id));
    const after = value(await decide({ do: "add", story: `${other?.url}/?utm_source=desk`, at: 3 }));
    expect(list(after)[3]).toBe(other?.id);
    expect(after.headlines).toHaveLength(17);
  });

  it("refuses what is in already, by the story's or any of its articles' addresses", async () => {
    const { decide, before } = await drafted();
    const outcome = await decide({ do: "add", story: before.headlines[6]?.url ?? "" });
    expect(outcome).toMatchObject({ ok: false, fault: { code: "edition-exists" } });
    expect(message(outcome)).toContain("headline 7");
    expect(await decide({ do: "add", story: id(1) })).toMatchObject({ ok: false });
  });

  it("takes an article from before the window, which is shown as it was", async () => {
    const old = article(500, { seenAt: hoursBefore(24 * 30), url: "https://gazette.example/old", sourceId: "gazette" });
    const { decide } = await drafted([...news(), old]);
    const after = value(await decide({ do: "add", story: "https://www.gazette.example/old?fbclid=1", at: 1 }));
    expect(after.headlines[0]).toMatchObject({ storyId: old.id, title: old.title, source: "The Gazette" });
    expect(await decide({ do: "add", story: "https://gazette.example/old" })).toMatchObject({ ok: false });
  });

  it("takes a page no source brought with a headline, and says so without one", async () => {
    const { decide } = await drafted();
    expect(message(await decide({ do: "add", story: "https://elsewhere.example/a" }))).toMatch(/Give it a headline/);
    const after = value(
      await decide({ do: "add", story: "https://elsewhere.example/a", title: "Seen elsewhere", at: 2 }),
    );
    expect(after.headlines[1]).toMatchObject({ title: "Seen elsewhere", source: "elsewhere.example" });
    expect(message(await decide({ do: "add", story: "ftp://elsewhere.example" }))).toMatch(/Give its address/);
  });

  it("restores what was removed to its place", async () => {
    const { decide, stories } = await drafted();
    value(await decide({ do: "remove", story: "4" }));
    expect(list(value(await decide({ do: "add", story: stories[4] ?? "" })))[4]).toBe(stories[4]);
  });
});

describe("undo and redo (C13)", () => {
  it("go back to the beginning and forth to the end, whoever decided", async () => {
    const { decide, before } = await drafted();
    value(await decide({ do: "lead", story: "3" }, "ana"));
    value(await decide({ do: "rewrite", story: "2", title: "Words" }, "bo"));
    const last = value(await decide({ do: "remove", story: "9" }, "ana"));
    for (let back = 0; back < 3; back++) value(await decide({ do: "undo" }, "bo"));
    expect(message(await decide({ do: "undo" }))).toMatch(/no decision left/);
    expect(list(value(await decide({ do: "redo" })))).not.toEqual(list(before));
    value(await decide({ do: "redo" }));
    const again = value(await decide({ do: "redo" }));
    expect(list(again)).toEqual(list(last));
    expect(again.headlines).toEqual(last.headlines);
    expect(message(await decide({ do: "redo" }))).toMatch(/nothing to do again/);
    value(await decide({ do: "undo" }));
    value(await decide({ do: "move", story: "5", to: 6 }));
    expect(message(await decide({ do: "redo" }))).toMatch(/nothing to do again/);
  });
});

describe("a request that comes again (C12)", () => {
  it("decides once, and answers as the first did", async () => {
    const { decide, editions } = await drafted();
    const first = value(await decide({ do: "remove", story: "3" }, "ana", "r1"));
    const again = value(await decide({ do: "remove", story: "3" }, "ana", "r1"));
    expect(list(again)).toEqual(list(first));
    expect(await editions.decisions(key)).toHaveLength(2);
  });

  it("finishes what a run that died half-way began", async () => {
    const { decide, editions, stories } = await drafted();
    const decision = { n: 2, do: "remove", story: stories[3] ?? "", by: "ana", at: morning, key: "r1" } as const;
    await editions.appendDecision(key, 2, decision);
    expect(list(value(await decide({ do: "remove", story: "3" }, "ana", "r1")))).not.toContain(stories[3]);
    expect(await editions.decisions(key)).toHaveLength(2);
  });
});

describe("words written over others' (C14)", () => {
  const mine = { do: "rewrite", story: "2", title: "Bo's words" } as const;

  it("refuses what would be written over words its editor never saw, says whose they are, and stores nothing", async () => {
    const { decide, editions, before } = await drafted();
    const seen = before.headlines[1]?.title ?? "";
    value(await decide({ ...mine, title: "Ana's words", was: { title: seen } }, "Ana"));
    const refused = await decide({ ...mine, was: { title: seen } }, "Bo");
    expect(refused).toMatchObject({
      ok: false,
      fault: { code: "conflict", message: "Ana wrote “Ana's words” meanwhile; yours is not saved over it." },
    });
    expect(await editions.decisions(key)).toHaveLength(2);
    expect(message(await decide({ ...mine, was: { title: seen } }, "Ana"))).toMatch(/^You wrote/);
    value(await decide({ ...mine, was: { title: " Ana's  words\n" } }, "Bo"));
    const stored = (await editions.decisions(key)).at(-1);
    expect(stored).toMatchObject({ title: mine.title, by: "Bo" });
    expect(stored).not.toHaveProperty("was");
    // Who saw nothing in particular, the command line, writes as ever; so does whoever writes the same.
    value(await decide({ ...mine, title: "From the command line" }, "Cleo"));
    value(await decide({ ...mine, title: "From the  command line ", was: { title: "long ago" } }, "Bo"));
  });

  it("lets other fields, what an undo or a reset took back, and what no editor wrote be written over", async () => {
    const { decide, before } = await drafted();
    const seen = before.headlines[1]?.title ?? "";
    value(await decide({ ...mine, was: { title: "as the source had it once" } }, "Bo"));
    value(await decide({ do: "rewrite", story: "2", url: "https://bo.example", was: { url: "", title: seen } }, "Ana"));
    value(await decide({ do: "undo" }, "Ana"));
    value(await decide({ do: "reset", story: "2", fields: ["title"] }, "Ana"));
    value(await decide({ ...mine, title: "Again", was: { title: mine.title } }, "Bo"));
    value(await decide({ do: "undo" }, "Ana"));
    value(await decide({ ...mine, title: "And again", was: { title: "Again" } }, "Bo"));
    // A subject that follows the lead's headline is nobody's.
    value(await decide({ do: "rewrite", story: "0", title: "A new lead" }, "Bo"));
    value(await decide({ do: "rewrite", subject: "Mine", was: { subject: before.subject } }, "Bo"));
    expect(message(await decide({ do: "rewrite", subject: "Hers", was: { subject: before.subject } }, "Ana"))).toMatch(
      /^Bo wrote “Mine”/,
    );
  });

  it("takes a lead's text as it was seen: no longer than the newsletter shows it", async () => {
    const { decide } = await drafted();
    const long = Array.from({ length: 12 }, (_, n) => `Paragraph ${n}.`);
    const shown = value(await decide({ do: "rewrite", story: "0", paragraphs: long }, "Ana")).lead.paragraphs;
    expect(shown.length).toBeLessThan(long.length);
    for (const was of [shown, long]) {
      value(await decide({ do: "rewrite", story: "0", paragraphs: long, was: { paragraphs: was.join("\n\n") } }, "Bo"));
    }
    const other = { do: "rewrite" as const, story: "0", paragraphs: ["Short."], was: { paragraphs: long[0] ?? "" } };
    expect(message(await decide(other, "Bo"))).toMatch(/wrote “Paragraph 0\. ?\s*Paragraph 1/);
    value(await decide({ ...other, was: { paragraphs: shown.join("\n\n") } }, "Bo"));
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
    expect(message(await decide({ do: "remove", story: "3" }))).toMatch(/about to be sent/);
  });
});

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

describe("an editor's text", () => {
  it("keeps no-break and narrow spaces, and loses what is hidden, as a feed's does", async () => {
    const { decide } = await drafted();
    const title = "Prix\u202f: 5\u00a0000\u00a0€ \u200bau\u202e\u0007  port";
    const after = value(await decide({ do: "rewrite", story: "2", title, subject: title }));
    expect(after.headlines[1]?.title).toBe("Prix\u202f: 5\u00a0000\u00a0€ au port");
    const body = value(await decide({ do: "rewrite", story: "0", paragraphs: ["A\u200b B\u00a0C"] }));
    expect(body.lead.paragraphs).toEqual(["A B\u00a0C"]);
  });

  it("with half of a broken pair or a hidden character isn't another editor's text", async () => {
    const { decide } = await drafted();
    value(await decide({ do: "rewrite", story: "2", title: "Snow \ud83d at\u200b last" }));
    const was = { title: "Snow \ud83d at\u200b last" };
    expect(await decide({ do: "rewrite", story: "2", title: "Snow", was }, "bo")).toMatchObject({ ok: true });
  });
});
