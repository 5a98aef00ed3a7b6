import type { Article } from "#domain/article/article.ts";
import type { TextPlace } from "#domain/article/excerpt.ts";
import type { PushKey } from "#domain/source/push-key.ts";
import type { Source } from "#domain/source/source.ts";
import type { Instant } from "#domain/time/instant.ts";

/**
 * Where articles are kept, with the sources and the pushes that bring them. A method that returns `boolean` is one
 * conditional write: false means that the condition didn't hold and nothing was written.
 */

/** Where an article is kept: the instant it was first seen, and its id. */
export type ArticlePlace = { readonly seenAt: Instant; readonly id: string };

/** With its expiry in epoch seconds; undefined: it was stored by a version in which articles didn't expire. */
export type KnownPlace = ArticlePlace & { readonly keptUntil?: number | undefined };

export type ArticleStore = {
  /** First seen after `from`, up to and including `to`. Of long texts an excerpt. */
  seenBetween(from: Instant, to: Instant): Promise<Article[]>;
  /** The places that aliases lead to, strongly consistent; unknown aliases are missing. */
  places(hashes: readonly string[]): Promise<Map<string, KnownPlace>>;
  /** Makes an alias lead to a place, unless it already leads somewhere. Returns where it leads now. */
  claim(hash: string, place: ArticlePlace, keptUntil: number): Promise<KnownPlace>;
  /** Moves an alias from one place to another. False: it led elsewhere. */
  redirect(hash: string, from: ArticlePlace, to: ArticlePlace): Promise<boolean>;
  /** The articles at these places, by id, strongly consistent. Of long texts an excerpt. */
  read(places: readonly ArticlePlace[]): Promise<Map<string, Article>>;
  /** Separately stored whole texts, by the article's id. Expired ones are missing. */
  texts(places: readonly TextPlace[]): Promise<Map<string, string[]>>;
  /** Stores a new article with its whole text. False: there is one at its place. */
  add(article: Article, keptUntil: number): Promise<boolean>;
  /** Replaces an article, including its whole text. False: it changed since `before`. */
  replace(before: Article, after: Article, keptUntil: number): Promise<boolean>;
  /** Extends the expiry of an article, its text and these aliases, in epoch seconds. Expired items aren't restored. */
  keep(article: Article, hashes: readonly string[], keptUntil: number): Promise<void>;
};

export type SourceStore = {
  /** Removed sources too. */
  all(): Promise<Source[]>;
  /** The sources in use. */
  list(): Promise<Source[]>;
  get(id: string): Promise<Source | undefined>;
  /** False: there is one with that id. */
  add(source: Source): Promise<boolean>;
  put(source: Source): Promise<void>;
  /** False: another poll or push wrote since. */
  savePoll(before: Source, after: Source): Promise<boolean>;
  /** Records that the editors are notified. False: they were already, or the source works again. */
  markReported(source: Source, at: Instant): Promise<boolean>;
  /** A source's id, once for each of its articles that is shown. */
  countUse(ids: readonly string[]): Promise<void>;
};

export type PushKeyStore = {
  get(sourceId: string): Promise<PushKey | undefined>;
  put(key: PushKey): Promise<void>;
};

/** Answers to pushes, by the client's idempotency key. */
type Receipt = { bodyHash: string; startedAt: number; answer: string | null };

export type ReceiptStore = {
  /** False: there is one that hasn't expired. `expires`: epoch milliseconds. */
  open(sourceId: string, name: string, receipt: Receipt, expires: number): Promise<boolean>;
  read(sourceId: string, name: string): Promise<Receipt | undefined>;
  /** False: it is answered, or another process has taken it over. */
  update(
    sourceId: string,
    name: string,
    startedAt: number,
    change: { startedAt: number; answer: string | null },
  ): Promise<boolean>;
};
