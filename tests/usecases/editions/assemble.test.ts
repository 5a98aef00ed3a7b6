import { describe, expect, it } from "vitest";
import { toInstant } from "#domain/time/instant.ts";
import { explainEdition } from "#usecases/editions/workbench/why.ts";
import { articles, id } from "../../testing/edition-fixtures.ts";
import { morning, system, value } from "../../testing/editions-system.ts";

const news = (count = 60) =>
  articles(count, (n) => ({ sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] ?? "gazette" }));
const key = { newsletter: "daily", date: "2026-11-23" };
const digest = "First paragraph.\nSecond paragraph.\n\n\nOne headline\nAnother headline\n\n";

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

describe("a draft from a file", () => {
  const draft = { do: "draft", newsletter: "daily", text: digest, by: "ed" } as const;

  it("says what the file says", async () => {
    const { ask } = system([]);
    const view = value(await ask(draft));
    expect(view.lead).toMatchObject({ title: null, paragraphs: ["First paragraph.", "Second paragraph."] });
    expect(view.headlines.map(({ title, url }) => ({ title, url }))).toEqual([
      { title: "One headline", url: null },
      { title: "Another headline", url: null },
    ]);
    expect(view.subject).toBe("One headline");
  });

  it("takes a subject, and replaces an edition only on request", async () => {
    const { ask, build } = system(news());
    value(await build());
    expect(await ask(draft)).toMatchObject({ ok: false, fault: { code: "edition-exists" } });
    const view = value(await ask({ ...draft, subject: " Quakes\r\nand more ", replace: true }));
    expect(view).toMatchObject({ subject: "Quakes and more", rev: 2 });
    expect(await build()).toMatchObject({ ok: false, fault: { code: "edition-exists" } });
  });

  it("can be taken back: the candidates are used again", async () => {
    const { ask, build, decide } = system(news());
    const before = value(await build());
    value(await ask({ ...draft, replace: true }));
    const after = value(await decide({ do: "undo" }));
    expect(after.lead).toEqual(before.lead);
    expect(after.headlines).toEqual(before.headlines);
  });

  it("keeps its lead; its headlines can be moved, removed and rewritten", async () => {
    const { ask, decide } = system([]);
    value(await ask(draft));
    expect(await decide({ do: "remove", story: "0" })).toMatchObject({ ok: false, fault: { code: "wrong-state" } });
    expect(await decide({ do: "move", story: "1", to: 0 })).toMatchObject({
      ok: false,
      fault: { code: "wrong-state" },
    });
    expect(value(await decide({ do: "move", story: "2", to: 1 })).headlines.map(({ title }) => title)).toEqual([
      "Another headline",
      "One headline",
    ]);
    value(await decide({ do: "rewrite", story: "0", title: "A lead" }));
    expect(value(await decide({ do: "remove", story: "2" }))).toMatchObject({
      lead: { title: "A lead" },
      headlines: [{ title: "Another headline" }],
    });
  });
});

describe("decisions", () => {
  it("pin, move and remove by number, by id and by the start of it", async () => {
    const { build, decide } = system(news());
    const before = value(await build());
    const [second, third] = [before.headlines[1], before.headlines[2]];
    expect(value(await decide({ do: "move", story: "2", to: 0 })).lead.title).toBe(second?.title);
    const moved = value(await decide({ do: "move", story: third?.storyId ?? "", to: 1 }));
    expect(moved.headlines[0]?.title).toBe(third?.title);
    const outside = (await all(60)).find((one) => !titles(moved).includes(one));
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

const titles = (view: { lead: { title: string | null }; headlines: { title: string }[] }) =>
  [view.lead, ...view.headlines].map(({ title }) => title);
const all = async (count: number) => news(count).map(({ title }) => title);

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
    // Just a full edition's worth, so that all of them are in it.
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

describe("why", () => {
  it("explains the edition and what came next, before and after it is drafted", async () => {
    const { ports, build } = system(news());
    const before = value(await explainEdition(ports, { newsletter: "daily" }));
    value(await build());
    const after = value(await explainEdition(ports, { newsletter: "daily" }));
    expect(after).toEqual(before);
    expect(after.stories.map(({ place }) => place).slice(0, 19)).toEqual([...Array(18).keys(), null]);
    expect(after.stories).toHaveLength(38);
  });

  it("explains an edition from a file, and what the file left no room for", async () => {
    const { ports, ask } = system(news());
    value(await ask({ do: "draft", newsletter: "daily", text: digest, by: "ed" }));
    const { stories } = value(await explainEdition(ports, { newsletter: "daily" }));
    expect(stories.slice(0, 2)).toMatchObject([
      { storyId: "lead", place: 0, reasons: ["It leads the file it came from."] },
      { title: "One headline", place: 1, reasons: ["It is line 5 of the file."] },
    ]);
    expect(stories[3]?.reasons[0]).toContain("comes from a file");
  });

  it("explains one story by number, id, address or words, chosen or not", async () => {
    const { ports, build, decide } = system([
      ...news(),
      ...articles(1, () => ({ id: "f".repeat(24), language: "fr" })),
    ]);
    const view = value(await build());
    value(await decide({ do: "remove", story: "2" }));
    const ask = async (story: string) => value(await explainEdition(ports, { newsletter: "daily", story })).stories;
    const gone = view.headlines[1];
    expect(await ask("1")).toMatchObject([{ place: 1, title: view.headlines[0]?.title }]);
    expect((await ask(gone?.storyId ?? ""))[0]?.reasons[0]).toBe("An editor removed it.");
    expect((await ask(gone?.url ?? ""))[0]?.title).toBe(gone?.title);
    expect((await ask(gone?.title ?? "")).map(({ title }) => title)).toContain(gone?.title);
    expect((await ask("ffffff"))[0]?.reasons).toEqual(["It is in French, and the newsletter is in English."]);
    expect(await explainEdition(ports, { newsletter: "daily", story: "zebra" })).toMatchObject({
      ok: false,
      fault: { code: "unknown-story" },
    });
  });
});
