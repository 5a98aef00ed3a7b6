import { gunzipSync } from "node:zlib";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { canonicalUrl } from "#domain/article/address.ts";
import type { DraftArticle } from "#domain/article/article.ts";
import { primaryLanguage } from "#domain/article/language.ts";
import type { PageFacts } from "#domain/article/page-facts.ts";
import { cleanLine, cleanTitle } from "#domain/article/text.ts";
import { counted, number } from "#domain/counted.ts";
import { done, fault, type Outcome } from "#domain/outcome.ts";
import { decodeFeed } from "./decode.ts";
import { discoverFeeds } from "./discover.ts";
import { withoutDoubleEscapes } from "./items/double-escapes.ts";
import { fromAtom, fromJson, fromRss, type RawFeed } from "./items/map.ts";
import { normaliseFeed, type Refusal } from "./items/normalise.ts";
import { titleText } from "./items/title.ts";
import { DEEPEST, LONGEST_ITEM, MOST_BYTES, MOST_ITEMS_EACH_END, UnreadableFeed } from "./limits.ts";
import { tidyFeed } from "./markup/tidy.ts";
import { pageFacts } from "./page-facts.ts";

type FeedFormat = "rss" | "rdf" | "atom" | "json";

/** A feed with its articles in order, and the items that can't be used. */
export type ReadFeed = {
  feed: {
    title: string | null;
    /** Its name and description. */
    texts: string[];
    url: string | null;
    site: string | null;
    format: FeedFormat;
    language: string | null;
  };
  articles: DraftArticle[];
  refused: Refusal[];
};

export type FeedDocument = {
  readonly bytes: Uint8Array;
  /** Its address, the base of relative links. Null: unknown. */
  readonly url: string | null;
  /** Its Content-Type; only the charset is used, not the type. */
  readonly contentType: string | null;
  /** Now, in milliseconds since 1970, to recognise dates in the future. */
  readonly now: number;
};

/**
 * Reads RSS, RDF, Atom or JSON Feed, recognised by content. Bytes may be gzip. Never throws: input that isn't a feed,
 * or would be dangerous to read, gives a fault that says so.
 */
export function readFeed({ bytes, url, contentType, now }: FeedDocument): Outcome<ReadFeed> {
  const name = url ?? "the file";
  try {
    const text = decodeFeed(unzip(bytes), contentType);
    const read = readText(text, url ?? undefined);
    if (read === undefined) return fault("not-a-feed", notAFeed(name, text, url));
    return done(assemble(read, url, now));
  } catch (error) {
    if (!(error instanceof UnreadableFeed)) throw error;
    return fault("not-a-feed", `${name} was not read: ${error.message}. Ask its publisher to fix it.`);
  }
}

/** Recognises gzip by its first bytes, because servers forget the Content-Encoding and files have none. */
function unzip(bytes: Uint8Array): Uint8Array {
  if (bytes.byteLength > MOST_BYTES) throw new UnreadableFeed(tooLarge);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    const large = error instanceof RangeError;
    throw new UnreadableFeed(large ? tooLarge : "its gzip data is damaged");
  }
}
const tooLarge = `it is larger than ${MOST_BYTES / 1024 / 1024} MB`;

type Read = { format: FeedFormat; feed: RawFeed; leftOut: number };

function readText(text: string, url: string | undefined): Read | undefined {
  const start = text
    .slice(0, 2000)
    .trimStart()
    .replace(/^\ufeff/, "")
    .trimStart();
  return start.startsWith("{") || start.startsWith("[") ? readJson(text) : readXml(text, url);
}

function readXml(text: string, url: string | undefined): Read | undefined {
  const tidy = tidyFeed(text, url);
  if (tidy === undefined) return undefined;
  const map = () => (tidy.kind === "atom" ? fromAtom(parseAtomFeed(tidy.xml)) : fromRss(parseRssFeed(tidy.xml)));
  return { format: tidy.kind, feed: mapOr(map, tidy.items === 0), leftOut: tidy.leftOut };
}

/** feedsmith refuses a feed without items; here it is an empty feed. */
function mapOr(map: () => RawFeed, empty: boolean): RawFeed {
  try {
    return map();
  } catch {
    if (empty) return { title: undefined, self: [], link: undefined, language: undefined, items: [] };
    throw new UnreadableFeed("its elements cannot be made sense of");
  }
}

/** The fields of JSON Feed items that are read. A copy of just these leaves tricks such as __proto__ behind. */
const JSON_FIELDS =
  "id url external_url title content_html content_text summary image banner_image date_published date_modified tags authors author language attachments".split(
    " ",
  );

function knownFields(value: object, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, field]) => [name.toLowerCase(), cutField(field)] as const)
      .filter(([name]) => fields.includes(name)),
  );
}

/** Fields longer than XML's limits are cut here too, and only the first tags and authors are kept. */
function cutField(field: unknown): unknown {
  if (typeof field === "number") return String(field);
  if (typeof field === "string") return field.slice(0, LONGEST_ITEM);
  return Array.isArray(field) ? field.slice(0, MOST_IN_LIST) : field;
}
const MOST_IN_LIST = 20;

