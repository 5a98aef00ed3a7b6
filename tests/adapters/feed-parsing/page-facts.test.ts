import { describe, expect, it } from "vitest";
import { pageFacts } from "#adapters/feed-parsing/page-facts.ts";
import { factsOfPage } from "#adapters/feed-parsing/read.ts";

const url = "https://gull.example/ferry";
const page = (head: string, body = "") =>
  `<!doctype html><html lang="en-GB"><head>${head}</head><body>${body}</body></html>`;

describe("what a page says about itself", () => {
  it("is read without the tags that HTML may leave out, if its type says that it is a page", () => {
    const bytes = new TextEncoder().encode("<title>Ferry returns</title><p>It sails again.");
    const typed = (contentType: string | null) => factsOfPage({ bytes, url, contentType });
    expect(typed("text/html; charset=utf-8")).toMatchObject({ title: "Ferry returns" });
    expect(typed("application/xml")).toBeNull();
    expect(typed(null)).toBeNull();
  });

  it("is read from Open Graph first", () => {
    const html = page(`<title>Ferry | The Gull</title>
      <meta property="og:title" content="Ferry returns &amp; sails"><meta property="og:site_name" content="The Gull">
      <meta property="og:description" content="It sails  again."><meta property="og:image" content="/pictures/ferry.jpg">
      <meta property="og:image:width" content="1200"><meta property="og:image:height" content="800">
      <meta property="og:image:alt" content="A ferry"><link rel="canonical" href="/ferry?utm_source=x">`);
    expect(pageFacts(html, `${url}?fbclid=1`)).toEqual({
      url,
      title: "Ferry returns & sails",
      source: "The Gull",
      summary: "It sails again.",
      image: { url: "https://gull.example/pictures/ferry.jpg", alt: "A ferry", width: 1200, height: 800 },
      language: "en",
    });
  });

  it.each([
    ["between marks of CDATA", '//<![CDATA[\n{"@type":"WebSite","name":"The Gull"}\n//]]>'],
    ["of a type written as an address", '{"@type":"https://schema.org/NewsMediaOrganization","name":"The Gull"}'],
    ["of a blog", '[{"@type":"BreadcrumbList"},{"@type":"Blog","name":"The Gull"}]'],
    ["with several names", '{"@type":["Thing","RadioStation"],"name":["The Gull","Gull"]}'],
    ["with a comma too many and a broken line", '{"@type":"WebSite","about":"Ferries\nand tides","name":"The Gull",}'],
  ])("has its site's name from JSON-LD %s", (_what, data) => {
    const head = `<title>Ferry returns</title><script type="application/ld+json">${data}</script>`;
    expect(pageFacts(page(head), url)?.source).toBe("The Gull");
  });

  it("is the page's heading or title where there is nothing else", () => {
    expect(pageFacts(page("<title>Ferry returns</title>"), url)).toMatchObject({
      ...{ title: "Ferry returns", source: "", summary: "", image: null },
    });
    const drawn = "<svg><title>Menu</title></svg><h1>Ferry <b>returns</b></h1>";
    expect(pageFacts(page("", drawn), url)?.title).toBe("Ferry returns");
  });

  it("has no site's name in its headline", () => {
    const head = (title: string) => `<meta property="og:site_name" content="The Gull"><title>${title}</title>`;
    expect(pageFacts(page(head("Ferry returns | The Gull")), url)?.title).toBe("Ferry returns");
    expect(pageFacts(page(head("Ferry feeds the gull")), url)?.title).toBe("Ferry feeds the gull");
    expect(pageFacts(page(head("The Gull")), url)?.title).toBe("The Gull");
  });

  it.each([
    ["of another site", "https://other.example/ferry"],
    ["of its home page", "/"],
    ["that isn't a web address", "javascript:alert(1)"],
  ])("does not take a canonical address %s", (_, href) => {
    const html = page(`<title>Ferry returns</title><link rel="canonical" href="${href}">`);
    expect(pageFacts(html, url)?.url).toBe(url);
  });

  it("has no picture at an address that isn't on the web, and no size that isn't one", () => {
    const head = (address: string) =>
      `<title>T</title><meta property="og:image" content="${address}"><meta property="og:image:width" content="1e9">`;
    expect(pageFacts(page(head("data:image/png;base64,AAAA")), url)?.image).toBeNull();
    expect(pageFacts(page(head("https://gull.example/1.jpg")), url)?.image).toMatchObject({
      width: null,
      height: null,
    });
  });

  it("is clean: no control, bidi or invisible characters, at most what an email can show", () => {
    const facts = pageFacts(page(`<title>Ferry\u202e re\u200bturns ${"x".repeat(5000)}</title>`), url);
    expect(facts?.title).toMatch(/^Ferry returns x/);
    expect(facts?.title.length).toBeLessThanOrEqual(300);
  });

  it("is nothing where the page has no title, or is nested deeper than any page", () => {
    expect(pageFacts(page("<meta name=description content=x>"), url)).toBeNull();
    expect(pageFacts(`<html>${"<div>".repeat(100_000)}<h1>Late</h1>`, url)).toBeNull();
  });
});
