import { caniemail } from "caniemail";
import { DomUtils } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { emailBytes, fill, longestValues, readerValues, renderDigest } from "#templates/email/digest.ts";
import { literal } from "#templates/text/literal.ts";
import { typographic } from "#templates/text/typography.ts";
import { all, declarations, type Element, isElement, only, parse, textOf } from "../../testing/dom.ts";
import { editions, german, look, pictured, plain, usual } from "../../testing/editions/editions.ts";
import { allowedFeatures } from "./allowed-features.ts";

const values = readerValues({ unsubscribeUrl: `https://news.example/unsubscribe/${"t".repeat(85)}` });
const shownAs = (content: string, language: string) =>
  literal(typographic(content, language)).replace(/\s+/g, " ").trim();

const emails = Object.entries(editions).map(([name, edition]) => {
  const { html } = fill(renderDigest(edition.content, edition.look), values);
  return { name, html, tree: parse(html), ...edition };
});

describe.each(emails)("the HTML of the edition: $name", ({ html, tree, content, look }) => {
  test("B8: says its language and direction on html and on every child of body", () => {
    const body = only(tree, "body");
    const carriers = [only(tree, "html"), ...body.children.filter(isElement)];
    expect(carriers.length).toBeGreaterThan(1);
    for (const element of carriers) {
      expect(element.attribs.lang).toBe(look.language);
      expect(element.attribs.dir).toBe(look.language === "ar" ? "rtl" : "ltr");
    }
  });

  test("B9: is an article that its title names, with the date", () => {
    const [article] = DomUtils.findAll((element) => element.attribs.role === "article", tree.children);
    expect(article?.attribs["aria-roledescription"]).toBe("email");
    expect(article?.attribs["aria-label"]).toBe(
      only(tree, "title").children[0]?.type === "text" ? DomUtils.textContent(only(tree, "title")) : "",
    );
    expect(article?.attribs["aria-label"]).toMatch(/2026/);
  });

  test("B10: has one h1, an h2 for each tier and no level between them left out; sections are h3", () => {
    const levels = DomUtils.findAll((element) => /^h\d$/.test(element.name), tree.children).map(({ name }) => name);
    const tiers = content.headlines.some(({ summary }) => summary !== undefined) ? ["h2", "h2"] : ["h2"];
    expect(levels.slice(0, 1 + tiers.length)).toEqual(["h1", ...tiers]);
    expect(new Set(levels.slice(1 + tiers.length))).toEqual(new Set(content === german ? ["h3"] : []));
  });

  test("B11: lists every headline once, each entry with at most one link whose text is the headline", () => {
    const items = all(tree, "ol").flatMap((list) => all(list, "li"));
    expect(items).toHaveLength(content.headlines.length);
    for (const [i, item] of items.entries()) {
      const links = all(item, "a");
      const isHttp = /^https?:/.test(content.headlines[i]?.url ?? "");
      expect(links).toHaveLength(isHttp ? 1 : 0);
      for (const link of links)
        expect(textOf(link)).toBe(shownAs(content.headlines[i]?.title ?? "", new Intl.Locale(look.language).language));
    }
  });

  test("B13: marks every table as presentation, those for Outlook too", () => {
    const tables = html.match(/<table[^>]*>/g) ?? [];
    expect(tables.length).toBeGreaterThan(5);
    expect(tables.filter((table) => !table.includes('role="presentation"'))).toEqual([]);
    expect(html).not.toMatch(/<(th|caption)\b/);
  });

  test("B12, B30: has only absolute http(s) addresses, and no two links with one text and two targets", () => {
    const targets = new Map<string, string>();
    for (const link of all(tree, "a")) {
      const href = link.attribs.href ?? "";
      if (href === `mailto:${look.contact}`) continue;
      expect(href).toMatch(/^https?:\/\//);
      expect(URL.canParse(href)).toBe(true);
      const text = textOf(link);
      expect(text).not.toMatch(/^(click|here|read more|learn more)\b.{0,5}$/i);
      expect(targets.get(text) ?? href).toBe(href);
      targets.set(text, href);
    }
    expect([...targets.values()]).toContain(values.unsubscribe);
  });

  test("B7: runs and loads nothing", () => {
    expect(html).not.toMatch(/<(script|form|iframe|link|object|embed|base)\b|@import|@font-face|url\(|amp-|\son\w+=/i);
    expect(all(tree, "img").filter(({ attribs }) => !/^https?:/.test(attribs.src ?? ""))).toEqual([]);
  });

  test("B6: keeps its style sheets small, in the head, without comments", () => {
    const sheets = [...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, css]) => css ?? "");
    expect(Buffer.byteLength(sheets.join(""))).toBeLessThanOrEqual(6_000);
    expect(sheets.join("")).not.toContain("/*");
    expect(all(only(tree, "body"), "style")).toEqual([]);
  });

  test("B28: colours with six hexadecimal digits, and with nothing that mail clients lack", () => {
    const css = declarations(tree).join(";");
    for (const [colour] of css.matchAll(/#[0-9a-z]+/gi)) expect(colour).toMatch(/^#[0-9a-f]{6}$/);
    expect(html).not.toMatch(
      /var\(|rgba?\(|calc\(|display:\s*(flex|grid)|(font-size|line-height|padding|margin):[^;"}]*rem/,
    );
  });

  test("B22: never colours text inline without a background of its own beneath it", () => {
    const coloured = DomUtils.findAll((element) => /(^|;)\s*color:/.test(element.attribs.style ?? ""), tree.children);
    expect(coloured.length).toBeGreaterThan(3);
    for (const element of coloured) {
      let above: Element | null = element;
      let hasBackground = false;
      while (above && above.attribs.role !== "article") {
        hasBackground ||= /background(-color)?:/.test(above.attribs.style ?? "");
        above = above.parent && isElement(above.parent) ? above.parent : null;
      }
      expect(hasBackground).toBe(true);
    }
  });

  test("B28: uses only the features that were looked at", () => {
    expect(featuresOf(html).filter((feature) => !Object.hasOwn(allowedFeatures, feature))).toEqual([]);
  });

  test("B30: leaves nothing of a template behind", () => {
    const named = /undefined|null|NaN|\[object/;
    expect(html.replaceAll(/\{\{x\}\}|\{\{#each x|\{\{\/each/g, "")).not.toMatch(named);
    if (content.lead.storyId !== null && content === usual) expect(html).not.toMatch(/\{\{|\}\}|%%/);
  });
});

/** What caniemail says any of the large clients does not support, or supports in part. */
function featuresOf(html: string): string[] {
  const { issues } = caniemail({
    clients: ["apple-mail.*", "gmail.*", "outlook.*", "yahoo.*", "aol.*", "samsung-email.*", "protonmail.*"],
    html,
  });
  const found = [issues.errors, issues.warnings].flatMap((kind) => [...kind.values()].flat());
  return [...new Set(found.map(({ title }) => title))].sort();
}

const byName = (name: string) => {
  const email = emails.find((one) => one.name === name);
  if (email === undefined) throw new Error(`no edition ${name}`);
  return email;
};

describe("the head", () => {
  const { html, tree } = byName("usual");
  const meta = (name: string) => all(tree, "meta").find(({ attribs }) => attribs.name === name)?.attribs.content;

  test("B21, B29: declares both colour schemes, the width, and what must not be made a link", () => {
    expect(meta("color-scheme")).toBe("light dark");
    expect(meta("supported-color-schemes")).toBe("light dark");
    expect(meta("viewport")).toBe("width=device-width, initial-scale=1");
    expect(meta("format-detection")).toMatch(/telephone=no/);
    expect(all(tree, "meta").some(({ attribs }) => attribs.name === "x-apple-disable-message-reformatting")).toBe(true);
    expect(html).toContain(":root{color-scheme:light dark");
  });

  test("B21, B25: has a dark design of its own, off black and off white, under Outlook's hooks too", () => {
    const dark = html.slice(html.indexOf("@media (prefers-color-scheme:dark)"), html.indexOf("</style><meta"));
    for (const colour of ["#1b1a17", "#e6e2d9", "#f2a397"]) {
      expect(dark).toContain(colour);
      expect(dark.slice(dark.indexOf("[data-og"))).toContain(colour);
    }
    expect(dark).not.toMatch(/#0{3,6}\b|#f{3,6}\b/i);
  });

  test("B18, B27: helps Outlook: its resolution, its line heights, fonts it has, a table of fixed width", () => {
    expect(html).toContain("<o:PixelsPerInch>96</o:PixelsPerInch>");
    const forOutlook = html.match(/<!--\[if mso\]>\s*<style[\s\S]*?<!\[endif\]-->/)?.[0] ?? "";
    expect(forOutlook).toContain("mso-line-height-rule:exactly");
    expect(forOutlook).toMatch(/font-family:Arial,sans-serif/);
    expect(forOutlook).toMatch(/\bli\{margin/);
    expect(html).toMatch(/<!--\[if mso \| IE\]><table[^>]*width="600"/);
  });

  test("B18: ends every list of fonts with a generic one", () => {
    const lists = Array.from(html.matchAll(/font-family:([^;}]+?)(!important)?(?=[;}]|"[ >])/g), ([, list]) => list);
    expect(lists.length).toBeGreaterThan(5);
    for (const list of lists) expect(list).toMatch(/,(sans-)?serif$/);
  });
});

describe("what an inbox shows first", () => {
  const { html, tree, content } = byName("usual");

  test("B32, B33: the preheader is the body's first text, hidden, with enough behind it to hide the rest", () => {
    const first = all(only(tree, "body"), "div")[1];
    expect(first?.attribs["aria-hidden"]).toBe("true");
    expect(first?.attribs.style).toMatch(/display:none;max-height:0;overflow:hidden;mso-hide:all/);
    const text = first === undefined ? "" : DomUtils.textContent(first);
    expect(text.startsWith(content.preheader)).toBe(true);
    expect(text.slice(content.preheader.length)).toMatch(/^(\u2007\uFEFF\u034F ){60,}$/);
    const body = html.slice(html.indexOf("<body"));
    expect(body.indexOf(content.preheader)).toBeLessThan(body.indexOf("The Daily Broadsheet</p>"));
  });

  test("B34: the first visible words are the newsletter's name, the date and the news", () => {
    const visible = textOf(only(tree, "body"))
      .slice(content.preheader.length)
      .replace(/^(\s|\u2007|\uFEFF|\u034F)+/, "");
    expect(visible).toMatch(
      /^The Daily Broadsheet ?Monday,? 23 November 2026 ?18 stories · 2 minutes ?Harbour Gazette ?Harbour council votes/,
    );
  });

  test("without a preheader nothing hidden is left", () => {
    const without = parse(renderDigest({ ...usual, preheader: "" }, look).html);
    expect(DomUtils.findAll((element) => element.attribs["aria-hidden"] === "true", without.children)).toEqual([]);
  });
});

describe("the lead", () => {
  test("B10: the h1 is its headline and its link; the source is named before and linked after", () => {
    const { tree } = byName("usual");
    const h1 = only(tree, "h1");
    expect(textOf(h1)).toBe(usual.lead.title);
    expect(only(h1, "a").attribs.href).toBe(usual.lead.url);
    const read = all(tree, "a").find((link) => textOf(link) === "Read the full story at Harbour Gazette");
    expect(read?.attribs.href).toBe(usual.lead.url);
  });

  test("B10: without a headline the h1 is the newsletter's name and date, and headlines are plain entries", () => {
    const { tree } = byName("plain");
    expect(textOf(only(tree, "h1"))).toBe("The Daily Broadsheet Monday, 23 November 2026");
    expect(all(only(tree, "ol"), "li").map(textOf)).toEqual(plain.headlines.map(({ title }) => title));
    expect(all(only(tree, "ol"), "a")).toEqual([]);
  });

  test("B20: has every paragraph letter for letter", () => {
    const { tree } = byName("plain");
    const paragraphs = all(tree, "p").map((p) => DomUtils.textContent(p));
    for (const paragraph of plain.lead.paragraphs) expect(paragraphs).toContain(paragraph);
  });

  test("B14: its picture has a text, a width and a height, and fits the column", () => {
    const picture = all(byName("pictured").tree, "img")[0]?.attribs;
    expect(picture).toMatchObject({ alt: pictured.lead.image?.alt, width: "528", height: "297" });
    expect(picture?.style).toMatch(/max-width:528px;height:auto/);
  });

  test("B14: a picture's text that only repeats the headline is left out, so it is not read twice", () => {
    const image = { url: "https://a.example/b.jpg", alt: usual.lead.title ?? "", width: null, height: null };
    const { html } = renderDigest({ ...usual, lead: { ...usual.lead, image } }, look);
    expect(only(parse(html), "img").attribs).toMatchObject({ alt: "", width: "528" });
  });
});

describe("the list", () => {
  const { tree } = byName("usual");
  const items = all(only(tree, "ol"), "li");

  test("B11: links the whole headline, and names its sources beside it", () => {
    for (const [i, item] of items.entries()) {
      expect(textOf(only(item, "a"))).toBe(usual.headlines[i]?.title);
      expect(only(item, "a").attribs.href).toBe(usual.headlines[i]?.url);
    }
    const [first, , third, , fifth] = items.map(textOf);
    expect(first).toMatch(/Harbour Gazette · also in The Gull$/);
    expect(third).toMatch(/The Gull · also in Harbour Gazette, Inland Post, Union Review and 3 others$/);
    expect(fifth).toMatch(/Developing · Inland Post · also in The Gull$/);
  });

  test("B16: links are underlined, not told by their colour alone", () => {
    for (const link of all(tree, "a")) expect(link.attribs.style).toMatch(/text-decoration:underline/);
  });
});

describe("the foot", () => {
  const { tree, html } = byName("usual");

  test("B35: says why, how to leave, where the archive is, who answers and from where it comes", () => {
    const links = Object.fromEntries(all(tree, "a").map((link) => [textOf(link), link.attribs.href]));
    expect(links).toMatchObject({
      Unsubscribe: values.unsubscribe,
      Preferences: `${values.unsubscribe}/preferences`,
      "All editions": look.archiveUrl,
      "View in browser": look.editionUrl,
    });
    const text = textOf(only(tree, "body"));
    expect(text).toContain("You get this email because you subscribed to The Daily Broadsheet.");
    expect(text).toContain(look.contact);
    expect(text).toContain(look.postalAddress);
  });

  test("B17, B35: is no smaller than 14 pixels anywhere", () => {
    const sizes = [...html.matchAll(/font-size:(\d+)px/g)].map(([, size]) => Number(size)).filter((size) => size > 0);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(14);
  });
});

describe("size", () => {
  test("B5: one lead and 17 headlines take at most 32,000 bytes", () => {
    const email = fill(renderDigest(pictured, look), longestValues(look.siteUrl));
    expect(emailBytes(email).html).toBeLessThanOrEqual(32_000);
    expect(emailBytes(email).text).toBeLessThanOrEqual(10_000);
  });

  test("B41: the same edition gives the same bytes", () => {
    for (const { content, look } of Object.values(editions)) {
      expect(renderDigest(structuredClone(content), structuredClone(look))).toEqual(renderDigest(content, look));
    }
  });
});
