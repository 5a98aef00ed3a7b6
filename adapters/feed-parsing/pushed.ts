import type { DraftArticle } from "#domain/article/article.ts";
import { withoutDoubleEscapes } from "./items/double-escapes.ts";
import type { RawItem, RawText } from "./items/map.ts";
import { normaliseFeed, type Refusal } from "./items/normalise.ts";

/** An article as an API client pushes it; null and missing are the same. */
export type PushedItem = {
  readonly id?: string | null | undefined;
  readonly title: string;
  readonly url?: string | null | undefined;
  readonly published?: string | null | undefined;
  readonly summary?: string | null | undefined;
  readonly content_html?: string | null | undefined;
  readonly content_text?: string | null | undefined;
  readonly author?: string | null | undefined;
  readonly section?: string | null | undefined;
  readonly language?: string | null | undefined;
  readonly image?: { readonly url: string; readonly alt?: string | null | undefined } | null | undefined;
};

/**
 * Normalises pushed articles like a feed's, in order, so the same article looks the same whether pushed or polled, and
 * lands once. Each is read separately, because an article must not change with the others in its push.
 */
export const normalisePushed = (items: readonly PushedItem[], now: number): (DraftArticle | Refusal)[] =>
  items.flatMap((item) => {
    const feed = { title: undefined, self: [], link: undefined, language: undefined, items: [toItem(item)] };
    const { articles, refused } = normaliseFeed(withoutDoubleEscapes(feed), undefined, now);
    return [...articles, ...refused];
  });

const text = (value: string | null | undefined): RawText | undefined =>
  value == null ? undefined : { value, wording: "unsaid" };

function toItem(item: PushedItem): RawItem {
  const { id, url, published, content_html: html, image } = item;
  return {
    title: text(item.title),
    links: url == null ? [] : [url],
    guid: id ?? undefined,
    dates: [published ?? undefined],
    summary: text(item.summary),
    body: html == null ? text(item.content_text) : { value: html, wording: "html" },
    author: item.author ?? undefined,
    section: item.section ?? undefined,
    language: item.language ?? undefined,
    images: image == null ? [] : [{ url: image.url, alt: image.alt ?? "", width: null, height: null }],
    base: undefined,
  };
}
