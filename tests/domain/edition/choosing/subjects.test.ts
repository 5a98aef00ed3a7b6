import { describe, expect, it } from "vitest";
import { subjectFinder } from "#domain/edition/choosing/subjects.ts";

describe("subjects", () => {
  it("find what most titles are about, as it is written", () => {
    const titles = [
      "Harbour Bridge opens",
      "Mayor praises the Harbour Bridge",
      "Who pays for the harbour bridge?",
      "Rain",
    ];
    const subjectOf = subjectFinder(titles);
    expect(subjectOf(titles[1] ?? "")).toEqual({ key: "harbour bridge", name: "Harbour Bridge", articles: 3 });
    expect(subjectOf("Rain")).toBeNull();
    // A pair counts once a title, and every title that stands there twice counts twice.
    const twice = subjectFinder(["Harbour bridge, harbour bridge", "Harbour bridge", "Rain"]);
    expect(twice("Harbour bridge")).toBeNull();
    expect(subjectFinder(["Harbour bridge", "Harbour bridge", "Harbour bridge"])("Harbour bridge")?.articles).toBe(3);
  });
});
