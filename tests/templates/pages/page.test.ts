import { createHash } from "node:crypto";
import { DomUtils } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { type EditionContent, LONGEST_NOTE, MOST_NOTES } from "#domain/edition/edition.ts";
import { languages } from "#domain/language.ts";
import { readyTheme } from "#domain/theme/theme.ts";
import { renderDigest } from "#templates/email/digest.ts";
import { archivePage, homePage } from "#templates/pages/archive-page.ts";
import { editionPage } from "#templates/pages/edition-page.ts";
import { contentSecurityPolicy } from "#templates/pages/page.ts";
import { messagePage, unsubscribePage } from "#templates/pages/reader-pages.ts";
import { all, only, parse, textOf } from "../../testing/dom.ts";
import { about, arabic, arabicLook, look, pictured, plain, usual } from "../../testing/editions/editions.ts";

const subscribeUrl = "https://news.example/daily/subscribe";
const newsletter = { title: look.title, language: "en", archiveUrl: look.archiveUrl, subscribeUrl, about };
const editions = Array.from({ length: 40 }, (_, i) => {
  const date = new Date(Date.UTC(2026, 10, 23 - i)).toISOString().slice(0, 10);
  return { date, subject: usual.headlines[i % 17]?.title ?? "", url: `https://news.example/daily/${date}` };
});

const everyPage = (language: string): Record<string, string> => ({
  edition: editionPage(usual, { ...look, language }, { previousUrl: "https://news.example/daily/2026-11-22" }),
  plain: editionPage(plain, { ...look, language }),
  archive: archivePage({ ...look, about, language, editions }),
  empty: archivePage({ ...look, about, language, editions: [] }),
  home: homePage({ language, siteUrl: look.siteUrl, newsletters: [newsletter] }),
  leave: unsubscribePage({
    title: look.title,
    archiveUrl: look.archiveUrl,
    language,
    maskedAddress: "m…@example.org",
    action: "/unsubscribe/abc",
  }),
  left: messagePage({ kind: "left", language, siteUrl: look.siteUrl, newsletter }),
  sample: messagePage({ kind: "sample", language, siteUrl: look.siteUrl }),
  badLink: messagePage({ kind: "badLink", language, siteUrl: look.siteUrl }),
  notFound: messagePage({ kind: "notFound", language, siteUrl: look.siteUrl }),
  error: messagePage({ kind: "error", language, siteUrl: look.siteUrl, newsletter, reference: "req-1" }),
});

