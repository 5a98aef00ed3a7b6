import { describe, expect, it } from "vitest";
import type { EditionView } from "#domain/edition/edition.ts";
import { draftBridge, image } from "../../../testing/editions/bridge-story.ts";
import { messageOf } from "../../../testing/editions/daily-edition.ts";
import { value } from "../../../testing/editions/editions-system.ts";

const imageAt = ({ lead, headlines }: EditionView, at: number) => (at === 0 ? lead : headlines[at - 1])?.image;

describe("a picture", () => {
  it("is chosen among those of the story's articles, by number or address, and taken back", async () => {
    const { decide, at, before } = await draftBridge();
    const second = value(await decide({ do: "picture", story: at, picture: "2" }));
    expect(imageAt(second, Number(at))?.url).toBe(image("mayor").url);
    const first = value(await decide({ do: "picture", story: at, picture: image("bridge").url }));
    expect(imageAt(first, Number(at))?.url).toBe(image("bridge").url);
    value(await decide({ do: "undo" }));
    expect(imageAt(value(await decide({ do: "undo" })), Number(at))).toEqual(imageAt(before, Number(at)));
    expect(messageOf(await decide({ do: "picture", story: at, picture: "3" }))).toMatch(/its pictures are 1 to 2/);
  });

  it("is removed, and reset to the source's", async () => {
    const { decide, at, before } = await draftBridge();
    const without = value(await decide({ do: "picture", story: at, picture: null }));
    expect(imageAt(without, Number(at)) ?? null).toBeNull();
    expect([without.lead, ...without.headlines][Number(at)]?.reasons).toContain("An editor removed its picture.");
    const reset = value(await decide({ do: "reset", story: at, fields: ["picture"] }));
    expect(imageAt(reset, Number(at))).toEqual(imageAt(before, Number(at)));
  });

  it("keeps its focus and its text until another picture is chosen", async () => {
    const { decide, at } = await draftBridge();
    value(await decide({ do: "picture", story: at, focus: { x: 70, y: 30 } }));
    const said = value(await decide({ do: "picture", story: at, alt: "Mayors on  the bridge" }));
    expect(imageAt(said, Number(at))).toMatchObject({ alt: "Mayors on the bridge", focus: { x: 70, y: 30 } });
    const other = value(await decide({ do: "picture", story: at, picture: "2" }));
    expect(imageAt(other, Number(at))?.focus).toBeUndefined();
  });

  it("is refused where the story shows none, or in an edition from a file", async () => {
    const { decide, ask } = await draftBridge();
    expect(messageOf(await decide({ do: "picture", story: "9", picture: null }))).toMatch(
      /only the lead and the first 3/,
    );
    expect(messageOf(await decide({ do: "picture", story: "1" }))).toMatch(/Say what to change/);
    value(await ask({ do: "draft", newsletter: "daily", text: "Lead.\n\nOne\nTwo\n", replace: true, by: "ed" }));
    expect(messageOf(await decide({ do: "picture", story: "1", picture: null }))).toMatch(
      /from a file has no pictures/,
    );
  });
});
