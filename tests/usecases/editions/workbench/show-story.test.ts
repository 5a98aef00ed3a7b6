import { describe, expect, it } from "vitest";
import { draftBridge } from "../../../testing/editions/bridge-story.ts";

describe("a story", () => {
  it("shows its articles and their pictures, each once", async () => {
    const { story, at, id } = await draftBridge();
    const shown = await story(at);
    expect(shown).toMatchObject({ storyId: id, place: Number(at), isChosen: false, showsPicture: true });
    expect(shown.articles.map(({ source }) => source)).toEqual(["The Gazette", "The Herald", "The Courier"]);
    expect(shown.pictures.map((one) => one.image.alt)).toEqual(["The bridge", "The mayor"]);
    expect(shown.others[0]).toMatchObject({ place: at === "0" ? 1 : 0 });
  });
});
