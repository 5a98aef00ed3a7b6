import { DomUtils } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { renderDigest } from "#templates/digest.ts";
import { only, parse, textOf } from "../testing/dom.ts";
import { arabic, arabicLook } from "../testing/editions.ts";

describe("an Arabic edition", () => {
  const { html, text } = renderDigest(arabic, arabicLook);
  const tree = parse(html);

  test("B40: has nothing that runs from left to right but what is marked so", () => {
    expect(html).not.toMatch(/direction:\s*ltr|text-align:\s*left|align="left"|dir="ltr"/);
    expect(only(tree, "ol").attribs.style).toMatch(/padding-right:\d+px/);
    expect(only(tree, "ol").attribs.style).not.toMatch(/padding-left/);
  });

  test("B40: sets names in Latin letters apart", () => {
    const apart = DomUtils.findAll((element) => element.attribs.dir === "auto", tree.children).map(textOf);
    expect(apart).toContain("Harbour Gazette");
    expect(apart).toContain("Union Review");
  });

  test("B20: writes its date and its words in Arabic", () => {
    expect(textOf(only(tree, "body"))).toContain("الاثنين");
    expect(textOf(only(tree, "h2"))).toMatch(/عناوين أخرى/);
    expect(text).toContain("إلغاء الاشتراك");
  });
});
