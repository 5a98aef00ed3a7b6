import type { RawFeed, RawImage, RawItem, RawText } from "./map.ts";

/**
 * How much of each field is read, in characters. No pattern or normalisation sees more, so a field's cost depends on
 * these limits and never on its content.
 */
const LONGEST = {
  title: 10_000,
  body: 400_000,
  /** Twice the limit for a stored address, because tracking parameters are removed. */
  address: 4000,
  guid: 2000,
  date: 200,
  name: 1000,
  language: 100,
  alt: 2000,
} as const;
const MOST_LINKS = 10;
const MOST_DATES = 10;
const MOST_IMAGES = 40;

const cut = (text: string | undefined, most: number) =>
  text === undefined || text.length <= most ? text : text.slice(0, most);
const cutText = (text: RawText | undefined, most: number): RawText | undefined =>
  text === undefined || text.value.length <= most ? text : { ...text, value: text.value.slice(0, most) };

const isShort = (address: string) => address.length <= LONGEST.address;
/** An address that is too long is refused like an invalid one, because its beginning would lead to another page. */
const capLink = (link: string) => (isShort(link) ? link : "about:too-long");

function capItem(item: RawItem): RawItem {
  return {
    ...item,
    title: cutText(item.title, LONGEST.title),
    shortTitle: cut(item.shortTitle, LONGEST.title),
    outlet: cut(item.outlet, LONGEST.name),
    files: (item.files ?? []).filter(({ url }) => isShort(url)).slice(0, MOST_LINKS),
    links: item.links.slice(0, MOST_LINKS).map(capLink),
    guid: cut(item.guid, LONGEST.guid),
    dates: item.dates.slice(0, MOST_DATES).map((date) => cut(date, LONGEST.date)),
    summary: cutText(item.summary, LONGEST.body),
    body: cutText(item.body, LONGEST.body),
    author: cut(item.author, LONGEST.name),
    section: cut(item.section, LONGEST.name),
    language: cut(item.language, LONGEST.language),
    images: item.images
      .filter(({ url }) => isShort(url))
      .slice(0, MOST_IMAGES)
      .map(capImage),
    base: item.base !== undefined && isShort(item.base) ? item.base : undefined,
  };
}

/** A feed with every field cut to its limit. */
export function capFeed(feed: RawFeed): RawFeed {
  return {
    ...feed,
    title: cutText(feed.title, LONGEST.title),
    link: feed.link !== undefined && isShort(feed.link) ? feed.link : undefined,
    language: cut(feed.language, LONGEST.language),
    items: feed.items.map(capItem),
  };
}

const capImage = (image: RawImage): RawImage => ({
  ...image,
  alt: image.alt.slice(0, LONGEST.alt),
  ...(image.caption === undefined ? {} : { caption: image.caption.slice(0, LONGEST.alt) }),
  ...(image.credit === undefined ? {} : { credit: image.credit.slice(0, LONGEST.alt) }),
});
