import { describe, expect, it } from "vitest";
import { workbench } from "#usecases/editions/workbench/workbench.ts";
import { draftBridge, told } from "../../../testing/editions/bridge-story.ts";
import { messageOf, titles } from "../../../testing/editions/daily-edition.ts";
import { value } from "../../../testing/editions/editions-system.ts";

describe("split", () => {
  it("makes a story of its own of an article; the rest keeps place and picture", async () => {
    const { decide, at, story } = await draftBridge();
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
    const { decide, at } = await draftBridge();
    expect(messageOf(await decide({ do: "split", story: at, articles: ["1", "2", "3"] }))).toMatch(
      /Leave at least one/,
    );
    expect(messageOf(await decide({ do: "split", story: at, articles: ["4"] }))).toMatch(/no article “4”/);
  });
});

describe("join", () => {
  it("makes one story of two, in the first one's place and words, and undo parts them", async () => {
    const { decide, before, ports } = await draftBridge();
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

  it("leaves earlier changes of the other story under its own name in the log", async () => {
    const { decide, before, ports } = await draftBridge();
    const two = before.headlines[8];
    value(await decide({ do: "rewrite", story: "9", title: "Other words" }));
    value(await decide({ do: "join", story: "5", other: "9" }));
    const bench = value(await workbench(ports, { newsletter: "daily" }));
    expect(bench.log[1]).toMatchObject({ text: `rewrote the headline of “${two?.title}”`, before: two?.title });
  });

  it("holds when other news comes, and when the edition is built again", async () => {
    const desk = await draftBridge();
    value(await desk.decide({ do: "join", story: "5", other: "9" }));
    const again = value(await desk.build());
    const pair = [desk.before.headlines[4]?.title, desk.before.headlines[8]?.title];
    expect(titles(again).filter((title) => pair.includes(title ?? ""))).toEqual([pair[0]]);
  });

  it("refuses one story twice, and what no source brought", async () => {
    const { decide, at, id } = await draftBridge();
    expect(messageOf(await decide({ do: "join", story: at, other: id }))).toMatch(/same story already/);
    value(await decide({ do: "add", story: "https://gull.example/x", title: "Ferry returns", at: 5 }));
    expect(messageOf(await decide({ do: "join", story: "5", other: "6" }))).toMatch(/stands alone/);
  });
});
