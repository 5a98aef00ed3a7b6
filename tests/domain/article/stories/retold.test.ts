import { describe, expect, it } from "vitest";
import type { Article } from "#domain/article/article.ts";
import { retoldStories } from "#domain/article/stories/retold.ts";
import { article, closing, hoursBefore, news } from "../../../testing/editions/edition-fixtures.ts";

const piece = (n: number, sourceId: string, title: string, text: string, over: Partial<Article> = {}): Article =>
  article(n, { sourceId, title, summary: text, paragraphs: [text], published: hoursBefore(n % 10), ...over });

const crash = [
  piece(101, "gazette", "Ferry hits quay at Port Ellery", "Eleven people were hurt when a ferry struck the quay."),
  piece(102, "herald", "Port Ellery ferry: skipper questioned over speed", "Police spoke to the skipper on the quay."),
];
const text = "Passengers fell as the ferry struck the quay at Port Ellery and its skipper shouted a warning.";
const aside = piece(103, "mercury", "Skipper shouted, then everyone fell", text);
const rest = news(80);
const alone = (title: string, words = text, over: Partial<Article> = {}) => [piece(103, "mercury", title, words, over)];
const joins = (...stories: Article[][]) => retoldStories(stories, rest);

describe("stories that tell one event in other words", () => {
  it("are joined by a name, and rare words of which one is in both headlines", () => {
    expect(joins(crash, [rest[0] as Article], [aside])).toEqual([[0, 2]]);
  });

  it("are joined by the names in their addresses too", () => {
    const url = "https://mercury.example/news/port-ellery-ferry-quay";
    expect(joins(crash, alone("Skipper shouted, then everyone fell", "", { url }))).toEqual([[0, 1]]);
  });

  it("need a name in most articles of both", () => {
    expect(joins(crash, alone("Skipper shouted, then everyone fell", text.replace("Port Ellery", "Marland")))).toEqual(
      [],
    );
    const elsewhere = crash.map((one) => ({ ...one, title: one.title.replace(/ ?at Port Ellery|Port Ellery /, "") }));
    expect(joins(elsewhere, [aside])).toEqual([]);
  });

  it("need more than a name, and a word in both headlines", () => {
    expect(joins(crash, alone("Port Ellery opens a swimming hall", "The hall was heated at last."))).toEqual([]);
    expect(joins(crash, alone("Shouting, then everyone fell"))).toEqual([]);
  });

  it("are of two days at most, and of several sources", () => {
    const title = "Skipper shouted, then everyone fell";
    expect(joins(crash, alone(title, text, { published: hoursBefore(80) }))).toEqual([]);
    expect(joins(crash, alone(title, text, { published: null, seenAt: closing }))).toEqual([[0, 1]]);
    expect(joins(crash.slice(0, 1), [aside])).toEqual([]);
    // The other headline with the word is of the same source.
    expect(joins(crash, [{ ...aside, sourceId: "herald" }])).toEqual([]);
  });

  it("don't tell opposite outcomes", () => {
    const won = [
      piece(105, "gazette", "Harriers win the Ellery cup replay", "The keeper saved a penalty."),
      piece(106, "herald", "Ellery cup: Harriers win the replay", "The replay went to extra time."),
    ];
    const lost = "The keeper and a penalty decided the replay of the Ellery cup.";
    expect(joins(won, alone("Harriers lose the Ellery cup replay", lost))).toEqual([]);
    expect(joins(won, alone("Harriers enjoy the replay", lost))).toEqual([[0, 1]]);
  });

  it("aren't connected by a story of one source that fits two", () => {
    const inquiry = [
      piece(107, "courier", "Port Ellery skipper may sue", "A court hears that a shouted warning was lost in fog."),
      piece(108, "sentinel", "Lawsuit by Port Ellery skipper", "Nobody heard what was shouted."),
    ];
    const both = joins(crash, inquiry, [aside]);
    expect(both).toHaveLength(1);
    expect(both[0]).toHaveLength(2);
    expect(both[0]).toContain(2);
  });

  it("are never joined in a script without capitals, which shows no names", () => {
    const shown = (n: number, sourceId: string, title: string) =>
      piece(n, sourceId, title, "העבורת פגעה ברציף והקברניט נחקר", { language: "he" });
    const hebrew = [shown(109, "gazette", "תאונת העבורת ברציף"), shown(110, "herald", "הקברניט של העבורת נחקר")];
    expect(joins(hebrew, [shown(111, "mercury", "העבורת והקברניט")])).toEqual([]);
  });

  it("are the same in any order", () => {
    expect(joins([aside], crash)).toEqual([[0, 1]]);
    expect(joins(crash.toReversed(), [aside])).toEqual([[0, 1]]);
  });

  it("have no names that only one of their sources gives them", () => {
    const title = "Skipper shouted, bakers of Marland say";
    const words = "Passengers fell as the ferry struck the quay and its skipper shouted a warning.";
    const made = [111, 112].map((n) => piece(n, "stranger", title, text));
    expect(joins([piece(110, "gazette", title, words), ...made], [aside])).toEqual([]);
    expect(joins([piece(110, "gazette", title, text), ...made], [aside])).toEqual([[0, 1]]);
  });

  it("are found in stories of hundreds of articles", () => {
    const many = (title: string) =>
      Array.from({ length: 400 }, (_, n) => piece(1000 + n, `paper${n}`, `${title} ${n}`, "Port Ellery saw it."));
    const others = Array.from({ length: 20_000 }, (_, n) => piece(5000 + n, "gazette", `Matter ${n}`, ""));
    expect(() => retoldStories([many("Ferry hits quay at"), many("Skipper asked at")], others)).not.toThrow();
  });
});
