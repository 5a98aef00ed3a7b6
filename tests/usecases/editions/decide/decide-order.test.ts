import { describe, expect, it } from "vitest";
import { drafted, messageOf, storyIds } from "../../../testing/editions/daily-edition.ts";
import { value } from "../../../testing/editions/editions-system.ts";

describe("lead (C5)", () => {
  it("makes a headline the lead, and the old lead the first headline", async () => {
    const { decide, stories } = await drafted();
    const after = storyIds(value(await decide({ do: "lead", story: "5" })));
    expect(after).toEqual([stories[5], ...stories.toSpliced(5, 1)]);
  });
});

describe("restore (C6)", () => {
  it("brings a removed story back to the place it had", async () => {
    const { decide, before, stories } = await drafted();
    value(await decide({ do: "remove", story: "4" }));
    value(await decide({ do: "remove", story: "4" }));
    const after = value(await decide({ do: "restore", story: stories[4] ?? "" }));
    expect(storyIds(after).indexOf(stories[4] ?? "")).toBe(4);
    expect(after.headlines).toHaveLength(before.headlines.length);
    expect(messageOf(await decide({ do: "restore", story: stories[4] ?? "" }))).toMatch(/not among the removed/);
  });
});
