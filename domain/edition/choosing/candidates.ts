import type { Article } from "../../article/article.ts";
import { CLOCK_SKEW } from "../../article/dates/dates.ts";
import type { NewsletterConfig } from "../../config/newsletter-config.ts";
import { fromInstant, type Instant, toInstant } from "../../time/instant.ts";

const HOUR = 3_600_000;
/** Without an edition before it, an edition looks back so far. */
const FIRST_LOOK = 24 * HOUR;
/** The same of an edition that is made from another newsletter's. */
const FIRST_WEEK = 7 * 24 * HOUR;
/** However long no edition went out, news older than this isn't gathered for the next: a week, and a late start. */
const LONGEST_LOOK = 9 * 24 * HOUR;
/** Articles of this long before the window are read too: they tell which news is only going on. */
const CONTEXT = 48 * HOUR;

/**
 * A window begins so long before the last cut-off. An article is seen a moment before it is written, by a clock that
 * may be a little behind: in the window of its instant it was not there yet, and no later one would look
 * back for it. What did run before stays out by itself.
 */
const OVERLAP = 2 * 60_000;

/** Articles that became news after `from` and up to `to` are candidates; those since `context` explain them. */
export type Window = { context: Instant; from: Instant; to: Instant };

/** @param last the cut-off of the last edition that ran, or null. */
export function windowOf(last: Instant | null, to: Instant, { isOfEditions = false } = {}): Window {
  const end = fromInstant(to);
  const start =
    last === null
      ? end - (isOfEditions ? FIRST_WEEK : FIRST_LOOK)
      : Math.max(fromInstant(last) - OVERLAP, end - LONGEST_LOOK);
  const from = Math.min(start, end);
  return { context: toInstant(from - CONTEXT), from: toInstant(from), to };
}

/** When an article became news: on being seen, or at its own date where that was ahead by more than clocks differ. */
export function newsAt({ seenAt, published }: Pick<Article, "seenAt" | "published">): Instant {
  if (published === null || published <= seenAt) return seenAt;
  return fromInstant(published) - fromInstant(seenAt) > CLOCK_SKEW ? published : seenAt;
}

export type Verdict =
  | { as: "candidate" }
  /** News of an earlier window: it may show that a story is going on. */
  | { as: "context" }
  | { as: "left"; group: LeftGroup; reason: string };

type LeftGroup = "language" | "source" | "removed" | "archive" | "future" | "untitled" | "before";

type Reader = Pick<NewsletterConfig, "language" | "sources" | "title">;

/** Whether an article may be in an edition, and if not, why in a sentence. */
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
  if (article.language !== null && subtag(article.language) !== subtag(newsletter.language)) {
    return left(
      "language",
      `It is in ${languageName(article.language)}, and the newsletter is in ${languageName(newsletter.language)}.`,
    );
  }
  const at = newsAt(article);
  if (at > window.to) return left("future", `Its own date, ${minute(at)}, is still ahead, so it waits until then.`);
  if (at > window.from) return { as: "candidate" };
  if (at > window.context) return { as: "context" };
  return left("before", `It came at ${minute(at)}, before the time this edition covers.`);
}

export type Sorted = {
  candidates: Article[];
  context: Article[];
  left: { article: Article; group: LeftGroup; reason: string }[];
};

/** Sorts what was seen into what an edition may use, what explains it, and what stays out with why. */
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

const subtag = (language: string): string => language.split(/[-_]/)[0]?.toLowerCase() ?? "";

/** An instant as editors read it, to the minute: `2026-11-23 07:00 UTC`. */
export const minute = (instant: Instant): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(subtag(tag)) ?? tag;
  } catch {
    return `the language ${tag}`;
  }
}
