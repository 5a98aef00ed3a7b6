import { describe, expect, test } from "vitest";
import { pastOf } from "#domain/edition/choosing/past.ts";
import { candidatesOfRuns, runsOf } from "#domain/edition/choosing/runs.ts";
import { makeEdition } from "#domain/edition/content/make.ts";
import type { EditionContent, StoryImage } from "#domain/edition/edition.ts";
import { ingredients } from "../../../testing/editions/edition-fixtures.ts";

const { content } = makeEdition(ingredients());
const sent = (date: string, change: Partial<EditionContent> = {}) => ({
  content: { ...content, date, headlines: content.headlines.slice(0, 2), ...change },
  sentAt: `${date}T08:00:00.000Z`,
});
const idOf = (title: string) => title.toLowerCase();

describe("the stories that editions ran", () => {
  test("are there once: as a lead before as a headline, and then as they ran last", () => {
    const [first] = content.headlines;
    if (first === undefined) throw new Error("the edition has no headline");
    const lead = { ...content.lead, storyId: first.storyId, title: "It led" };
    const runs = runsOf([sent("2026-11-20", { lead }), sent("2026-11-21")], "en", idOf);
    const same = runs.filter(({ article }) => article.id === first.storyId);
    expect(same).toMatchObject([{ day: "2026-11-20", isLead: true, article: { title: "It led" } }]);
    const again = runsOf([sent("2026-11-20"), sent("2026-11-21")], "en", idOf);
    expect(new Set(again.map(({ day }) => day))).toEqual(new Set(["2026-11-21"]));
    expect(again).toHaveLength(3);
  });

  test("have the words and the time of the edition, and the source as it is called now", () => {
    const [run] = runsOf([sent("2026-11-20")], "de", idOf);
    expect(run?.article).toMatchObject({
      id: content.lead.storyId,
      title: content.lead.title,
      paragraphs: content.lead.paragraphs,
      published: "2026-11-20T08:00:00.000Z",
      seenAt: "2026-11-20T08:00:00.000Z",
      sourceId: content.lead.source?.toLowerCase(),
      language: "de",
    });
  });

  test("have their picture from where its source has it", () => {
    const image: StoryImage = { url: "https://copy.example/p.jpg", alt: "", width: 1056, height: 594 };
    const withPicture = (from: string | undefined) =>
      runsOf(
        [sent("2026-11-20", { lead: { ...content.lead, image: { ...image, ...(from ? { from } : {}) } } })],
        "en",
        idOf,
      );
    expect(withPicture("https://source.example/p.jpg")[0]?.article.image?.url).toBe("https://source.example/p.jpg");
    expect(withPicture(undefined)[0]?.article.image?.url).toBe(image.url);
  });

  test("leave out a lead that has no title, and name a story without an id by what it says", () => {
    const headlines = [
      { ...content.headlines[0], title: "One", url: null, storyId: null },
    ] as EditionContent["headlines"];
    const untitled = { lead: { ...content.lead, title: null }, headlines };
    const [run, ...others] = runsOf([sent("2026-11-20", untitled)], "en", idOf);
    expect(others).toEqual([]);
    expect(run?.article.id).toMatch(/^[0-9a-f]{24}$/);
    expect(runsOf([sent("2026-11-21", untitled)], "en", idOf)[0]?.article.id).toBe(run?.article.id);
  });
});

test("as candidates of another newsletter they have the day they ran, and whether they led", () => {
  const runs = runsOf([sent("2026-11-20")], "en", idOf);
  const candidates = candidatesOfRuns(runs, pastOf([]));
  expect(candidates).toHaveLength(3);
  const lead = candidates.find(({ article }) => article.id === content.lead.storyId);
  expect(lead?.run).toEqual({ day: "2026-11-20", isLead: true });
  expect(candidates.filter(({ run }) => run?.isLead === false)).toHaveLength(2);
});
