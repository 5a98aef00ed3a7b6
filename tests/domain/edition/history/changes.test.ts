import { describe, expect, test } from "vitest";
import { makeEdition } from "#domain/edition/content/make.ts";
import { changesBetween, hasChanges } from "#domain/edition/history/changes.ts";
import { ingredients } from "../../../testing/editions/edition-fixtures.ts";

const { content } = makeEdition(ingredients());
const { lead, headlines } = content;
const [first, second, third, ...others] = headlines;
if (first === undefined || second === undefined || third === undefined) throw new Error("the edition is too short");
const none = { added: [], removed: [], moved: [], edited: [] };

describe("what changed between two states of an edition", () => {
  test("is nothing where they say the same", () => {
    expect(changesBetween(content, structuredClone(content))).toEqual(none);
    expect(hasChanges(none)).toBe(false);
  });

  test("names added and removed stories, with their places", () => {
    const without = { ...content, headlines: [first, third, ...others] };
    expect(changesBetween(content, without)).toEqual({ ...none, removed: [{ title: second.title, from: 2 }] });
    expect(changesBetween(without, content)).toEqual({ ...none, added: [{ title: second.title, at: 2 }] });
    expect(hasChanges(changesBetween(without, content))).toBe(true);
  });

  test("names the moved story, not those that only made room", () => {
    const last = headlines.length;
    const moved = { ...content, headlines: [second, third, ...others, first] };
    expect(changesBetween(content, moved).moved).toEqual([{ title: first.title, from: 1, at: last }]);
  });

  test("gives the words before and after of headline, link and subject", () => {
    const edited = {
      ...content,
      subject: "Another subject",
      headlines: [{ ...first, title: "Snow", url: "https://gazette.example/snow" }, second, third, ...others],
    };
    expect(changesBetween(content, edited)).toEqual({
      ...none,
      edited: [
        { what: "subject", before: content.subject, after: "Another subject" },
        { what: "headline", before: first.title, after: "Snow" },
        { what: "link of “Snow”", before: first.url, after: "https://gazette.example/snow" },
      ],
    });
  });

  test("gives the text of a lead that was rewritten, and not of a story that came to lead", () => {
    const rewritten = { ...content, lead: { ...lead, paragraphs: ["One.", "Two."] } };
    expect(changesBetween(content, rewritten).edited).toEqual([
      { what: `text of “${lead.title}”`, before: lead.paragraphs.join("\n\n"), after: "One.\n\nTwo." },
    ]);
    const { storyId, title, url } = second;
    const promoted = { ...content, lead: { ...lead, storyId, title, url, paragraphs: ["Its own text."] } };
    expect(changesBetween(content, promoted).edited).toEqual([]);
  });
});
