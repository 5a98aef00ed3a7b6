import { pictured, usual } from "../../../testing/editions/editions.ts";
import { block, type Case, headline, html, lead } from "./spoilt.ts";

/** What an email consists of, and how it looks. */
export const lookCases: Record<string, Case[]> = {
  B5: [
    [
      "a large email",
      () => html("</body>", `<!--${"x".repeat(60_000)}--></body>`),
      [/^B5 warning email: The email has 8\d\.\d KB/],
    ],
    [
      "one that Gmail cuts",
      () => html("</body>", `<!--${"x".repeat(80_000)}--></body>`),
      [/^B5 blocker email: The email has \d+\.\d KB, and Gmail cuts/],
    ],
  ],
  B6: [
    [
      "long style sheets",
      () => html("</style>", `${".x{margin:0}".repeat(600)}</style>`),
      [/^B6 warning email: Its style sheets/],
    ],
    [
      "a style sheet in the body",
      () => html("</body>", "<style>.x{margin:0}</style></body>"),
      [/^B6 warning email: A style sheet is in the body/, /^B8/],
    ],
    [
      "a comment in a style sheet",
      () => html("</style>", "/* x */</style>"),
      [/^B6 warning email: A style sheet has a comment/],
    ],
  ],
  B7: [
    ["a script", () => html("</head>", "<script>alert(1)</script></head>"), [/^B7 blocker email: .*script/]],
    ["a handler of a script", () => html("<h1", '<h1 onclick="x()"'), [/^B7 blocker email: .*onclick/]],
    [
      "a linked style sheet",
      () => html("</head>", '<link rel="stylesheet" href="https://a.example/"></head>'),
      [/^B7 warning email: The email has a linked/],
    ],
    [
      "a web font",
      () => html("</style>", "@font-face{font-family:X,serif}</style>"),
      [/^B7 warning email: The email has a web font/],
    ],
    [
      "a picture in the markup",
      () => html(/src="https[^"]*jpg"/, 'src="data:image/png;base64,AAAA"', pictured),
      [/^B7 warning email: The email has a picture inside/],
    ],
  ],
  B8: [
    ["no language", () => html(/<html lang="[^"]*"/, "<html"), [/^B8 warning email/]],
    ["the other direction inside", () => html(/(role="article"[^>]*)dir="ltr"/, '$1dir="rtl"'), [/^B8 warning email/]],
  ],
  B9: [
    ["another name for screen readers", () => html(/aria-label="[^"]*"/, 'aria-label="Email"'), [/^B9 warning email/]],
    ["no title", () => html(/<title>[^<]*<\/title>/, "<title></title>"), [/^B9 warning email/]],
  ],
  B10: [
    [
      "no lead",
      () => lead({ title: null, paragraphs: [], url: null, source: null }),
      [/^B10 blocker lead: The edition has no lead/],
    ],
    ["a lead without a text", () => lead({ paragraphs: [] }), [/^B10 warning lead: The lead is a headline alone/]],
    [
      "two main headings",
      () => html("</h1>", "</h1><h1>Two</h1>"),
      [/^B10 warning email: The email has 2 main headings/],
    ],
    [
      "a level that is skipped",
      () => html(/<h2([\s\S]*?)<\/h2>/, "<h3$1</h3>"),
      [/^B10 warning email: The email’s headings skip/, /^B10 warning email: The list has no heading/],
    ],
  ],
  B11: [
    [
      "a missing headline",
      () => html(/<li[\s\S]*?<\/li>/, ""),
      [/^B11 warning headline 17: The email shows 16 of 17/, /^B31 warning headline 1:/],
    ],
    [
      "a headline of which half is linked",
      () => html(/(<li[^>]*>\s*<a[^>]*>)Night ferry/, "$1Night"),
      [/^B11 warning headline 1: Headline 1 is not shown as one link/, /^B31/],
    ],
    [
      "a headline without a link",
      () => headline(3, { url: null }),
      [/^B11 warning headline 3: Headline 3 has no link/],
    ],
  ],
  B12: [
    [
      "two headlines that read alike",
      () => headline(3, { title: usual.headlines[0]?.title ?? "" }),
      [/^B12 warning headline 3: Headline 3 has the same words as another link/],
    ],
    [
      "a link that says nothing",
      () => headline(2, { title: "Read more" }),
      [/^B12 warning headline 2: Headline 2 links by “Read more”/],
    ],
  ],
  B13: [
    ["a table that is read aloud", () => html(/(<table[^>]*) role="presentation"/, "$1"), [/^B13 warning email/]],
    [
      "one of Outlook's",
      () => html(/(<!--\[if mso \| IE\]><table[^>]*) role="presentation"/, "$1"),
      [/^B13 warning email/],
    ],
    [
      "a table's heading",
      () => html("<h2", '<table role="presentation"><tr><th>x</th></tr></table><h2'),
      [/^B13 warning email/],
    ],
  ],
  B14: [
    [
      "a picture without a text",
      () => html(/(<img[^>]*) alt="[^"]*"/, "$1", pictured),
      [/^B14 warning lead: A picture has no text/],
    ],
    [
      "a picture's text that repeats",
      () => html(/(<img[^>]*) alt="[^"]*"/, `$1 alt="${usual.headlines[1]?.title}"`, pictured),
      [/^B14 warning lead: A picture’s text repeats/],
    ],
    [
      "a picture of unknown size",
      () => html(/(<img[^>]*) width="\d+"/, "$1", pictured),
      [/^B14 warning lead: A picture does not say/],
    ],
  ],
  B16: [
    [
      "a link marked by its colour alone",
      () => html(/(<li[^>]*>\s*<a[^>]*)text-decoration:underline/, "$1text-decoration:none"),
      [/^B16 warning email/],
    ],
  ],
  B17: [
    ["small letters", () => html(/font-size:14px/, "font-size:12px"), [/^B17 warning email/]],
    ["letters in another unit", () => html(/font-size:14px/, "font-size:1rem"), [/^B17 warning email/]],
  ],
  B18: [
    [
      "fonts that a device may not have",
      () => html(/(style="[^"]*font-family:[^";]*?),\s*(sans-)?serif/, "$1"),
      [/^B18 warning email/],
    ],
  ],
  B20: [
    [
      "a headline that breaks off",
      () => headline(4, { title: "A comet seen twice in …" }),
      [/^B20 warning headline 4/],
    ],
    [
      "a paragraph that breaks off",
      () => lead({ paragraphs: ["It snowed. […]"] }),
      [/^B20 warning lead: A paragraph of the lead breaks off/],
    ],
  ],
  B21: [
    ["no word of dark", () => html('<meta name="color-scheme" content="light dark">', ""), [/^B21 warning email/]],
    ["no dark colours", () => html("prefers-color-scheme:dark", "prefers-contrast:more"), [/^B21 warning email/]],
    ["none for Outlook.com", () => html(/\[data-ogsc\]/g, ".ogsc"), [/^B21 warning email/]],
  ],
  B22: [["a colour without a ground", () => block("color:#26231e"), [/^B22 warning email/]]],
  B23: [
    ["letters that are hard to see", () => block("color:#777777;background-color:#999999"), [/^B23 warning email/]],
  ],
  B24: [["a dark bar", () => block("color:#ffffff;background-color:#111111"), [/^B24 warning email/]]],
  B25: [
    [
      "pure white at night",
      () => html(/(prefers-color-scheme:dark\)\{[^#]*)#[0-9a-f]{6}/, "$1#ffffff"),
      [/^B25 warning email/],
    ],
  ],
  B27: [
    ["another resolution in Outlook", () => html("<o:PixelsPerInch>96", "<o:PixelsPerInch>72"), [/^B27 warning email/]],
    ["line heights that Outlook stretches", () => html(/mso-line-height-rule:exactly/g, "x:y"), [/^B27 warning email/]],
  ],
  B28: [
    [
      "a colour that Outlook does not know",
      () => block("color:rgb(1,2,3);background-color:#ffffff"),
      [/^B28 warning email/],
    ],
    ["a layout that Gmail drops", () => block("display:flex"), [/^B28 warning email/]],
  ],
  B29: [["no zoom", () => html("width=device-width", "width=device-width, user-scalable=no"), [/^B29 warning email/]]],
};
