import { createHash } from "node:crypto";
import { isFrontPage, urlIdentity } from "./address.ts";
import type { Article, DraftArticle } from "./article.ts";
import { textName } from "./excerpt.ts";

/**
 * One of the names an article is known by. Aliases are looked up in this order, and the first that is known decides:
 * the page, the feed's own identity, the title at the time it was published, and, whatever source brings it, the page
 * under that title.
 */
export type Alias = {
  readonly kind: "url" | "guid" | "title" | "page" | "text";
  readonly hash: string;
  /** It may be looked up and never claimed: the page is another source's. */
  readonly foreign?: boolean;
};

/** Titles with less in them are used again and again: "Morning briefing". Letters and digits. */
const TELLING_TITLE = 20;
const HOUR = 3600_000;

const sha = (...parts: readonly string[]) => createHash("sha256").update(parts.join("\n")).digest("hex");

/** 24 hex digits: of the source and the first identity that an article was seen under. */
export const articleId = (sourceId: string, first: Alias): string =>
  sha("article", sourceId, first.kind, first.hash).slice(0, 24);

/** A title without case, accents, punctuation and spacing: two spellings of one title have the same. */
export function titleFingerprint(title: string): string {
  return title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** What several items of one document share says nothing about any of them. */
export type Shared = {
  readonly guids: ReadonlySet<string>;
  readonly pages: ReadonlySet<string>;
  readonly titles: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
};

/** The guids and pages that items of one document with different titles share, and the titles of different pages. */
export function sharedIdentities(drafts: readonly DraftArticle[]): Shared {
  const title = (draft: DraftArticle) => titleFingerprint(draft.title);
  const page = (draft: DraftArticle) => (draft.url === null ? null : urlIdentity(draft.url));
  return {
    guids: repeated(
      drafts,
      (draft) => draft.guid,
      (draft) => `${title(draft)} ${page(draft) ?? ""}`,
    ),
    pages: repeated(drafts, page, title),
    titles: repeated(drafts, title, (draft) => page(draft) ?? draft.guid ?? ""),
    texts: repeated(drafts, textFingerprint, (draft) => page(draft) ?? draft.guid ?? title(draft)),
  };
}

/** Texts with less in them are said again and again: "This article is for subscribers." Characters. */
const TELLING_TEXT = 200;

/** What tells an article's whole text from others, null where there is too little of it. */
function textFingerprint({ paragraphs }: Pick<DraftArticle, "paragraphs">): string | null {
  const text = paragraphs.join(" ");
  return text.length < TELLING_TEXT ? null : sha("text", titleFingerprint(text));
}

/** Identities that come with more than one other mark. */
function repeated(
  drafts: readonly DraftArticle[],
  identity: (draft: DraftArticle) => string | null,
  mark: (draft: DraftArticle) => string,
): Set<string> {
  const marks = new Map<string, Set<string>>();
  for (const draft of drafts) {
    const key = identity(draft);
    if (key !== null) marks.set(key, (marks.get(key) ?? new Set()).add(mark(draft)));
  }
  return new Set([...marks].filter(([, of]) => of.size > 1).map(([key]) => key));
}

/** The name under which a source's article about this page is found, if it ever brought one. */
export const pageAlias = (sourceId: string, canonical: string): Alias => ({
  kind: "url",
  hash: sha("url", sourceId, urlIdentity(canonical)),
});

/** A source as far as it says which pages are its own. */
type Publisher = { readonly id: string; readonly url: string; readonly addedUrl: string | null };

/**
 * The name of a page under its title, whatever source brings it. Only a source of the page's own site may claim it:
 * anyone who comes first would otherwise have the outlet's article in its hands. Others look it up, and share a name among
 * the feeds of their own host.
 */
function pageNames(source: Publisher, url: string, page: string, title: string): Alias[] {
  const own: Alias = { kind: "page", hash: sha("page", page, title) };
  const sites = [source.url, source.addedUrl].flatMap((one) => siteOf(one) ?? []);
  const site = siteOf(url);
  if (site !== null && sites.some((one) => site === one || site.endsWith(`.${one}`))) return [own];
  const shared: Alias[] = sites[0] === undefined ? [] : [{ kind: "page", hash: sha("page", sites[0], page, title) }];
  return [{ ...own, foreign: true }, ...shared];
}

/** First labels of hosts that serve an outlet's feeds or its pages for other screens. */
const SERVICE = /^(?:www\d?|m|mobile|amp|feeds?|rss\d?|xml|syndication|api)\.(?=[^.]+\.)/;

function siteOf(url: string | null): string | null {
  const parsed = url === null ? null : URL.parse(url);
  return parsed === null || parsed.hostname === "" ? null : `${parsed.hostname.replace(SERVICE, "")}${portOf(parsed)}`;
}
const portOf = ({ port }: URL) => (port === "" ? "" : `:${port}`);

/**
 * Every name an article of this source is known by. Two of a source's articles that share one are the same article,
 * except for the title, which mayBeSame decides.
 */
export function aliasesOf(source: Publisher, draft: DraftArticle, shared: Shared): Alias[] {
  const sourceId = source.id;
  const aliases: Alias[] = [];
  const page = draft.url === null ? null : urlIdentity(draft.url);
  const title = titleFingerprint(draft.title);
  if (page !== null && draft.url !== null && !shared.pages.has(page) && !isFrontPage(draft.url)) {
    aliases.push(pageAlias(sourceId, draft.url));
  }
  if (draft.guid !== null && !shared.guids.has(draft.guid)) {
    aliases.push({ kind: "guid", hash: sha("guid", sourceId, draft.guid) });
  }
  if (title.replaceAll(" ", "").length >= TELLING_TITLE && !draft.doubts.includes("title-missing")) {
    if (!shared.titles.has(title)) aliases.push({ kind: "title", hash: sha("title", sourceId, title) });
  }
  if (title !== "" && page !== null && draft.url !== null && !isFrontPage(draft.url)) {
    aliases.push(...pageNames(source, draft.url, page, title));
  }
  const text = textFingerprint(draft);
  if (text !== null && !shared.texts.has(text)) aliases.push({ kind: "text", hash: sha("body", sourceId, text) });
  // Nothing to know it by: then its whole text is its name.
  if (aliases.every(({ foreign }) => foreign === true))
    aliases.push({ kind: "guid", hash: sha("text", sourceId, title, draft.summary, page ?? "") });
  return aliases;
}

/**
 * Whether an article known by one of a draft's aliases is that draft. A title alone is believed only where the times
 * agree too, for a series runs under one title: published within an hour, or undated and seen within a day. A text alone
 * is believed for two days: later, someone prints it again.
 */
export function mayBeSame(alias: Alias, known: Article, draft: DraftArticle, now: number): boolean {
  if (alias.kind === "url") return !isNextOnPage(known, draft);
  if (alias.kind === "guid") return !isNextOfSeries(known, draft);
  if (alias.kind === "text") return now - Date.parse(known.seenAt) <= 48 * HOUR;
  if (alias.kind !== "title") return true;
  if (known.published !== null && draft.published !== null) {
    return Math.abs(Date.parse(known.published) - Date.parse(draft.published)) <= HOUR;
  }
  return known.published === draft.published && now - Date.parse(known.seenAt) <= 24 * HOUR;
}

/** Some pages are filled again, a bulletin or a list of changes: another identity with another title and text is another. */
const isNextOnPage = (known: Article, draft: DraftArticle): boolean =>
  known.guid !== null &&
  draft.guid !== null &&
  known.guid !== draft.guid &&
  titleFingerprint(known.title) !== titleFingerprint(draft.title) &&
  (known.paragraphs.length === 0 || !hasSameText(known, draft));

/** One identity and one title on two pages with two texts are two pieces of a series. */
const isNextOfSeries = (known: Article, draft: DraftArticle): boolean =>
  known.url !== null &&
  draft.url !== null &&
  urlIdentity(known.url) !== urlIdentity(draft.url) &&
  titleFingerprint(known.title) === titleFingerprint(draft.title) &&
  (known.paragraphs.length === 0 || !hasSameText(known, draft));

/** What a source can change about an article; the rest is ours. */
const CHANGEABLE = ["title", "url", "published", "summary", "author", "section", "language"] as const;

/**
 * An article keeps the first date it had: software that dates every item again at each fetch makes no news. A date that
 * was ahead when the article was first seen may be put off, and one without a date may get one from before it was seen.
 */
function firstDate(known: Article, draft: DraftArticle): string | null {
  const isAhead = known.published !== null && known.published >= known.seenAt;
  if (known.published === null)
    return draft.published !== null && draft.published <= known.seenAt ? draft.published : null;
  return isAhead ? (draft.published ?? known.published) : known.published;
}

/** The article with what its source now says, or null where it says the same. */
export function changedArticle(known: Article, now: DraftArticle, at: string): Article | null {
  const draft = { ...now, published: firstDate(known, now) };
  const same =
    CHANGEABLE.every((field) => known[field] === draft[field]) &&
    hasSameText(known, draft) &&
    JSON.stringify(known.image) === JSON.stringify(draft.image);
  if (same) return null;
  const { text: _, ...kept } = known;
  return { ...kept, ...draft, guid: known.guid ?? draft.guid, changedAt: at };
}

/** A text that is kept apart is compared by its name. */
const hasSameText = ({ text, paragraphs }: Article, draft: DraftArticle): boolean =>
  text === undefined ? sameText(paragraphs, draft.paragraphs) : text === textName(draft.paragraphs);

const sameText = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((paragraph, index) => paragraph === b[index]);
