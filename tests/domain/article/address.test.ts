import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalUrl, isFrontPage, urlIdentity } from "#domain/article/address.ts";

const canonical = (raw: string, base?: string) => canonicalUrl(raw, base).url;

describe("canonical addresses", () => {
  test.each([
    ["https://News.Example/Story", "https://news.example/Story"],
    ["https://news.example/a?utm_source=rss&id=7&utm_medium=feed", "https://news.example/a?id=7"],
    ["https://news.example/a?fbclid=x&gclid=y", "https://news.example/a"],
    ["https://news.example/a?partner=rss&emc=rss", "https://news.example/a"],
    ["https://news.example/a?source=rss----1", "https://news.example/a"],
    ["https://news.example/a?source=reuters", "https://news.example/a?source=reuters"],
    ["https://news.example/a?b=1&amp;utm_medium=rss", "https://news.example/a?b=1"],
    ["https://news.example/a#comments", "https://news.example/a"],
    ["https://news.example/#!/story/1", "https://news.example/#!/story/1"],
    ["https://user:secret@news.example/a", "https://news.example/a"],
    ["https://news.example./a", "https://news.example/a"],
    ["https://news.example/a/amp/", "https://news.example/a/"],
    ["https://news.example/a.amp.html", "https://news.example/a.html"],
    ["https://news.example/a?amp=1", "https://news.example/a"],
    ["https://www.google.com/amp/s/news.example/a/amp/", "https://news.example/a/"],
    ["https://news-example.cdn.ampproject.org/c/s/news.example/a", "https://news.example/a"],
    ["https://www.google.com/url?rct=j&url=https%3A%2F%2Fnews.example%2Fa&ct=ga", "https://news.example/a"],
    ["https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2Fa%3Ffbclid%3Dx&h=1", "https://news.example/a"],
    ["https://www.google.com/url?url=javascript:alert(1)", "https://www.google.com/url?url=javascript:alert(1)"],
    ["www.news.example.com/a", "http://www.news.example.com/a"],
    [" https://news.example/a\n", "https://news.example/a"],
  ])("%s", (raw, expected) => {
    expect(canonical(raw)).toBe(expected);
  });

  test("relative ones by their base", () => {
    expect(canonical("../b?utm_source=x", "https://news.example/feeds/a/")).toBe("https://news.example/feeds/b");
    expect(canonical("//cdn.example/x", "https://news.example/")).toBe("https://cdn.example/x");
    expect(canonicalUrl("b")).toEqual({ url: null, doubt: "url-refused" });
  });

  test("a fragment is kept where it is asked for", () => {
    expect(canonicalUrl("https://news.example/log#7", undefined, true).url).toBe("https://news.example/log#7");
  });

  test.each([
    "javascript:alert(1)",
    "tag:news.example,2026:1",
    "data:text/html,x",
    "urn:uuid:1",
    "mailto:a@b.example",
    "http://",
  ])("%s isn't a link", (raw) => {
    expect(canonicalUrl(raw)).toEqual({ url: null, doubt: "url-refused" });
  });

  test("a missing address is null; one that is too long is refused", () => {
    expect(canonicalUrl(null)).toEqual({ url: null, doubt: "url-missing" });
    expect(canonicalUrl("  ")).toEqual({ url: null, doubt: "url-missing" });
    expect(canonicalUrl(`https://news.example/${"a".repeat(3000)}`).doubt).toBe("url-refused");
  });

  test("a canonical address stays as it is, and is always http(s)", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (raw) => {
        const once = canonical(raw);
        expect(once).toMatch(/^https?:/);
        expect(canonical(once ?? "")).toBe(once);
      }),
    );
    fc.assert(fc.property(fc.string(), (raw) => void expect(canonical(raw) ?? "http:").toMatch(/^https?:/)));
  });
});

describe("addresses of the same page", () => {
  test.each([
    ["http://news.example/a", "https://www.news.example/a/"],
    ["https://m.news.example/a", "https://news.example/a"],
    ["https://en.m.news.example/a", "https://en.news.example/a"],
    ["https://amp.news.example/a", "https://www.news.example/a"],
    ["https://news.example/amp/a", "https://news.example/a"],
    ["https://news.example/a/index.html", "https://news.example/a"],
    ["https://news.example/a?x=1&y=2", "https://news.example/a?y=2&x=1"],
  ])("%s and %s", (a, b) => {
    expect(urlIdentity(a)).toBe(urlIdentity(b));
  });

  test.each([
    ["https://news.example/a", "https://news.example/b"],
    ["https://news.example/?p=1", "https://news.example/?p=2"],
    ["https://one.example/a", "https://two.example/a"],
    ["https://news.example:8443/a", "https://news.example/a"],
    ["https://m.example/a", "https://example/a"],
  ])("%s and %s are not", (a, b) => {
    expect(urlIdentity(a)).not.toBe(urlIdentity(b));
  });

  test("a front page isn't an article's address", () => {
    expect(isFrontPage("https://news.example/")).toBe(true);
    expect(isFrontPage("https://news.example/index.html")).toBe(true);
    expect(isFrontPage("https://news.example/?p=1")).toBe(false);
    expect(isFrontPage("https://news.example/a")).toBe(false);
  });
});
