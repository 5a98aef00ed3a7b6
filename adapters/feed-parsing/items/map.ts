import type { AnyFeed } from "feedsmith";
import type { Wording } from "./title.ts";

type Rss = Extract<AnyFeed, { format: "rss" }>["feed"];
type Atom = Extract<AnyFeed, { format: "atom" }>["feed"];
type Json = Extract<AnyFeed, { format: "json" }>["feed"];
type RssItem = NonNullable<Rss["items"]>[number];
type AtomEntry = NonNullable<Atom["entries"]>[number];
type JsonItem = NonNullable<Json["items"]>[number];
type Media = RssItem["media"];

/** A text, its declared type, and whether each line is a paragraph. */
export type RawText = { readonly value: string; readonly wording: Wording; readonly inLines?: boolean };
/** A file attached to an item: a picture, a recording, a video. */
type RawFile = { readonly url: string; readonly type: string; readonly isEnclosure: boolean };
export type RawImage = {
  readonly url: string;
  readonly alt: string;
  readonly width: number | null;
  readonly height: number | null;
  /** Its caption and its credit. */
  readonly caption?: string | undefined;
  readonly credit?: string | undefined;
};

/** An item in one form for all formats, not normalised yet. */
export type RawItem = {
  readonly title: RawText | undefined;
  /** The title without number and name of its series, if a podcast gives both. */
  readonly shortTitle?: string | undefined;
  /** The original publisher, if the feed collects from others. */
  readonly outlet?: string | undefined;
  /** Recordings and videos. */
  readonly files?: readonly RawFile[];
  /** Best first. */
  readonly links: readonly string[];
  readonly guid: string | undefined;
  readonly dates: readonly (string | undefined)[];
  readonly summary: RawText | undefined;
  readonly body: RawText | undefined;
  readonly author: string | undefined;
  readonly section: string | undefined;
  readonly language: string | undefined;
  readonly images: readonly RawImage[];
  readonly base: string | undefined;
};

export type RawFeed = {
  readonly title: RawText | undefined;
  /** The feed's name and description. */
  readonly self: readonly string[];
  readonly link: string | undefined;
  readonly language: string | undefined;
  readonly items: readonly RawItem[];
};

const html = (value: string | undefined): RawText | undefined =>
  value === undefined ? undefined : { value, wording: "html" };
const inLines = (value: string | undefined, wording: Wording = "unsaid"): RawText | undefined =>
  value === undefined ? undefined : { value, wording, inLines: true };
const present = (list: readonly (string | undefined)[]) => list.filter((one): one is string => one !== undefined);
/** An address or a path, because an id may be a link without saying so. */
const isLink = (text: string | undefined) =>
  text !== undefined && /^(?:https?:\/\/|\/|\.{1,2}\/)\S+$/i.test(text.trim());

export function fromRss(feed: Rss): RawFeed {
  return {
    title: html(feed.title ?? feed.dc?.titles?.[0]),
    self: present([
      feed.copyright,
      feed.dc?.publishers?.[0],
      feed.dc?.rights?.[0],
      feed.image?.title,
      feed.description,
    ]),
    link: feed.link ?? feed.atom?.links?.find((one) => one.rel === "alternate")?.href,
    language: feed.language ?? feed.dc?.languages?.[0] ?? feed.xml?.lang,
    items: (feed.items ?? []).map(fromRssItem),
  };
}

function fromRssItem(item: RssItem): RawItem {
  const canonical = item.atom?.links?.find((one) => one.rel === "canonical")?.href;
  const alternate = item.atom?.links?.find((one) => (one.rel ?? "alternate") === "alternate")?.href;
  const guid = item.guid?.value;
  const isPermalink =
    item.guid?.isPermaLink === true ? /^\S+$/.test(guid?.trim() ?? "") : item.guid?.isPermaLink !== false;
  const permalink = isPermalink && (isLink(guid) || item.guid?.isPermaLink === true) ? guid : undefined;
  const body = item.content?.encoded ?? textOf(item.atom?.content)?.value;
  const summary = item.description ?? item.dc?.descriptions?.[0] ?? textOf(item.atom?.summary)?.value;
  return {
    title:
      html(item.title ?? item.dc?.titles?.[0]) ??
      textOf(item.atom?.title) ??
      html(item.itunes?.title ?? item.media?.title?.value),
    shortTitle: item.itunes?.title,
    outlet: item.source?.title,
    files: [...recordings(item.enclosures ?? []), ...mediaFiles(item.media)],
    links: present([canonical, item.link, alternate, permalink]),
    guid: item.guid?.value,
    dates: [
      item.pubDate,
      item.dc?.dates?.[0],
      item.dcterms?.issued?.[0],
      item.dcterms?.created?.[0],
      item.atom?.published,
      item.atom?.updated,
      item.dcterms?.modified?.[0],
    ],
    summary: html(summary) ?? descriptionOf(item.media) ?? inLines(item.itunes?.summary ?? item.itunes?.subtitle),
    body: html(body),
    author: item.dc?.creators?.[0] ?? item.authors?.[0]?.name ?? item.atom?.authors?.[0]?.name ?? item.itunes?.author,
    section:
      item.categories?.find((one) => one.domain === undefined)?.name ??
      item.categories?.[0]?.name ??
      item.dc?.subjects?.[0],
    language: item.dc?.languages?.[0] ?? item.xml?.lang,
    images: [...fromMedia(item.media), ...fromEnclosures(item), ...fromItunes(item.itunes?.image)],
    base: item.xml?.base,
  };
}

