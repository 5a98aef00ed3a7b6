import { describe, expect, test } from "vitest";
import { pastOf } from "#domain/edition/choosing/past.ts";
import { candidateOf, candidateStories, isDeveloping, movedOn } from "#domain/edition/choosing/stories.ts";
import { makeEdition } from "#domain/edition/content/make.ts";
import { article, hoursBefore, id, ingredients } from "../../../testing/editions/edition-fixtures.ts";

const nothing = pastOf([]);
const told = "Mayors welcome harbour bridge after ten years of work";
const tell = (n: number, sourceId: string, over: object = {}) =>
  article(n, { title: told, sourceId, seenAt: hoursBefore(5), published: hoursBefore(5), ...over });

/** The past in which the lead was this article. */
const pastWith = (one: ReturnType<typeof article>) => {
  const { content } = makeEdition(ingredients({ date: "2026-11-22" }));
  const lead = {
    ...content.lead,
    storyId: one.id,
    title: one.title,
    url: one.url,
    paragraphs: one.paragraphs,
  };
  return pastOf([{ ...content, lead, headlines: [] }]);
};

describe("the stories of a window", () => {
  test("are those in which an article is new; older ones only belong to them", () => {
    const old = tell(1, "gazette");
    const fresh = tell(2, "herald");
    const other = article(9, { title: "Rain expected on Friday" });
    const stories = candidateStories({ context: [old, other], candidates: [fresh] }, nothing);
    expect(stories).toMatchObject([{ id: id(1), sources: ["The Herald", "The Gazette"] }]);
    expect(stories[0]?.articles.map((one) => one.id)).toEqual([id(1), id(2)]);
  });

  test("are dated by their newest article; without any date by when the first was seen", () => {
    const undated = (n: number, hours: number) =>
      tell(n, n === 1 ? "gazette" : "herald", { published: null, seenAt: hoursBefore(hours) });
    const [story] = candidateStories({ context: [], candidates: [undated(1, 6), undated(2, 2)] }, nothing);
    expect(story).toMatchObject({ isDated: false, newest: Date.parse(hoursBefore(6)) });
    const dated = [tell(1, "gazette", { published: hoursBefore(6) }), tell(2, "herald", { published: hoursBefore(2) })];
    const [other] = candidateStories({ context: [], candidates: dated }, nothing);
    expect(other).toMatchObject({ isDated: true, newest: Date.parse(hoursBefore(2)) });
  });

  test("count each source once, whatever outlets it names, unless it is Google News", () => {
    const names = ["Reuters", "AFP", "Le Monde", "El País"];
    const named = (url: (n: number) => string) =>
      names.map((outlet, n) => tell(10 + n, "stranger", { outlet, sourceTitle: outlet, summary: "", url: url(n) }));
    const sourcesOf = (others: ReturnType<typeof article>[]) =>
      candidateStories({ context: [], candidates: [tell(1, "gazette"), ...others] }, nothing).map((one) => one.sources);
    expect(sourcesOf(named((n) => `https://stranger.example/${n}`))).toEqual([["The Gazette", "Reuters"]]);
    expect(sourcesOf(named((n) => `https://news.google.com/articles/${n}`))).toEqual([["The Gazette", ...names]]);
  });

  test("show what a page's own outlet says of it, however much another source adds", () => {
    const page = { url: "https://gazette.example/1" };
    const own = tell(1, "gazette", { ...page, title: "Opinion: mayors welcome harbour bridge", paragraphs: [] });
    const more = { paragraphs: Array.from({ length: 9 }, (_, n) => `Paragraph ${n} of another's.`) };
    const other = tell(2, "stranger", { ...page, ...more, title: "Buy gold now", elsewhere: true });
    expect(candidateStories({ context: [], candidates: [own, other] }, nothing)).toMatchObject([{ article: own }]);
    const third = tell(3, "herald", { ...more, elsewhere: true });
    expect(candidateStories({ context: [], candidates: [own, third] }, nothing)).toMatchObject([{ article: third }]);
  });

  test("show, of articles with as much content, one with a sentence, and with the headline most like the others", () => {
    const line = "The harbour bridge is open after ten years and a day";
    const plain = tell(1, "gazette", { summary: line, paragraphs: [] });
    const said = (n: number, sourceId: string, title: string) =>
      tell(n, sourceId, { title, summary: `${line}, as source ${n} says.`, paragraphs: [] });
    const odd = said(2, "herald", "Harbour bridge: mayors welcome it, ferries and gulls don't after ten years of work");
    const usual = said(3, "courier", told);
    const all = [plain, odd, usual];
    expect(candidateOf(all, { candidates: all }, nothing)?.article.id).toBe(id(3));
    expect(candidateOf([plain, odd], { candidates: [plain, odd] }, nothing)?.article.id).toBe(id(2));
  });

  test("of one person's making are there if one of their articles is new", () => {
    const [one, two] = [tell(1, "gazette"), tell(2, "herald")];
    expect(candidateOf([one, two], { candidates: [two] }, nothing)?.articles).toEqual([one, two]);
    expect(candidateOf([one, two], { candidates: [] }, nothing)).toBeNull();
  });
});

