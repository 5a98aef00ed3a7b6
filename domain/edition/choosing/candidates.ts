import type { Article } from "../../article/article.ts";
import { CLOCK_SKEW } from "../../article/dates/dates.ts";
import type { NewsletterConfig } from "../../config/newsletter-config.ts";
import { HOUR } from "../../time/durations.ts";
import { fromInstant, type Instant, toInstant, utcMinute } from "../../time/instant.ts";

/** How far the first edition looks back. */
const FIRST_LOOK = 24 * HOUR;
/** The same for an edition made from another newsletter. */
const FIRST_WEEK = 7 * 24 * HOUR;
/** Oldest news that is gathered after a long break: a week, plus a late start. */
const LONGEST_LOOK = 9 * 24 * HOUR;
/** Articles from this long before the window are also read, to recognise continuing news. */
const CONTEXT = 48 * HOUR;

/**
 * How far a window overlaps the last one. An article's time is taken shortly before it is written, by a clock that may
 * be slow, so it could be missing from the window of its time and too old for the next. Stories that already ran are
 * left out anyway.
 */
const OVERLAP = 2 * 60_000;

/** Articles that became news after `from` and up to `to` are candidates; those since `context` explain them. */
export type Window = { context: Instant; from: Instant; to: Instant };

/** @param last the cut-off of the last sent edition, or null. */
export function windowOf(last: Instant | null, to: Instant, { isOfEditions = false } = {}): Window {
  const end = fromInstant(to);
  const start =
    last === null
      ? end - (isOfEditions ? FIRST_WEEK : FIRST_LOOK)
      : Math.max(fromInstant(last) - OVERLAP, end - LONGEST_LOOK);
  const from = Math.min(start, end);
  return { context: toInstant(from - CONTEXT), from: toInstant(from), to };
}

/**
 * When an article became news: when it was first seen, or at its own date if that was in the future by more than clocks
 * differ.
 */
export function newsAt({ seenAt, published }: Pick<Article, "seenAt" | "published">): Instant {
  if (published === null || published <= seenAt) return seenAt;
  return fromInstant(published) - fromInstant(seenAt) > CLOCK_SKEW ? published : seenAt;
}

type Verdict =
  | { as: "candidate" }
  /** News of an earlier window, which may show that a story continues. */
  | { as: "context" }
  | { as: "left"; group: LeftGroup; reason: string };

type LeftGroup = "language" | "source" | "removed" | "archive" | "future" | "untitled" | "before";

type Reader = Pick<NewsletterConfig, "language" | "sources" | "title">;

/** Whether an article may be in an edition; if not, the reason as a sentence. */
export function judge(article: Article, window: Window, newsletter: Reader, inUse: (id: string) => boolean): Verdict {
  const left = (group: LeftGroup, reason: string): Verdict => ({ as: "left", group, reason });
  if (newsletter.sources && !newsletter.sources.includes(article.sourceId)) {
    return left("source", `${newsletter.title} does not read the source ${article.sourceTitle}.`);
  }
  if (!inUse(article.sourceId)) return left("removed", `Its source, ${article.sourceTitle}, was removed.`);
  if (article.archive) {
    return left("archive", "It was already old when its source first showed it, so it is archive and not news.");
  }
  if (article.title.trim() === "") return left("untitled", "It has no title to show.");
  if (article.language !== null && !isSameLanguage(article.language, newsletter.language)) {
    return left(
      "language",
      `It is in ${languageName(article.language)}, and the newsletter is in ${languageName(newsletter.language)}.`,
    );
  }
  const at = newsAt(article);
  if (at > window.to) return left("future", `Its own date, ${utcMinute(at)}, is still ahead, so it waits until then.`);
  if (at > window.from) return { as: "candidate" };
  if (at > window.context) return { as: "context" };
  return left("before", `It came at ${utcMinute(at)}, before the time this edition covers.`);
}

export type Sorted = {
  candidates: Article[];
  context: Article[];
  left: { article: Article; group: LeftGroup; reason: string }[];
};

/** Sorts articles into candidates, context, and left-out ones with the reason. */
export function sortCandidates(
  articles: readonly Article[],
  window: Window,
  newsletter: Reader,
  inUse: (sourceId: string) => boolean,
): Sorted {
  const sorted: Sorted = { candidates: [], context: [], left: [] };
  for (const article of articles) {
    const verdict = judge(article, window, newsletter, inUse);
    if (verdict.as === "candidate") sorted.candidates.push(article);
    else if (verdict.as === "context") sorted.context.push(article);
    else sorted.left.push({ article, group: verdict.group, reason: verdict.reason });
  }
  return sorted;
}

const isSameLanguage = (one: string, other: string): boolean => one === other || subtag(one) === subtag(other);

const subtag = (language: string): string => language.split(/[-_]/)[0]?.toLowerCase() ?? "";

/** A time for editors, to the minute: `2026-11-23 07:00 UTC`. */

function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(subtag(tag)) ?? tag;
  } catch {
    return `the language ${tag}`;
  }
}