export function fromAtom(feed: Atom): RawFeed {
  return {
    title: textOf(feed.title),
    self: present([textOf(feed.rights)?.value, feed.authors?.[0]?.name, textOf(feed.subtitle)?.value]),
    link: alternateOf(feed.links),
    language: feed.xml?.lang ?? feed.dc?.languages?.[0],
    items: (feed.entries ?? []).map(fromAtomEntry),
  };
}

function fromAtomEntry(entry: AtomEntry): RawItem {
  const canonical = entry.links?.find((one) => one.rel === "canonical")?.href;
  const category = entry.categories?.[0];
  return {
    title: textOf(entry.title) ?? html(entry.media?.title?.value ?? entry.dc?.titles?.[0]),
    outlet: textOf(entry.source?.title)?.value,
    files: [
      ...recordings(
        (entry.links ?? []).filter(({ rel }) => rel === "enclosure").map((one) => ({ ...one, url: one.href })),
      ),
      ...mediaFiles(entry.media),
    ],
    links: present([canonical, alternateOf(entry.links), isLink(entry.id) ? entry.id : undefined]),
    guid: entry.id,
    dates: [entry.published, entry.updated, entry.dc?.dates?.[0]],
    summary: textOf(entry.summary) ?? descriptionOf(entry.media),
    body: textOf(entry.content),
    author: entry.authors?.[0]?.name ?? entry.dc?.creators?.[0],
    section: category?.label ?? category?.term ?? entry.dc?.subjects?.[0],
    language: entry.xml?.lang,
    images: [...fromMedia(entry.media), ...fromLinks(entry.links), ...fromItunes(entry.itunes?.image)],
    base: entry.xml?.base,
  };
}

export function fromJson(feed: Json): RawFeed {
  return {
    title: feed.title === undefined ? undefined : { value: feed.title, wording: "unsaid" },
    self: present([feed.authors?.[0]?.name, feed.description]),
    link: feed.home_page_url ?? feed.feed_url,
    language: feed.language,
    items: (feed.items ?? []).map(fromJsonItem),
  };
}

function fromJsonItem(item: JsonItem): RawItem {
  return {
    // All but content_html is plain text (jsonfeed.org/version/1.1).
    title: plainOf(item.title),
    files: recordings((item.attachments ?? []).map(({ url, mime_type: type }) => ({ url, type }))),
    links: present([item.url, item.external_url, isLink(item.id) ? item.id : undefined]),
    guid: item.id,
    dates: [item.date_published, item.date_modified],
    summary: plainOf(item.summary),
    body: html(item.content_html) ?? plainOf(item.content_text),
    author: item.authors?.[0]?.name,
    section: item.tags?.[0],
    language: item.language,
    images: present([item.image, item.banner_image]).map((url) => ({ url, alt: "", width: null, height: null })),
    base: undefined,
  };
}

/** A text that is declared to be plain; if it is one block of HTML by mistake, as HTML. */
function plainOf(value: string | undefined): RawText | undefined {
  if (value === undefined) return undefined;
  const block = /^\s{0,99}<(p|div|h[1-6]|ul|ol|figure|section|article|blockquote)\b[^<>]{0,500}>/i.exec(value)?.[1];
  const isHtml = block !== undefined && value.trimEnd().toLowerCase().endsWith(`</${block.toLowerCase()}>`);
  return { value, wording: isHtml ? "html" : "text" };
}

type AtomText = { readonly value?: string; readonly type?: string };

function textOf(text: AtomText | undefined): RawText | undefined {
  if (text?.value === undefined) return undefined;
  const type = text.type?.toLowerCase();
  return { value: text.value, wording: type === undefined ? "unsaid" : type.includes("html") ? "html" : "text" };
}

type AtomLink = { readonly href?: string; readonly rel?: string; readonly type?: string };

