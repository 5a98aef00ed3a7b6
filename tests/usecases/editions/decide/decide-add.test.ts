import { describe, expect, it } from "vitest";
import { draftBridge, image } from "../../../testing/editions/bridge-story.ts";
import { drafted, messageOf, storyIds } from "../../../testing/editions/daily-edition.ts";
import { article, hoursBefore, id, news } from "../../../testing/editions/edition-fixtures.ts";
import { value } from "../../../testing/editions/editions-system.ts";

describe("add (C9)", () => {
  it("takes a candidate by its address, however that is written", async () => {
    const { decide, stories } = await drafted();
    const other = news().find((one) => !stories.includes(one.id));
    const after = value(await decide({ do: "add", story: `${other?.url}/?utm_source=desk`, at: 3 }));
    expect(storyIds(after)[3]).toBe(other?.id);
    expect(after.headlines).toHaveLength(17);
  });

  it("refuses what is in already, by the story's or any of its articles' addresses", async () => {
    const { decide, before } = await drafted();
    const outcome = await decide({ do: "add", story: before.headlines[6]?.url ?? "" });
    expect(outcome).toMatchObject({ ok: false, fault: { code: "edition-exists" } });
    expect(messageOf(outcome)).toContain("headline 7");
    expect(await decide({ do: "add", story: id(1) })).toMatchObject({ ok: false });
  });

  it("takes an article from before the window, which is shown as it was", async () => {
    const old = article(500, { seenAt: hoursBefore(24 * 30), url: "https://gazette.example/old", sourceId: "gazette" });
    const { decide } = await drafted([...news(), old]);
    const after = value(await decide({ do: "add", story: "https://www.gazette.example/old?fbclid=1", at: 1 }));
    expect(after.headlines[0]).toMatchObject({ storyId: old.id, title: old.title, source: "The Gazette" });
    expect(await decide({ do: "add", story: "https://gazette.example/old" })).toMatchObject({ ok: false });
  });

  it("takes a page no source brought with a headline, and says so without one", async () => {
    const { decide } = await drafted();
    expect(messageOf(await decide({ do: "add", story: "https://elsewhere.example/a" }))).toMatch(/Give it a headline/);
    const after = value(
      await decide({ do: "add", story: "https://elsewhere.example/a", title: "Seen elsewhere", at: 2 }),
    );
    expect(after.headlines[1]).toMatchObject({ title: "Seen elsewhere", source: "elsewhere.example" });
    expect(messageOf(await decide({ do: "add", story: "ftp://elsewhere.example" }))).toMatch(/Give its address/);
  });

  it("restores what was removed to its place", async () => {
    const { decide, stories } = await drafted();
    value(await decide({ do: "remove", story: "4" }));
    expect(storyIds(value(await decide({ do: "add", story: stories[4] ?? "" })))[4]).toBe(stories[4]);
  });
});

describe("a page that is added", () => {
  it("has the source, the summary and the picture that its editor let stand", async () => {
    const { decide } = await draftBridge();
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
