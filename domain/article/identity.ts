import { createHash } from "node:crypto";
import { DAY, HOUR } from "../time/durations.ts";
import { isFrontPage, urlIdentity } from "./address.ts";
import type { Article, DraftArticle, GivenText } from "./article.ts";
import { CLOCK_SKEW } from "./dates/dates.ts";
import { textName } from "./excerpt.ts";
import { commonWords } from "./stories/common-words.ts";

/**
 * An alias of an article. Aliases are looked up in this order, and the first known one decides: the page, the feed's
 * own id, the title at its publication time, and the page under that title for any source.
 */
export type Alias = {
  readonly kind: "url" | "guid" | "title" | "page" | "text";
  readonly hash: string;
  /** It may be looked up but not claimed: the page is another source's, or the text may be a notice. */
  readonly foreign?: boolean;
};

/** Least letters and digits of a title; shorter titles are reused, such as "Morning briefing". */
const TELLING_TITLE = 20;

const sha = (...parts: readonly string[]) => createHash("sha256").update(parts.join("\n")).digest("hex");

/** 24 hex digits of the source and the article's first identity. */
export const articleId = (sourceId: string, first: Alias): string =>
  sha("article", sourceId, first.kind, first.hash).slice(0, 24);

/** A title without case, accents, punctuation and spacing, to compare spellings. */
export function titleFingerprint(title: string): string {
  return title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Values shared by several items of one document don't identify any of them. */
export type Shared = {
  readonly guids: ReadonlySet<string>;
  readonly pages: ReadonlySet<string>;
  readonly titles: ReadonlySet<string>;
  readonly texts: ReadonlySet<string>;
};

/** Guids and pages shared by items with different titles, and titles shared by different pages. */
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

/** Least characters of a text; shorter ones are repeated, such as "This article is for subscribers." */
const TELLING_TEXT = 200;

/** Characters of a text in which it has a word of its title. */
const ABOUT = 4000;

/** A fingerprint of an article's whole text; null: too short. */
function textFingerprint({ paragraphs, given }: Pick<DraftArticle, "paragraphs" | "given">): string | null {
  if (given !== undefined) return given.fingerprint;
  const text = paragraphs.join(" ");
  return text.length < TELLING_TEXT ? null : sha("text", titleFingerprint(text));
}

/**
 * Whole texts identify an article within its source. One that has no word of its title may be a notice, so it is no
 * article's own; under another headline of a known article it is.
 */
function textAliases(sourceId: string, draft: DraftArticle, shared: Shared): Alias[] {
  const text = textFingerprint(draft);
  if (text === null || shared.texts.has(text)) return [];
  const alias: Alias = { kind: "text", hash: sha("body", sourceId, text) };
  return [
    isAbout(titleFingerprint(draft.paragraphs.join(" ").slice(0, ABOUT)), titleFingerprint(draft.title))
      ? alias
      : { ...alias, foreign: true },
  ];
}

type WithText = Pick<Article, "summary" | "paragraphs" | "text" | "given">;

/** The identity of a text before lines that its feed repeats are removed. */
export const givenText = (article: WithText): GivenText => ({
  name: givenName(article),
  fingerprint: textFingerprint(article),
});

const givenName = ({ given, summary, text, paragraphs }: WithText): string =>
  given?.name ?? sha("given", summary, text ?? textName(paragraphs)).slice(0, 24);

/** Words of four letters and more, and two letters of scripts without spaces. */
const WORDS = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]{2}|(?<![\p{L}\p{N}])[\p{L}\p{N}]{4,}/gu;

/** Whether a text has a word of its title; a notice, such as that the rest is for subscribers, has none. */
function isAbout(text: string, title: string): boolean {
  const words = (title.match(WORDS) ?? []).filter((word) => !commonWords.has(word));
  return words.length === 0 || words.some((word) => text.includes(word.slice(0, 5)));
}

/** Values that occur with more than one other value. */
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

/** The alias of a source's article for this page. */
export const pageAlias = (sourceId: string, canonical: string): Alias => ({
  kind: "url",
  hash: sha("url", sourceId, urlIdentity(canonical)),
});

/** The fields of a source that show which pages are its own. */
type Publisher = { readonly id: string; readonly url: string; readonly addedUrl: string | null };

/**
 * The alias of a page with its title, for any source. Only a source of the page's own site may claim it, because
 * otherwise the first claimant would control the outlet's article. Others only look it up, and share another alias
 * among the feeds of their own host.
 */
function pageNames(source: Publisher, url: string, page: string, title: string): Alias[] {
  const own: Alias = { kind: "page", hash: sha("page", page, title) };
  if (isOwnPage(source, url)) return [own];
  const [site] = addressesOf(source).flatMap((one) => siteOf(one) ?? []);
  const shared: Alias[] = site === undefined ? [] : [{ kind: "page", hash: sha("page", site, page, title) }];
  return [{ ...own, foreign: true }, ...shared];
}

const addressesOf = ({ url, addedUrl }: Publisher) => [url, addedUrl];

