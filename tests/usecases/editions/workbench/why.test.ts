import { describe, expect, it } from "vitest";
import { explainEdition } from "#usecases/editions/workbench/why.ts";
import { digest } from "../../../testing/editions/daily-edition.ts";
import { articles, news } from "../../../testing/editions/edition-fixtures.ts";
import { system, value } from "../../../testing/editions/editions-system.ts";

describe("why", () => {
  it("explains the edition and what came next, before and after it is drafted", async () => {
    const { ports, build } = system(news());
    const before = value(await explainEdition(ports, { newsletter: "daily" }));
    value(await build());
    const after = value(await explainEdition(ports, { newsletter: "daily" }));
    expect(after).toEqual(before);
    expect(after.stories.map(({ place }) => place).slice(0, 19)).toEqual([...Array(18).keys(), null]);
    expect(after.stories).toHaveLength(38);
  });

  it("explains an edition from a file, and what the file left no room for", async () => {
    const { ports, ask } = system(news());
    value(await ask({ do: "draft", newsletter: "daily", text: digest, by: "ed" }));
    const { stories } = value(await explainEdition(ports, { newsletter: "daily" }));
    expect(stories.slice(0, 2)).toMatchObject([
      { storyId: "lead", place: 0, reasons: ["It leads the file it came from."] },
      { title: "One headline", place: 1, reasons: ["It is line 5 of the file."] },
    ]);
    expect(stories[3]?.reasons[0]).toContain("comes from a file");
  });

  it("explains one story by number, id, address or words, chosen or not", async () => {
    const { ports, build, decide } = system([
      ...news(),
      ...articles(1, () => ({ id: "f".repeat(24), language: "fr" })),
    ]);
    const view = value(await build());
    value(await decide({ do: "remove", story: "2" }));
    const ask = async (story: string) => value(await explainEdition(ports, { newsletter: "daily", story })).stories;
    const gone = view.headlines[1];
    expect(await ask("1")).toMatchObject([{ place: 1, title: view.headlines[0]?.title }]);
    expect((await ask(gone?.storyId ?? ""))[0]?.reasons[0]).toBe("An editor removed it.");
    expect((await ask(gone?.url ?? ""))[0]?.title).toBe(gone?.title);
    expect((await ask(gone?.title ?? "")).map(({ title }) => title)).toContain(gone?.title);
    expect((await ask("ffffff"))[0]?.reasons).toEqual(["It is in French, and the newsletter is in English."]);
    expect(await explainEdition(ports, { newsletter: "daily", story: "zebra" })).toMatchObject({
      ok: false,
      fault: { code: "unknown-story" },
    });
  });
});
