import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cut, nameAndDate, preheaderOf, subjectOf } from "#domain/edition/content/subject.ts";

const about = { title: "The Daily Trial", date: "2026-11-23", language: "en" };
const subject = (headline: string | null) => subjectOf({ headline, ...about });
const whole = (...headlines: string[]): [string, string][] => headlines.map((one) => [one, one]);
const length = (text: string) => [...text].length;

describe("the subject", () => {
  it.each<[string | null, string]>([
    ["Harbour opens after nine years", "Harbour opens after nine years"],
    [null, "The Daily Trial, Monday, November 23, 2026"],
    ["", "The Daily Trial, Monday, November 23, 2026"],
    // What a cut would take may be what makes it true.
    ...whole(
      "The baker who sold the bridge struggled with his debts for years before the trial began: family",
      "Council has serious doubts about the plan to rebuild the old harbour, says a report that it denies",
      "Mayor took money from the ferry company and hid it in the harbour office, prosecutors allege",
      "Is the new bridge, which nine engineers have checked and signed, really safe for heavy lorries?",
    ),
  ])("B2: of %j is the whole headline", (headline, expected) => {
    expect(subject(headline)).toBe(expected);
  });
});

describe("a cut", () => {
  it.each([
    [
      "Council has serious doubts about the plan to rebuild the old harbour",
      "Council has serious doubts about the plan to rebuild",
    ],
    ["Crowds gather in the old harbour after the lost captains are found", "Crowds gather in the old harbour"],
    ["Minister's speech on railways promised much new money but little rolling stock", /promised much new money$/],
    ["Bridge engineers hold a closed meeting with the mayor, and with the harbour", /with the mayor$/],
    ["Company says that its profits fell by nearly a third after the (failed) merger", /fell by nearly a third$/],
  ])("of %j is short and ends a phrase", (headline, expected) => {
    const got = cut(headline, 60);
    expect(length(got)).toBeLessThanOrEqual(60);
    if (typeof expected === "string") expect(got).toBe(expected);
    else expect(got).toMatch(expected);
  });

  it("is never longer than 60 characters, never ends within a word and never in an ellipsis", () => {
    const word = fc.stringMatching(/^[a-zé]{1,14}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
        const got = cut(words.join(" "), 60);
        expect(length(got)).toBeLessThanOrEqual(60);
        expect(words.slice(0, got.split(" ").length).join(" ")).toBe(got);
      }),
    );
  });

  it("in a script without spaces is cut at a word", () => {
    const got = cut(
      "市議会は古い港を再建する計画について深刻な懸念を表明し市長は来週までに説明すると約束したと地元の新聞が火曜日に詳しく伝えた",
      30,
    );
    expect(length(got)).toBeLessThanOrEqual(30);
    expect(length(got)).toBeGreaterThan(20);
  });

  it("names newsletter and date as the language does, shorter where the name is long", () => {
    expect(nameAndDate("Der Bote", "2026-11-23", "de")).toBe("Der Bote, Montag, 23. November 2026");
    const long = nameAndDate("The Society for the Preservation of Harbour Bridges Weekly Letter", "2026-11-23", "en");
    expect(length(long)).toBeLessThanOrEqual(60);
    expect(long).toMatch(/, 2026-11-23$/);
  });
});

describe("the preheader", () => {
  const titles = [
    "Harbour opens after nine years",
    "Bakers welcome the new oven rules in two towns",
    "A market hall for the old station and what its neighbours think",
    "Rain",
  ];

  it("B32: names the next stories, whole, and never what the subject says", () => {
    const got = preheaderOf(titles, [titles[0] ?? ""], "en");
    expect(got).not.toContain("Harbour opens");
    expect(got.startsWith(`Plus: ${titles[1]}; `)).toBe(true);
    expect(length(got)).toBeGreaterThanOrEqual(60);
    expect(length(got)).toBeLessThanOrEqual(110);
  });

  it("B32: has at most 110 characters, and at least 60 where there is enough to say", () => {
    const title = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 20 }).map((w) => w.join(" "));
    fc.assert(
      fc.property(fc.uniqueArray(title, { minLength: 0, maxLength: 10 }), (all) => {
        const got = preheaderOf(all, [], "en");
        expect(length(got)).toBeLessThanOrEqual(110);
        if (length(all.join("; ")) >= 110) expect(length(got)).toBeGreaterThanOrEqual(60);
      }),
    );
  });

  it("is empty where nothing follows", () => {
    expect(preheaderOf([], [], "en")).toBe("");
    expect(preheaderOf(["Same"], ["Same"], "en")).toBe("");
  });
});
