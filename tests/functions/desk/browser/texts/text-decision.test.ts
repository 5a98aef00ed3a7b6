import { describe, expect, test } from "vitest";
import { decisionOf, mayBeEmpty, textAfter, textIn } from "#functions/desk/browser/texts/text-decision.ts";

const title = { field: "title", story: "s1" };
const lead = { field: "paragraphs", story: "" };
const summary = { field: "summary", story: "s1" };

describe("what a text decides", () => {
  test("a headline is rewritten without space around it, and says what it replaces", () => {
    expect(decisionOf(title, "  New bridge ", "Old bridge")).toEqual({
      do: "rewrite",
      story: "s1",
      title: "New bridge",
      was: { title: "Old bridge" },
    });
  });

  test("paragraphs are what empty lines divide, however many", () => {
    expect(decisionOf(lead, "One\nline.\n\n  \n\nTwo.\n", undefined)).toEqual({
      do: "rewrite",
      paragraphs: ["One\nline.", "Two."],
      was: { paragraphs: undefined },
    });
  });

  test("an empty summary is none", () => {
    expect(decisionOf(summary, " \n", "Before")).toEqual({ do: "summary", story: "s1", text: null, was: "Before" });
  });

  test("only paragraphs and a summary may be empty", () => {
    expect([title, lead, summary].map(mayBeEmpty)).toEqual([false, true, true]);
  });
});

describe("the text of a decision", () => {
  test.each([
    ["a headline", title, "New bridge"],
    ["paragraphs", lead, "One.\n\nTwo."],
    ["a summary", summary, "In short."],
  ])("gives back what was written: %s", (_, place, text) => {
    expect(textIn(decisionOf(place, text, ""), place)).toBe(text);
  });

  test("of another story, field or kind says nothing about this one", () => {
    expect(textIn(decisionOf(title, "A", ""), { ...title, story: "s2" })).toBeUndefined();
    expect(textIn(decisionOf(title, "A", ""), { ...title, field: "source" })).toBeUndefined();
    expect(textIn(decisionOf(title, "A", ""), summary)).toBeUndefined();
    expect(textIn("build", title)).toBeUndefined();
  });
});

describe("what a field contains once all has arrived", () => {
  test("is the latest text on its way, else the one before", () => {
    const onItsWay = [decisionOf(title, "A", ""), decisionOf(title, "B", "A"), decisionOf(summary, "C", "")];
    expect(textAfter(onItsWay, title, "before")).toBe("B");
    expect(textAfter([], title, "before")).toBe("before");
  });

  test.each(["undo", "redo", "reset"])("isn't known after %s, and is again after a text", (what) => {
    const unclear = [decisionOf(title, "A", ""), { do: what }];
    expect(textAfter(unclear, title, "before")).toBeUndefined();
    expect(textAfter([...unclear, decisionOf(title, "B", undefined)], title, "before")).toBe("B");
  });
});
