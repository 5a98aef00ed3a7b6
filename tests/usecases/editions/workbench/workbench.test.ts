import { describe, expect, it } from "vitest";
import { Workbench } from "#domain/edition/views/workbench.ts";
import { searchStories } from "#usecases/editions/workbench/search-stories.ts";
import { workbench } from "#usecases/editions/workbench/workbench.ts";
import { article, articles, hoursBefore } from "../../../testing/editions/edition-fixtures.ts";
import { morning, system, value } from "../../../testing/editions/editions-system.ts";

const news = (count = 200) =>
  articles(count, (n) => ({ sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] ?? "gazette" }));
const daily = { newsletter: "daily" };

function desk(all = news()) {
  const over = system(all);
  const look = async (since?: number) => Workbench.parse(value(await workbench(over.ports, { ...daily, since })));
  return { ...over, look };
}

describe("the workbench", () => {
  it("is filled before anybody drafts, and says so (C1)", async () => {
    const { look, build } = desk();
    const before = await look();
    expect(before).toMatchObject({ drafted: false, mode: "auto", timeZone: "UTC" });
    expect(before.outlook).toMatchObject({ kind: "going-out", at: morning });
    expect(before.rows).toHaveLength(18);
    expect(before.rows.every(({ reasons }) => reasons.length > 0)).toBe(true);
    expect(before.edition.bytes.html).toBeGreaterThan(5000);
    value(await build());
    const after = await look();
    expect(after).toMatchObject({ drafted: true, undo: null, redo: null });
    expect(after.rows.map(({ storyId }) => storyId)).toEqual(before.rows.map(({ storyId }) => storyId));
    expect(after.edition.hash).toBe(before.edition.hash);
  });

  it("has every candidate that is not in, with what kept it out, and none twice", async () => {
    const { look, build } = desk();
    value(await build());
    const { rows, candidates } = await look();
    expect(rows.length + candidates.length).toBe(200);
    expect(candidates.every(({ reasons }) => reasons.length > 0)).toBe(true);
    expect(new Set([...rows, ...candidates].map(({ storyId }) => storyId)).size).toBe(200);
  });

  it("keeps the source's words beside an editor's, and says when the source changed since (C7)", async () => {
    const all = news();
    const { look, build, decide, later } = desk(all);
    value(await build());
    const own = (await look()).rows[3];
    value(await decide({ do: "rewrite", story: "3", title: "My words" }, "ana"));
    expect((await look()).rows[3]).toMatchObject({
      title: "My words",
      own: { title: own?.title },
      rewritten: ["title"],
      changedSince: null,
    });
    later(0.1);
    const changed = all.find(({ id }) => id === own?.storyId);
    if (changed) all.splice(all.indexOf(changed), 1, { ...changed, changedAt: "2026-11-23T07:03:00.000Z" });
    expect((await look()).rows[3]?.changedSince).toBe("2026-11-23T07:03:00.000Z");
    value(await decide({ do: "reset", story: "3" }));
    expect((await look()).rows[3]).toMatchObject({ rewritten: [], changedSince: null });
  });

  it("keeps everything removed in the tray, and who removed it (C6)", async () => {
    const { look, build, decide } = desk();
    value(await build());
    const before = await look();
    for (let n = 0; n < 7; n++) value(await decide({ do: "remove", story: "2" }, n % 2 ? "bo" : "ana"));
    const { removed, candidates } = await look();
    const gone = removed.map(({ storyId }) => storyId);
    expect(gone).toHaveLength(7);
    expect(removed[0]?.by).toBe("ana");
    expect(gone.toReversed()[0]).toBe(before.rows[2]?.storyId);
    expect(candidates.some(({ storyId }) => gone.includes(storyId))).toBe(false);
  });

  it("says where a story ran before (C10)", async () => {
    // Seen so shortly before the cut-off that the next edition looks at them again.
    const all = news().map((one) => ({ ...one, seenAt: hoursBefore(0.01), published: hoursBefore(0.01) }));
    const { build, editions, later, ports } = desk(all);
    const first = value(await build());
    await editions.update({ ...daily, date: "2026-11-23" }, { state: "finished", frozenAt: morning });
    later(20);
    const tomorrow = value(await workbench(ports, { ...daily, date: "2026-11-24" }));
    const ran = tomorrow.candidates.find(({ storyId }) => storyId === first.headlines[3]?.storyId);
    expect(ran?.ran).toEqual({ date: "2026-11-23", place: 4 });
    expect(tomorrow.previous).toBe("2026-11-23");
  });

  it("tells the log in words, with before and after, and what undo and redo would do (C13, C28)", async () => {
    const { look, build, decide } = desk();
    value(await build());
    const { rows } = await look();
    value(await decide({ do: "move", story: "7", to: 2 }, "ana"));
    value(await decide({ do: "rewrite", story: "2", title: "Snow at last" }, "bo"));
    value(await decide({ do: "lead", story: "5" }, "ana"));
    value(await decide({ do: "remove", story: "9" }, "bo"));
    value(await decide({ do: "undo" }, "ana"));
    const { log, undo, redo } = await look();
    const title = (place: number) => rows[place]?.title;
    expect(log.map(({ by, text, stands }) => [by, text, stands])).toEqual([
      ["ana", expect.stringMatching(/^undid bo’s change: removed “.*”, headline 9$/), true],
      ["bo", expect.stringMatching(/^removed “/), false],
      ["ana", `made “${title(4)}” the lead`, true],
      ["bo", `rewrote the headline of “${title(7)}”`, true],
      ["ana", `moved “${title(7)}” from 7 to 2`, true],
      ["ed", expect.stringMatching(/^drafted it from news up to /), true],
    ]);
    expect(log[3]).toMatchObject({ before: title(7), after: "Snow at last" });
    expect(undo).toMatchObject({ n: 4, by: "ana", text: `made “${title(4)}” the lead` });
    expect(redo).toMatchObject({ n: 6, by: "bo" });
  });

  it("says what changed since a decision, naming what was moved and not what made room (C11)", async () => {
    const { look, build, decide } = desk();
    value(await build());
    const { rows } = await look();
    value(await decide({ do: "move", story: "7", to: 2 }));
    value(await decide({ do: "rewrite", story: "0", title: "Better", paragraphs: ["One."] }));
    value(await decide({ do: "rewrite", subject: "Subject" }));
    const { since, own } = await look(1);
    expect(since?.changes.moved).toEqual([{ title: rows[7]?.title, from: 7, at: 2 }]);
    expect(since?.changes.edited.map(({ what }) => what)).toEqual([
      "subject",
      "preheader",
      "headline",
      "text of “Better”",
    ]);
    expect(own.subject).toBe("Better");
    value(await decide({ do: "remove", story: "5" }));
    const later = await look(1);
    expect(later.since?.changes).toMatchObject({ removed: [{ from: 4 }], added: [{ at: 17 }] });
    expect((await look(later.decisions)).since?.changes.moved).toEqual([]);
  });

  it("shows an edition from a file with the file's words", async () => {
    const { look, ask, decide } = desk();
    value(await ask({ do: "draft", ...daily, text: "Lead text.\n\nOne headline\nTwo headline\n", by: "ed" }));
    value(await decide({ do: "rewrite", story: "1", title: "Other" }));
    value(await decide({ do: "remove", story: "2" }));
    const { rows, removed, fromFile, candidates, log } = await look();
    expect(fromFile).toBe(true);
    expect(candidates).toEqual([]);
    expect(rows[1]).toMatchObject({ title: "Other", own: { title: "One headline" }, rewritten: ["title"] });
    expect(removed).toMatchObject([{ title: "Two headline" }]);
    expect(log[0]?.text).toContain("Two headline");
  });
});

describe("find (C9)", () => {
  it("gives what was seen in a fortnight by words of its title, the newest first", async () => {
    const old = article(700, { title: "Ferry runs aground off the old harbour", seenAt: hoursBefore(200) });
    const older = article(701, { title: "Harbour ferry returns", seenAt: hoursBefore(300) });
    const gone = article(702, { title: "Harbour ferry sinks", seenAt: hoursBefore(24 * 20) });
    const { ports } = system([gone, older, old, ...news(30)]);
    const { stories } = value(await searchStories(ports, { ...daily, words: "ferry  HARBOUR" }));
    expect(stories.map(({ storyId }) => storyId)).toEqual([old.id, older.id]);
    expect(await searchStories(ports, { ...daily, words: "the" })).toMatchObject({ ok: false });
  });
});
