import { canonicalUrl, pictureUrl } from "#domain/article/address.ts";
import type { ArticleImage } from "#domain/article/article.ts";
import type { PageFacts } from "#domain/article/page-facts.ts";
import { cleanLine, cleanSummary, cleanTitle, cutLine } from "#domain/article/text.ts";
import { PAGE_HEAD, parseHtml } from "./markup/bounded-parser.ts";
import { publisherName } from "./publisher-name.ts";

const LONGEST_NAME = 100;
const LONGEST_ALT = 300;
/** Most values of one kind that are read. */
const MOST_VALUES = 10;

type Found = {
  metas: Map<string, string[]>;
  links: Map<string, string>;
  title: string;
  heading: string;
  language: string;
  /** The same for JSON-LD. */
  publisher: string;
};

/**
 * A page's metadata: Open Graph (ogp.me) first, then Twitter cards, then HTML's own elements. Null: it has no title.
 */
export function pageFacts(html: string, url: string): PageFacts | null {
  const found = read(html.slice(0, PAGE_HEAD));
  const first = (...names: readonly string[]) =>
    names.flatMap((name) => found.metas.get(name) ?? []).find((value) => value.trim() !== "") ?? "";
  const title = cleanTitle(first("og:title", "twitter:title") || found.heading || found.title);
  if (title === "") return null;
  const source = cutLine(cleanLine(first("og:site_name", "application-name") || found.publisher), LONGEST_NAME);
  return {
    url: samePage(found.links.get("canonical") ?? first("og:url"), url) ?? canonicalUrl(url).url ?? url,
    title: withoutSite(title, source),
    source,
    summary: cleanSummary(first("og:description", "description", "twitter:description")),
    image: imageOf(found, first, url),
    language: /^[a-z]{2,3}(?=-|_|$)/i.exec(found.language)?.[0].toLowerCase() ?? null,
  };
}

/** A canonical address counts only within the same site; otherwise it isn't the pasted page. */
function samePage(link: string, url: string): string | null {
  const canonical = link === "" ? null : canonicalUrl(link, url).url;
  if (canonical === null) return null;
  const [one, other] = [new URL(canonical), new URL(url)].map(({ hostname }) => hostname.replace(/^www\./, ""));
  const isHome = new URL(canonical).pathname === "/" && new URL(url).pathname !== "/";
  return one === other && !isHome ? canonical : null;
}

/** `Ferry returns | The Gull`: a headline with its site's name. */
function withoutSite(title: string, source: string): string {
  if (source === "" || !title.toLowerCase().endsWith(source.toLowerCase())) return title;
  const before = title.slice(0, -source.length).trimEnd();
  if (!/[-–—|·:]$/u.test(before)) return title;
  return before.slice(0, -1).trim() || title;
}

function imageOf({ metas }: Found, first: (...names: readonly string[]) => string, url: string): ArticleImage | null {
  const given = first("og:image:secure_url", "og:image", "og:image:url", "twitter:image");
  const address = given === "" ? null : pictureUrl(given, url);
  if (address === null) return null;
  const pixels = (name: string) => {
    const value = metas.get(name)?.[0]?.trim() ?? "";
    return /^[1-9]\d{0,4}$/.test(value) ? Number(value) : null;
  };
  const alt = cutLine(cleanLine(first("og:image:alt", "twitter:image:alt")), LONGEST_ALT);
  return { url: address, alt, width: pixels("og:image:width"), height: pixels("og:image:height") };
}

function read(html: string): Found {
  const found: Found = { metas: new Map(), links: new Map(), title: "", heading: "", language: "", publisher: "" };
  let inside: "title" | "heading" | "data" | null = null;
  let data = "";
  let drawings = 0;
  parseHtml(html, {
    open(name, attributes) {
      if (name === "svg") drawings += 1;
      if (name === "html") found.language ||= attributes.lang ?? "";
      if (name === "meta") addMeta(found, attributes);
      if (name === "link" && /\bcanonical\b/i.test(attributes.rel ?? "") && !found.links.has("canonical")) {
        found.links.set("canonical", attributes.href?.trim() ?? "");
      }
      if (name === "script" && /^application\/ld\+json\b/i.test(attributes.type ?? "") && found.publisher === "") {
        inside = "data";
        data = "";
      }
      // Drawings (SVG) have titles of their own.
      if (name === "title" && drawings === 0 && found.title === "") inside = "title";
      if (name === "h1" && found.heading === "") inside = "heading";
    },
    text(part) {
      if (inside === "data") data += part;
      else if (inside !== null) found[inside] += part;
    },
    close(name) {
      if (name === "svg") drawings -= 1;
      if (name === "script" && inside === "data") found.publisher = publisherName(data);
      if (name === "title" || name === "h1" || name === "script") inside = null;
    },
  });
  return { ...found, heading: cleanLine(found.heading.slice(0, 1000)), title: cleanLine(found.title.slice(0, 1000)) };
}

function addMeta({ metas }: Found, { property, name, content }: Readonly<Record<string, string>>): void {
  const key = (property ?? name ?? "").trim().toLowerCase();
  if (key === "" || content === undefined) return;
  const values = metas.get(key) ?? [];
  if (values.length < MOST_VALUES) metas.set(key, [...values, content]);
}
