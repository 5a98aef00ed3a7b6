import type { Article } from "../../article/article.ts";
import { retoldStories } from "../../article/stories/retold.ts";
import { byScore, type Scored } from "./scoring/score.ts";

/** Number of best stories that are compared by their texts too: a page, and as many again and more. */
const NEAR_PAGE = 60;
/** Number of best stories whose headline is chosen again. */
const ON_PAGE = 40;
/** So many of the best are looked at for stories of several sources, which may be one with a story of the page. */
const FURTHER = 120;
/** Articles, of the best stories, that show which words are rare. */
export const SAMPLE = 400;

/** The best stories, and further ones of several sources. @param stories best first */
export const nearPage = <T>(stories: readonly T[], isShared: (story: T) => boolean): T[] =>
  stories.slice(0, FURTHER).filter((story, place) => place < NEAR_PAGE || isShared(story));

/**
 * Looks more closely at the stories near the page, which would take too long for all: joins those that tell one event in
 * other words, and shows each by its most typical headline.
 * @param scored best first
 * @param retell scores the one story of these articles; empty: none is new
 * @returns the stories, best first
 */
export function lookAgain(
  scored: readonly Scored[],
  retell: (articles: readonly Article[]) => readonly Scored[],
): Scored[] {
  const near = nearPage(scored, ({ candidate }) => candidate.sources.length > 1);
  const joined = retoldStories(
    near.map(({ candidate }) => candidate.articles),
    sampleOf(scored),
  );
  const taken = new Set(joined.flat());
  const alone = near.flatMap(({ candidate }, place) =>
    place < ON_PAGE && candidate.articles.length > 1 && !taken.has(place) ? [[place]] : [],
  );
  const parts = [...joined, ...alone].map((group) => group.flatMap((place) => near[place] ?? []));
  if (parts.length === 0) return [...scored];
  const gone = new Set(parts.flat());
  const made = parts.flatMap((stories) => {
    const whole = retell(stories.flatMap(({ candidate }) => candidate.articles));
    return whole.length === 0 ? stories : whole;
  });
  return [...made, ...scored.filter((one) => !gone.has(one))].toSorted(byScore);
}

function sampleOf(scored: readonly Scored[]): Article[] {
  const sample: Article[] = [];
  for (const { candidate } of scored) {
    if (sample.length >= SAMPLE) break;
    sample.push(...candidate.articles);
  }
  return sample;
}
