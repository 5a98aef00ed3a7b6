import { canonicalUrl, isGoogleNews } from "#domain/article/address.ts";
import type { ArticleImage, Doubt, DraftArticle } from "#domain/article/article.ts";
import { type DateHints, dayMonthOrder, readDates } from "#domain/article/dates/dates.ts";
import { readable } from "#domain/article/furniture/furniture.ts";
import { type ItemTexts, withoutRepeated } from "#domain/article/furniture/repeated.ts";
import { givenText } from "#domain/article/identity.ts";
import { guessLanguage, languageOf, primaryLanguage } from "#domain/article/language.ts";
import { cleanLine, cleanParagraphs, cleanSummary, cleanTitle, cutLine, titleFromText } from "#domain/article/text.ts";
import { sourceName } from "#domain/source/name/source-name.ts";
import { capFeed } from "./caps.ts";
import type { FoundImage, PlainText } from "./html-text.ts";
import { imageOf, mediumOf } from "./item-media.ts";
import { plainText } from "./item-text.ts";
import type { RawFeed, RawItem } from "./map.ts";
import { titleText } from "./title.ts";

/** Why an item can't be used, with its position in the feed and its name. */
export type Refusal = { why: string; at: string };
type Normalised = { articles: DraftArticle[]; refused: Refusal[] };

type Context = {
  readonly base: string | undefined;
  readonly language: string | null;
  readonly now: number;
  readonly dates: DateHints;
  /** The feed's name for readers. */
  readonly publisher: string | null;
};

/** Longest stored id, in characters; longer ones are only hashed. */
const LONGEST_GUID = 1000;

/** Every item as an article, or with the reason why it can't be one. */
export function normaliseFeed(raw: RawFeed, url: string | undefined, now: number): Normalised {
  const feed = capFeed(raw);
  const base = url ?? canonicalUrl(feed.link).url ?? undefined;
  const context: Context = {
    base,
    language: primaryLanguage(feed.language),
    now,
    dates: dateHints(feed, now),
    publisher:
      feed.title === undefined
        ? null
        : sourceName(cleanTitle(titleText(feed.title.value, feed.title.wording)), { site: feed.link ?? null }),
  };
  const shared = sharedPages(feed.items, base);
  const articles: DraftArticle[] = [];
  const refused: Refusal[] = [];
  const items = feed.items.map((item) => readItem(item, context, shared));
  const own = withoutRepeated(items, context.publisher);
  for (const [index, item] of items.entries()) {
    const [body = [], summary = []] = own[index] ?? [];
    const result = normaliseItem(item, body, summary, context);
    if ("why" in result) refused.push({ why: result.why, at: whereIs(item.raw, index) });
    else articles.push(result);
  }
  return { articles: withFeedLanguage(articles), refused };
}

/** What the whole feed shows about its date format. */
function dateHints(feed: RawFeed, now: number): DateHints {
  const titles = () => cutLine(feed.items.map(({ title }) => title?.value ?? "").join(" "), 2000);
  const dates = feed.items.flatMap((item) => item.dates.filter((one) => one !== undefined));
  const language = primaryLanguage(feed.language) ?? guessLanguage(titles());
  return { language, order: dayMonthOrder(dates, feed.language ?? language ?? undefined, now) };
}

/** If a feed has no language, it is detected from all articles together. */
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

/** Pages to which several items link with fragments; there the fragment is part of the article's address. */
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

/** An item with its texts without the furniture that is known by its words. */
type ReadItem = ItemTexts & {
  readonly raw: RawItem;
  readonly link: ReturnType<typeof linkOf>;
  readonly outlet: string | null;
  readonly images: readonly FoundImage[];
  readonly base: string | undefined;
};

function readItem(raw: RawItem, context: Context, shared: ReadonlySet<string>): ReadItem {
  const base = raw.base ?? context.base;
  const link = linkOf(raw, base, shared);
  const isGathered = isGoogleNews(link.url);
  const outlet = nameOf(raw.outlet) ?? (isGathered ? nameOf(tailOf(titleIn(raw))) : null);
  const gathered = outlet !== null && isGathered;
  const title = raw.title === undefined ? "" : withoutOutlet(titleIn(raw), outlet);
  const found = [gathered ? undefined : raw.body, gathered ? undefined : raw.summary].map((text) =>
    withoutOwnLinks(plainText(text), link.url, base),
  );
  return {
    raw,
    ...{ link, outlet, title, base },
    author: nameOf(raw.author, NO_AUTHOR),
    texts: found.map(({ paragraphs }) => readable(paragraphs.map(cleanLine), title, outlet, context.publisher)),
    links: new Set(found.flatMap(({ links }) => links.map(({ text }) => cleanLine(text)))),
    images: found.flatMap(({ images }) => images),
  };
}

/** A line that is nothing but a link to the article itself leads to the rest of it, whatever its words. */
function withoutOwnLinks(found: PlainText, url: string | null, base: string | undefined): PlainText {
  // A fragment leads to a part of the text.
  const leadsHere = (address: string) => !address.includes("#") && canonicalUrl(address, base).url === url;
  const own = new Set(
    found.links.filter(({ addresses }) => addresses.length > 0 && addresses.every(leadsHere)).map(({ text }) => text),
  );
  const paragraphs = found.paragraphs.filter((text) => !own.has(text));
  return url === null || paragraphs.length === 0 ? found : { ...found, paragraphs };
}

