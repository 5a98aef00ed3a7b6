import type { Scored } from "./score.ts";

/** Any article's id names its story: a story's own id can change when two stories turn out to be one. */
export function storyFinder(scored: readonly Scored[]): (id: string) => Scored | undefined {
  let known: Map<string, Scored> | null = null;
  return (id) => {
    // Most editions have no wish to look up.
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
