import { describe, expect, it } from "vitest";
import { readable } from "#domain/article/furniture/furniture.ts";
import { bodyOf } from "#domain/edition/content/paragraphs.ts";

describe("a lead's paragraphs", () => {
  it("lose a page's furniture and nothing else", () => {
    const text = [
      "The bridge opened on Monday. Continue reading...",
      "Related: The ferry that never came",
      "“Read more books,” said the mayor.",
      "Sign up for our evening letter",
      "8.41pm GMT",
      "The post Bridge opens appeared first on The Gazette.",
      "Weiterlesen …",
      "* * *",
      "The bridge opened on Monday.",
      "Bridge opens",
    ];
    expect(readable(text, "Bridge opens")).toEqual([
      "The bridge opened on Monday.",
      "“Read more books,” said the mayor.",
    ]);
  });

  it("lose a tail at their very end only, however long the text before it", () => {
    const long = "The bridge opened on Monday. ".repeat(200).trim();
    expect(readable([`${long} Read more »`, `${long} (Weiterlesen)`], "")).toEqual([long]);
    expect(readable([`${long} and read more of it`, "He said: “Read more.”"], "")).toEqual([
      `${long} and read more of it`,
      "He said: “Read more.”",
    ]);
  });

  it("are the summary where there is no body", () => {
    expect(bodyOf({ title: "T", summary: "In short.", paragraphs: [] })).toEqual(["In short."]);
    expect(bodyOf({ title: "In short", summary: "In short.", paragraphs: ["In short"] })).toEqual([]);
    expect(bodyOf({ title: "T", summary: "", paragraphs: [] })).toEqual([]);
  });
});