/** Whether a page is on its source's own site. */
export function isOwnPage(source: Publisher, url: string): boolean {
  const site = siteOf(url);
  if (site === null) return false;
  // On a host where anyone may have a name, feeds.host.example is someone's, and its neighbours aren't.
  return addressesOf(source).some((one) => site === siteOf(one) || site.endsWith(`.${siteOf(one, WWW) ?? " "}`));
}

/** First labels of hosts for an outlet's feeds, or for its pages on other screens. */
const SERVICE = /^(?:www\d?|m|mobile|amp|feeds?|rss\d?|xml|syndication|api)\.(?=[^.]+\.)/;

const WWW = /^www\./;

function siteOf(url: string | null, service = SERVICE): string | null {
  const parsed = url === null ? null : URL.parse(url);
  return parsed === null || parsed.hostname === "" ? null : `${parsed.hostname.replace(service, "")}${portOf(parsed)}`;
}
const portOf = ({ port }: URL) => (port === "" ? "" : `:${port}`);

/**
 * All aliases of an article of this source. Two articles of a source with a common alias are the same, except for the
 * title, for which mayBeSame decides.
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
  aliases.push(...textAliases(sourceId, draft, shared));
  // Without other identities, its whole text is the alias.
  if (aliases.every(({ foreign }) => foreign === true))
    aliases.push({ kind: "guid", hash: sha("text", sourceId, title, draft.summary, page ?? "") });
  return aliases;
}

/**
 * Whether an article with one of a draft's aliases is the same. A title counts only if the times agree too, because a
 * series has one title: published within an hour, or undated and seen within a day. A text counts for two days after the
 * article last changed, because it may be reprinted later.
 */
export function mayBeSame(alias: Alias, known: Article, draft: DraftArticle, now: number): boolean {
  if (alias.kind === "url") return !isNextOnPage(known, draft);
  if (alias.kind === "guid") return !isNextOfSeries(known, draft);
  if (alias.kind === "text") return now - Date.parse(known.changedAt) <= 48 * HOUR;
  if (alias.kind !== "title") return true;
  if (known.published !== null && draft.published !== null) {
    return Math.abs(Date.parse(known.published) - Date.parse(draft.published)) <= HOUR;
  }
  return known.published === draft.published && now - Date.parse(known.seenAt) <= 24 * HOUR;
}

/**
 * Some pages get new content, such as a bulletin or a changelog: with another id, title and text, it is another
 * article.
 */
const isNextOnPage = (known: Article, draft: DraftArticle): boolean =>
  known.guid !== null &&
  draft.guid !== null &&
  known.guid !== draft.guid &&
  titleFingerprint(known.title) !== titleFingerprint(draft.title) &&
  (known.paragraphs.length === 0 || !hasSameText(known, draft));

/** The same id and title on two pages with different texts are two parts of a series. */
const isNextOfSeries = (known: Article, draft: DraftArticle): boolean =>
  known.url !== null &&
  draft.url !== null &&
  urlIdentity(known.url) !== urlIdentity(draft.url) &&
  titleFingerprint(known.title) === titleFingerprint(draft.title) &&
  (known.paragraphs.length === 0 || !hasSameText(known, draft));

/** The fields of an article that its source can change. */
const CHANGEABLE = ["title", "url", "published", "author", "section", "language"] as const;

/**
 * An article keeps its first date, so software that re-dates every item at each fetch makes no news. An undated article
 * may get a date from before it was seen. A date that is still ahead may be brought forward, or postponed by more than
 * a day: software that writes its local time as UTC re-dates by hours.
 */
function firstDate(known: Article, { published }: DraftArticle, now: number): string | null {
  if (known.published === null) return published !== null && published <= known.seenAt ? published : null;
  if (published === null || !isWaiting(known, now)) return known.published;
  return published < known.published || Date.parse(published) > now + DAY ? published : known.published;
}

/** Whether an article's date is still ahead, by more than clocks differ. */
export const isWaiting = ({ published }: Pick<Article, "published">, now: number): boolean =>
  published !== null && Date.parse(published) > now + CLOCK_SKEW;

/** The article updated by its source; null: nothing changed. */
export function changedArticle(known: Article, now: DraftArticle, at: string): Article | null {
  const draft = { ...now, published: firstDate(known, now, Date.parse(at)) };
  const same =
    CHANGEABLE.every((field) => known[field] === draft[field]) &&
    hasSameText(known, draft) &&
    (known.summary === draft.summary || givenName(known) === givenName(draft)) &&
    JSON.stringify(known.image) === JSON.stringify(draft.image);
  if (same) return null;
  const { text: _, given: __, ...kept } = known;
  return { ...kept, ...draft, guid: known.guid ?? draft.guid, changedAt: at };
}

/**
 * A text that is stored separately is compared by its name. Which lines a feed repeats may differ from poll to poll, so
 * the same text as given is the same.
 */
const hasSameText = (known: Article, draft: DraftArticle): boolean =>
  (known.text === undefined
    ? sameText(known.paragraphs, draft.paragraphs)
    : known.text === textName(draft.paragraphs)) || givenName(known) === givenName(draft);

const sameText = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((paragraph, index) => paragraph === b[index]);
