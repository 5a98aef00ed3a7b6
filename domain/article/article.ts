import * as z from "zod";
import { Instant } from "../time/instant.ts";

/** Doubts about a date or a text from normalising it, shown to editors. */
export const Doubt = z.enum([
  "date-missing",
  "date-unparseable",
  "date-in-future",
  "date-without-zone",
  "title-missing",
  "url-missing",
  "url-refused",
  "language-guessed",
]);
export type Doubt = z.infer<typeof Doubt>;

export const ArticleImage = z.strictObject({
  url: z.string(),
  /** Empty: the source gave none. */
  alt: z.string(),
  width: z.number().int().positive().nullable(),
  height: z.number().int().positive().nullable(),
  /** The source's caption. */
  caption: z.string().optional(),
  /** Who made it. */
  credit: z.string().optional(),
});
export type ArticleImage = z.infer<typeof ArticleImage>;

/** The form of an article that isn't a text. */
export const Medium = z.enum(["video", "audio", "picture"]);
export type Medium = z.infer<typeof Medium>;

/**
 * What identifies a text whatever lines of it are removed: with fewer items, a feed may not show that it repeats them.
 * `name` is the exact text's, `fingerprint` the text alias's (null: none).
 */
export const GivenText = z.strictObject({ name: z.string(), fingerprint: z.string().nullable() });
export type GivenText = z.infer<typeof GivenText>;

/** One normalised item of a source: plain text only, canonical address, UTC dates. */
export const Article = z.strictObject({
  /** 24 hex digits: a hash of the source and the article's first identity. Never changes. */
  id: z.string(),
  sourceId: z.string(),
  sourceTitle: z.string(),
  /** Plain text, never HTML, white space collapsed. */
  title: z.string(),
  /** Canonical http(s) address. */
  url: z.string().nullable(),
  /** The source's own id: guid, atom:id or JSON Feed id. */
  guid: z.string().nullable(),
  published: Instant.nullable(),
  doubts: z.array(Doubt),
  /** When Broadsheet first saw it; kept when the article changes. */
  seenAt: Instant,
  /** When it last changed here. */
  changedAt: Instant,
  /** Plain text, one paragraph; may be empty. */
  summary: z.string(),
  /** Plain-text paragraphs of the syndicated body; may be empty. With `text`, only an excerpt. */
  paragraphs: z.array(z.string()),
  /** The name of the whole text if it is stored separately (excerpt.ts). Absent: `paragraphs` is the whole text. */
  text: z.string().optional(),
  /** The text as its feed gives it, if lines that the feed repeats were removed. */
  given: GivenText.optional(),
  author: z.string().nullable(),
  section: z.string().nullable(),
  /** BCP 47 primary language subtag; null: unknown. */
  language: z.string().nullable(),
  image: ArticleImage.nullable(),
  /** The original publisher, if the source collects from others; `sourceTitle` is then this name. */
  outlet: z.string().optional(),
  medium: Medium.optional(),
  /** Present: its page isn't on its source's own site. */
  elsewhere: z.literal(true).optional(),
  /** True for articles older than 72 h from a source's first poll: stored, but never candidates. */
  archive: z.boolean(),
});
export type Article = z.infer<typeof Article>;

/** An article from a feed before it is stored, without our id and first-seen time. */
export type DraftArticle = Omit<
  Article,
  "id" | "sourceId" | "sourceTitle" | "seenAt" | "changedAt" | "archive" | "text" | "elsewhere"
>;
