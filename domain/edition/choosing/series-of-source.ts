import type { Article } from "../../article/article.ts";
import { bodyOf } from "../content/paragraphs.ts";
import type { Scored } from "./scoring/score.ts";

/** The series that a story belongs to, by a key; null: none. */
export type SeriesOf = (scored: Scored) => string | null;

/** Number of best stories in which series are looked for; a series beyond them doesn't reach the page. */
const LOOKED_AT = 300;
/** So many pieces of one pattern are a series. */
const ENOUGH = 3;
/** Longest title that is a label rather than a sentence, in words. */
const LABEL = 7;

/**
 * Finds the series that one source makes after a pattern: titles that begin with the same rubric ("Ratings: Orlow"), or
 * short labels without a verb that end with the same word ("Orlow Outperform", "Sunde Outperform") or whose texts begin
 * with the same words ("The analyst …"). A story of several sources is news, whatever its title.
 * @param pool best first
 */
export function seriesAmong(pool: readonly Scored[]): SeriesOf {
  const counts = new Map<string, number>();
  const patterns = new Map<Scored, string[]>();
  for (const scored of pool.slice(0, LOOKED_AT)) {
    if (scored.candidate.sources.length > 1) continue;
    const own = patternsOf(scored.candidate.article);
    patterns.set(scored, own);
    for (const pattern of own) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  }
  return (scored) => patterns.get(scored)?.find((pattern) => (counts.get(pattern) ?? 0) >= ENOUGH) ?? null;
}

/** The patterns of a title and its text, the most certain first. */
function patternsOf(article: Article): string[] {
  const { sourceId, title } = article;
  // bounded: the first 40 characters
  const [, rubric] = /^[^\p{L}]{0,2}(\p{L}[^:\]|]{1,40})\s?[:\]|]/u.exec(title) ?? [];
  const patterns = rubric === undefined ? [] : [`${sourceId} rubric ${rubric.toLowerCase()}`];
  const words = title.match(/[\p{L}\p{N}\p{M}'’.&-]+/gu) ?? [];
  if (words.length > LABEL || words.length < 2 || !words.every(isLabelWord)) return patterns;
  const [text = ""] = bodyOf(article);
  const opening = text.split(/\s+/u, 2).join(" ").toLowerCase();
  if (opening.length > 4) patterns.push(`${sourceId} text ${opening}`);
  return [...patterns, `${sourceId} end ${words.at(-1)?.toLowerCase()}`];
}

/** A name, a number, or a small word inside a name. */
const isLabelWord = (word: string): boolean => !/^\p{Ll}{4,}/u.test(word);
