import * as z from "zod";
import { Instant } from "../time/instant.ts";

/** What made a date or a text doubtful when it was normalised. Editors see these words. */
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
  /** Empty where the source gave none. */
  alt: z.string(),
  width: z.number().int().positive().nullable(),
  height: z.number().int().positive().nullable(),
  /** What the source wrote under it, for everyone to read. */
  caption: z.string().optional(),
  /** Who made it. */
  credit: z.string().optional(),
});
export type ArticleImage = z.infer<typeof ArticleImage>;

/** What an article is where it isn't a text to read. */
export const Medium = z.enum(["video", "audio", "picture"]);
export type Medium = z.infer<typeof Medium>;

/** One item as a source published it, normalised: plain text only, canonical address, UTC dates. */
export const Article = z.strictObject({
  /** 24 hex digits: a hash of the source and the first identity the article was seen under. Never changes. */
  id: z.string(),
  sourceId: z.string(),
  sourceTitle: z.string(),
  /** Plain text, never HTML, white space collapsed. */
  title: z.string(),
  /** Canonical http(s) address. */
  url: z.string().nullable(),
  /** The source's own identity for it: guid, atom:id or JSON Feed id. */
  guid: z.string().nullable(),
  published: Instant.nullable(),
  doubts: z.array(Doubt),
  /** When Broadsheet first saw it; kept when the article changes. */
  seenAt: Instant,
  /** When it last changed here. */
  changedAt: Instant,
  /** Plain text, one paragraph; may be empty. */
  summary: z.string(),
  /** Plain-text paragraphs of the body the source syndicates; may be empty. With `text` an excerpt of them. */
  paragraphs: z.array(z.string()),
  /** The name of the whole text where that is kept apart (excerpt.ts). Absent: `paragraphs` are all of it. */
  text: z.string().optional(),
  author: z.string().nullable(),
  section: z.string().nullable(),
  /** BCP 47 primary language subtag, or null when nothing says so. */
  language: z.string().nullable(),
  image: ArticleImage.nullable(),
  /** Who published it first, where the source gathers from others; `sourceTitle` is this name then. */
  outlet: z.string().optional(),
  medium: Medium.optional(),
  /** True for what a source's first poll brought that was older than 72 h: stored, never a candidate. */
  archive: z.boolean(),
});
export type Article = z.infer<typeof Article>;

/** An article as a feed gives it, before it is stored: no id of ours and no first-seen time. */
export type DraftArticle = Omit<
  Article,
  "id" | "sourceId" | "sourceTitle" | "seenAt" | "changedAt" | "archive" | "text"
>;
