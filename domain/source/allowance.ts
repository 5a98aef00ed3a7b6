import type { DraftArticle } from "../article/article.ts";
import { toInstant } from "../time/instant.ts";
import type { Source } from "./source.ts";

/** Limits of what one source may add or change: more than any newsroom publishes, but one feed can't fill the table. */
const POLL = { articles: 500, bytes: 4_000_000 } as const;
const DAY = { articles: 2000, bytes: 16_000_000 } as const;
/** Time between two notices to editors about a source over its limit. Milliseconds. */
const REPORT_AGAIN = 30 * 24 * 3600_000;

/** A source's remaining allowance for one document, and what was used; updated as articles land. */
export type Allowance = { articles: number; bytes: number; landed: number; landedBytes: number };

type Usage = Pick<Source, "landedOn" | "landedArticles" | "landedBytes">;

export function openAllowance(source: Source, now: number): Allowance {
  const { landedArticles, landedBytes } = usageToday(source, now);
  return {
    articles: Math.max(0, Math.min(POLL.articles, DAY.articles - landedArticles)),
    bytes: Math.max(0, Math.min(POLL.bytes, DAY.bytes - landedBytes)),
    landed: 0,
    landedBytes: 0,
  };
}

/** Uses the allowance for an article. False: not enough is left, and the article is dropped. */
export function takeShare(allowance: Allowance, draft: DraftArticle): boolean {
  const size = sizeOf(draft);
  if (allowance.articles < 1 || allowance.bytes < size) return false;
  allowance.articles -= 1;
  allowance.bytes -= size;
  allowance.landed += 1;
  allowance.landedBytes += size;
  return true;
}

/** The source's usage including this document, by UTC day. */
export function usageAfter(source: Source, { landed, landedBytes }: Allowance, now: number): Usage {
  if (landed === 0)
    return { landedOn: source.landedOn, landedArticles: source.landedArticles, landedBytes: source.landedBytes };
  const today = usageToday(source, now);
  return {
    landedOn: dayOf(now),
    landedArticles: today.landedArticles + landed,
    landedBytes: today.landedBytes + landedBytes,
  };
}

function usageToday(source: Source, now: number): { landedArticles: number; landedBytes: number } {
  return source.landedOn === dayOf(now) ? source : { landedArticles: 0, landedBytes: 0 };
}

const dayOf = (now: number) => toInstant(now).slice(0, 10);
/** An article's approximate size in the table. */
const sizeOf = (draft: DraftArticle) => new TextEncoder().encode(JSON.stringify(draft)).byteLength;

/** If a document may exceed the allowance, its newest articles land first and the oldest are dropped. */
export function newestFirst(drafts: readonly DraftArticle[], { articles, bytes }: Allowance): number[] {
  const order = drafts.map((_, index) => index);
  const most = drafts.reduce((sum, draft) => sum + lengthOf(draft), 0);
  if (drafts.length <= articles && most * LARGEST <= bytes) return order;
  const date = (index: number) => drafts[index]?.published ?? "";
  return order.sort((a, b) => (date(a) === date(b) ? a - b : date(a) < date(b) ? 1 : -1));
}

/** Most bytes of a character, and an article's bytes besides its text. */
const LARGEST = 3;
const lengthOf = ({ title, summary, paragraphs }: DraftArticle) =>
  paragraphs.reduce((sum, one) => sum + one.length, title.length + summary.length + 1000);

/** Whether to notify the editors that this source is over its limit. */
export const isLimitNews = (source: Source, now: number): boolean =>
  source.limitReportedAt === null || now - Date.parse(source.limitReportedAt) > REPORT_AGAIN;
