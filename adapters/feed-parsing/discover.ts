import { canonicalUrl } from "#domain/article/address.ts";
import { PAGE_HEAD, parseHtml } from "./markup/bounded-parser.ts";

const FEED_TYPE = /^application\/(rss|atom|rdf|feed)\+(xml|json)\b/i;
/** Feeds of comments, or of one page, aren't a site's feed. */
const BESIDE = /comment|\/feed\/?\?|replies/i;

/**
 * The feeds that a web page links to in its head (`<link rel="alternate" type="application/rss+xml">`, RSS
 * Autodiscovery), as absolute addresses: the site's own first, those of comments last.
 */
export function discoverFeeds(html: string, url: string | undefined): string[] {
  const found: { href: string; beside: boolean }[] = [];
  let base = url;
  parseHtml(html.slice(0, PAGE_HEAD), {
    open(name, attributes) {
      if (name === "base" && attributes.href !== undefined) base = URL.parse(attributes.href, url)?.href ?? base;
      if (name !== "link" || !/\balternate\b/i.test(attributes.rel ?? "") || !FEED_TYPE.test(attributes.type ?? ""))
        return;
      const href = canonicalUrl(attributes.href, base).url;
      if (href !== null) found.push({ href, beside: BESIDE.test(`${href} ${attributes.title ?? ""}`) });
    },
  });
  const sorted = found.toSorted((a, b) => Number(a.beside) - Number(b.beside));
  return [...new Set(sorted.map(({ href }) => href))];
}
