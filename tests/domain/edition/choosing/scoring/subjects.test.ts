import { describe, expect, it } from "vitest";
import { subjectFinder as finderOf } from "#domain/edition/choosing/scoring/subjects.ts";

/** Each title is of a source of its own. */
const subjectFinder = (titles: readonly string[], names: readonly string[] = []) =>
  finderOf(
    titles.map((title, index) => ({ title, sourceId: `source-${index}` })),
    names,
  );

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
    // A pair counts once a title; a title that is there twice counts twice.
    const twice = subjectFinder(["Harbour Bridge, Harbour Bridge", "Harbour Bridge", "Rain"]);
    expect(twice("Harbour Bridge")).toBeNull();
    expect(subjectFinder(["Harbour Bridge", "Harbour Bridge", "Harbour Bridge"])("Harbour Bridge")?.articles).toBe(3);
  });

  it("are names, not ways of speaking", () => {
    const titles = [
      "Ferry strike suspect held in Port Ellen",
      "Port Ellen: strike suspect to face a judge",
      "Who is the strike suspect of Port Ellen?",
      "The Strike Suspect and His Friends",
    ];
    const subjectOf = subjectFinder(titles);
    expect(titles.map((title) => subjectOf(title)?.name)).toEqual([
      "Port Ellen",
      "Port Ellen",
      "Port Ellen",
      undefined,
    ]);
  });

  it("hold no verb, and no two names beside each other by chance", () => {
    const verb = [
      "Pike Insists Islay Will Pay for Ferry",
      "Pike: Islay Will Pay Soon",
      "Why Islay Will Pay in the End",
    ];
    const small = ["The islands will pay more and insist on it", "They insist that someone must pay"];
    expect(subjectFinder([...verb, ...small])(verb[0] ?? "")).toBeNull();
    const two = ["Ferry strike in Islay, Jura waits", "Boats leave Islay; Jura cheers", "On Islay: Jura comes next"];
    expect(subjectFinder(two)(two[0] ?? "")).toBeNull();
  });

  it("are whole names, however the words in them are used elsewhere", () => {
    const titles = [
      "Ferries to New Port Ellen stop at noon",
      "Storm keeps New Port Ellen without light",
      "New Port Ellen asks for help with its port",
      "A new port for every island, says the mayor",
    ];
    expect(subjectFinder(titles)(titles[1] ?? "")).toEqual({
      key: "new port ellen",
      name: "New Port Ellen",
      articles: 3,
    });
    const joined = ["A vote in Rio de Janeiro today", "Rio de Janeiro votes again", "Crowds leave Rio de Janeiro"];
    expect(subjectFinder(joined)(joined[1] ?? "")?.name).toBe("Rio de Janeiro");
    const hyphens = [
      "Talks with Jean-Luc Pike fail",
      "Jean-Luc Pike resigns at last",
      "Who follows Jean-Luc Pike’s party?",
    ];
    expect(subjectFinder(hyphens)(hyphens[2] ?? "")?.name).toBe("Jean-Luc Pike");
  });

  it("aren't the papers that tell the news", () => {
    const titles = ["New Port Times wins a prize", "Owner of New Port Times sells", "Staff leave New Port Times today"];
    expect(subjectFinder(titles)(titles[0] ?? "")?.name).toBe("New Port Times");
    expect(subjectFinder(titles, ["The New Port Times", "Islay Post"])(titles[0] ?? "")).toBeNull();
  });

  it("aren't what one source calls its series, unless there is no other source", () => {
    const series = ["Tide Tables: the spring", "Tide Tables: the neap", "Tide Tables: the storm"];
    const own = series.map((title) => ({ title, sourceId: "gazette" }));
    expect(finderOf([...own, { title: "Rain", sourceId: "post" }])(series[0] ?? "")).toBeNull();
    expect(finderOf([...own, { title: "Tide Tables at last", sourceId: "post" }])(series[0] ?? "")?.articles).toBe(4);
    expect(finderOf([...own, { title: series[0] ?? "", sourceId: "post" }])(series[0] ?? "")?.articles).toBe(4);
    expect(finderOf(own)(series[0] ?? "")?.name).toBe("Tide Tables");
  });

  it("are found where nothing is written small, and where no spaces are", () => {
    const arabic = ["إغلاق جسر الميناء اليوم", "جسر الميناء يفتح غدا", "رئيس البلدية عند جسر الميناء"];
    expect(subjectFinder(arabic)(arabic[0] ?? "")?.name).toBe("جسر الميناء");
    const japanese = ["港湾橋が開通", "市長が港湾橋を視察", "港湾橋の工事"];
    expect(subjectFinder(japanese)(japanese[1] ?? "")?.name).toBe("港湾橋");
    const shouted = ["HARBOUR BRIDGE OPENS", "MAYOR AT HARBOUR BRIDGE", "HARBOUR BRIDGE: THE COST"];
    expect(subjectFinder(shouted)(shouted[0] ?? "")?.name).toBe("HARBOUR BRIDGE");
  });
});