type Texts = Pick<DraftArticle, "paragraphs" | "summary">;

function textsOf(body: readonly string[], short: readonly string[]): Texts {
  const paragraphs = cleanParagraphs(body.length > 0 ? body : short);
  return { paragraphs, summary: cleanSummary(short.join(" ")) || cleanSummary(paragraphs[0] ?? "") };
}

/** The text as the feed gives it, if lines of it are missing because the feed repeats them. */
function givenIn({ texts }: ReadItem, body: readonly string[], short: readonly string[]) {
  const [given = [], inShort = []] = texts;
  const isWhole = given.length === body.length && inShort.length === short.length;
  return isWhole && given.at(-1) === body.at(-1) && inShort.at(-1) === short.at(-1)
    ? {}
    : { given: givenText(textsOf(given, inShort)) };
}

function normaliseItem(
  item: ReadItem,
  body: readonly string[],
  short: readonly string[],
  context: Context,
): DraftArticle | { why: string } {
  const { raw, link, outlet } = item;
  const { paragraphs, summary } = textsOf(body, short);
  const image = imageOf(raw, item.images, item.base);
  const title = titleOf(item.title, summary, image, link.url);
  if (title.text === "") return { why: "it has no title, no text and no link" };
  const dated = readDates(raw.dates, context.now, context.dates);
  const said = { item: primaryLanguage(raw.language), feed: context.language };
  const language = languageOf(said, `${title.text} ${summary} ${paragraphs.slice(0, 3).join(" ")}`);
  const doubts: Doubt[] = [...dated.doubts];
  if (title.doubt !== null) doubts.push(title.doubt);
  if (link.doubt !== null) doubts.push(link.doubt);
  if (language.guessed) doubts.push("language-guessed");
  const medium = mediumOf(raw, paragraphs, image);
  return {
    title: title.text,
    url: link.url,
    guid: guidOf(raw),
    published: dated.published,
    doubts,
    summary,
    paragraphs,
    author: item.author,
    section: nameOf(raw.section, NO_SECTION),
    language: language.tag,
    image,
    ...(outlet === null ? {} : { outlet: sourceName(outlet) }),
    ...(medium === undefined ? {} : { medium }),
    ...givenIn(item, body, short),
  };
}

/** A podcast's title without its leading number, or the one it has beside a mere number, if the feed gives both. */
function titleIn(item: RawItem): string {
  const title = cleanTitle(titleText(item.title?.value ?? "", item.title?.wording ?? "unsaid"));
  const short = cleanTitle(titleText(item.shortTitle ?? "", "unsaid"));
  return short !== "" && (title.endsWith(short) || MERE_NUMBER.test(title)) ? short : title;
}

/** "Episode 4", "S2E3", "Folge 12", "#7". */
const MERE_NUMBER =
  /^(?:(?:episode|ep|folge|épisode|episodio|episódio|capítulo|الحلقة|حلقة|פרק|s\d{1,3}\s?:?\s?ep?)\.?\s?)?[#№(]?\p{Nd}{1,5}\)?$/iu;

/** Google News ends each title with its outlet, even if no element names it. */
function tailOf(title: string): string | undefined {
  const end = title.lastIndexOf(" - ");
  return end > 0 ? title.slice(end + 3) : undefined;
}

/** "Bridge closes - BBC News" if the feed names BBC News as its source. */
function withoutOutlet(title: string, outlet: string | null): string {
  if (outlet === null || !title.endsWith(outlet)) return title;
  const before = title.slice(0, -outlet.length);
  const end = /\s[-–—|·]\s?$/u.exec(before);
  return end === null || end.index === 0 ? title : before.slice(0, end.index);
}

/** Without a title, the beginning of the text is used, then the picture's alt text, then the link. */
function titleOf(
  named: string,
  text: string,
  image: ArticleImage | null,
  url: string | null,
): { text: string; doubt: Doubt | null } {
  if (named !== "") return { text: named, doubt: null };
  const standIn =
    titleFromText(text) ||
    titleFromText(image?.alt ?? "") ||
    cleanTitle((url ?? "").replace(/^https?:\/\/(www\.)?/, ""));
  return { text: standIn, doubt: "title-missing" };
}

function linkOf(item: RawItem, base: string | undefined, shared: ReadonlySet<string>) {
  let refused = false;
  // An audio or video file is its own page.
  for (const raw of [...item.links, ...(item.files ?? []).map(({ url }) => url)]) {
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

/** Default names given by software. */
const NO_AUTHOR =
  /^(?:admin|administrator|root|webmaster|author|unknown|anonymous|\(?no(?:reply|-reply|ne| author)\)?)$/i;
const NO_SECTION =
  /^(?:uncategori[sz]ed|allgemein|non class[ée]|sin categor[ií]a|sem categoria|غير مصنف|כללי|senza categoria|geen categorie|bez kategorii|без рубрики)$/i;

/** A name as one line, without an author's email address. */
function nameOf(raw: string | undefined, none?: RegExp): string | null {
  const name = cutLine(cleanLine(titleText(raw ?? "", "unsaid")), 120);
  return name === "" || /^[^\s@]+@\S+$/.test(name) || none?.test(name) === true ? null : name;
}
