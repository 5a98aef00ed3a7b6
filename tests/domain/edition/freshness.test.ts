import { describe, expect, test } from "vitest";
import { fieldOf, makeEdition } from "#domain/edition/content/make.ts";
import { correctedStories, mayDrop, overtaking, pagesOf, saysGone } from "#domain/edition/freshness.ts";
import { article, hoursBefore, ingredients } from "../../testing/editions/edition-fixtures.ts";

const { content } = makeEdition(ingredients());
const { lead, headlines } = content;

test("the pages of an edition are those its stories link to, the lead's first", () => {
  const [first, second] = headlines;
  if (first === undefined || second === undefined) throw new Error("the edition has too few headlines");
  const some = { ...content, headlines: [{ ...first, url: null }, { ...second, storyId: null }, second] };
  expect(pagesOf(some).map(({ url }) => url)).toEqual([lead.url, second.url]);
});

test("a page is gone when its server says so, and not when the server is busy or blocks us", () => {
  expect([404, 410].map((status) => saysGone({ status }))).toEqual([true, true]);
  expect([403, 429, 500, 503, undefined].map((status) => saysGone({ status }))).toEqual(Array(5).fill(false));
});

test("at most a third of an edition's stories are dropped without a person", () => {
  const edition = { ...content, headlines: headlines.slice(0, 11) };
  const pages = pagesOf(edition);
  expect(mayDrop(pages.slice(0, 4), edition)).toBe(true);
  expect(mayDrop(pages.slice(0, 5), edition)).toBe(false);
});

describe("a story whose source has changed its text", () => {
  const corrected = (after: Partial<typeof content>) =>
    correctedStories(content, { ...content, ...after }).map(({ title }) => title);
  const [first, ...rest] = headlines;
  if (first === undefined) throw new Error("the edition has no headline");

  test("is named by the headline that it had", () => {
    expect(corrected({ headlines: [{ ...first, title: "Corrected" }, ...rest] })).toEqual([first.title]);
    expect(corrected({ headlines: [{ ...first, url: "https://gazette.example/moved" }, ...rest] })).toEqual([
      first.title,
    ]);
    const summed = { ...content, headlines: [{ ...first, summary: "It snows." }, ...rest] };
    const again = { ...content, headlines: [{ ...first, summary: "It rains." }, ...rest] };
    expect(correctedStories(summed, again).map(({ title }) => title)).toEqual([first.title]);
    expect(corrected({ lead: { ...lead, paragraphs: ["Corrected."] } })).toEqual([lead.title]);
  });

  test("is not one that only moved to another place", () => {
    expect(corrected({ headlines: [...rest, first] })).toEqual([]);
  });
});

describe("a leading story is overtaken", () => {
  const told = "Mayors welcome harbour bridge after ten years of work";
  const shown = article(1, { title: told, seenAt: hoursBefore(5), published: hoursBefore(5) });
  const update = (n: number, sourceId: string, over: object = {}) =>
    article(n, {
      title: `Bridge closed after crack is found, ${sourceId} reports`,
      sourceId,
      seenAt: hoursBefore(2),
      published: hoursBefore(2),
      ...over,
    });
  const overtakenBy = (...updates: ReturnType<typeof article>[]) => {
    const others = [article(2, { title: `${told} on the coast`, sourceId: "herald", published: hoursBefore(5) })];
    const [scored] = fieldOf(ingredients({ articles: [shown] })).scored;
    if (scored === undefined) throw new Error("there is no story");
    const articles = [shown, ...others, ...updates];
    return overtaking({ ...scored, candidate: { ...scored.candidate, articles } }, shown.id);
  };

  test("by the newest report, once two of its sources moved on", () => {
    const newest = update(4, "herald", { published: hoursBefore(1) });
    expect(overtakenBy(update(3, "gazette"), newest)).toEqual({ id: newest.id, title: newest.title });
    expect(overtakenBy(newest)).toBeNull();
  });

  test("by nothing that is newer by less than half an hour", () => {
    const soon = { published: hoursBefore(4.6) };
    expect(overtakenBy(update(3, "gazette", soon), update(4, "herald", soon))).toBeNull();
    const later = { published: hoursBefore(4.5) };
    expect(overtakenBy(update(3, "gazette", later), update(4, "herald", later))).not.toBeNull();
  });

  test("not by a story that can't lead", () => {
    const short = { paragraphs: ["Only one paragraph."] };
    expect(overtakenBy(update(3, "gazette", short), update(4, "herald", { url: null }))).toBeNull();
  });
});
