import { describe, expect, it } from "vitest";
import { readable } from "#domain/article/furniture/furniture.ts";
import { judge, newsAt, windowOf } from "#domain/edition/choosing/candidates.ts";
import { formOf } from "#domain/edition/choosing/form.ts";
import { subjectFinder } from "#domain/edition/choosing/subjects.ts";
import { explainAll } from "#domain/edition/choosing/why.ts";
import { fieldOf, makeEdition } from "#domain/edition/content/make.ts";
import { bodyOf } from "#domain/edition/content/paragraphs.ts";
import { likeness, significantWords } from "#domain/edition/content/words.ts";
import { EditionState } from "#domain/edition/edition.ts";
import { hasRun, mayBecome, statesBefore, transitions } from "#domain/edition/states.ts";
import {
  article,
  articles,
  closing,
  hoursBefore,
  id,
  ingredients,
  log,
  newsletter,
} from "../../testing/edition-fixtures.ts";

describe("the window", () => {
  it("starts two minutes before the last cut-off, else a day back, and never more than nine days back", () => {
    expect(windowOf(hoursBefore(30), closing)).toMatchObject({ from: hoursBefore(30 + 2 / 60), to: closing });
    expect(windowOf(null, closing).from).toBe(hoursBefore(24));
    expect(windowOf(hoursBefore(24 * 30), closing).from).toBe(hoursBefore(24 * 9));
  });

  const window = windowOf(hoursBefore(24), closing);
  const verdict = (over: Parameters<typeof article>[1], config = newsletter()) =>
    judge(article(1, over), window, config, (source) => source !== "gone");

  it.each([
    ["fresh news", { seenAt: hoursBefore(1) }, "candidate"],
    ["news of the last instant", { seenAt: closing }, "candidate"],
    ["undated news, as seen now", { seenAt: hoursBefore(1), published: null }, "candidate"],
    [
      "news in the newsletter's language of another country",
      { seenAt: hoursBefore(1), language: "en-GB" },
      "candidate",
    ],
    ["news whose language nobody knows", { seenAt: hoursBefore(1), language: null }, "candidate"],
    [
      "what was seen ahead of its date, when the date has come",
      { seenAt: hoursBefore(30), published: hoursBefore(2) },
      "candidate",
    ],
    ["news of the window before", { seenAt: hoursBefore(30), published: hoursBefore(30) }, "context"],
    [
      "news seen at the last cut-off, which was perhaps not written yet",
      { seenAt: hoursBefore(24), published: null },
      "candidate",
    ],
    ["news of well before the last cut-off", { seenAt: hoursBefore(24 + 2 / 60), published: null }, "context"],
  ])("takes %s for what it is", (_, over, as) => {
    expect(verdict(over)).toMatchObject({ as });
  });

  it.each([
    ["future", { seenAt: hoursBefore(1), published: "2026-11-24T07:00:00.000Z" }, /waits/],
    ["archive", { archive: true }, /first showed/],
    ["untitled", { title: " " }, /title/],
    ["language", { language: "pt" }, /Portuguese.*English/],
    ["removed", { sourceId: "gone" }, /removed/],
    ["before", { seenAt: hoursBefore(100), published: null }, /before the time/],
  ])("leaves out what is %s, and says so", (group, over, reason) => {
    expect(verdict(over)).toMatchObject({ as: "left", group, reason: expect.stringMatching(reason) });
  });

  it("reads only the sources a newsletter names", () => {
    expect(verdict({}, newsletter({ sources: ["herald"] }))).toMatchObject({ as: "left", group: "source" });
    expect(newsAt({ seenAt: hoursBefore(1), published: hoursBefore(9) })).toBe(hoursBefore(1));
  });
});

describe("the form of a piece", () => {
  const form = (title: string, url: string | null = null, section: string | null = null) =>
    formOf({ title, url, section });
  it.each([
    ["Rovers v Town: cup final – live!", "live"],
    ["Rovers 2-1 Town: cup final – as it happened", "live"],
    ["Wahlabend im Liveticker", "news"],
    ["Wahlabend: Liveticker", "live"],
    ["Lanterns on the river - in pictures", "gallery"],
    ["Carnival day: Wednesday's top photos", "gallery"],
    ["Mayor sings in the rain – video", "video"],
    ["The harbour hour – podcast", "audio"],
    ["The weekly crossword", "puzzle"],
    ["We built the bridge and now we must cross it | Ada Lovelock", "opinion"],
    ["Opinion: leave the old station alone", "opinion"],
    ["Sponsored: ten ways to a better oven", "promotion"],
    ["Who will mend the old bridge?", "background"],
    ["How the ferry came to Saltmarsh", "background"],
    ["Review: a play for two chairs", "background"],
    ["The King of the Pier – review", "background"],
    ["Review of harbour rules begins", "news"],
    ["Live music returns to the pier", "news"],
    ["Police release video of the break-in", "news"],
    ["Two towns | one railway", "news"],
    ["Harbour opens after nine years", "news"],
  ])("%s: %s", (title, expected) => {
    expect(form(title)).toBe(expected);
  });

  it("is told by the address and the section too", () => {
    expect(form("Bridge", "https://x.example/world/live/2026/bridge")).toBe("live");
    expect(form("Bridge", "https://x.example/opinion/bridge")).toBe("opinion");
    expect(form("Bridge", null, "Kommentar")).toBe("opinion");
    expect(form("Bridge", "https://video.example/news/bridge")).toBe("news");
  });
});

