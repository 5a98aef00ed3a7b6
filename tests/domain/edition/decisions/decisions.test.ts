import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeEdition } from "#domain/edition/content/make.ts";
import { Decision, decisionsInForce, editorialStateOf, type NewDecision } from "#domain/edition/decisions/decisions.ts";
import { article, closing, hoursBefore, id, ingredients, log } from "../../../testing/editions/edition-fixtures.ts";

const story = fc.integer({ min: 1, max: 45 }).map(id);
const place = fc.integer({ min: 0, max: 20 });
const stamp = { by: "ed", at: closing };
const text = fc.string({ minLength: 1, maxLength: 20 });

const placing = fc.oneof(
  fc.record({ do: fc.constant("pin" as const), story, to: fc.option(place), by: fc.constant("ed") }),
  fc.record({ do: fc.constant("move" as const), story, to: place, by: fc.constant("ed") }),
  fc.record({ do: fc.constant("remove" as const), story, by: fc.constant("ed") }),
);
const rewriting = fc.record({ do: fc.constant("rewrite" as const), story: fc.option(story), title: text });
const decision: fc.Arbitrary<NewDecision> = fc
  .oneof(placing, rewriting, fc.record({ do: fc.constant("skip" as const), reason: fc.option(text) }))
  .map((one) => ({ ...one, ...stamp }));

const numbered = (decisions: NewDecision[]): Decision[] =>
  decisions.map((one, index) => Decision.parse({ ...one, n: index + 1 }));

const outcome = (decisions: Decision[]) => makeEdition(ingredients({ decisions })).content;

const listed = (decisions: Decision[]) => {
  const { lead, headlines } = outcome(decisions);
  return [lead, ...headlines].map(({ storyId }) => storyId ?? "");
};

