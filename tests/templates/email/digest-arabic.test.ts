import { DomUtils } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { renderDigest } from "#templates/email/digest.ts";
import { all, only, parse, textOf } from "../../testing/dom.ts";
import { arabic, arabicLook } from "../../testing/editions/editions.ts";

describe("an Arabic edition", () => {
  const { html, text } = renderDigest(arabic, arabicLook);
  const tree = parse(html);

  test("B40: runs from left to right only where marked", () => {
    expect(html).not.toMatch(/direction:\s*ltr|text-align:\s*left/);
    // The end of a line is on the left: the count beside the date, the picture beside a summary.
    const left = DomUtils.findAll((element) => element.attribs.align === "left", tree.children);
    expect(left.map(({ name }) => name)).toEqual(["td", "img"]);
    const [, brief] = all(tree, "ol");
    expect(brief?.attribs.style).toMatch(/padding-right:\d+px/);
    expect(brief?.attribs.style).not.toMatch(/padding-left/);
  });

  test("marks a Latin paragraph, headline and summary as what they are, with the edition's alignment", () => {
    const latin = DomUtils.findAll((element) => element.attribs.dir === "ltr", tree.children);
    expect(latin.map(({ name }) => name)).toEqual(["p", "a", "div"]);
    for (const element of latin) {
      expect(textOf(element)).toMatch(/^[^\p{Script=Arabic}]+$/u);
      expect(element.attribs.style).not.toContain("text-align");
    }
  });

  test("sets a caption that runs the other way apart, so its full stop stays at its end", () => {
    const image = { url: "https://a.example/b.jpg", alt: "", width: 1200, height: 675, caption: "The mill (archive)." };
    const { html } = renderDigest({ ...arabic, lead: { ...arabic.lead, image } }, arabicLook);
    const apart = DomUtils.findAll((element) => element.attribs.dir === "auto", parse(html).children).map(textOf);
    expect(apart).toContain("The mill (archive).");
    const own = { ...image, caption: "الطاحونة (أرشيف)." };
    expect(renderDigest({ ...arabic, lead: { ...arabic.lead, image: own } }, arabicLook).html).toContain(
      `>${own.caption}<`,
    );
  });

  test("B40: sets names in Latin letters apart", () => {
    const apart = DomUtils.findAll((element) => element.attribs.dir === "auto", tree.children).map(textOf);
    expect(apart).toContain("Harbour Gazette");
    expect(apart).toContain("Union Review");
  });

  test("B20: writes its date and its words in Arabic", () => {
    expect(textOf(only(tree, "body"))).toContain("الاثنين");
    expect(all(tree, "h2").map(textOf)).toEqual(["ومن أخبار اليوم", "أخبار موجزة"]);
    expect(text).toContain("إلغاء الاشتراك");
  });
});