describe("a lead's paragraphs", () => {
  it("lose a page's furniture and nothing else", () => {
    const text = [
      "The bridge opened on Monday. Continue reading...",
      "Related: The ferry that never came",
      "“Read more books,” said the mayor.",
      "Sign up for our evening letter",
      "8.41pm GMT",
      "The post Bridge opens appeared first on The Gazette.",
      "Weiterlesen …",
      "* * *",
      "The bridge opened on Monday.",
      "Bridge opens",
    ];
    expect(readable(text, "Bridge opens")).toEqual([
      "The bridge opened on Monday.",
      "“Read more books,” said the mayor.",
    ]);
  });

  it("lose a tail at their very end only, however long the text before it", () => {
    const long = "The bridge opened on Monday. ".repeat(200).trim();
    expect(readable([`${long} Read more »`, `${long} (Weiterlesen)`], "")).toEqual([long]);
    expect(readable([`${long} and read more of it`, "He said: “Read more.”"], "")).toEqual([
      `${long} and read more of it`,
      "He said: “Read more.”",
    ]);
  });

  it("are the summary where there is no body", () => {
    expect(bodyOf({ title: "T", summary: "In short.", paragraphs: [] })).toEqual(["In short."]);
    expect(bodyOf({ title: "In short", summary: "In short.", paragraphs: ["In short"] })).toEqual([]);
    expect(bodyOf({ title: "T", summary: "", paragraphs: [] })).toEqual([]);
  });
});

describe("states", () => {
  it("are all known, and each can be left but finished", () => {
    expect(Object.keys(transitions).toSorted()).toEqual(EditionState.options.toSorted());
    const ends = EditionState.options.filter((state) => transitions[state].length === 0);
    expect(ends).toEqual(["finished"]);
  });

  it("never lead back to a draft once an audience was frozen", () => {
    for (const state of EditionState.options) expect(mayBecome({ state, frozenAt: closing }, "draft")).toBe(false);
    expect(mayBecome({ state: "cancelled", frozenAt: null }, "draft")).toBe(true);
    expect(statesBefore("approved")).toEqual(["draft", "held"]);
  });

  it("say whether readers got it", () => {
    expect(hasRun({ state: "sending", frozenAt: closing })).toBe(true);
    expect(hasRun({ state: "cancelled", frozenAt: closing })).toBe(true);
    expect(hasRun({ state: "cancelled", frozenAt: null })).toBe(false);
    expect(hasRun({ state: "draft", frozenAt: null })).toBe(false);
  });
});

describe("words and subjects", () => {
  it("compare headlines by what they say", () => {
    expect(significantWords("The Mayor's café: “open” again")).toEqual(["mayors", "cafe", "open", "again"]);
    expect(significantWords("市長の辞任")).toEqual(["市長", "長の", "の辞", "辞任"]);
    expect(likeness(new Set(["a", "b"]), new Set(["b", "a"]))).toBe(1);
    expect(likeness(new Set(["a", "b"]), new Set(["b", "c"]))).toBeCloseTo(1 / 3);
    expect(likeness(new Set(), new Set())).toBe(0);
  });

  it("find what most titles are about, as it is written", () => {
    const titles = [
      "Harbour Bridge opens",
      "Mayor praises the Harbour Bridge",
      "Who pays for the harbour bridge?",
      "Rain",
    ];
    const subjectOf = subjectFinder(titles);
    expect(subjectOf(titles[1] ?? "")).toEqual({ key: "harbour bridge", name: "Harbour Bridge", articles: 3 });
    expect(subjectOf("Rain")).toBeNull();
    // A pair counts once a title, and every title that stands there twice counts twice.
    const twice = subjectFinder(["Harbour bridge, harbour bridge", "Harbour bridge", "Rain"]);
    expect(twice("Harbour bridge")).toBeNull();
    expect(subjectFinder(["Harbour bridge", "Harbour bridge", "Harbour bridge"])("Harbour bridge")?.articles).toBe(3);
  });
});

describe("why", () => {
  it("explains every article there was, chosen or not, in sentences", () => {
    const pool = [
      ...articles(40, (n) => ({ sourceId: ["gazette", "herald", "courier"][n % 3] })),
      article(50, { language: "de" }),
      article(51, { title: article(1).title, sourceId: "mercury", published: hoursBefore(20) }),
    ];
    const all = ingredients({ articles: pool, decisions: log({ do: "remove", story: id(2) }) });
    const { scored, sorted } = fieldOf(all);
    const { content } = makeEdition(all);
    const explained = explainAll({ scored, left: sorted.left, decisions: all.decisions }, content);
    expect(explained.slice(0, 18).map(({ place }) => place)).toEqual(Array.from({ length: 18 }, (_, n) => n));
    const of = (story: string) => explained.find(({ storyId }) => storyId === story);
    expect(of(id(2))).toMatchObject({ place: null, reasons: expect.arrayContaining(["An editor removed it."]) });
    expect(of(id(50))).toMatchObject({ score: null, reasons: [expect.stringContaining("German")] });
    const out = explained.filter(({ place, score }) => place === null && score !== null);
    expect(out.length).toBeGreaterThan(10);
    for (const { reasons } of out) {
      expect(reasons[0]).toMatch(/points, and each story in the list|went before it|An editor removed|much like it/);
    }
  });
});
