import { describe, expect, it } from "vitest";
import type { ArticleImage } from "#domain/article/article.ts";
import type { EditionView } from "#domain/edition/edition.ts";
import { showStory } from "#usecases/editions/workbench/show-story.ts";
import { workbench } from "#usecases/editions/workbench/workbench.ts";
import { article, articles, hoursBefore } from "../../../testing/edition-fixtures.ts";
import { system, value } from "../../../testing/editions-system.ts";

const image = (name: string): ArticleImage => ({
  url: `https://pictures.example/${name}.jpg`,
  alt: `The ${name}`,
  width: 1200,
  height: 800,
});
const sentence = "The harbour opened again on Monday after ten long years of work.";
/** Three papers tell one story, two of them with a picture; the others are alone. */
const same = { title: "Mayors welcome harbour bridge after ten years of work", summary: sentence };
const told = [
  article(201, { ...same, sourceId: "gazette", image: image("bridge"), seenAt: hoursBefore(3) }),
  article(202, { ...same, sourceId: "herald", image: image("mayor"), seenAt: hoursBefore(2) }),
  article(203, { ...same, sourceId: "courier", seenAt: hoursBefore(1) }),
];
const news = [
  ...told,
  ...articles(40, (n) => ({
    sourceId: ["gazette", "herald", "courier", "mercury"][n % 4] ?? "gazette",
    summary: `What happened in matter ${n} was seen by very many people.`,
  })),
];

async function drafted() {
  const desk = system(news);
  const before = value(await desk.build());
  const items = [before.lead, ...before.headlines];
  const at = items.findIndex(({ title }) => title === same.title);
  const story = async (name: string) => value(await showStory(desk.ports, { newsletter: "daily", story: name })).story;
  return { ...desk, before, at: String(at), id: items[at]?.storyId ?? "", story };
}
const message = (outcome: { ok: boolean; fault?: { message: string } }) => outcome.fault?.message ?? "";
const titles = ({ lead, headlines }: EditionView) => [lead, ...headlines].map(({ title }) => title);
const imageAt = ({ lead, headlines }: EditionView, at: number) => (at === 0 ? lead : headlines[at - 1])?.image;

describe("a story", () => {
  it("shows its articles and their pictures, each once", async () => {
    const { story, at, id } = await drafted();
    const shown = await story(at);
    expect(shown).toMatchObject({ storyId: id, place: Number(at), isChosen: false, showsPicture: true });
    expect(shown.articles.map(({ source }) => source)).toEqual(["The Gazette", "The Herald", "The Courier"]);
    expect(shown.pictures.map((one) => one.image.alt)).toEqual(["The bridge", "The mayor"]);
    expect(shown.others[0]).toMatchObject({ place: at === "0" ? 1 : 0 });
  });
});

describe("a picture", () => {
  it("is chosen among those of the story's articles, by number or address, and taken back", async () => {
    const { decide, at, before } = await drafted();
    const second = value(await decide({ do: "picture", story: at, picture: "2" }));
    expect(imageAt(second, Number(at))?.url).toBe(image("mayor").url);
    const first = value(await decide({ do: "picture", story: at, picture: image("bridge").url }));
    expect(imageAt(first, Number(at))?.url).toBe(image("bridge").url);
    value(await decide({ do: "undo" }));
    expect(imageAt(value(await decide({ do: "undo" })), Number(at))).toEqual(imageAt(before, Number(at)));
    expect(message(await decide({ do: "picture", story: at, picture: "3" }))).toMatch(/its pictures are 1 to 2/);
  });

  it("is removed, and reset to the source's", async () => {
    const { decide, at, before } = await drafted();
    const without = value(await decide({ do: "picture", story: at, picture: null }));
    expect(imageAt(without, Number(at)) ?? null).toBeNull();
    expect([without.lead, ...without.headlines][Number(at)]?.reasons).toContain("An editor removed its picture.");
    const reset = value(await decide({ do: "reset", story: at, fields: ["picture"] }));
    expect(imageAt(reset, Number(at))).toEqual(imageAt(before, Number(at)));
  });

  it("keeps its focus and its text until another picture is chosen", async () => {
    const { decide, at } = await drafted();
    value(await decide({ do: "picture", story: at, focus: { x: 70, y: 30 } }));
    const said = value(await decide({ do: "picture", story: at, alt: "Mayors on  the bridge" }));
    expect(imageAt(said, Number(at))).toMatchObject({ alt: "Mayors on the bridge", focus: { x: 70, y: 30 } });
    const other = value(await decide({ do: "picture", story: at, picture: "2" }));
    expect(imageAt(other, Number(at))?.focus).toBeUndefined();
  });

  it("is refused where the story shows none, or in an edition from a file", async () => {
    const { decide, ask } = await drafted();
    expect(message(await decide({ do: "picture", story: "9", picture: null }))).toMatch(
      /only the lead and the first 3/,
    );
    expect(message(await decide({ do: "picture", story: "1" }))).toMatch(/Say what to change/);
    value(await ask({ do: "draft", newsletter: "daily", text: "Lead.\n\nOne\nTwo\n", replace: true, by: "ed" }));
    expect(message(await decide({ do: "picture", story: "1", picture: null }))).toMatch(/from a file has no pictures/);
  });
});

