import type { Article } from "../../article/article.ts";
import type { Story } from "../../article/stories/stories.ts";
import { representativeOf } from "../../article/stories/stories.ts";

/** If each source has more articles than this, they aren't one story; their titles only have the same pattern. */
const MOST_EACH = 5;

/**
 * Separates articles with similar titles that aren't the same news: numbered pieces of one source ("Lottery draw 17",
 * "Lottery draw 18"), and long series of titles with one pattern.
 */
export function untangled(story: Story): Story[] {
  if (story.articles.length < 2) return [story];
  const parts = isNumbered(story) ? [...Map.groupBy(story.articles, numbersOf).values()] : [story.articles];
  return parts.flatMap(withoutRows).map((articles) => partOf(story, articles));
}

/** At least half of the articles differ from another one of their source only by numbers. */
function isNumbered({ articles }: Story): boolean {
  const patterns = Map.groupBy(articles, (article) => `${article.sourceId} ${article.title.replace(/\d+/g, "#")}`);
  const numbered = [...patterns.values()].filter((alike) => new Set(alike.map(numbersOf)).size > 1);
  return numbered.reduce((sum, alike) => sum + alike.length, 0) * 2 >= articles.length;
}

const numbersOf = ({ title }: { title: string }): string => (title.match(/\d+/g) ?? []).join(" ");

/** Titles with other numbers are about another draw, day or match. */
export const sameNumbers = (a: { title: string }, b: { title: string }): boolean => numbersOf(a) === numbersOf(b);

function withoutRows(articles: Article[]): Article[][] {
  const sources = new Set(articles.map(({ sourceId }) => sourceId)).size;
  return articles.length > MOST_EACH * sources ? articles.map((article) => [article]) : [articles];
}

function partOf(story: Story, articles: Article[]): Story {
  const [oldest] = articles;
  if (!oldest || articles.length === story.articles.length) return story;
  const sources = new Set(articles.map(({ sourceId }) => sourceId)).size;
  return {
    id: oldest.id,
    representative: representativeOf(articles),
    articles,
    tellings: Math.min(story.tellings, sources),
  };
}
