import { describe, expect, test } from "vitest";
import { emailBytes, fill, longestValues, renderDigest } from "#templates/email/digest.ts";
import { all, isElement, parse, textOf } from "../../testing/dom.ts";
import { german, germanLook, look, pictured, plain, usual } from "../../testing/editions/editions.ts";

const tree = parse(renderDigest(pictured, look).html);
const [also, brief] = all(tree, "ol");

describe("three tiers", () => {
  test("the first headlines have a sentence each, the others are numbered on from them", () => {
    expect(all(tree, "h2").map(textOf)).toEqual(["Also today", "In brief"]);
    expect(also && all(also, "li")).toHaveLength(3);
    expect(brief && all(brief, "li")).toHaveLength(14);
    expect(brief?.attribs.start).toBe("4");
  });

  test("B11: a summary and its picture don't add a second link", () => {
    for (const [i, item] of (also ? all(also, "li") : []).entries()) {
      expect(all(item, "a").map(textOf)).toEqual([pictured.headlines[i]?.title]);
      expect(textOf(item)).toContain(pictured.headlines[i]?.summary);
      for (const img of all(item, "img")) {
        expect(img.attribs).toMatchObject({ alt: "", width: "120", height: "80" });
        // Thunderbird drops the width's limit, so the width itself is the picture's.
        expect(img.attribs.style).toMatch(/(?:^|;)width:120px;max-width:36%;/);
        expect(img.parent && isElement(img.parent) && img.parent.name).toBe("li");
      }
    }
  });

  test("a long headline with a summary is set smaller, on a phone too", () => {
    const [first, ...others] = pictured.headlines;
    if (first === undefined) throw new Error("the edition has no headline");
    const long = { ...first, title: "A headline that goes on and on ".repeat(6).trim() };
    const sizes = all(parse(renderDigest({ ...pictured, headlines: [long, ...others] }, look).html), "ol").flatMap(
      (list) =>
        all(list, "a").map(({ attribs }) => [attribs.class, /font-size:(\d+)px/.exec(attribs.style ?? "")?.[1]]),
    );
    expect(sizes.slice(0, 2)).toEqual([
      ["h", "18"],
      ["h r", "22"],
    ]);
  });

  test("the text part has the same tiers, numbered through", () => {
    const { text } = renderDigest(pictured, look);
    expect(text).toContain(
      "Also today\n----------\n\n 1. Night ferry to the northern islands returns after nine winters\n",
    );
    expect(text).toContain("    The first boat since 2017 leaves on Friday with 140 berths; fares\n    are frozen");
    expect(text).toContain("In brief\n--------\n\n 4. A comet seen twice");
  });

  test.each([
    ["no summaries", usual, "17 more headlines"],
    ["a lead without a headline, before which nothing came", plain, "17 headlines"],
  ])("an edition with %s has one list", (_, content, heading) => {
    const tree = parse(renderDigest(content, look).html);
    expect(all(tree, "h2").map(textOf)).toEqual([heading]);
    expect(all(tree, "ol").map(({ attribs }) => attribs.start)).toEqual(["1"]);
  });

  test("a headline without a sentence stays above one that has one", () => {
    const headlines = pictured.headlines.map((headline, i) => (i === 0 ? { ...headline, summary: "" } : headline));
    const tree = parse(renderDigest({ ...usual, headlines }, look).html);
    expect(all(tree, "ol").map((list) => all(list, "li").length)).toEqual([3, 14]);
  });

  test("sections are headings of the brief headlines only", () => {
    const headlines = german.headlines.map((headline, i) =>
      i === 0 ? { ...headline, summary: "Ein ganzer Satz." } : headline,
    );
    const tree = parse(renderDigest({ ...german, headlines }, germanLook).html);
    expect(all(tree, "h2").map(textOf)).toEqual(["Außerdem heute", "Kurz gemeldet"]);
    expect(all(tree, "h3").map(textOf)).toEqual(["Politik", "Wirtschaft", "Weitere Meldungen"]);
    expect(all(tree, "ol").map(({ attribs }) => attribs.start)).toEqual([undefined, "2", "3", "5"]);
  });

  test("B5: a lead, three summaries and 14 headlines with pictures take at most 32,000 bytes of HTML", () => {
    const { html } = emailBytes(fill(renderDigest(pictured, look), longestValues(look.siteUrl)));
    expect(html).toBeLessThanOrEqual(32_000);
  });
});

describe("how much there is to read", () => {
  const line = (content: typeof usual) => / *(\d+ stories · .+)\n/.exec(renderDigest(content, look).text)?.[1];

  test("counts the lead and the headlines, and all their words", () => {
    expect(line(pictured)).toBe("18 stories · 3 minutes");
    const paragraphs = Array.from({ length: 4 }, () => "word ".repeat(550).trim());
    expect(line({ ...usual, lead: { ...usual.lead, paragraphs } })).toBe("18 stories · 11 minutes");
  });
});

describe("one source alone", () => {
  test("is named over the lead and nowhere else", () => {
    const alone = usual.headlines.map((headline) => ({ ...headline, source: "Harbour Gazette", alsoIn: [] }));
    const { html, text } = renderDigest({ ...usual, headlines: alone }, look);
    expect(textOf(parse(html)).match(/Harbour Gazette/g)).toHaveLength(1);
    expect(text.match(/Harbour Gazette/g)).toHaveLength(1);
    expect(text).toContain("Read the full story:");
  });
});