describe("split", () => {
  it("makes a story of its own of an article; the rest keeps place and picture", async () => {
    const { decide, at, story } = await drafted();
    value(await decide({ do: "rewrite", story: at, title: "Bridge opens" }));
    const after = value(await decide({ do: "split", story: at, articles: ["1"] }));
    expect(titles(after)[Number(at)]).toBe("Bridge opens");
    const rest = await story(at);
    expect(rest.articles.map(({ source }) => source)).toEqual(["The Herald", "The Courier"]);
    expect((await story(told[0]?.id ?? "")).articles.map(({ source }) => source)).toEqual(["The Gazette"]);
    value(await decide({ do: "undo" }));
    expect((await story(at)).articles).toHaveLength(3);
  });

  it("leaves at least one article in the story", async () => {
    const { decide, at } = await drafted();
    expect(message(await decide({ do: "split", story: at, articles: ["1", "2", "3"] }))).toMatch(/Leave at least one/);
    expect(message(await decide({ do: "split", story: at, articles: ["4"] }))).toMatch(/no article “4”/);
  });
});

describe("join", () => {
  it("makes one story of two, in the first one's place and words, and undo parts them", async () => {
    const { decide, before, ports } = await drafted();
    const [one, two] = [before.headlines[4], before.headlines[8]];
    const after = value(await decide({ do: "join", story: "5", other: "9" }));
    expect(titles(after)[5]).toBe(one?.title);
    expect(titles(after)).not.toContain(two?.title);
    expect(after.headlines).toHaveLength(before.headlines.length);
    expect(after.headlines[4]?.source).toBe(one?.source);
    const bench = value(await workbench(ports, { newsletter: "daily" }));
    expect(bench.log[0]?.text).toBe(`joined “${two?.title}” with “${one?.title}”`);
    expect(bench.candidates.map(({ title }) => title)).not.toContain(two?.title);
    const undone = value(await decide({ do: "undo" }));
    expect(titles(undone)).toEqual(titles(before));
  });

  it("holds when other news comes, and when the edition is built again", async () => {
    const desk = await drafted();
    value(await desk.decide({ do: "join", story: "5", other: "9" }));
    const again = value(await desk.build());
    const pair = [desk.before.headlines[4]?.title, desk.before.headlines[8]?.title];
    expect(titles(again).filter((title) => pair.includes(title ?? ""))).toEqual([pair[0]]);
  });

  it("refuses one story twice, and what no source brought", async () => {
    const { decide, at, id } = await drafted();
    expect(message(await decide({ do: "join", story: at, other: id }))).toMatch(/same story already/);
    value(await decide({ do: "add", story: "https://gull.example/x", title: "Ferry returns", at: 5 }));
    expect(message(await decide({ do: "join", story: "5", other: "6" }))).toMatch(/stands alone/);
  });
});

describe("a page that is added", () => {
  it("has the source, the summary and the picture that its editor let stand", async () => {
    const { decide } = await drafted();
    const added = value(
      await decide({
        do: "add",
        story: "https://gull.example/ferry",
        title: "Ferry returns",
        source: "The Gull",
        summary: "It sails again on Friday, for the first time since 2017.",
        image: image("ferry"),
        at: 1,
      }),
    );
    expect(added.headlines[0]).toMatchObject({
      title: "Ferry returns",
      source: "The Gull",
      summary: "It sails again on Friday, for the first time since 2017.",
      image: { url: image("ferry").url, alt: "" },
    });
  });
});
