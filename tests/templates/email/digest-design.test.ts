import { describe, expect, test } from "vitest";
import { ThemeConfig } from "#domain/theme/theme-config.ts";
import { renderDigest } from "#templates/email/digest.ts";
import { all, isElement, parse, textOf } from "../../testing/dom.ts";
import { german, germanLook, look, pictured, usual } from "../../testing/editions/editions.ts";

describe("caption and credit", () => {
  const below = (image: Partial<NonNullable<typeof pictured.lead.image>>) => {
    const { html } = renderDigest({ ...pictured, lead: { ...pictured.lead, image: { ...source, ...image } } }, look);
    const [img] = all(parse(html), "img");
    const picture = img?.parent && isElement(img.parent) && img.parent.name === "a" ? img.parent : img;
    const below = picture?.next && isElement(picture.next) ? textOf(picture.next) : null;
    return { alt: img?.attribs.alt, below };
  };
  const source = { url: "https://a.example/b.jpg", alt: "A mill", width: 1200, height: 675 };

  test.each([
    ["both are below the picture", { caption: "It turned.", credit: "A B" }, "A mill", "It turned. · Picture: A B"],
    ["a caption alone", { caption: "It turned." }, "A mill", "It turned."],
    ["a credit alone", { credit: "A B" }, "A mill", "Picture: A B"],
    ["nothing, and no empty line", {}, "A mill", null],
    ["B14: a caption is not read twice as alt", { caption: "A mill" }, "", "A mill"],
  ])("%s", (_, image, alt, said) => {
    expect(below(image)).toEqual({ alt, below: said });
  });
});

describe("sections", () => {
  const tree = parse(renderDigest(german, germanLook).html);

  test("are headings over lists that are numbered through", () => {
    expect(all(tree, "h3").map(textOf)).toEqual(["Politik", "Wirtschaft", "Weitere Meldungen"]);
    expect(all(tree, "ol").map(({ attribs }) => attribs.start)).toEqual(["1", "3", "5"]);
  });
});

describe("the masthead", () => {
  test("B24: a logo stands for the name, which is its text, on paper of its own", () => {
    const [logo] = all(parse(renderDigest(german, germanLook).html), "img");
    expect(logo?.attribs).toMatchObject({ alt: "Ostmerer Morgenblatt", width: "360", height: "60" });
    expect(logo?.attribs.style).toContain("background-color:#fdf1e9");
  });

  test("sets a long name in smaller letters", () => {
    const size = (title: string) => {
      const { html } = renderDigest(usual, { ...look, title });
      const name = all(parse(html), "p").find((p) => textOf(p) === title);
      return Number(/font-size:(\d+)px/.exec(name?.attribs.style ?? "")?.[1]);
    };
    expect([size("The Post"), size("The Provincial Intelligencer"), size("x ".repeat(40).trim())]).toEqual([
      44, 34, 28,
    ]);
  });
});

describe("a theme", () => {
  const theme = ThemeConfig.parse({ light: { accent: "#123456" }, type: { news: "Palatino, serif" }, spacing: "wide" });
  const { html } = renderDigest(pictured, { ...look, theme });
  const sheets = html.match(/<style[\s\S]*?<\/style>/g)?.join("") ?? "";

  test("gives every colour, font and space: none is written in the template", () => {
    const known = [...Object.values(theme.light), ...Object.values(theme.dark)];
    const colours = [...html.matchAll(/#[0-9a-f]{6}\b/g)].map(([colour]) => colour);
    expect(colours.filter((colour) => !known.includes(colour))).toEqual([]);
    expect(html).not.toContain("#9a1b1e");
    expect(html.replace(sheets, "")).not.toMatch(/font-family:Georgia(?!,serif)/);
    expect(html).toContain("font-family:Palatino,serif");
    expect(html).toMatch(/<li style="margin:0;padding:18px 0/);
  });
});

describe("a large first letter", () => {
  const first = (paragraph: string) => {
    const { html } = renderDigest({ ...usual, lead: { ...usual.lead, paragraphs: [paragraph, "Next."] } }, look);
    return all(parse(html), "p").find((p) => textOf(p) === paragraph)?.attribs.class;
  };
  // It stands three lines high, which the paragraph has to fill.
  const filled = (start: string) => `${start.padEnd(200, " words of news").trim()}.`;
  test.each([
    ["Ostmere’s tide mill", filled, "o f"],
    ["A mill", filled, "o f"],
    ["A mill", (start: string) => `${start} turns.`, "o"],
    ["“We have been letting", filled, "o"],
    ["340 households", filled, "o"],
    ["U.S. lawmakers", filled, "o"],
    ["L’Europe", filled, "o"],
    ["A-levels", filled, "o"],
    ["É\u0301tienne", filled, "o f"],
    ["I had never seen", filled, "o f"],
    ["فبعد جلسة", filled, "o"],
  ])("of %s", (start, whole, classes) => {
    expect(first(whole(start).trim())).toBe(classes);
  });
});
