import type { Article } from "../../article/article.ts";
import type { Story } from "../../article/stories/stories.ts";
import { representativeOf } from "../../article/stories/stories.ts";

/** With more articles than this from each, sources do not tell one story: their titles are only made alike. */
const MOST_EACH = 5;

/**
 * Takes apart what reads alike and is not the same news: numbered pieces of one source ("Lottery draw 17", "Lottery
 * draw 18"), and a long row of pieces whose titles are made by one pattern.
 */
export function untangled(story: Story): Story[] {
  if (story.articles.length < 2) return [story];
  const parts = isNumbered(story) ? [...Map.groupBy(story.articles, numbersOf).values()] : [story.articles];
  return parts.flatMap(withoutRows).map((articles) => partOf(story, articles));
}

/** At least half of the articles differ from another of their source in nothing but numbers. */
function isNumbered({ articles }: Story): boolean {
  const patterns = Map.groupBy(articles, (article) => `${article.sourceId} ${article.title.replace(/\d+/g, "#")}`);
  const numbered = [...patterns.values()].filter((alike) => new Set(alike.map(numbersOf)).size > 1);
  return numbered.reduce((sum, alike) => sum + alike.length, 0) * 2 >= articles.length;
}

const numbersOf = ({ title }: { title: string }): string => (title.match(/\d+/g) ?? []).join(" ");

/** Titles with other numbers in them are another draw, another day, another match. */
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
