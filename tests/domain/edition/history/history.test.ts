import { describe, expect, test } from "vitest";
import { type HistoryFacts, historyOf } from "#domain/edition/history/history.ts";
import { article, closing, id, log } from "../../../testing/editions/edition-fixtures.ts";

const facts: HistoryFacts = {
  titleOf: (story) => `Story ${Number.parseInt(story, 16)}`,
  articleTitleOf: (one) => `Article ${Number.parseInt(one, 16)}`,
  placeOf: (story) => ({ [id(0)]: 0, [id(7)]: 7, [id(9)]: null })[story],
  sourceOf: (_, field) => `The source's ${field}`,
  timeZone: "Europe/London",
};
type Decided = Parameters<typeof log>[number];
const textOf = (...decisions: Decided[]) => historyOf(log(...decisions), facts, 20)[0];

describe("a log of decisions as editors read it", () => {
  test.each<[string, Decided[]]>([
    ["drafted it from news up to Mon 07:00", [{ do: "build", cutoff: closing }]],
    [
      "drafted it from a file with 1 headline",
      [{ do: "draft", paragraphs: [], headlines: [{ line: 1, title: "A" }], subject: null }],
    ],
    ["moved “Story 7” from 7 to 2", [{ do: "move", story: id(7), to: 2 }]],
    ["moved “Story 8” to 2", [{ do: "move", story: id(8), to: 2 }]],
    ["made “Story 7” the lead", [{ do: "pin", story: id(7), to: 0 }]],
    ["kept “Story 7” where it is", [{ do: "pin", story: id(7), to: null }]],
    ["put in “Story 9” at 3", [{ do: "pin", story: id(9), to: 3 }]],
    [
      "brought back “Story 7” as the lead",
      [
        { do: "remove", story: id(7) },
        { do: "pin", story: id(7), to: 0 },
      ],
    ],
    ["removed “Story 7”, headline 7", [{ do: "remove", story: id(7) }]],
    ["removed “Story 8”", [{ do: "remove", story: id(8) }]],
    [`added “${article(4).title}” at 4`, [{ do: "add", article: article(4), to: 4 }]],
    ["removed the summary of “Story 7”", [{ do: "summary", story: id(7), text: null }]],
    ["removed the picture of “Story 7”", [{ do: "picture", story: id(7), image: null }]],
    ["described the picture of “Story 7”", [{ do: "picture", story: id(7), alt: "A ferry" }]],
    [
      "moved the focus and changed the text of the picture of “Story 7”",
      [{ do: "picture", story: id(7), focus: { x: 20, y: 30 }, alt: "A ferry" }],
    ],
    [
      "split “Article 1” and “Article 2” off from “Article 3”",
      [{ do: "split", story: id(7), articles: [id(1), id(2)], rest: id(3), to: null }],
    ],
    ["joined “Article 2” with “Article 1”", [{ do: "join", story: id(1), other: id(2), to: null }]],
    [
      "reset the headline and text of “Story 7” to the source’s words",
      [{ do: "reset", stories: [id(7)], fields: ["title", "paragraphs"] }],
    ],
    ["skipped it: Holiday", [{ do: "skip", reason: "Holiday" }]],
    ["approved it for Mon 07:00 despite B5", [{ do: "approve", due: closing, waived: ["B5"] }]],
    ["withdrew the approval", [{ do: "withdraw" }]],
    ["cancelled it", [{ do: "cancel", reason: null }]],
    ["mailed the editors that it is held", [{ do: "tell", what: "held" }]],
    [
      "undid their own change: removed “Story 8”",
      [
        { do: "remove", story: id(8) },
        { do: "undo", of: 1 },
      ],
    ],
    [
      "redid their own change: removed “Story 8”",
      [
        { do: "remove", story: id(8) },
        { do: "undo", of: 1 },
        { do: "undo", of: 2 },
      ],
    ],
  ])("%s", (text, decisions) => {
    expect(textOf(...decisions)?.text).toBe(text);
  });

  test("is newest first and no longer than asked for", () => {
    const decisions = [1, 2, 3].map((n): Decided => ({ do: "remove", story: id(n) }));
    const entries = historyOf(log(...decisions), facts, 2);
    expect(entries).toMatchObject([
      { n: 3, by: "ed", do: "remove", at: closing },
      { n: 2, by: "ed", do: "remove" },
    ]);
  });

  test("has the words before and after of a rewrite: the source's first, then the editor's own", () => {
    const rewrite = (title: string): Decided => ({ do: "rewrite", story: id(7), title });
    expect(textOf(rewrite("Snow"))).toMatchObject({
      text: "rewrote the headline of “Story 7”",
      before: "The source's title",
      after: "Snow",
    });
    expect(textOf(rewrite("Snow"), rewrite("Rain"))).toMatchObject({ before: "Snow", after: "Rain" });
    expect(textOf({ do: "rewrite", story: null, subject: "S", preheader: "P" })).toMatchObject({
      text: "rewrote the subject and preheader",
      before: "The source's subject\n\nThe source's preheader",
      after: "S\n\nP",
    });
  });

  test("says which decisions are still in force", () => {
    const stands = (...decisions: Decided[]) => historyOf(log(...decisions), facts, 20).map((entry) => entry.stands);
    const remove: Decided = { do: "remove", story: id(7) };
    expect(stands(remove)).toEqual([true]);
    expect(stands(remove, { do: "undo", of: 1 })).toEqual([true, false]);
    expect(stands(remove, { do: "undo", of: 1 }, { do: "undo", of: 2 })).toEqual([true, false, true]);
  });
});

test("a text saved at several pauses is one entry, from what it was before to how it ended", () => {
  const saved = (title: string, continues?: true) => ({ do: "rewrite", story: id(7), title, continues }) as const;
  const writing = log(saved("Sn"), saved("Snow at", true), saved("Snow at last", true), saved("Rain"));
  expect(historyOf(writing, facts, 2)).toMatchObject([
    { n: 4, first: 4, before: "Snow at last", after: "Rain" },
    { n: 3, first: 1, text: "rewrote the headline of “Story 7”", before: "The source's title", after: "Snow at last" },
  ]);
  const undone = log(saved("Sn"), saved("Snow", true), { do: "undo", of: 2 });
  expect(historyOf(undone, facts, 20)).toMatchObject([{ n: 3 }, { n: 2, first: 1, stands: false }]);
});