/** The page of an entry: `alternate` is the default relation, and HTML is preferred (RFC 4287 §4.2.7). */
function alternateOf(links: readonly AtomLink[] | undefined): string | undefined {
  const pages = (links ?? []).filter((one) => one.href !== undefined && (one.rel ?? "alternate") === "alternate");
  return (pages.find((one) => (one.type ?? "text/html").includes("html")) ?? pages[0])?.href;
}

/** Texts in MRSS have no markup unless declared, and videos are described in lines. */
function descriptionOf(media: Media): RawText | undefined {
  const found = media?.groups?.[0]?.description ?? media?.description;
  return found?.type === "html" ? html(found.value) : inLines(found?.value);
}

const isRecording = (type: string | undefined) =>
  /^(?:audio|video)\//.test(type ?? "") || type === "application/x-shockwave-flash";

const recordings = (files: readonly { url?: string | undefined; type?: string | undefined }[]): RawFile[] =>
  files.flatMap(({ url, type }) => {
    const named = typeOf(type, url);
    return url !== undefined && named !== undefined && isRecording(named)
      ? [{ url, type: named, isEnclosure: true }]
      : [];
  });

function mediaFiles(media: Media): RawFile[] {
  const contents = [media, ...(media?.groups ?? [])].flatMap((one) => one?.contents ?? []);
  return contents.flatMap(({ url, type, medium }) => {
    const named = medium === "video" || medium === "audio" ? `${medium}/*` : typeOf(type, url);
    return url !== undefined && named !== undefined && isRecording(named)
      ? [{ url, type: named, isEnclosure: false }]
      : [];
  });
}

/** A file's type as declared, or by its name where none is, or one that says nothing: `application/octet-stream`, `mp3`. */
function typeOf(type: string | undefined, url: string | undefined): string | undefined {
  if (/mpegurl/i.test(type ?? "")) return "video/*";
  const declares =
    /^(?!application\/|binary\/)\w+\//.test(type ?? "") || /^application\/(?!octet|force|ogg|mp4)/.test(type ?? "");
  return declares ? type : (typeByName(url) ?? typeByName(`.${type ?? ""}`));
}

function typeByName(url: string | undefined): string | undefined {
  const ending = /\.(mp3|m4a|m4b|og[ga]|opus|wav|aac|flac|mp4|m4v|webm|mov|ogv|mkv|m3u8)(?:[?#]|$)/i.exec(
    url ?? "",
  )?.[1];
  if (ending === undefined) return undefined;
  return /^(?:mp4|m4v|webm|mov|ogv|mkv|m3u8)$/i.test(ending) ? "video/*" : "audio/*";
}

const dimension = (value: number | undefined) =>
  value !== undefined && Number.isInteger(value) && value > 0 ? value : null;

function fromMedia(media: Media): RawImage[] {
  if (media === undefined) return [];
  const groups = [media, ...(media.groups ?? [])];
  const contents = groups.flatMap((one) => one.contents ?? []);
  const pictures = contents
    .filter(
      (one) =>
        one.medium === "image" || one.type?.startsWith("image/") || (one.medium === undefined && isPicture(one.url)),
    )
    .sort((a, b) => (b.width ?? 0) - (a.width ?? 0))
    .map((one) => ({
      ...one,
      alt: one.description?.value ?? one.title?.value ?? "",
      caption: one.description?.value,
      credit: one.credits?.find(({ value }) => value !== undefined)?.value,
    }));
  const thumbnails = [...groups, ...contents]
    .flatMap((one) => one.thumbnails ?? [])
    .map((one) => ({ ...one, alt: "", caption: undefined, credit: undefined }));
  return [...pictures, ...thumbnails].flatMap(({ url, alt, width, height, caption, credit }) =>
    url === undefined ? [] : [{ url, alt, width: dimension(width), height: dimension(height), caption, credit }],
  );
}

const isPicture = (url: string | undefined) => /\.(jpe?g|png|webp|gif|avif)(\?|$)/i.test(url ?? "");

const fromEnclosures = (item: RssItem): RawImage[] =>
  (item.enclosures ?? []).flatMap(({ url, type }) =>
    url !== undefined && (type?.startsWith("image/") ?? isPicture(url))
      ? [{ url, alt: "", width: null, height: null }]
      : [],
  );

const fromLinks = (links: readonly AtomLink[] | undefined): RawImage[] =>
  (links ?? []).flatMap(({ href, rel, type }) =>
    href !== undefined && rel === "enclosure" && type?.startsWith("image/")
      ? [{ url: href, alt: "", width: null, height: null }]
      : [],
  );

const fromItunes = (url: string | undefined): RawImage[] =>
  url === undefined ? [] : [{ url, alt: "", width: null, height: null }];
