import { describe, expect, test } from "vitest";
import type { EditionContent } from "#domain/edition/edition.ts";
import { emailBytes, fill, longestValues, maximumHtmlBytes, renderDigest } from "#templates/email/digest.ts";
import { all, only, parse, textOf } from "../../testing/dom.ts";
import { look, usual } from "../../testing/editions/editions.ts";

const rendered = (content: EditionContent) => {
  const email = fill(renderDigest(content, look), longestValues(look.siteUrl));
  const tree = parse(email.html);
  const items = all(tree, "li").length;
  const paragraphs = all(tree, "p").filter((p) => content.lead.paragraphs.includes(textOf(p))).length;
  return { email, tree, items, paragraphs, bytes: emailBytes(email).html };
};

const [first] = usual.headlines;
const many = (n: number, length: number) =>
  Array.from({ length: n }, (_, i) => ({ ...(first ?? fail()), title: `Headline ${i} ${"é".repeat(length)}` }));
const fail = (): never => {
  throw new Error("the usual edition has headlines");
};
const paragraph = (letters: number) => "word ".repeat(letters / 5).trim();

describe("an edition that would be clipped", () => {
  test("B5: loses headlines from the end of its list, no more than it must, and says how many", () => {
    const content = { ...usual, headlines: many(200, 400) };
    const { bytes, items, paragraphs, email, tree } = rendered(content);
    expect(bytes).toBeLessThanOrEqual(maximumHtmlBytes);
    expect(bytes).toBeGreaterThan(maximumHtmlBytes - 2_000);
    expect(paragraphs).toBe(usual.lead.paragraphs.length);
    expect(items).toBeGreaterThan(20);
    const rest = all(tree, "a").find((link) => textOf(link) === `${200 - items} more headlines on the web`);
    expect(rest?.attribs.href).toBe(look.editionUrl);
    expect(textOf(only(tree, "h2"))).toBe(`${items} more headlines`);
    expect(email.text).toContain(`${200 - items} more headlines on the web`);
    expect(email.text.match(/^ *\d+\. /gm)).toHaveLength(items);
  });

  test("loses paragraphs from the end of its lead when the lead alone is too long", () => {
    const paragraphs = Array.from({ length: 8 }, (_, i) => `${i} ${paragraph(15_000)}`);
    const { bytes, paragraphs: shown } = rendered({ ...usual, lead: { ...usual.lead, paragraphs } });
    expect(bytes).toBeLessThanOrEqual(maximumHtmlBytes);
    expect(shown).toBe(5);
  });

  test("keeps its list when one paragraph is longer than an email", () => {
    const lead = { ...usual.lead, paragraphs: ["Short.", paragraph(120_000)] };
    const { bytes, items, paragraphs } = rendered({ ...usual, lead });
    expect(bytes).toBeLessThanOrEqual(maximumHtmlBytes);
    expect([paragraphs, items]).toEqual([1, 17]);
  });

  test("B5: is measured as SES sends it: braces as braces, the unsubscribe address at its longest", () => {
    const braces = { ...usual, headlines: many(3, 10).map((one) => ({ ...one, title: "{".repeat(9_000) })) };
    const email = renderDigest(braces, look);
    expect(emailBytes(email).html).toBeGreaterThan(maximumHtmlBytes);
    expect(rendered(braces).items).toBe(3);
  });

  test("is never refused: all of it may be too long", () => {
    const lead = { ...usual.lead, title: paragraph(200_000), paragraphs: [paragraph(200_000)] };
    const { bytes } = rendered({ ...usual, lead, headlines: many(3, 60_000), preheader: paragraph(100_000) });
    expect(bytes).toBeLessThanOrEqual(maximumHtmlBytes);
  });
});