describe("a story that ran before", () => {
  const ran = tell(1, "gazette");

  test("is known by its article, and by a title that is almost its own", () => {
    const [same] = candidateStories({ context: [], candidates: [ran] }, pastWith(ran));
    expect(same).toMatchObject({ ran: { date: "2026-11-22" }, developing: false });
    const copy = article(7, { title: told, sourceId: "mercury" });
    const [alike] = candidateStories({ context: [], candidates: [copy] }, pastWith(ran));
    expect(alike).toMatchObject({ ran: { title: told }, developing: false });
  });

  test("is not one whose title tells the opposite", () => {
    const rose = tell(1, "gazette", { title: "Northwick harbour fares rise again, council says on Monday" });
    const fell = article(7, {
      title: "Northwick harbour fares fall again, council says on Monday",
      sourceId: "mercury",
    });
    const [story] = candidateStories({ context: [], candidates: [fell] }, pastWith(rose));
    expect(story).toMatchObject({ ran: null, developing: false });
    expect(movedOn([fell], { title: rose.title, url: rose.url })).toEqual([fell]);
  });

  test("is not one whose title has other numbers", () => {
    const draw = (n: number, number: number) => article(n, { title: `Lottery draw number ${number} this week` });
    const [story] = candidateStories({ context: [], candidates: [draw(8, 18)] }, pastWith(draw(7, 17)));
    expect(story?.ran).toBeNull();
  });
});

describe("what moved a story on", () => {
  const before = { title: told, url: "https://gazette.example/1", opening: "First of matter 1.", storyId: id(1) };
  const update = (n: number, over: object = {}) =>
    article(n, { title: "Bridge closed after crack is found in pillar", sourceId: "herald", ...over });

  test.each<[string, boolean, number, object]>([
    ["another headline over another text", true, 2, {}],
    ["the article that ran", false, 1, { url: "https://gazette.example/1?x" }],
    ["the same address", false, 2, { url: "https://gazette.example/1" }],
    ["almost the same headline", false, 2, { title: `${told} today` }],
    ["another headline over the same text", false, 2, { paragraphs: ["First of matter 1.", "More."] }],
  ])("%s: %s", (_, moved, n, over) => {
    expect(movedOn([update(n, over)], before)).toHaveLength(moved ? 1 : 0);
  });

  test("counts once two sources say so, where several told it", () => {
    const story = { articles: [tell(1, "gazette"), tell(2, "herald")] };
    expect(isDeveloping(story, [])).toBe(false);
    expect(isDeveloping(story, [update(3, { sourceId: "herald" })])).toBe(false);
    expect(isDeveloping(story, [update(3, { sourceId: "herald" }), update(4, { sourceId: "gazette" })])).toBe(true);
    expect(isDeveloping({ articles: [tell(1, "gazette")] }, [update(3, { sourceId: "gazette" })])).toBe(true);
  });
});