describe.each(languages)("every page in %s", (language) => {
  test.each(Object.entries(everyPage(language)))("%s", (_, html) => {
    const tree = parse(html);
    expect(only(tree, "html").attribs).toEqual({ lang: language, dir: /^(ar|he)$/.test(language) ? "rtl" : "ltr" });
    expect(textOf(only(tree, "title"))).not.toBe("");
    expect(textOf(only(tree, "h1"))).not.toBe("");
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(30_000);
    expect(html).not.toMatch(/undefined|null|NaN|\[object|\{\w+\}\s*[<.]| style="| on\w+="/);
    expect(all(tree, "img").length + all(tree, "iframe").length).toBe(0);
    const scripts = all(tree, "script").filter(({ attribs }) => attribs.type !== "application/ld+json");
    expect(scripts).toEqual([]);
    expect(all(tree, "link").filter(({ attribs }) => attribs.rel === "stylesheet")).toEqual([]);
  });
});

describe("the policy pages are sent with", () => {
  test("allows exactly their style sheet", () => {
    for (const html of Object.values(everyPage("en"))) {
      const css = html.match(/<style>([\s\S]*?)<\/style>/)?.[1] ?? "";
      const hash = createHash("sha256").update(css).digest("base64");
      expect(contentSecurityPolicy([])).toContain(`style-src 'sha256-${hash}'`);
    }
    expect(contentSecurityPolicy([])).toContain("default-src 'none'");
    expect(contentSecurityPolicy([])).toContain("frame-ancestors 'none'");
  });

  test("allows those of all the deployment's themes, each once", () => {
    const themes = [readyTheme("gazette"), readyTheme("bulletin"), readyTheme("gazette")];
    const policy = contentSecurityPolicy(themes);
    for (const theme of themes) {
      const css = editionPage(usual, { ...look, theme }).match(/<style>([\s\S]*?)<\/style>/)?.[1] ?? "";
      expect(css).toContain(theme.light.accent);
      expect(policy).toContain(`'sha256-${createHash("sha256").update(css).digest("base64")}'`);
    }
    expect(policy.match(/sha256-/g)).toHaveLength(3);
  });
});

describe("the page of an edition", () => {
  const tree = parse(editionPage(pictured, look, { nextUrl: "https://news.example/daily/2026-11-24" }));

  test("has all that was sent and nothing personal", () => {
    const text = textOf(only(tree, "body"));
    for (const paragraph of usual.lead.paragraphs) expect(text).toContain(paragraph);
    expect(all(tree, "li").map((item) => textOf(only(item, "a")))).toEqual(usual.headlines.map(({ title }) => title));
    expect(text).toContain(pictured.headlines[0]?.summary);
    expect(text).not.toMatch(/unsubscribe/i);
    expect(DomUtils.getOuterHTML(tree)).not.toMatch(/unsubscribe\//);
  });

  test.each([
    ["usual", usual, look],
    ["pictured", pictured, look],
    ["plain", plain, look],
    ["arabic", arabic, arabicLook],
  ] as const)("D15: is at most 8 KB larger than its email's HTML: %s", (_, content, look) => {
    const place = {
      previousUrl: look.editionUrl,
      nextUrl: look.editionUrl,
      subscribeUrl,
      feedUrl: `${look.archiveUrl}/feed`,
      sharePictureUrl: `${look.archiveUrl}/share.png`,
      notes: Array.from({ length: MOST_NOTES }, () => ({ date: "2026-11-24", text: "n".repeat(LONGEST_NOTE) })),
    };
    const page = Buffer.byteLength(
      editionPage(content, look, { ...place, pictureOrigin: new URL(look.siteUrl).origin }),
    );
    expect(page).toBeLessThanOrEqual(Buffer.byteLength(renderDigest(content, look).html) + 8 * 1024);
  });

  test("like its email, has pictures beside the headlines with a sentence, if they are our own copies", () => {
    const lists = (pictureOrigin?: string) =>
      all(parse(editionPage(pictured, look, { pictureOrigin })), "ol").map((list) => all(list, "img").length);
    expect(lists("https://gazette.example")).toEqual([2, 0]);
    expect(lists("https://news.example")).toEqual([0, 0]);
    expect(lists()).toEqual([0, 0]);
  });

  test("has all of an edition that the email had to shorten", () => {
    const long = { ...plain, headlines: Array.from({ length: 60 }, () => plain.headlines).flat() };
    expect(all(only(parse(editionPage(long, look)), "ol"), "li")).toHaveLength(60 * 17);
  });

  test("like its email, sets a first letter apart only in browsers that enlarge it: Firefox doesn't", () => {
    for (const html of [editionPage(usual, look), renderDigest(usual, look).html]) {
      expect(html).toContain("::first-letter{-webkit-initial-letter:3");
      const elsewhere = html.replaceAll(/@supports[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}/g, "");
      const rules = [...elsewhere.matchAll(/first-letter\{([^}]*)\}/g)].flatMap(([, rule = ""]) => rule.split(";"));
      expect(rules.filter((one) => !/^(?:-webkit-)?initial-letter:/.test(one))).toEqual([]);
    }
  });

  test("D18: names its one address, its date and what it is for machines", () => {
    expect(all(tree, "link").map(({ attribs }) => [attribs.rel, attribs.href])).toEqual([
      ["icon", "/favicon.svg"],
      ["canonical", look.editionUrl],
    ]);
    expect(all(tree, "a").flatMap(({ attribs }) => (attribs.rel ? [[attribs.rel, attribs.href]] : []))).toEqual([
      ["next", "https://news.example/daily/2026-11-24"],
    ]);
    expect(only(tree, "time").attribs.datetime).toBe("2026-11-23");
    const data: unknown = JSON.parse(DomUtils.textContent(only(tree, "script")));
    expect(data).toMatchObject({
      "@context": "https://schema.org",
      "@graph": [
        { "@type": "NewsArticle", headline: usual.lead.title, isBasedOn: usual.lead.url, datePublished: "2026-11-23" },
        { "@type": "ItemList", numberOfItems: 17 },
      ],
    });
  });

  test("D18: has its notes above it, dated and in their order, and for machines as corrections", () => {
    const notes = [
      { date: "2026-11-24", text: "The ferry sails at <b>9</b>, not at {{7}}." },
      { date: "2026-11-26", text: "العبّارة تبحر في التاسعة." },
    ];
    const noted = parse(editionPage(usual, look, { notes }));
    const shown = all(noted, "div").filter(({ attribs }) => attribs.role === "note");
    expect(shown.map(textOf)).toEqual([
      "Editor’s note, Tuesday, 24 November 2026The ferry sails at <b>9</b>, not at {{7}}.",
      "Editor’s note, Thursday, 26 November 2026العبّارة تبحر في التاسعة.",
    ]);
    expect(shown.map((one) => only(one, "time").attribs.datetime)).toEqual(["2026-11-24", "2026-11-26"]);
    expect(shown.map((one) => all(one, "p").at(-1)?.attribs.dir)).toEqual([undefined, "rtl"]);
    expect(shown.flatMap((one) => all(one, "b"))).toEqual([]);
    expect(JSON.parse(DomUtils.textContent(only(noted, "script")))).toMatchObject({
      "@graph": [{ dateModified: "2026-11-26", correction: notes.map(({ text }) => text) }, {}],
    });
    const main = DomUtils.getInnerHTML(only(noted, "main"));
    expect(main.indexOf('role="note"')).toBeLessThan(main.indexOf("<article>"));
    expect(main.slice(main.indexOf("<article>"))).toBe(
      DomUtils.getInnerHTML(only(parse(editionPage(usual, look)), "main")).trimStart(),
    );
  });

  test.each(languages)("a note is dated in the newsletter's language: %s", (language) => {
    const notes = [{ date: "2026-11-24", text: "9" }];
    const [note] = all(parse(editionPage(usual, { ...look, language }, { notes })), "div").filter(
      ({ attribs }) => attribs.role === "note",
    );
    expect(note && textOf(note)).toMatch(/\p{L}{3}.*(24|٢٤).*(2026|٢٠٢٦)/u);
  });

  test("is shared with the lead's picture where it has one, else with its newsletter's", () => {
    const sharePictureUrl = "https://news.example/daily/share.png";
    const shared = (content: EditionContent) =>
      all(parse(editionPage(content, look, { sharePictureUrl, pictureOrigin: "https://gazette.example" })), "meta")
        .filter(({ attribs }) => attribs.property === "og:image")
        .map(({ attribs }) => attribs.content);
    expect(shared(usual)).toEqual([sharePictureUrl]);
    const url = "https://gazette.example/mill.jpg";
    const image = { url, alt: "", width: 600, height: 400 };
    expect(shared({ ...usual, lead: { ...usual.lead, image } })).toEqual([url]);
  });

  test("of a plain digest has the newsletter's name as its h1", () => {
    expect(textOf(only(parse(editionPage(plain, look)), "h1"))).toBe(look.title);
  });

  test.each(["edition", "plain", "archive"])(
    "%s: the newsletter's name and address keep their order in Arabic",
    (name) => {
      const isolated = all(parse(everyPage("ar")[name] ?? ""), "bdi").map(textOf);
      expect(isolated).toEqual(expect.arrayContaining([look.title, look.postalAddress]));
    },
  );

  test("runs from right to left in Arabic, Latin names set apart", () => {
    const rtl = parse(editionPage(arabic, arabicLook));
    expect(only(rtl, "html").attribs.dir).toBe("rtl");
    expect(all(rtl, "bdi").map(textOf)).toContain("Harbour Gazette");
  });
});

describe("the page for leaving", () => {
  const tree = parse(everyPage("en").leave ?? "");

  test("names the newsletter and the masked address, and has one button that posts", () => {
    const text = textOf(only(tree, "main"));
    expect(text).toContain("No more editions of The Daily Broadsheet will go to m…@example.org.");
    expect(only(tree, "form").attribs).toEqual({ method: "post", action: "/unsubscribe/abc" });
    expect(textOf(only(tree, "button"))).toBe("Unsubscribe");
    expect(all(tree, "input")).toEqual([]);
  });

  test("is not for search engines", () => {
    expect(all(tree, "meta").some(({ attribs }) => attribs.content === "noindex")).toBe(true);
  });
});

describe("the archive", () => {
  const tree = parse(everyPage("en").archive ?? "");

  test("D19: lists editions by month, each with its date", () => {
    expect(all(tree, "h2").map(textOf)).toEqual(["November 2026", "October 2026"]);
    expect(all(tree, "li")).toHaveLength(40);
    expect(all(tree, "time")[0]?.attribs.datetime).toBe("2026-11-23");
  });

  test("D19: names its feeds to browsers and feed readers, as an edition's page does", () => {
    const feedUrl = "https://news.example/daily/feed";
    const pages = [archivePage({ ...look, about, editions, feedUrl }), editionPage(usual, look, { feedUrl })];
    for (const html of pages) {
      const found = all(parse(html), "link").filter(({ attribs }) => attribs.rel === "alternate");
      expect(found.map(({ attribs }) => [attribs.type, attribs.href])).toEqual([
        ["application/atom+xml", `${feedUrl}.xml`],
        ["application/feed+json", `${feedUrl}.json`],
      ]);
    }
  });

  test("without an edition says so", () => {
    expect(textOf(only(parse(everyPage("en").empty ?? ""), "main"))).toContain("No edition has been sent yet");
  });
});

describe("every message says what to do next", () => {
  test.each(["left", "sample", "badLink", "notFound", "error"])("%s", (kind) => {
    const main = only(parse(everyPage("en")[kind] ?? ""), "main");
    expect(all(main, "a")).toHaveLength(1);
    expect(textOf(main).length).toBeGreaterThan(80);
  });

  test("D20: an error has something to quote", () => {
    expect(everyPage("en").error).toContain("req-1");
  });
});
