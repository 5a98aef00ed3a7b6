import { canonicalUrl, pictureUrl } from "#domain/article/address.ts";
import type { ArticleImage, Doubt, DraftArticle } from "#domain/article/article.ts";
import { type DateHints, dayMonthOrder, readDates } from "#domain/article/dates/dates.ts";
import { guessLanguage, languageOf, primaryLanguage } from "#domain/article/language.ts";
import { cleanLine, cleanParagraphs, cleanSummary, cleanTitle, cutLine, titleFromText } from "#domain/article/text.ts";
import { capFeed } from "./caps.ts";
import { decodeEntities, type FoundImage, htmlToText, titleText } from "./html-text.ts";
import type { RawFeed, RawImage, RawItem, RawText } from "./map.ts";

/** What an item could not be used for, and where: its place in the feed and its name. */
export type Refusal = { why: string; at: string };
export type Normalised = { articles: DraftArticle[]; refused: Refusal[] };

type Context = {
  readonly base: string | undefined;
  readonly language: string | null;
  readonly now: number;
  readonly dates: DateHints;
};

/** Longer than this no identity is kept whole: it goes into hashes only. Characters. */
const LONGEST_GUID = 1000;

/** What software appends to every article: not this article's text. */
const BOILERPLATE =
  /^(the post .{1,400} (appeared first on|first appeared on) .{1,200}|\[?(…|\.\.\.)\]?|submitted by\s.{1,80}\[link\].{0,40}|\[link\]\s*\[\d* ?comments?\])(?<![.…»→])[.…»→]*$/i;

/** Every item as an article, or with why it cannot be one. */
export function normaliseFeed(raw: RawFeed, url: string | undefined, now: number): Normalised {
  const feed = capFeed(raw);
  const base = url ?? canonicalUrl(feed.link).url ?? undefined;
  const context: Context = { base, language: primaryLanguage(feed.language), now, dates: dateHints(feed, now) };
  const shared = sharedPages(feed.items, base);
  const articles: DraftArticle[] = [];
  const refused: Refusal[] = [];
  for (const [index, item] of feed.items.entries()) {
    const result = normaliseItem(item, context, shared);
    if ("why" in result) refused.push({ why: result.why, at: whereIs(item, index) });
    else articles.push(result);
  }
  return { articles: withFeedLanguage(articles), refused };
}

/** What the feed as a whole says about the dates in it. */
function dateHints(feed: RawFeed, now: number): DateHints {
  const titles = () => cutLine(feed.items.map(({ title }) => title?.value ?? "").join(" "), 2000);
  const dates = feed.items.flatMap((item) => item.dates.filter((one) => one !== undefined));
  return {
    language: primaryLanguage(feed.language) ?? guessLanguage(titles()),
    order: dayMonthOrder(dates, feed.language, now),
  };
}

/** A feed that names no language is in the one its articles together seem to be in. */
function withFeedLanguage(articles: readonly DraftArticle[]): DraftArticle[] {
  if (articles.every((article) => article.language !== null)) return [...articles];
  const sample = articles.slice(0, 40).map((article) => `${article.title} ${article.summary}`);
  const language = guessLanguage(cutLine(sample.join(" "), 6000));
  return articles.map((article) =>
    article.language !== null || language === null
      ? article
      : { ...article, language, doubts: [...article.doubts, "language-guessed"] },
  );
}

function whereIs(item: RawItem, index: number): string {
  const name = cutLine(cleanLine(item.title?.value ?? item.guid ?? item.links[0] ?? ""), 80);
  return name === "" ? `item ${index + 1}` : `item ${index + 1}, ${name}`;
}

/** Pages that several items of the feed point into by fragments: there the fragment is the article's address. */
function sharedPages(items: readonly RawItem[], base: string | undefined): ReadonlySet<string> {
  const whole = new Map<string, Set<string>>();
  for (const item of items) {
    const link = item.links[0];
    if (link === undefined || !link.includes("#")) continue;
    const page = canonicalUrl(link, item.base ?? base).url;
    const exact = canonicalUrl(link, item.base ?? base, true).url;
    if (page === null || exact === null) continue;
    whole.set(page, (whole.get(page) ?? new Set()).add(exact));
  }
  return new Set([...whole].filter(([, exact]) => exact.size > 1).map(([page]) => page));
}