describe("the fold of decisions", () => {
  it("is reversed by undo: the log with it gives the same edition as the log without the decision", () => {
    fc.assert(
      fc.property(fc.array(decision, { minLength: 1, maxLength: 8 }), fc.nat(), (decisions, pick) => {
        const all = numbered(decisions);
        const of = (pick % all.length) + 1;
        const undone = [...all, Decision.parse({ do: "undo", of, n: all.length + 1, ...stamp })];
        expect(editorialStateOf(undone)).toEqual(editorialStateOf(all.filter(({ n }) => n !== of)));
        const redone = [...undone, Decision.parse({ do: "undo", of: all.length + 1, n: all.length + 2, ...stamp })];
        expect(editorialStateOf(redone)).toEqual(editorialStateOf(all));
      }),
    );
  });

  it("does not depend on the order in which the log is read", () => {
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 8 }), (decisions) => {
        const all = numbered(decisions);
        expect(editorialStateOf(all.toReversed())).toEqual(editorialStateOf(all));
      }),
    );
  });

  it("does what the editor saw: a moved story is removed and inserted, and the others close up", () => {
    const moving = fc.record({ from: fc.nat(17), to: fc.nat(17) });
    fc.assert(
      fc.property(fc.array(placing, { maxLength: 6 }), moving, (decisions, { from, to }) => {
        const before = numbered(decisions.map((one) => ({ ...one, ...stamp })));
        const list = listed(before);
        const story = list[from] ?? "";
        const move = Decision.parse({ do: "move", story, to, n: before.length + 1, ...stamp });
        expect(listed([...before, move])).toEqual(list.toSpliced(from, 1).toSpliced(to, 0, story));
      }),
      { numRuns: 60 },
    );
  });

  it("lets every other story keep its order when one is removed", () => {
    fc.assert(
      fc.property(fc.array(placing, { maxLength: 6 }), fc.integer({ min: 1, max: 17 }), (decisions, at) => {
        const before = numbered(decisions.map((one) => ({ ...one, ...stamp })));
        const list = listed(before);
        const removing = Decision.parse({ do: "remove", story: list[at], n: before.length + 1, ...stamp });
        expect(listed([...before, removing]).slice(0, 17)).toEqual(list.toSpliced(at, 1));
      }),
      { numRuns: 60 },
    );
  });

  it("holds what was decided last about a story, in the edition itself", () => {
    fc.assert(
      fc.property(fc.array(placing, { minLength: 1, maxLength: 10 }), (decisions) => {
        const all = numbered(decisions.map((one) => ({ ...one, ...stamp })));
        const content = outcome(all);
        const shown = [content.lead, ...content.headlines].map(({ storyId }) => storyId);
        expect(new Set(shown).size).toBe(shown.length);
        expect(content.headlines).toHaveLength(17);
        const last = all.at(-1);
        if (last?.do === "remove") expect(shown).not.toContain(last.story);
        // The 40 stories of the fixture exist; 41 to 45 are named and are not there.
        if (last?.do === "move" && Number.parseInt(last.story, 16) <= 40) {
          expect(shown[Math.min(last.to, 17)]).toBe(last.story);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("keeps each field's latest rewrite", () => {
    const editorial = editorialStateOf(
      log(
        { do: "rewrite", story: "a", title: "One", url: "https://x.example/1" },
        { do: "rewrite", story: "a", title: "Two" },
        { do: "rewrite", story: null, subject: "S" },
        { do: "rewrite", story: null, preheader: "P" },
      ),
    );
    expect(editorial.rewrites.get("a")).toEqual({ title: "Two", url: "https://x.example/1" });
    expect(editorial).toMatchObject({ subject: "S", preheader: "P" });
  });

  it("takes a field back to the source's words, and leaves the others", () => {
    const editorial = editorialStateOf(
      log(
        { do: "rewrite", story: "a", title: "One", url: "https://x.example/1" },
        { do: "rewrite", story: null, subject: "S", preheader: "P" },
        { do: "reset", stories: ["a"], fields: ["title"] },
        { do: "reset", stories: [], fields: ["subject"] },
      ),
    );
    expect(editorial.rewrites.get("a")).toEqual({ url: "https://x.example/1" });
    expect(editorial).toMatchObject({ subject: null, preheader: "P" });
  });

  it("shows an added story that isn't a candidate where the editor put it", () => {
    const own = article(900, { title: "From outside", url: "https://elsewhere.example/900", seenAt: hoursBefore(200) });
    const content = outcome(log({ do: "add", article: own, to: 2 }));
    expect(content.headlines[1]).toMatchObject({ storyId: own.id, title: "From outside" });
    expect(content.headlines).toHaveLength(17);
    expect(listed(log({ do: "add", article: own, to: 2 }, { do: "remove", story: own.id }))).not.toContain(own.id);
  });

  it("starts again with a file, because its stories are others", () => {
    const editorial = editorialStateOf(
      log(
        { do: "remove", story: "line-3" },
        { do: "rewrite", story: null, subject: "Old" },
        { do: "draft", paragraphs: ["P"], headlines: [{ line: 3, title: "H" }], subject: "New" },
      ),
    );
    expect(editorial.removed.size).toBe(0);
    expect(editorial.subject).toBeNull();
    expect(editorial.file?.subject).toBe("New");
  });

  it("ends a skip with the next build only", () => {
    expect(editorialStateOf(log({ do: "skip", reason: "quiet" })).skip).toEqual({ reason: "quiet" });
    expect(editorialStateOf(log({ do: "skip", reason: null }, { do: "build", cutoff: closing })).skip).toBeNull();
    expect(editorialStateOf(log({ do: "build", cutoff: closing }, { do: "skip", reason: null })).skip).toEqual({
      reason: null,
    });
  });

  it("lists decisions in force, without undone ones and undos", () => {
    const all = log({ do: "remove", story: "a" }, { do: "undo", of: 1 }, { do: "remove", story: "b" });
    expect(decisionsInForce(all).map(({ n }) => n)).toEqual([3]);
  });
});