function readJson(text: string): Read | undefined {
  refuseHugeJson(text);
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw new UnreadableFeed("it begins like JSON and is not");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const declared = Object.entries(value).find(([key]) => key.toLowerCase() === "version")?.[1];
  const items = Object.entries(value).find(([key]) => key.toLowerCase() === "items")?.[1];
  if (!/jsonfeed\.org/i.test(String(declared)) && !Array.isArray(items)) return undefined;
  const kept = Array.isArray(items) ? items.slice(0, 2 * MOST_ITEMS_EACH_END) : [];
  const version = "https://jsonfeed.org/version/1.1";
  const clean = kept
    .filter((item): item is object => typeof item === "object" && item !== null)
    .map((item) => knownFields(item, JSON_FIELDS));
  const about = knownFields(value, ["title", "description", "home_page_url", "feed_url", "language"]);
  const feed = mapOr(() => fromJson(parseJsonFeed({ ...about, version, items: clean })), clean.length === 0);
  return { format: "json", feed, leftOut: Array.isArray(items) ? items.length - kept.length : 0 };
}

/** Checked before JSON.parse, which needs a hundred bytes for each level and tens for each value. */
function refuseHugeJson(json: string): void {
  let [depth, values, quoted] = [0, 0, false];
  for (let at = 0; at < json.length; at += 1) {
    const sign = json.charAt(at);
    if (quoted && sign === "\\") at += 1;
    else if (sign === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (sign === "[" || sign === "{") depth += 1;
    else if (sign === "]" || sign === "}") depth -= 1;
    else if (sign === ",") values += 1;
    if (depth > DEEPEST) throw new UnreadableFeed(`its values are nested more than ${DEEPEST} deep`);
    if (values > MOST_VALUES) throw new UnreadableFeed(`it holds more than ${MOST_VALUES} values`);
  }
}
/** Most values; a feed of 10 MB with short fields has about a tenth of them. */
const MOST_VALUES = 400_000;

/** Characters of a feed's description that are read; the publisher comes first. */
const LONGEST_TEXT = 300;

/** The feed's website; feeds don't always give it correctly. */
const siteOf = (link: string | undefined, url: string | null): string | null =>
  link === undefined ? null : canonicalUrl(link, url ?? undefined).url;

function assemble({ format, feed: raw, leftOut }: Read, url: string | null, now: number): ReadFeed {
  const feed = withoutDoubleEscapes(raw);
  const { articles, refused } = normaliseFeed(feed, url ?? undefined, now);
  if (leftOut > 0) {
    const kept = 2 * MOST_ITEMS_EACH_END;
    refused.push({
      why: `the feed has ${counted(leftOut, "item")} more than the ${number(kept)} that are read`,
      at: `after ${counted(kept, "item")}`,
    });
  }
  const title = feed.title === undefined ? "" : cleanTitle(titleText(feed.title.value, feed.title.wording));
  return {
    feed: {
      title: title || null,
      texts: feed.self.map((text) => cleanLine(titleText(text.slice(0, LONGEST_TEXT), "html"))),
      url,
      site: siteOf(feed.link, url),
      format,
      language: primaryLanguage(feed.language),
    },
    articles,
    refused,
  };
}

function notAFeed(name: string, text: string, url: string | null): string {
  const advice = url === null ? "Give a file that holds a feed." : "Check the address in a browser.";
  if (text.trim() === "") return `${name} is empty, not a feed. ${advice}`;
  if (/<opml[\s>]/i.test(text.slice(0, 5000))) {
    const given = url === null ? "FILE" : "FILE, after saving it as a file";
    return `${name} is a list of feeds (OPML), not a feed. Add its feeds with: npx --no-install broadsheet source import ${given}`;
  }
  if (!isPage(text)) {
    return `${name} is not a feed: it is neither RSS, RDF, Atom nor JSON Feed. ${advice}`;
  }
  const [feed] = discoverFeeds(text, url ?? undefined);
  return feed === undefined
    ? `${name} is a web page, not a feed. Look on the page for a link named RSS or Atom and give that address.`
    : `${name} is a web page, not a feed. Its feed is at ${feed}: give that address.`;
}

const isPage = (text: string) => /<html[\s>]|<!doctype html|<head[\s>]/i.test(text.slice(0, 5000));

/** A document's metadata, if it is a web page, by its beginning or, because HTML may leave out those tags, by its type. */
export function factsOfPage({ bytes, url, contentType }: Omit<FeedDocument, "now">): PageFacts | null {
  try {
    const text = decodeFeed(unzip(bytes), contentType);
    return url && (isPage(text) || /\btext\/html\b/i.test(contentType ?? "")) ? pageFacts(text, url) : null;
  } catch (error) {
    if (error instanceof UnreadableFeed) return null;
    throw error;
  }
}

/** The feeds that a web page links to, best first. */
export function feedsOfPage({ bytes, url, contentType }: Omit<FeedDocument, "now">): string[] {
  try {
    const text = decodeFeed(unzip(bytes), contentType);
    return isPage(text) ? discoverFeeds(text, url ?? undefined) : [];
  } catch (error) {
    if (error instanceof UnreadableFeed) return [];
    throw error;
  }
}
