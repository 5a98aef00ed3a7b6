import { describe, expect, test } from "vitest";
import { nearest, pastOf } from "#domain/edition/choosing/past.ts";
import { makeEdition } from "#domain/edition/content/make.ts";
import { significantWords } from "#domain/edition/content/words.ts";
import { id, ingredients } from "../../../testing/editions/edition-fixtures.ts";

const { content } = makeEdition(ingredients());
const on = (date: string, title = content.lead.title) => ({ ...content, date, lead: { ...content.lead, title } });
const words = (title: string) => new Set(significantWords(title));

describe("what earlier editions ran", () => {
  test("is found by story and by address, as the newest edition ran it", () => {
    const past = pastOf([on("2026-11-20", "Older words"), on("2026-11-22", "Newer words")]);
    const { storyId, url } = content.lead;
    expect(past.byId.get(storyId ?? "")).toMatchObject({ date: "2026-11-22", title: "Newer words", hasLed: true });
    expect(past.byUrl.get(url ?? "")).toMatchObject({ date: "2026-11-22", title: "Newer words" });
    expect(past.byId.get(id(9999))).toBeUndefined();
  });

  test("has a lead's first paragraph, and no headline's", () => {
    const past = pastOf([content]);
    expect(past.byId.get(content.lead.storyId ?? "")?.opening).toBe(content.lead.paragraphs[0]);
    const [headline] = content.headlines;
    expect(past.byId.get(headline?.storyId ?? "")).toMatchObject({ hasLed: false, opening: undefined });
  });

  test("has no lead without a title, as a file gives it", () => {
    const past = pastOf([on("2026-11-22", null)]);
    expect(past.byId.has(content.lead.storyId ?? "")).toBe(false);
  });
});

describe("the title of the past that is most like another", () => {
  const past = pastOf([{ ...on("2026-11-22", "Mayor opens harbour bridge"), headlines: [] }]);

  test("shares most of the words of both", () => {
    expect(nearest(past, words("Mayor opens harbour bridge"))).toMatchObject({
      likeness: 1,
      item: { title: "Mayor opens harbour bridge" },
    });
    expect(nearest(past, words("Mayor opens railway tunnel"))?.likeness).toBeCloseTo(2 / 6);
  });

  test("is none where no word is shared", () => {
    expect(nearest(past, words("Rain"))).toBeNull();
  });
});