function normaliseItem(item: RawItem, context: Context, shared: ReadonlySet<string>): DraftArticle | { why: string } {
  const base = item.base ?? context.base;
  const body = plain(item.body);
  const short = plain(item.summary);
  const paragraphs = cleanParagraphs(
    withoutBoilerplate(body.paragraphs.length > 0 ? body.paragraphs : short.paragraphs),
  );
  const summary = cleanSummary(withoutBoilerplate(short.paragraphs).join(" ")) || cleanSummary(paragraphs[0] ?? "");
  const link = linkOf(item, base, shared);
  const guid = guidOf(item);
  const title = titleOf(item, summary, link.url);
  const image = imageOf(item, [...body.images, ...short.images], base);
  if (title.text === "") return { why: "it has no title, no text and no link" };
  const dated = readDates(item.dates, context.now, context.dates);
  const said = { item: primaryLanguage(item.language), feed: context.language };
  const language = languageOf(said, `${title.text} ${summary} ${paragraphs.slice(0, 3).join(" ")}`);
  const doubts: Doubt[] = [...dated.doubts];
  if (title.doubt !== null) doubts.push(title.doubt);
  if (link.doubt !== null) doubts.push(link.doubt);
  if (language.guessed) doubts.push("language-guessed");
  return {
    title: title.text,
    url: link.url,
    guid,
    published: dated.published,
    doubts,
    summary,
    paragraphs,
    author: nameOf(item.author),
    section: nameOf(item.section),
    language: language.tag,
    image,
  };
}

/** Text or HTML as paragraphs. Text that holds tags all the same is HTML that was labelled wrongly. */
function plain(text: RawText | undefined): { paragraphs: string[]; images: FoundImage[] } {
  if (text === undefined) return { paragraphs: [], images: [] };
  const looksHtml = text.html || /<\/?(p|br|div|a|img|b|i|em|strong|span|ul|li|script)\b[^<>]*>/i.test(text.value);
  if (!looksHtml) return { paragraphs: decodeEntities(text.value).split(/\n\s*\n/), images: [] };
  const first = htmlToText(text.value);
  // Escaped twice: what came out as text is still markup.
  const joined = first.paragraphs.join("\n");
  return /<(p|br|div|img|a)\b[^<>]*>/i.test(joined) && !/<code|<pre/i.test(text.value) ? htmlToText(joined) : first;
}

const withoutBoilerplate = (paragraphs: readonly string[]) => paragraphs.filter((one) => !BOILERPLATE.test(one.trim()));

/** Without a title, the beginning of the text stands for it; without text, the link without its scheme. */
function titleOf(item: RawItem, text: string, url: string | null): { text: string; doubt: Doubt | null } {
  const title = item.title === undefined ? "" : cleanTitle(titleText(item.title.value, !item.title.html));
  if (title !== "") return { text: title, doubt: null };
  const standIn = titleFromText(text) || cleanTitle((url ?? "").replace(/^https?:\/\/(www\.)?/, ""));
  return { text: standIn, doubt: "title-missing" };
}

function linkOf(item: RawItem, base: string | undefined, shared: ReadonlySet<string>) {
  let refused = false;
  for (const raw of item.links) {
    const link = raw.replace(/&amp;/g, "&");
    const address = canonicalUrl(link, base);
    if (address.url !== null) {
      const url = shared.has(address.url) ? canonicalUrl(link, base, true).url : address.url;
      return { url, doubt: null };
    }
    refused ||= address.doubt === "url-refused";
  }
  return { url: null, doubt: refused ? ("url-refused" as const) : ("url-missing" as const) };
}

function guidOf(item: RawItem): string | null {
  const guid = cleanLine(item.guid ?? "");
  return guid === "" ? null : guid.length > LONGEST_GUID ? guid.slice(0, LONGEST_GUID) : guid;
}

/** A name as one line; an address of an author's mailbox is not repeated. */
function nameOf(raw: string | undefined): string | null {
  const name = cutLine(cleanLine(titleText(raw ?? "", false)), 120);
  return name === "" || /^[^\s@]+@\S+$/.test(name) ? null : name;
}

/** Pictures that count readers or decorate, by their address. */
const NO_PICTURE =
  /(feedburner|doubleclick|\/pixel|\/beacon|gravatar|\/emoji|feedsportal|stats\.wordpress|share-buttons|b\.gif$)/i;

function imageOf(item: RawItem, inText: readonly FoundImage[], base: string | undefined): ArticleImage | null {
  const found: RawImage[] = [...item.images, ...inText.map(({ src, ...rest }) => ({ url: src, ...rest }))];
  for (const one of found) {
    const url = pictureUrl(one.url, base);
    if (url === null || NO_PICTURE.test(url) || isTiny(one)) continue;
    return {
      url,
      alt: cutLine(cleanLine(titleText(one.alt, false)), 200),
      width: one.width || null,
      height: one.height || null,
      ...said("caption", one.caption),
      ...said("credit", one.credit),
    };
  }
  return null;
}

const said = (name: "caption" | "credit", raw: string | undefined) => {
  const text = cutLine(cleanLine(titleText(raw ?? "", false)), 200);
  return text === "" ? {} : { [name]: text };
};

/** Smaller than this is a thumbnail or a logo, and looks it beside a lead. Dots. */
const isTiny = ({ width, height }: { width: number | null; height: number | null }) =>
  (width !== null && width < 120) || (height !== null && height < 80);
