import { DomUtils } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { fill, readerValues, renderDigest } from "#templates/email/digest.ts";
import { editionPage } from "#templates/pages/edition-page.ts";
import { literal } from "#templates/text/literal.ts";
import { all, isElement, only, parse, textOf } from "../../testing/dom.ts";
import { hostile, hostileLook, pictured, trouble, usual } from "../../testing/editions/editions.ts";

const values = readerValues({ unsubscribeUrl: "https://news.example/unsubscribe/abc" });
const rendered = renderDigest(hostile, hostileLook);
const email = fill(rendered, values);
const tree = parse(email.html);
/** Quotes are set as the language sets them; every other letter is as it came. */
const set = (text: string) => text.replace('"double"', "“double”").replace("'single'", "‘single’");
const shown = set(literal(trouble)).replace(/\s+/g, " ").trim();

describe("trouble in every field", () => {
  test("B30, B31: reaches SES without a placeholder that is not ours", () => {
    for (const part of [rendered.subject, rendered.html, rendered.text]) {
      const names = new Set(Array.from(part.matchAll(/\{\{([^}]*)\}\}/g), ([, name]) => name));
      expect([...names].sort()).toEqual(part === rendered.subject ? ["b", "e", "s"] : ["b", "e", "s", "unsubscribe"]);
      expect(part).not.toMatch(/\{\{\{|\\\{\{/);
    }
    for (const part of [rendered.html, rendered.text]) {
      expect(part.match(/\{\{unsubscribe\}\}(?!\/)/g)).toHaveLength(1);
      expect(part.match(/\{\{unsubscribe\}\}\/preferences/g)).toHaveLength(1);
    }
  });

  test("is a subject of one line, letter for letter, with the quotes of its headline", () => {
    expect(email.subject).toBe(`Subject ${set(literal(trouble))}`);
    expect(email.subject).not.toMatch(/\p{Cc}/u);
  });

  test.each([
    ["title", () => textOf(only(tree, "title")), "Title"],
    ["name", () => textOf(all(tree, "p")[0] ?? tree), "Title"],
    ["lead", () => textOf(only(tree, "h1")), "Lead"],
    ["headline", () => textOf(only(all(tree, "li")[0] ?? tree, "a")), "Headline"],
    [
      "preheader",
      () => textOf(DomUtils.findOne((element) => element.attribs["aria-hidden"] === "true", tree.children) ?? tree),
      "Preheader",
    ],
  ])("B31: is shown as its letters: %s", (_, read, before) => {
    expect(read().startsWith(`${before} ${shown}`)).toBe(true);
  });

  test("is shown as its letters: paragraphs, sources, reason, postal address", () => {
    const text = textOf(only(tree, "body"));
    for (const before of ["First", "Second", "Source", "Other", "Caption", "Credit", "Summary", "Reason", "Street"]) {
      expect(text).toContain(`${before} ${shown}`);
    }
  });

  test("adds no element and no attribute: the email is built as one without trouble", () => {
    const names = (html: string) => new Set(DomUtils.findAll(() => true, parse(html).children).map(({ name }) => name));
    const harmless = fill(
      renderDigest(
        {
          ...usual,
          lead: { ...usual.lead, image: pictured.lead.image },
        },
        hostileLook,
      ),
      values,
    );
    for (const name of names(email.html)) expect(names(harmless.html)).toContain(name);
    const handlers = DomUtils.findAll(
      (element) => Object.keys(element.attribs).some((name) => name.startsWith("on")),
      tree.children,
    );
    expect(handlers).toEqual([]);
    expect(only(tree, "img").attribs.alt).toBe(`Alt ${set(literal(trouble))}`);
  });

  test("B30: links nowhere but to http(s), and other headlines are plain entries", () => {
    const targets = all(tree, "a").map(({ attribs }) => attribs.href);
    expect(targets).toContain(
      "https://evil.example/%7B%7Bx%7D%7D?a=1&b=\"><script>'".replace(/"><script>/, '"><script>'),
    );
    const others = targets.filter((href) => !/^https?:\/\//.test(href ?? ""));
    expect(others).toEqual([`mailto:${hostileLook.contact}`]);
    const [, script, data, , none] = all(tree, "li");
    for (const item of [script, data, none]) expect(item && all(item, "a")).toEqual([]);
  });

  test("is in the text part as its letters, its lines broken where ours are", () => {
    const text = email.text.replace(/\s+/g, " ");
    for (const before of [
      "Title",
      "Lead",
      "First",
      "Second",
      "Headline",
      "Summary",
      "Source",
      "Other",
      "Reason",
      "Street",
    ]) {
      expect(text).toContain(`${before} ${shown}`);
    }
    expect(email.text).not.toMatch(/[^\P{Cc}\n]/u);
    expect(email.text).not.toMatch(/^Bcc:/m);
  });

  test("does not reach the web page either", () => {
    const page = parse(editionPage(hostile, hostileLook));
    expect(textOf(only(page, "h1"))).toBe(`Lead ${shown}`);
    expect(all(page, "script").map(({ attribs }) => attribs.type)).toEqual(["application/ld+json"]);
    const [data] = all(page, "script");
    const graph: unknown = JSON.parse(data === undefined ? "" : DomUtils.textContent(data));
    expect(JSON.stringify(graph)).toContain("alert(1)");
    const hrefs = DomUtils.findAll((element) => isElement(element) && "href" in element.attribs, page.children);
    // The icon is our own.
    expect(hrefs.filter(({ attribs }) => !/^(https?:\/\/|#|\/favicon\.svg$)/.test(attribs.href ?? ""))).toEqual([]);
  });
});
