import type { Scored } from "./scoring/score.ts";

/** Any article's id identifies its story, because a story's own id changes when two stories are joined. */
export function storyFinder(scored: readonly Scored[]): (id: string) => Scored | undefined {
  let known: Map<string, Scored> | null = null;
  return (id) => {
    // Most editions have nothing to look up.
    known ??= byArticle(scored);
    return known.get(id);
  };
}

function byArticle(scored: readonly Scored[]): Map<string, Scored> {
  const stories = new Map<string, Scored>();
  for (const one of scored) for (const { id } of one.candidate.articles) stories.set(id, one);
  for (const one of scored) stories.set(one.candidate.id, one);
  return stories;
}
